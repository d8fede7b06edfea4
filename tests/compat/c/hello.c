/* The smallest program of all: what start-up and printf need. */
#include <stdio.h>

int main(int argc, char **argv)
{
	printf("hello, world: %d argument, %s one\n", argc, argv[argc] == NULL ? "and no" : "another");
	return 0;
}
