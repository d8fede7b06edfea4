/* sysinfo(2). */
#ifndef ABI_SYSINFO_H
#define ABI_SYSINFO_H

#include <abi/types.h>

struct abi_sysinfo {
	abi_s64 uptime;		/* seconds */
	abi_u64 loads[3];	/* runnable threads in the last 1, 5 and 15 minutes, times 65536 */
	abi_u64 totalram;	/* this and the next five in units of mem_unit bytes */
	abi_u64 freeram;
	abi_u64 sharedram;
	abi_u64 bufferram;
	abi_u64 totalswap;
	abi_u64 freeswap;
	abi_u16 procs;
	abi_u16 pad;
	abi_u32 pad2;
	abi_u64 totalhigh;
	abi_u64 freehigh;
	abi_u32 mem_unit;
	abi_u32 pad3;
};
ABI_LAYOUT(abi_sysinfo, mem_unit, 104, 112);

#endif
