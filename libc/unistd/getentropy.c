/* getentropy(3): at most 256 bytes, and always all of them. */
#include <errno.h>
#include <unistd.h>

#include "syscall.h"

#define ENTROPY_MAX 256

int getentropy(void *buffer, size_t size)
{
	char *next = buffer;

	if (size > ENTROPY_MAX) {
		errno = EIO;
		return -1;
	}
	while (size > 0) {
		ssize_t done = __getrandom(next, size, 0);

		if (done < 0 && errno != EINTR)
			return -1;
		if (done > 0) {
			next += done;
			size -= done;
		}
	}
	return 0;
}
