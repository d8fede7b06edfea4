/* strdup(3), strndup(3). */
#include <stdlib.h>
#include <string.h>

char *strdup(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = malloc(size);

	return copy ? memcpy(copy, text, size) : NULL;
}

char *strndup(const char *text, size_t size)
{
	size_t length = strnlen(text, size);
	char *copy = malloc(length + 1);

	if (!copy)
		return NULL;
	copy[length] = 0;
	return memcpy(copy, text, length);
}
