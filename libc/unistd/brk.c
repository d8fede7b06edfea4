/* brk(2), sbrk(2). The kernel answers with the end that the data segment has then: unchanged, if it
 * refused. */
#include <errno.h>
#include <unistd.h>

#include "syscall.h"

static char *set_end(void *end)
{
	return (char *)syscall1(SYS_brk, (long)end);
}

int brk(void *end)
{
	if (set_end(end) == end)
		return 0;
	errno = ENOMEM;
	return -1;
}

void *sbrk(intptr_t increment)
{
	char *end = set_end(NULL);

	if (increment != 0 && set_end(end + increment) != end + increment) {
		errno = ENOMEM;
		return (void *)-1;
	}
	return end;
}
