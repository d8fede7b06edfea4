/* mkstemp(3), mkostemp(3), mkdtemp(3). */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "alias.h"
#include "names.h"
#include "syscall.h"

#define SUFFIX		"XXXXXX"
#define SUFFIX_LENGTH	6
#define ATTEMPTS	100

/* Where the X's are, or NULL with errno EINVAL. */
static char *find_suffix(char *template)
{
	size_t length = strlen(template);

	if (length >= SUFFIX_LENGTH && strcmp(template + length - SUFFIX_LENGTH, SUFFIX) == 0)
		return template + length - SUFFIX_LENGTH;
	errno = EINVAL;
	return NULL;
}

/* Names that are hard to guess, or, without random bytes, at least all different. */
static void fill_suffix(char *suffix)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
	unsigned long value;
	struct timespec now;

	if (__getrandom(&value, sizeof(value), 0) != sizeof(value)) {
		__clock_gettime(CLOCK_REALTIME, &now);
		value = (unsigned long)now.tv_nsec ^ (unsigned long)now.tv_sec << 30 ^
			(unsigned long)__getpid();
	}
	for (int i = 0; i < SUFFIX_LENGTH; i++, value >>= 6)
		suffix[i] = letters[value % 64];
}

int __mkostemp(char *template, int flags)
{
	char *suffix = find_suffix(template);

	if (!suffix)
		return -1;
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		int fd;

		fill_suffix(suffix);
		fd = __open(template, O_RDWR | O_CREAT | O_EXCL | flags, S_IRUSR | S_IWUSR);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

weak_alias(__mkostemp, mkostemp);

int __mkstemp(char *template)
{
	return __mkostemp(template, 0);
}

weak_alias(__mkstemp, mkstemp);

char *__mkdtemp(char *template)
{
	char *suffix = find_suffix(template);

	if (!suffix)
		return NULL;
	for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
		fill_suffix(suffix);
		if (__mkdir(template, S_IRWXU) == 0)
			return template;
		if (errno != EEXIST)
			return NULL;
	}
	return NULL;
}

weak_alias(__mkdtemp, mkdtemp);
