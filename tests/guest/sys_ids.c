/* Who am I: PIDs, the name of the process, the name of the system. */
#define _GNU_SOURCE
#include "test.h"
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/utsname.h>

static pid_t parent;

static void child(void)
{
	char name[16];

	CHECK_EQ(getppid(), parent);
	CHECK(getpid() > 0 && getpid() != parent);
	CHECK_EQ(syscall(SYS_gettid), getpid());
	/* fork keeps the name. */
	CHECK_EQ(prctl(PR_GET_NAME, name), 0);
	CHECK_STR(name, "abcdefghijklmno");
}

int main(void)
{
	struct utsname names;
	static int tid;
	char name[16];

	parent = getpid();
	CHECK_EQ(syscall(SYS_gettid), getpid());
	CHECK_EQ(syscall(SYS_set_tid_address, &tid), getpid());
	CHECK_EQ(prctl(PR_GET_NAME, name), 0);
	CHECK_STR(name, "sys_ids");
	CHECK_EQ(prctl(PR_SET_NAME, "abcdefghijklmnopq"), 0);
	CHECK_EQ(prctl(PR_GET_NAME, name), 0);
	CHECK_STR(name, "abcdefghijklmno");
	CHECK_ERRNO(prctl(PR_SET_NAME, 8), EFAULT);
	CHECK_ERRNO(prctl(0x12345, 0), EINVAL);
	CHECK_EXIT(child, 0);
	CHECK_EQ(uname(&names), 0);
	CHECK_STR(names.machine, "x86_64");
	CHECK(names.sysname[0] && names.release[0] && names.nodename[0]);
	/* Programs that were built for Linux ask for this. */
	CHECK(atoi(names.release) >= 3);
	PASS();
}
