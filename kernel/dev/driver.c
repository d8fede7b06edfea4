/* Drivers: the walk through the section .drivers, whose ends linker/kernel.ld names. */
#include "dev/driver.h"

#include "core/printk.h"

extern const struct driver drivers_start[], drivers_end[];

void driver_init_all(void)
{
	for (const struct driver *driver = drivers_start; driver < drivers_end; driver++) {
		int error = driver->init();

		if (error)
			printk("driver %s: error %d\n", driver->name, -error);
	}
}
