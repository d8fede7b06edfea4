/* reboot without the right words does nothing. guest-only: nothing that goes wrong here should
 * happen to the host. */
#include "test.h"
#include <sys/syscall.h>

#define MAGIC1	0xfee1dead
#define MAGIC2	672274793

int main(void)
{
	CHECK_ERRNO(syscall(SYS_reboot, 0, 0, 0x4321fedc, 0), EINVAL);
	CHECK_ERRNO(syscall(SYS_reboot, MAGIC1, 0, 0x4321fedc, 0), EINVAL);
	CHECK_ERRNO(syscall(SYS_reboot, 0, MAGIC2, 0x4321fedc, 0), EINVAL);
	CHECK_ERRNO(syscall(SYS_reboot, MAGIC1, MAGIC2, 12345, 0), EINVAL);
	CHECK_EQ(syscall(SYS_reboot, MAGIC1, MAGIC2, 0, 0), 0);
	PASS();
}
