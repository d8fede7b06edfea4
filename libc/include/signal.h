/* Signals (signal(7)). */
#ifndef _SIGNAL_H
#define _SIGNAL_H

#include <bits/sigset.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

typedef int sig_atomic_t;

#define SIGHUP		1
#define SIGINT		2
#define SIGQUIT		3
#define SIGILL		4
#define SIGTRAP		5
#define SIGABRT		6
#define SIGIOT		SIGABRT
#define SIGBUS		7
#define SIGFPE		8
#define SIGKILL		9
#define SIGUSR1		10
#define SIGSEGV		11
#define SIGUSR2		12
#define SIGPIPE		13
#define SIGALRM		14
#define SIGTERM		15
#define SIGSTKFLT	16
#define SIGCHLD		17
#define SIGCONT		18
#define SIGSTOP		19
#define SIGTSTP		20
#define SIGTTIN		21
#define SIGTTOU		22
#define SIGURG		23
#define SIGXCPU		24
#define SIGXFSZ		25
#define SIGVTALRM	26
#define SIGPROF		27
#define SIGWINCH	28
#define SIGIO		29
#define SIGPOLL		SIGIO
#define SIGPWR		30
#define SIGSYS		31
#define NSIG		65	/* one more than the highest signal number */
#define _NSIG		NSIG
#define SIGRTMIN	34	/* the first two are left to thread libraries */
#define SIGRTMAX	64

#define SIG_DFL		((void (*)(int))0)
#define SIG_IGN		((void (*)(int))1)
#define SIG_ERR		((void (*)(int))-1)

#define SIG_BLOCK	0
#define SIG_UNBLOCK	1
#define SIG_SETMASK	2

#define SA_NOCLDSTOP	1
#define SA_NOCLDWAIT	2
#define SA_SIGINFO	4
#define SA_ONSTACK	0x08000000
#define SA_RESTART	0x10000000
#define SA_NODEFER	0x40000000
#define SA_RESETHAND	0x80000000
#define SA_NOMASK	SA_NODEFER
#define SA_ONESHOT	SA_RESETHAND

/* si_code: who sent it, or, if positive, what was wrong. */
#define SI_USER		0
#define SI_KERNEL	0x80
#define SI_QUEUE	(-1)
#define SI_TIMER	(-2)
#define SI_MESGQ	(-3)
#define SI_ASYNCIO	(-4)
#define SI_TKILL	(-6)
#define ILL_ILLOPC	1
#define ILL_ILLOPN	2
#define ILL_ILLADR	3
#define ILL_ILLTRP	4
#define ILL_PRVOPC	5
#define ILL_PRVREG	6
#define ILL_COPROC	7
#define ILL_BADSTK	8
#define FPE_INTDIV	1
#define FPE_INTOVF	2
#define FPE_FLTDIV	3
#define FPE_FLTOVF	4
#define FPE_FLTUND	5
#define FPE_FLTRES	6
#define FPE_FLTINV	7
#define FPE_FLTSUB	8
#define SEGV_MAPERR	1
#define SEGV_ACCERR	2
#define BUS_ADRALN	1
#define BUS_ADRERR	2
#define BUS_OBJERR	3
#define TRAP_BRKPT	1
#define TRAP_TRACE	2
#define CLD_EXITED	1
#define CLD_KILLED	2
#define CLD_DUMPED	3
#define CLD_TRAPPED	4
#define CLD_STOPPED	5
#define CLD_CONTINUED	6
#define POLL_IN		1
#define POLL_OUT	2
#define POLL_MSG	3
#define POLL_ERR	4
#define POLL_PRI	5
#define POLL_HUP	6

#define SS_ONSTACK	1
#define SS_DISABLE	2
#define MINSIGSTKSZ	2048
#define SIGSTKSZ	8192

union sigval {
	int sival_int;
	void *sival_ptr;
};

typedef struct {
	int si_signo, si_errno, si_code;
	union {
		char __size[128 - 4 * sizeof(int)];
		struct {
			pid_t si_pid;
			uid_t si_uid;
			union {
				union sigval si_value;
				struct {
					int si_status;
					clock_t si_utime, si_stime;
				} __child;
			} __what;
		} __sent;
		void *si_addr;
		struct {
			long si_band;
			int si_fd;
		} __poll;
	} __attribute__((aligned(8))) __of;
} siginfo_t;

#define si_pid		__of.__sent.si_pid
#define si_uid		__of.__sent.si_uid
#define si_value	__of.__sent.__what.si_value
#define si_int		si_value.sival_int
#define si_ptr		si_value.sival_ptr
#define si_status	__of.__sent.__what.__child.si_status
#define si_utime	__of.__sent.__what.__child.si_utime
#define si_stime	__of.__sent.__what.__child.si_stime
#define si_addr		__of.si_addr
#define si_band		__of.__poll.si_band
#define si_fd		__of.__poll.si_fd

struct sigaction {
	union {
		void (*sa_handler)(int);
		void (*sa_sigaction)(int, siginfo_t *, void *);
	};
	sigset_t sa_mask;
	int sa_flags;
	void (*sa_restorer)(void);
};

typedef struct {
	void *ss_sp;
	int ss_flags;
	size_t ss_size;
} stack_t;

/* What a handler's third argument points to. */
typedef long long greg_t;
typedef greg_t gregset_t[23];

enum {
	REG_R8, REG_R9, REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15,
	REG_RDI, REG_RSI, REG_RBP, REG_RBX, REG_RDX, REG_RAX, REG_RCX, REG_RSP,
	REG_RIP, REG_EFL, REG_CSGSFS, REG_ERR, REG_TRAPNO, REG_OLDMASK, REG_CR2
};

struct _fpstate {
	unsigned short cwd, swd, ftw, fop;
	unsigned long rip, rdp;
	unsigned mxcsr, mxcr_mask;
	struct {
		unsigned short significand[4], exponent, padding[3];
	} _st[8];
	struct {
		unsigned element[4];
	} _xmm[16];
	unsigned padding[24];
};
typedef struct _fpstate *fpregset_t;

typedef struct {
	gregset_t gregs;
	fpregset_t fpregs;
	unsigned long long __reserved[8];
} mcontext_t;

typedef struct ucontext_t {
	unsigned long uc_flags;
	struct ucontext_t *uc_link;
	stack_t uc_stack;
	mcontext_t uc_mcontext;
	sigset_t uc_sigmask;
} ucontext_t;

#define SIG2STR_MAX	12	/* longest name of a signal, with its NUL */

int kill(pid_t pid, int signal);
int killpg(pid_t group, int signal);
void psiginfo(const siginfo_t *info, const char *prefix);
void psignal(int signal, const char *prefix);
int pthread_kill(pthread_t thread, int signal);
int pthread_sigmask(int how, const sigset_t *__restrict set, sigset_t *__restrict old);
int raise(int signal);
int sig2str(int signal, char *name);
int str2sig(const char *name, int *signal);
int sigaction(int signal, const struct sigaction *__restrict action,
	struct sigaction *__restrict old);
int sigaddset(sigset_t *set, int signal);
int sigaltstack(const stack_t *__restrict stack, stack_t *__restrict old);
int sigandset(sigset_t *set, const sigset_t *left, const sigset_t *right);
int sigdelset(sigset_t *set, int signal);
int sigemptyset(sigset_t *set);
int sigfillset(sigset_t *set);
int siginterrupt(int signal, int interrupts);
int sigisemptyset(const sigset_t *set);
int sigismember(const sigset_t *set, int signal);
void (*signal(int signal, void (*handler)(int)))(int);
typedef void (*sighandler_t)(int);
int sigorset(sigset_t *set, const sigset_t *left, const sigset_t *right);
int sigpending(sigset_t *set);
int sigprocmask(int how, const sigset_t *__restrict set, sigset_t *__restrict old);
int sigsuspend(const sigset_t *mask);
int sigtimedwait(const sigset_t *__restrict set, siginfo_t *__restrict info,
	const struct timespec *__restrict timeout);
int sigwait(const sigset_t *__restrict set, int *__restrict signal);
int sigwaitinfo(const sigset_t *__restrict set, siginfo_t *__restrict info);
int tgkill(pid_t process, pid_t thread, int signal);

#endif
