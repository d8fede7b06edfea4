/* signal(7), sigaction(2), sigaltstack(2), and what the kernel puts on a program's stack for a handler
 * (the psABI's frame; fpstate is an FXSAVE area, or, if ABI_UC_FP_XSTATE, an XSAVE area in standard
 * format whose bytes from 464 up say how large it is: struct abi_fpx_sw_bytes). */
#ifndef ABI_SIGNAL_H
#define ABI_SIGNAL_H

#include <abi/types.h>

#define ABI_SIGHUP	1
#define ABI_SIGINT	2
#define ABI_SIGQUIT	3
#define ABI_SIGILL	4
#define ABI_SIGTRAP	5
#define ABI_SIGABRT	6
#define ABI_SIGBUS	7
#define ABI_SIGFPE	8
#define ABI_SIGKILL	9
#define ABI_SIGUSR1	10
#define ABI_SIGSEGV	11
#define ABI_SIGUSR2	12
#define ABI_SIGPIPE	13
#define ABI_SIGALRM	14
#define ABI_SIGTERM	15
#define ABI_SIGSTKFLT	16
#define ABI_SIGCHLD	17
#define ABI_SIGCONT	18
#define ABI_SIGSTOP	19
#define ABI_SIGTSTP	20
#define ABI_SIGTTIN	21
#define ABI_SIGTTOU	22
#define ABI_SIGURG	23
#define ABI_SIGXCPU	24
#define ABI_SIGXFSZ	25
#define ABI_SIGVTALRM	26
#define ABI_SIGPROF	27
#define ABI_SIGWINCH	28
#define ABI_SIGIO	29
#define ABI_SIGPWR	30
#define ABI_SIGSYS	31
#define ABI_NSIG	64	/* the highest signal number */
#define ABI_SIGRTMIN	32	/* from here on several of one number can be pending */

#define ABI_SIG_DFL	0
#define ABI_SIG_IGN	1

#define ABI_SIG_BLOCK	0
#define ABI_SIG_UNBLOCK	1
#define ABI_SIG_SETMASK	2

#define ABI_SA_NOCLDSTOP	0x00000001
#define ABI_SA_NOCLDWAIT	0x00000002
#define ABI_SA_SIGINFO		0x00000004
#define ABI_SA_RESTORER		0x04000000
#define ABI_SA_ONSTACK		0x08000000
#define ABI_SA_RESTART		0x10000000
#define ABI_SA_NODEFER		0x40000000
#define ABI_SA_RESETHAND	0x80000000

struct abi_sigaction {
	abi_u64 sa_handler;
	abi_u64 sa_flags;
	abi_u64 sa_restorer;
	abi_u64 sa_mask;
};
ABI_LAYOUT(abi_sigaction, sa_mask, 24, 32);

struct abi_sigset {
	abi_u64 bits;
};
ABI_LAYOUT(abi_sigset, bits, 0, 8);

/* si_code: who sent it, or what was wrong. */
#define ABI_SI_USER	0
#define ABI_SI_KERNEL	0x80
#define ABI_SI_QUEUE	(-1)
#define ABI_SI_TIMER	(-2)
#define ABI_SI_MESGQ	(-3)
#define ABI_SI_ASYNCIO	(-4)
#define ABI_SI_TKILL	(-6)
#define ABI_ILL_ILLOPN	2
#define ABI_FPE_INTDIV	1
#define ABI_FPE_FLTDIV	3
#define ABI_FPE_FLTOVF	4
#define ABI_FPE_FLTUND	5
#define ABI_FPE_FLTRES	6
#define ABI_FPE_FLTINV	7
#define ABI_SEGV_MAPERR	1
#define ABI_SEGV_ACCERR	2
#define ABI_BUS_ADRALN	1
#define ABI_BUS_ADRERR	2
#define ABI_TRAP_BRKPT	1
#define ABI_TRAP_TRACE	2
#define ABI_CLD_EXITED	1
#define ABI_CLD_KILLED	2
#define ABI_CLD_DUMPED	3
#define ABI_CLD_STOPPED	5
#define ABI_CLD_CONTINUED 6

/* The first word of data is si_pid and si_uid, or si_addr; the second si_status or si_value. */
struct abi_siginfo {
	abi_s32 si_signo, si_errno, si_code, pad;
	abi_u64 data[2];
	abi_u64 rest[12];
};
ABI_LAYOUT(abi_siginfo, rest, 32, 128);

#define ABI_SS_ONSTACK		1
#define ABI_SS_DISABLE		2
#define ABI_SS_AUTODISARM	0x80000000u
#define ABI_MINSIGSTKSZ		2048

struct abi_stack {
	abi_u64 ss_sp;
	abi_s32 ss_flags, pad;
	abi_u64 ss_size;
};
ABI_LAYOUT(abi_stack, ss_size, 16, 24);

struct abi_sigcontext {
	abi_u64 r8, r9, r10, r11, r12, r13, r14, r15;
	abi_u64 rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp, rip, rflags;
	abi_u16 cs, gs, fs, ss;
	abi_u64 error, vector, oldmask, cr2;
	abi_u64 fpstate;
	abi_u64 reserved[8];
};
ABI_LAYOUT(abi_sigcontext, reserved, 192, 256);

#define ABI_UC_FP_XSTATE		1	/* fpstate is more than an FXSAVE area */
#define ABI_UC_SIGCONTEXT_SS		2	/* ss means something */
#define ABI_UC_STRICT_RESTORE_SS	4	/* and is taken as it is */

#define ABI_FP_XSTATE_MAGIC1	0x46505853u
#define ABI_FP_XSTATE_MAGIC2	0x46505845u	/* in the four bytes behind the state */

struct abi_fpx_sw_bytes {
	abi_u32 magic1;
	abi_u32 extended_size;		/* with magic2 */
	abi_u64 xfeatures;
	abi_u32 xstate_size;		/* without */
	abi_u32 padding[7];
};
ABI_LAYOUT(abi_fpx_sw_bytes, padding, 20, 48);
#define ABI_FPX_SW_BYTES_OFFSET	464

struct abi_ucontext {
	abi_u64 uc_flags, uc_link;
	struct abi_stack uc_stack;
	struct abi_sigcontext uc_mcontext;
	abi_u64 uc_sigmask;
};
ABI_LAYOUT(abi_ucontext, uc_sigmask, 296, 304);

/* At a handler's stack pointer. */
struct abi_sigframe {
	abi_u64 restorer;
	struct abi_ucontext context;
	struct abi_siginfo info;
};
ABI_LAYOUT(abi_sigframe, info, 312, 440);

#endif
