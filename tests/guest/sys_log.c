/* syslog(2): the log can be read, from its beginning or only its end.
 * guest-only: Linux may want a privilege for it. */
#include "test.h"
#include <sys/klog.h>

#define READ_ALL	3
#define SIZE_BUFFER	10

static volatile char *volatile touched = (char *)8;

static void fault(void)
{
	*touched = 1;
}

int main(void)
{
	static char log[128 * 1024], end[16];
	int size = klogctl(SIZE_BUFFER, NULL, 0), length;

	CHECK(size > 0 && size < (int)sizeof(log));
	/* Others may have used up what may be said of faults in this second. */
	do {
		CHECK_SIGNAL(fault, SIGSEGV);
		length = klogctl(READ_ALL, log, size);
		CHECK(length > 100);
	} while (strstr(log, "sys_log[") == NULL);
	CHECK(strstr(log, "]: SIGSEGV at address 8 rip=") != NULL);
	CHECK_EQ(klogctl(READ_ALL, end, sizeof(end)), sizeof(end));
	CHECK_EQ(memcmp(end, log + length - sizeof(end), sizeof(end)), 0);
	CHECK_EQ(klogctl(READ_ALL, end, 0), 0);
	CHECK_ERRNO(klogctl(READ_ALL, NULL, 10), EINVAL);
	CHECK_ERRNO(klogctl(READ_ALL, end, -1), EINVAL);
	CHECK_ERRNO(klogctl(READ_ALL, (char *)8, 10), EFAULT);
	CHECK_ERRNO(klogctl(99, end, 10), EINVAL);
	PASS();
}
