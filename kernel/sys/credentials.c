/* System calls on who a process acts as (credentials(7)). */
#include "proc/credentials.h"

#include "lib/errno.h"
#include "proc/process.h"
#include "vm/user.h"
#include <gen/syscalls.h>

long sys_getuid(void)
{
	return task_current()->thread.fs->uid;
}

long sys_getgid(void)
{
	return task_current()->thread.fs->gid;
}

long sys_geteuid(void)
{
	return task_current()->thread.fs->euid;
}

long sys_getegid(void)
{
	return task_current()->thread.fs->egid;
}

static long put_ids(struct user_ptr real, struct user_ptr effective, struct user_ptr saved,
	const u32 ids[3])
{
	if (user_put(real, &ids[0]) < 0 || user_put(effective, &ids[1]) < 0 ||
		user_put(saved, &ids[2]) < 0)
		return -EFAULT;
	return 0;
}

long sys_getresuid(struct user_ptr ruid, struct user_ptr euid, struct user_ptr suid)
{
	const struct fs_context *fs = task_current()->thread.fs;
	u32 ids[3] = { fs->uid, fs->euid, fs->suid };

	return put_ids(ruid, euid, suid, ids);
}

long sys_getresgid(struct user_ptr rgid, struct user_ptr egid, struct user_ptr sgid)
{
	const struct fs_context *fs = task_current()->thread.fs;
	u32 ids[3] = { fs->gid, fs->egid, fs->sgid };

	return put_ids(rgid, egid, sgid, ids);
}

long sys_setuid(unsigned int uid)
{
	return credentials_set_user(uid);
}

long sys_setgid(unsigned int gid)
{
	return credentials_set_group(gid);
}

long sys_setreuid(unsigned int ruid, unsigned int euid)
{
	return credentials_set_users(ruid, euid);
}

long sys_setregid(unsigned int rgid, unsigned int egid)
{
	return credentials_set_groups(rgid, egid);
}

long sys_setresuid(unsigned int ruid, unsigned int euid, unsigned int suid)
{
	return credentials_set_all_users(ruid, euid, suid);
}

long sys_setresgid(unsigned int rgid, unsigned int egid, unsigned int sgid)
{
	return credentials_set_all_groups(rgid, egid, sgid);
}

long sys_getgroups(int size, struct user_ptr list)
{
	return credentials_get_groups(size, list);
}

long sys_setgroups(int size, struct user_ptr list)
{
	return credentials_set_supplementary(size, list);
}
