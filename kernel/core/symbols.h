/* The names of the kernel's functions, for messages: a table that the build makes from the linked
 * kernel and links into it (tools/ksyms.awk). Read-only; any context. */
#ifndef CORE_SYMBOLS_H
#define CORE_SYMBOLS_H

#include "lib/types.h"

/* "name+0xoffset" of a kernel address, or "?" for one that is in no function; NUL-terminated, cut
 * to size. */
void symbol_format(u64 address, char *buffer, size_t size);

/* Whether code of the kernel lies there. */
bool symbol_is_code(u64 address);
/* Whether it lies in that function. */
bool symbol_is_in(u64 address, const void *function);
/* Whether it is one of the kernel's constants, such as a string. */
bool symbol_is_constant(u64 address);

#endif
