/* strsep(3). */
#include <string.h>

char *strsep(char **text, const char *delimiters)
{
	char *field = *text;

	if (!field)
		return NULL;
	*text = field + strcspn(field, delimiters);
	if (**text)
		*(*text)++ = 0;
	else
		*text = NULL;
	return field;
}
