/* Drivers: each is one file of this folder that registers itself.
 *
 *	static int clock_init(void)
 *	{
 *		return devfs_register("clock", 0444, device_number(10, 1), &clock_ops);
 *	}
 *	DRIVER(clock, clock_init);
 *
 * That is all: the linker gathers the entries in the section .drivers. */
#ifndef DEV_DRIVER_H
#define DEV_DRIVER_H

#include "lib/types.h"

struct driver {
	const char *name;
	int (*init)(void);	/* 0 or an error: then the machine goes on without it */
};

#define DRIVER(id, function)							\
	static const struct driver driver_##id					\
		__attribute__((section(".drivers"), used)) = { #id, function }

/* Starts all drivers, in the order in which they are linked: by name of file. Boot only, when the
 * file system and threads are there. */
void driver_init_all(void);

#endif
