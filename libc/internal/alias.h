/* A second, weak name for a function or object: weak_alias(__getcwd, getcwd). The C standard leaves
 * all names that it does not define to the program, so the libc calls its own functions by their
 * __names, and a program that defines a getcwd of its own gets that, and disturbs nothing. */
#ifndef INTERNAL_ALIAS_H
#define INTERNAL_ALIAS_H

#define weak_alias(name, alias_name) \
	extern __typeof__(name) alias_name __attribute__((weak, alias(#name)))

#endif
