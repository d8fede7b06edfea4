/* wait4(2), waitid(2). The status word: exit code << 8, or the signal that killed (0x80: with a core dump), or
 * 0x7f and the signal that stopped it << 8, or 0xffff. */
#ifndef ABI_WAIT_H
#define ABI_WAIT_H

#define ABI_WNOHANG	1
#define ABI_WUNTRACED	2
#define ABI_WSTOPPED	ABI_WUNTRACED
#define ABI_WEXITED	4
#define ABI_WCONTINUED	8
#define ABI_WNOWAIT	0x01000000
#define ABI_WNOTHREAD	0x20000000
#define ABI_WALL	0x40000000
#define ABI_WCLONE	0x80000000

/* waitid(2): for whom. */
#define ABI_P_ALL	0
#define ABI_P_PID	1
#define ABI_P_PGID	2
#define ABI_P_PIDFD	3

#define ABI_WSTATUS_EXIT(code)		(((code) & 0xff) << 8)
#define ABI_WSTATUS_SIGNAL(sig)		((sig) & 0x7f)
#define ABI_WSTATUS_STOPPED(sig)	((sig) << 8 | 0x7f)
#define ABI_WSTATUS_CONTINUED		0xffff

#endif
