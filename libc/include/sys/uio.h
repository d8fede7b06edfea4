/* Input and output in parts (readv(2)). */
#ifndef _SYS_UIO_H
#define _SYS_UIO_H

#include <sys/types.h>

#define UIO_MAXIOV 1024

struct iovec {
	void *iov_base;
	size_t iov_len;
};

ssize_t readv(int fd, const struct iovec *vector, int count);
ssize_t writev(int fd, const struct iovec *vector, int count);
ssize_t preadv(int fd, const struct iovec *vector, int count, off_t offset);
ssize_t pwritev(int fd, const struct iovec *vector, int count, off_t offset);
/* The same with RWF_ flags; an offset of -1 is the file's own position. */
ssize_t preadv2(int fd, const struct iovec *vector, int count, off_t offset, int flags);
ssize_t pwritev2(int fd, const struct iovec *vector, int count, off_t offset, int flags);

/* Between this process's memory and another's (process_vm_readv(2)); flags is 0. */
ssize_t process_vm_readv(pid_t pid, const struct iovec *local, unsigned long local_count,
	const struct iovec *remote, unsigned long remote_count, unsigned long flags);
ssize_t process_vm_writev(pid_t pid, const struct iovec *local, unsigned long local_count,
	const struct iovec *remote, unsigned long remote_count, unsigned long flags);

#define RWF_HIPRI	0x1
#define RWF_DSYNC	0x2
#define RWF_SYNC	0x4
#define RWF_NOWAIT	0x8
#define RWF_APPEND	0x10

#endif
