/* getenv(3). */
#include <stdlib.h>
#include <string.h>

#include "names.h"

char *getenv(const char *name)
{
	size_t length = strlen(name);

	if (!__environ)
		return NULL;
	for (char **entry = __environ; *entry; entry++)
		if (strncmp(*entry, name, length) == 0 && (*entry)[length] == '=')
			return *entry + length + 1;
	return NULL;
}
