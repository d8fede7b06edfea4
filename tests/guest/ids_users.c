/* Users and groups: what a privileged process may become, what another may not, and that exec and fork keep them. On
 * Linux it needs to be run by root to show most of it. */
#define _GNU_SOURCE
#include "test.h"

static void check_users(uid_t real, uid_t effective, uid_t saved)
{
	uid_t ids[3];

	CHECK_EQ(getresuid(&ids[0], &ids[1], &ids[2]), 0);
	CHECK_EQ(ids[0], real);
	CHECK_EQ(ids[1], effective);
	CHECK_EQ(ids[2], saved);
	CHECK_EQ(getuid(), real);
	CHECK_EQ(geteuid(), effective);
}

static void check_groups(gid_t real, gid_t effective, gid_t saved)
{
	gid_t ids[3];

	CHECK_EQ(getresgid(&ids[0], &ids[1], &ids[2]), 0);
	CHECK_EQ(ids[0], real);
	CHECK_EQ(ids[1], effective);
	CHECK_EQ(ids[2], saved);
	CHECK_EQ(getgid(), real);
	CHECK_EQ(getegid(), effective);
}

static void give_up_all(void)
{
	CHECK_EQ(setgid(20), 0);
	check_groups(20, 20, 20);
	CHECK_EQ(setuid(10), 0);
	check_users(10, 10, 10);
	CHECK_ERRNO(setuid(0), EPERM);
	CHECK_ERRNO(setgid(0), EPERM);
	CHECK_ERRNO(setreuid(0, -1), EPERM);
	CHECK_ERRNO(setresuid(-1, -1, 0), EPERM);
	CHECK_ERRNO(setresgid(-1, 21, -1), EPERM);
	CHECK_EQ(setuid(10), 0);
	check_users(10, 10, 10);
	check_groups(20, 20, 20);
}

/* The saved user is a way back. */
static void come_back(void)
{
	CHECK_EQ(seteuid(10), 0);
	check_users(0, 10, 0);
	CHECK_ERRNO(seteuid(11), EPERM);
	CHECK_ERRNO(setuid(11), EPERM);
	CHECK_EQ(seteuid(0), 0);
	check_users(0, 0, 0);
	CHECK_EQ(setresuid(10, 11, 12), 0);
	check_users(10, 11, 12);
	CHECK_EQ(setresuid(12, 10, 11), 0);
	check_users(12, 10, 11);
	CHECK_EQ(setuid(11), 0);
	check_users(12, 11, 11);
	CHECK_ERRNO(setuid(10), EPERM);
}

static void two_at_once(void)
{
	CHECK_EQ(setregid(30, 31), 0);
	check_groups(30, 31, 31);
	CHECK_EQ(setregid(-1, 30), 0);
	check_groups(30, 30, 31);
	CHECK_EQ(setreuid(40, 41), 0);
	check_users(40, 41, 41);
	/* They change places, and the new effective one is saved. */
	CHECK_EQ(setreuid(41, 40), 0);
	check_users(41, 40, 40);
	CHECK_EQ(setreuid(-1, 41), 0);
	check_users(41, 41, 40);
	CHECK_EQ(setreuid(-1, -1), 0);
	check_users(41, 41, 40);
	CHECK_ERRNO(setreuid(42, -1), EPERM);
	CHECK_ERRNO(setreuid(40, -1), EPERM);
	CHECK_EQ(setreuid(-1, 40), 0);
	check_users(41, 40, 40);
}

int main(void)
{
	uid_t user = getuid();
	uid_t ids[3];

	CHECK_ERRNO(setuid(-1), EINVAL);
	CHECK_ERRNO(setgid(-1), EINVAL);
	CHECK_EQ(setresuid(-1, -1, -1), 0);
	CHECK_EQ(setuid(user), 0);
	CHECK_ERRNO(getresuid(NULL, &ids[0], &ids[1]), EFAULT);
	CHECK_ERRNO(getresgid(&ids[0], &ids[1], (void *)8), EFAULT);
	if (user == 0 && geteuid() == 0) {
		CHECK_EXIT(give_up_all, 0);
		CHECK_EXIT(come_back, 0);
		CHECK_EXIT(two_at_once, 0);
		check_users(0, 0, 0);
	}
	PASS();
}
