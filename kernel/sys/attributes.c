/* System calls that change what a file says of itself: rights, owner, times, length. */
#include "fs/attributes.h"

#include "sched/time.h"
#include "sys/fd.h"
#include "sys/path_arg.h"
#include "vm/user.h"
#include <abi/fcntl.h>
#include <abi/time.h>
#include <gen/syscalls.h>

long sys_fchmodat(int dirfd, struct user_ptr path, unsigned int mode)
{
	struct inode *inode = path_arg_inode(dirfd, path, 0);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	long result = inode_chmod(task_current()->thread.fs, inode, mode);
	inode_put(inode);
	return result;
}

long sys_chmod(struct user_ptr path, unsigned int mode)
{
	return sys_fchmodat(ABI_AT_FDCWD, path, mode);
}

long sys_fchmod(int fd, unsigned int mode)
{
	struct file *file = fd_get_open(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	long result = inode_chmod(task_current()->thread.fs, file->inode, mode);
	file_put(file);
	return result;
}

long sys_fchownat(
	int dirfd, struct user_ptr path, unsigned int owner, unsigned int group, int flags)
{
	if (flags & ~(ABI_AT_SYMLINK_NOFOLLOW | ABI_AT_EMPTY_PATH))
		return -EINVAL;
	struct inode *inode = path_arg_inode(dirfd, path, flags);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	long result = inode_chown(task_current()->thread.fs, inode, owner, group);
	inode_put(inode);
	return result;
}

long sys_chown(struct user_ptr path, unsigned int owner, unsigned int group)
{
	return sys_fchownat(ABI_AT_FDCWD, path, owner, group, 0);
}

long sys_lchown(struct user_ptr path, unsigned int owner, unsigned int group)
{
	return sys_fchownat(ABI_AT_FDCWD, path, owner, group, ABI_AT_SYMLINK_NOFOLLOW);
}

long sys_fchown(int fd, unsigned int owner, unsigned int group)
{
	struct file *file = fd_get_open(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	long result = inode_chown(task_current()->thread.fs, file->inode, owner, group);
	file_put(file);
	return result;
}

/* Times of a file count from 1970 to 2554: others are cut to that. */
static u64 file_time(long seconds, long ns)
{
	if (seconds < 0)
		return 0;
	return (u64)seconds >= UINT64_MAX / NS_PER_SEC ? UINT64_MAX : seconds * NS_PER_SEC + ns;
}

/* What utimensat's timespec says; -EINVAL. */
static int read_timespec(struct inode_time *time, const struct abi_timespec *from)
{
	time->what = INODE_TIME_SET;
	if (from->tv_nsec == ABI_UTIME_NOW)
		time->what = INODE_TIME_NOW;
	else if (from->tv_nsec == ABI_UTIME_OMIT)
		time->what = INODE_TIME_KEEP;
	else if (from->tv_nsec < 0 || from->tv_nsec >= (long)NS_PER_SEC)
		return -EINVAL;
	else
		time->ns = file_time(from->tv_sec, from->tv_nsec);
	return 0;
}

static const struct abi_timespec both_now[2] = {{0, ABI_UTIME_NOW}, {0, ABI_UTIME_NOW}};

static long set_times(struct inode *inode, const struct abi_timespec *times)
{
	struct inode_time atime, mtime;

	if (read_timespec(&atime, &times[0]) || read_timespec(&mtime, &times[1]))
		return -EINVAL;
	return inode_set_times(task_current()->thread.fs, inode, &atime, &mtime);
}

static long set_times_fd(int fd, const struct abi_timespec *times, int flags)
{
	if (flags)
		return -EINVAL;
	struct file *file = fd_get_open(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	long result = set_times(file->inode, times);
	file_put(file);
	return result;
}

/* Without a path it is the descriptor that is meant. */
static long set_times_at(
	int dirfd, struct user_ptr path, const struct abi_timespec *times, int flags)
{
	if (user_ptr_is_null(path) && dirfd != ABI_AT_FDCWD)
		return set_times_fd(dirfd, times, flags);
	if (flags & ~(ABI_AT_SYMLINK_NOFOLLOW | ABI_AT_EMPTY_PATH))
		return -EINVAL;
	struct inode *inode = path_arg_inode(dirfd, path, flags);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	long result = set_times(inode, times);
	inode_put(inode);
	return result;
}

long sys_utimensat(int dirfd, struct user_ptr path, struct user_ptr times, int flags)
{
	struct abi_timespec copy[2];

	if (user_ptr_is_null(times))
		return set_times_at(dirfd, path, both_now, flags);
	if (user_get(&copy, times))
		return -EFAULT;
	if (copy[0].tv_nsec == ABI_UTIME_OMIT && copy[1].tv_nsec == ABI_UTIME_OMIT)
		return 0;
	return set_times_at(dirfd, path, copy, flags);
}

long sys_futimesat(int dirfd, struct user_ptr path, struct user_ptr times)
{
	struct abi_timeval copy[2];
	struct abi_timespec exact[2];

	if (user_ptr_is_null(times))
		return set_times_at(dirfd, path, both_now, 0);
	if (user_get(&copy, times))
		return -EFAULT;
	for (int i = 0; i < 2; i++) {
		if (copy[i].tv_usec < 0 || copy[i].tv_usec >= 1000000)
			return -EINVAL;
		exact[i] = (struct abi_timespec){ copy[i].tv_sec, copy[i].tv_usec * 1000 };
	}
	return set_times_at(dirfd, path, exact, 0);
}

long sys_utimes(struct user_ptr path, struct user_ptr times)
{
	return sys_futimesat(ABI_AT_FDCWD, path, times);
}

long sys_utime(struct user_ptr path, struct user_ptr times)
{
	struct abi_utimbuf copy;

	if (user_ptr_is_null(times))
		return set_times_at(ABI_AT_FDCWD, path, both_now, 0);
	if (user_get(&copy, times))
		return -EFAULT;
	struct abi_timespec exact[2] = {{copy.actime, 0}, {copy.modtime, 0}};
	return set_times_at(ABI_AT_FDCWD, path, exact, 0);
}

static long truncate_inode(struct inode *inode, long length)
{
	if (inode_is_directory(inode))
		return -EISDIR;
	if (!inode_is_regular(inode))
		return -EINVAL;
	int error = path_permission(task_current()->thread.fs, inode, PATH_WRITE);
	return error ? error : limits_size_result(inode_truncate(inode, length, false));
}

long sys_truncate(struct user_ptr path, long length)
{
	if (length < 0)
		return -EINVAL;
	struct inode *inode = path_arg_inode(ABI_AT_FDCWD, path, 0);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	long result = truncate_inode(inode, length);
	inode_put(inode);
	return result;
}

long sys_ftruncate(int fd, long length)
{
	if (length < 0)
		return -EINVAL;
	struct file *file = fd_get_open(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	long result = -EINVAL;
	if (inode_is_regular(file->inode) && file_may_write(file))
		result = limits_size_result(inode_truncate(file->inode, length, true));
	file_put(file);
	return result;
}

/* Files are nowhere but in memory: what has been written is as safe as it will ever be. */
long sys_fsync(int fd)
{
	struct file *file = fd_get_open(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	const struct inode *inode = file->inode;
	bool keeps = (inode_is_regular(inode) || inode_is_directory(inode)) && !inode->ops->derived;
	file_put(file);
	return keeps ? 0 : -EINVAL;
}

long sys_fdatasync(int fd)
{
	return sys_fsync(fd);
}

long sys_syncfs(int fd)
{
	struct file *file = fd_get_open(fd);
	if (IS_ERR(file))
		return PTR_ERR(file);
	file_put(file);
	return 0;
}

long sys_sync(void)
{
	return 0;
}
