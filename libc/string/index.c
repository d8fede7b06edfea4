/* index(3), rindex(3). */
#include <string.h>

char *index(const char *text, int c)
{
	return strchr(text, c);
}

char *rindex(const char *text, int c)
{
	return strrchr(text, c);
}
