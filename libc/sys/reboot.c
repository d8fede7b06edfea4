/* reboot(2). */
#include <abi/reboot.h>
#include <sys/reboot.h>

#include "syscall.h"

int reboot(int command)
{
	return (int)syscall_return(
		syscall4(SYS_reboot, ABI_REBOOT_MAGIC1, ABI_REBOOT_MAGIC2, command, 0));
}
