/* tmpfile(3): a file without a name, which is gone when it is closed. */
#include "file.h"
#include "names.h"
#include "syscall.h"

FILE *tmpfile(void)
{
	char path[] = P_tmpdir "/tmpfile-XXXXXX";
	int fd = __mkostemp(path, 0);
	FILE *file;

	if (fd < 0)
		return NULL;
	__unlink(path);
	file = __file_create(fd, FILE_CAN_READ | FILE_CAN_WRITE);
	if (!file)
		__close(fd);
	return file;
}
