/* printf for the kernel: %d %i %u %x %X %o %c %s %p %%, with flags "-0# +", width and precision
 * (also as *), and h hh l ll z j t, as printf(3) says; %s of NULL gives "(null)", %p is always
 * hexadecimal with its 0x. Nothing else; no floating point. Pure. */
#ifndef LIB_FORMAT_H
#define LIB_FORMAT_H

#include "lib/types.h"

/* Writes to buffer, cut to size with its NUL; returns the length that the whole text has. */
int format(char *buffer, size_t size, const char *text, ...) PRINTF_LIKE(3, 4);
int format_v(char *buffer, size_t size, const char *text, __builtin_va_list arguments);

#endif
