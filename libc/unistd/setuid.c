/* setuid(2), setresuid(2) and their like: of all threads (setxid.h). */
#include <grp.h>
#include <unistd.h>

#include "setxid.h"
#include "syscall.h"

static int set(long number, long a, long b, long c)
{
	return (int)syscall_return(__setxid(number, a, b, c));
}

int setuid(uid_t user)
{
	return set(SYS_setuid, user, 0, 0);
}

int setgid(gid_t group)
{
	return set(SYS_setgid, group, 0, 0);
}

int setreuid(uid_t real, uid_t effective)
{
	return set(SYS_setreuid, real, effective, 0);
}

int setregid(gid_t real, gid_t effective)
{
	return set(SYS_setregid, real, effective, 0);
}

int setresuid(uid_t real, uid_t effective, uid_t saved)
{
	return set(SYS_setresuid, real, effective, saved);
}

int setresgid(gid_t real, gid_t effective, gid_t saved)
{
	return set(SYS_setresgid, real, effective, saved);
}

int seteuid(uid_t user)
{
	return set(SYS_setresuid, -1, user, -1);
}

int setegid(gid_t group)
{
	return set(SYS_setresgid, -1, group, -1);
}

int setgroups(size_t size, const gid_t *groups)
{
	return set(SYS_setgroups, (long)size, (long)groups, 0);
}
