/* uname(2). */
#ifndef ABI_UTSNAME_H
#define ABI_UTSNAME_H

#include <abi/types.h>

struct abi_utsname {
	char sysname[65];
	char nodename[65];
	char release[65];
	char version[65];
	char machine[65];
	char domainname[65];
};
ABI_LAYOUT(abi_utsname, domainname, 325, 390);

#endif
