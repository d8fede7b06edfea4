/* The auxiliary vector that the kernel put on the stack: pairs of type and value up to type 0. */
#ifndef INTERNAL_AUXV_H
#define INTERNAL_AUXV_H

extern const unsigned long *__auxv;

/* getauxval(3), by a name that programs do not have. */
unsigned long __getauxval(unsigned long type);

/* The value of the first entry of that type, or 0. */
static inline unsigned long auxv_find(const unsigned long *auxv, unsigned long type)
{
	for (; auxv[0] != 0; auxv += 2)
		if (auxv[0] == type)
			return auxv[1];
	return 0;
}

#endif
