/* hello: the smallest program. Every program of SynOS is one file like this; its name is the command's. */
#include <stdio.h>

#include "output.h"

int main(void)
{
	printf("Hello from SynOS!\n");
	return !output_written("hello");
}
