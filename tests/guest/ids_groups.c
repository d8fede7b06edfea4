/* Supplementary groups: set, told, inherited, and refused to those who may not. On Linux it needs to be run by root to
 * show most of it. */
#define _GNU_SOURCE
#include "test.h"

#include <fcntl.h>
#include <grp.h>

#define MANY 5000

static gid_t groups[MANY + 1], told[MANY + 1];

static void check(int count)
{
	CHECK_EQ(getgroups(0, NULL), count);
	CHECK_EQ(getgroups(MANY, told), count);
	for (int i = 0; i < count; i++)
		CHECK_EQ(told[i], groups[i]);
}

static void inherit(void)
{
	check(3);
	CHECK_EQ(setuid(10), 0);
	CHECK_ERRNO(setgroups(1, groups), EPERM);
	CHECK_ERRNO(setgroups(0, NULL), EPERM);
	check(3);
}

int main(void)
{
	gid_t *volatile nowhere = (void *)8;

	CHECK_ERRNO(getgroups(-1, told), EINVAL);
	if (geteuid() != 0)
		PASS();
	for (int i = 0; i < MANY; i++)
		groups[i] = 1000 + i;
	CHECK_EQ(setgroups(3, groups), 0);
	check(3);
	CHECK_ERRNO(getgroups(2, told), EINVAL);
	CHECK_ERRNO(getgroups(3, nowhere), EFAULT);
	CHECK_EXIT(inherit, 0);
	CHECK_EQ(setgroups(MANY, groups), 0);
	check(MANY);
	CHECK_ERRNO(setgroups(65537, groups), EINVAL);
	CHECK_ERRNO(setgroups(-1, groups), EINVAL);
	CHECK_ERRNO(setgroups(5, nowhere), EFAULT);
	check(MANY);
	CHECK_EQ(setgroups(0, NULL), 0);
	check(0);
	PASS();
}
