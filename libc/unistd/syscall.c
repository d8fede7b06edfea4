/* syscall(2): any call by its number. */
#include <stdarg.h>
#include <unistd.h>

#include "syscall.h"

long syscall(long number, ...)
{
	va_list arguments;
	long a[6];

	va_start(arguments, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(arguments, long);
	va_end(arguments);
	return syscall_return(syscall6(number, a[0], a[1], a[2], a[3], a[4], a[5]));
}
