/* strtok(3), strtok_r(3). */
#include <string.h>

#include "alias.h"

char *__strtok_r(char *restrict text, const char *restrict delimiters, char **restrict state)
{
	if (!text)
		text = *state;
	if (!text)
		return NULL;
	text += strspn(text, delimiters);
	*state = text + strcspn(text, delimiters);
	if (*state == text)
		return NULL;
	if (**state)
		*(*state)++ = 0;
	return text;
}

weak_alias(__strtok_r, strtok_r);

char *strtok(char *restrict text, const char *restrict delimiters)
{
	static char *state;

	return __strtok_r(text, delimiters, &state);
}
