/* getauxval(3). */
#include <errno.h>
#include <sys/auxv.h>

#include "alias.h"
#include "auxv.h"

unsigned long __getauxval(unsigned long type)
{
	for (const unsigned long *entry = __auxv; entry[0] != AT_NULL; entry += 2)
		if (entry[0] == type)
			return entry[1];
	errno = ENOENT;
	return 0;
}

weak_alias(__getauxval, getauxval);
