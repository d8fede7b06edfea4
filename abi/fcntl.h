/* open(2), lseek(2), the *at calls. */
#ifndef ABI_FCNTL_H
#define ABI_FCNTL_H

#define ABI_O_ACCMODE	0x3
#define ABI_O_RDONLY	0x0
#define ABI_O_WRONLY	0x1
#define ABI_O_RDWR	0x2
#define ABI_O_CREAT	0x40
#define ABI_O_EXCL	0x80
#define ABI_O_NOCTTY	0x100
#define ABI_O_TRUNC	0x200
#define ABI_O_APPEND	0x400
#define ABI_O_NONBLOCK	0x800
#define ABI_O_DSYNC	0x1000
#define ABI_O_DIRECT	0x4000
#define ABI_O_LARGEFILE	0x8000
#define ABI_O_DIRECTORY	0x10000
#define ABI_O_NOFOLLOW	0x20000
#define ABI_O_NOATIME	0x40000
#define ABI_O_CLOEXEC	0x80000
#define ABI_O_SYNC	0x101000
#define ABI_O_PATH	0x200000
#define ABI_O_TMPFILE	0x410000	/* with O_DIRECTORY */

#define ABI_F_DUPFD		0
#define ABI_F_GETFD		1
#define ABI_F_SETFD		2
#define ABI_F_GETFL		3
#define ABI_F_SETFL		4
#define ABI_F_DUPFD_CLOEXEC	1030
#define ABI_F_ADD_SEALS		1033
#define ABI_F_GET_SEALS		1034
#define ABI_FD_CLOEXEC		1

/* fcntl(2), F_ADD_SEALS */
#define ABI_F_SEAL_SEAL		0x1
#define ABI_F_SEAL_SHRINK	0x2
#define ABI_F_SEAL_GROW		0x4
#define ABI_F_SEAL_WRITE	0x8
#define ABI_F_SEAL_FUTURE_WRITE	0x10

/* memfd_create(2) */
#define ABI_MFD_CLOEXEC		1
#define ABI_MFD_ALLOW_SEALING	2

/* fallocate(2) */
#define ABI_FALLOC_FL_KEEP_SIZE	1
#define ABI_FALLOC_FL_PUNCH_HOLE	2

#define ABI_AT_FDCWD		(-100)
#define ABI_AT_SYMLINK_NOFOLLOW	0x100
#define ABI_AT_REMOVEDIR	0x200
#define ABI_AT_EACCESS		0x200
#define ABI_AT_SYMLINK_FOLLOW	0x400
#define ABI_AT_NO_AUTOMOUNT	0x800
#define ABI_AT_EMPTY_PATH	0x1000

/* renameat2(2) */
#define ABI_RENAME_NOREPLACE	1
#define ABI_RENAME_EXCHANGE	2

/* utimensat(2): in place of nanoseconds */
#define ABI_UTIME_NOW	0x3fffffff
#define ABI_UTIME_OMIT	0x3ffffffe

#define ABI_SEEK_SET	0
#define ABI_SEEK_CUR	1
#define ABI_SEEK_END	2

#define ABI_POSIX_FADV_NORMAL	0
#define ABI_POSIX_FADV_RANDOM	1
#define ABI_POSIX_FADV_SEQUENTIAL	2
#define ABI_POSIX_FADV_WILLNEED	3
#define ABI_POSIX_FADV_DONTNEED	4
#define ABI_POSIX_FADV_NOREUSE	5

#define ABI_PATH_MAX	4096	/* bytes of a path, its NUL included */
#define ABI_NAME_MAX	255	/* bytes of one component, without NUL */

#endif
