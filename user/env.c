/* env: prints the environment, a line each. */
#include <stdio.h>

#include <unistd.h>

int main(void)
{
	for (char **entry = environ; *entry; entry++)
		puts(*entry);
	return fflush(stdout) != 0;
}
