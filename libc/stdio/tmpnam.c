/* tmpnam(3): a name that no file has at this moment. tmpfile and mkstemp leave no time for one to
 * appear. */
#include <stdio.h>
#include <string.h>

#include "names.h"
#include "syscall.h"

char *tmpnam(char *name)
{
	static char own_name[L_tmpnam];
	int fd;

	if (!name)
		name = own_name;
	strcpy(name, P_tmpdir "/tmp-XXXXXX");
	fd = __mkostemp(name, 0);
	if (fd < 0)
		return NULL;
	__close(fd);
	__unlink(name);
	return name;
}
