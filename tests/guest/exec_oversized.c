/* Arguments and environment larger than execve takes: E2BIG, and the caller is whole. As much as
 * there may be arrives. */
#include "mapping.h"

#define STRING_MAX	(128 * 1024ul)	/* with its NUL */
#define POINTERS	(2ul << 20)

static char *self, **vector, *string;

static char **fill(char *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		vector[i] = text;
	vector[0] = self;
	vector[count] = NULL;
	return vector;
}

int main(int argc, char **argv)
{
	char *none[] = { NULL }, *good[] = { argv[0], "child", NULL };

	if (argc > 1)
		return 0;
	self = argv[0];
	vector = (char **)map_pages(POINTERS * sizeof(*vector) / PAGE + 1);
	string = map_pages(STRING_MAX / PAGE + 1);
	memset(string, 's', STRING_MAX);
	/* One string that is too long by its NUL; too many short ones; all empty; too many long ones. */
	CHECK_ERRNO(execve(self, fill(string, 2), none), E2BIG);
	CHECK_ERRNO(execve(self, good, fill(string, 2)), E2BIG);
	CHECK_ERRNO(execve(self, fill("x", POINTERS), none), E2BIG);
	CHECK_ERRNO(execve(self, good, fill("", POINTERS)), E2BIG);
	string[STRING_MAX - 1] = '\0';
	CHECK_ERRNO(execve(self, fill(string, 100), none), E2BIG);
	CHECK_ERRNO(execve(self, good, fill(string, 100)), E2BIG);
	CHECK_ERRNO(execve(self, fill(string, 30), fill(string, 30)), E2BIG);
	/* No end: the array goes on to where nothing is mapped. */
	char **edge = (char **)map_pages(1);
	CHECK_EQ(mprotect(edge, PAGE, PROT_READ), 0);
	CHECK_ERRNO(execve(self, (char **)((char *)edge + 1), (char **)-8l), EFAULT);
	/* A directory, whatever is asked of it. */
	CHECK_ERRNO(execve("/", good, none), EACCES);
	CHECK_ERRNO(execve("/tmp/.", good, none), EACCES);
	CHECK_ERRNO(execve("/tmp/", fill(string, 100), none), EACCES);
	execve(self, fill(string, 8), none);
	test_fail(__FILE__, __LINE__, "execve of a megabyte: errno %d", errno);
}
