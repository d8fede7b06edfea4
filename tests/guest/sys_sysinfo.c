/* sysinfo: memory, processes and uptime are what they are said to be elsewhere. */
#include "test.h"

#include <sys/sysinfo.h>
#include <time.h>

int main(void)
{
	struct sysinfo info;
	struct timespec before, after;

	memset(&info, 0x55, sizeof(info));
	CHECK_EQ(clock_gettime(CLOCK_BOOTTIME, &before), 0);
	CHECK_EQ(sysinfo(&info), 0);
	CHECK_EQ(clock_gettime(CLOCK_BOOTTIME, &after), 0);
	CHECK(info.uptime >= before.tv_sec && info.uptime <= after.tv_sec + 1);
	CHECK_EQ(info.mem_unit, 1);
	CHECK(info.totalram >= 4 << 20);
	CHECK(info.freeram > 0 && info.freeram < info.totalram);
	CHECK(info.procs >= 2);
	CHECK_EQ(info.pad, 0);

	CHECK_ERRNO(sysinfo(NULL), EFAULT);
	CHECK_ERRNO(sysinfo((void *)8), EFAULT);
	PASS();
}
