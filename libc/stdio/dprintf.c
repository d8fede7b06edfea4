/* dprintf(3): a stream for the time of the call. */
#include "alias.h"
#include "file.h"

int __vdprintf(int fd, const char *restrict format, va_list arguments)
{
	FILE file = { .fd = fd, .flags = FILE_CAN_WRITE, .buffering = _IONBF };

	file.buffer = file.small;
	file.size = sizeof(file.small);
	return __vfprintf_unlocked(&file, format, arguments);
}

weak_alias(__vdprintf, vdprintf);

int __dprintf(int fd, const char *restrict format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = __vdprintf(fd, format, arguments);
	va_end(arguments);
	return length;
}

weak_alias(__dprintf, dprintf);
