/* getauxval(3): what execve puts behind the environment on a new stack. */
#ifndef ABI_AUXV_H
#define ABI_AUXV_H

#include <abi/types.h>

struct abi_auxv {
	abi_u64 a_type;
	abi_u64 a_val;
};
ABI_LAYOUT(abi_auxv, a_val, 8, 16);

#define ABI_AT_NULL		0
#define ABI_AT_PHDR		3
#define ABI_AT_PHENT		4
#define ABI_AT_PHNUM		5
#define ABI_AT_PAGESZ		6
#define ABI_AT_BASE		7
#define ABI_AT_FLAGS		8
#define ABI_AT_ENTRY		9
#define ABI_AT_UID		11
#define ABI_AT_EUID		12
#define ABI_AT_GID		13
#define ABI_AT_EGID		14
#define ABI_AT_PLATFORM		15
#define ABI_AT_HWCAP		16
#define ABI_AT_CLKTCK		17
#define ABI_AT_SECURE		23
#define ABI_AT_RANDOM		25
#define ABI_AT_HWCAP2		26
#define ABI_AT_EXECFN		31
#define ABI_AT_MINSIGSTKSZ	51

#endif
