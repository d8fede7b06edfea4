/* gethostname(2). */
#include <errno.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

int gethostname(char *name, size_t size)
{
	struct utsname system;
	size_t length;

	if (uname(&system) < 0)
		return -1;
	length = strlen(system.nodename);
	if (length >= size) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(name, system.nodename, length + 1);
	return 0;
}
