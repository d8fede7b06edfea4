/* arch_prctl(2), prctl(2). */
#ifndef ABI_PRCTL_H
#define ABI_PRCTL_H

#define ABI_ARCH_SET_GS	0x1001
#define ABI_ARCH_SET_FS	0x1002
#define ABI_ARCH_GET_FS	0x1003
#define ABI_ARCH_GET_GS	0x1004

#define ABI_PR_SET_PDEATHSIG		1
#define ABI_PR_GET_PDEATHSIG		2
#define ABI_PR_SET_NAME			15
#define ABI_PR_GET_NAME			16
#define ABI_PR_SET_CHILD_SUBREAPER	36
#define ABI_PR_GET_CHILD_SUBREAPER	37

#endif
