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

#endif
