/* ctype.h in the C locale: ASCII. Each class is a range or two, which compare faster than a table
 * is read. */
#include <ctype.h>

#include "alias.h"

static int in_range(int c, int first, int last)
{
	return (unsigned)c - (unsigned)first <= (unsigned)(last - first);
}

int isupper(int c)
{
	return in_range(c, 'A', 'Z');
}

int islower(int c)
{
	return in_range(c, 'a', 'z');
}

int isalpha(int c)
{
	return in_range(c | 0x20, 'a', 'z');
}

int isdigit(int c)
{
	return in_range(c, '0', '9');
}

int isxdigit(int c)
{
	return isdigit(c) || in_range(c | 0x20, 'a', 'f');
}

int isalnum(int c)
{
	return isalpha(c) || isdigit(c);
}

int isblank(int c)
{
	return c == ' ' || c == '\t';
}

int isspace(int c)
{
	return c == ' ' || in_range(c, '\t', '\r');
}

int iscntrl(int c)
{
	return in_range(c, 0, 0x1f) || c == 0x7f;
}

int isprint(int c)
{
	return in_range(c, ' ', '~');
}

int isgraph(int c)
{
	return in_range(c, '!', '~');
}

int ispunct(int c)
{
	return isgraph(c) && !isalnum(c);
}

int tolower(int c)
{
	return isupper(c) ? c | 0x20 : c;
}

int toupper(int c)
{
	return islower(c) ? c & ~0x20 : c;
}

int __isascii(int c)
{
	return in_range(c, 0, 0x7f);
}

weak_alias(__isascii, isascii);

int __toascii(int c)
{
	return c & 0x7f;
}

weak_alias(__toascii, toascii);
