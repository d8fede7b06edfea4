/* strerror(3), strerror_r(3) as POSIX has it. The texts are those of abi/errno.def. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "alias.h"

static const char *const texts[] = {
	[0] = "Success",
#define ERRNO(number, name, text) [number] = text,
#include <abi/errno.def>
#undef ERRNO
};

static const char *text_of(int error)
{
	if (error < 0 || (size_t)error >= sizeof(texts) / sizeof(texts[0]))
		return NULL;
	return texts[error];
}

int __strerror_r(int error, char *buffer, size_t size)
{
	const char *text = text_of(error);
	int length;

	if (text)
		length = snprintf(buffer, size, "%s", text);
	else
		length = snprintf(buffer, size, "Unknown error %d", error);
	if ((size_t)length >= size)
		return ERANGE;
	return text ? 0 : EINVAL;
}

weak_alias(__strerror_r, strerror_r);

char *strerror(int error)
{
	static _Thread_local char unknown[32];
	const char *text = text_of(error);

	if (text)
		return (char *)text;
	__strerror_r(error, unknown, sizeof(unknown));
	return unknown;
}
