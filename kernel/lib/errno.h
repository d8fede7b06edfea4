/* Error numbers (abi/errno.def). A function that can fail returns 0 or a negative error number; one
 * that returns a pointer returns it or ERR_PTR(-Exxx), never NULL for an error unless its comment
 * says so. */
#ifndef LIB_ERRNO_H
#define LIB_ERRNO_H

#include "lib/types.h"

enum errno_number {
#define ERRNO(number, name, text) name = number,
#include <abi/errno.def>
#undef ERRNO
};

#define ERRNO_MAX	4095

static inline void *ERR_PTR(long error)
{
	return (void *)error;
}

static inline long PTR_ERR(const void *pointer)
{
	return (long)pointer;
}

static inline bool IS_ERR(const void *pointer)
{
	return (unsigned long)pointer >= (unsigned long)-ERRNO_MAX;
}

#endif
