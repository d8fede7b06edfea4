/* Signals among threads: one sent to the process goes to a thread that does not block it, one sent to a thread stays
 * there; masks, stacks for handlers and waits are each thread's own, actions are everybody's. */
#include "thread.h"

#include <sys/time.h>
#include <ucontext.h>

static struct thread threads[4];
static volatile int tids[4], caught_by[4], caught, go, got, stop;
static volatile sig_atomic_t handlers;

static void catches(int signal)
{
	(void)signal;
	caught = own_tid();
	handlers++;
}

static void set_handler(int signal, void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler };

	CHECK_EQ(sigaction(signal, &action, NULL), 0);
}

static void mask(int how, int signal)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, signal);
	if (sigprocmask(how, &set, NULL) != 0)
		_exit(97);
}

/* Waits in the kernel, with the signal blocked or not, until told to end. */
static void idles(void *argument)
{
	int index = (long)argument;

	mask(index ? SIG_BLOCK : SIG_UNBLOCK, SIGUSR1);
	tids[index] = own_tid();
	while (!stop)
		futex(&stop, FUTEX_WAIT, 0, NULL);
}

static void start_idle(long index)
{
	tids[index] = 0;
	CHECK(thread_start(&threads[index], idles, (void *)index) > 0);
	wait_word(&tids[index]);
}

static void end_idle(int count)
{
	stop = 1;
	futex(&stop, FUTEX_WAKE, 100, NULL);
	for (int i = 0; i < count; i++)
		thread_join(&threads[i]);
	stop = 0;
}

static void wait_caught(int tid)
{
	while (!caught)
		syscall(SYS_sched_yield);
	CHECK_EQ(caught, tid);
	caught = 0;
}

static void directions(void)
{
	set_handler(SIGUSR1, catches);
	mask(SIG_BLOCK, SIGUSR1);
	for (long i = 3; i >= 0; i--)
		start_idle(i);
	for (int i = 0; i < 20; i++) {
		kill(getpid(), SIGUSR1);
		wait_caught(tids[0]);
	}
	/* A thread's own stays its own: blocked there, though others would take it. */
	syscall(SYS_tgkill, getpid(), tids[2], SIGUSR1);
	syscall(SYS_tgkill, getpid(), getpid(), SIGUSR1);
	usleep(10000);
	CHECK_EQ(caught, 0);
	mask(SIG_UNBLOCK, SIGUSR1);
	wait_caught(getpid());
	/* Now the leader takes what is the process's. */
	kill(getpid(), SIGUSR1);
	wait_caught(getpid());
	/* kill means the process, by whichever thread's number. */
	kill(tids[1], SIGUSR1);
	wait_word(&caught);
	CHECK(caught == getpid() || caught == tids[0]);
	caught = 0;
	syscall(SYS_tkill, tids[0], SIGUSR1);
	wait_caught(tids[0]);
	CHECK_ERRNO(syscall(SYS_tgkill, getpid(), tids[0], 65), EINVAL);
	CHECK_ERRNO(syscall(SYS_tgkill, 0, tids[0], 0), EINVAL);
	end_idle(4);
	/* One that was just joined may be there for a moment. */
	while (syscall(SYS_tkill, tids[0], 0) == 0)
		syscall(SYS_sched_yield);
	CHECK_EQ(errno, ESRCH);
}

/* Nobody takes it; then one unblocks it. */
static void waits_then_unblocks(void *argument)
{
	(void)argument;
	tids[0] = own_tid();
	wait_word(&go);
	mask(SIG_UNBLOCK, SIGUSR2);
}

static void pending(void)
{
	set_handler(SIGUSR2, catches);
	mask(SIG_BLOCK, SIGUSR2);
	CHECK(thread_start(&threads[0], waits_then_unblocks, NULL) > 0);
	wait_word(&tids[0]);
	kill(getpid(), SIGUSR2);
	usleep(5000);
	CHECK_EQ(caught, 0);
	go = 1;
	wait_caught(threads[0].given);
	thread_join(&threads[0]);
	mask(SIG_UNBLOCK, SIGUSR2);
	go = 0;
}

/* Threads take turns in blocking a signal that is sent again and again: none is lost. */
static void flips(void *argument)
{
	(void)argument;
	while (!stop) {
		mask(SIG_BLOCK, SIGUSR2);
		mask(SIG_UNBLOCK, SIGUSR2);
	}
	mask(SIG_BLOCK, SIGUSR2);
}

static void none_lost(void)
{
	mask(SIG_BLOCK, SIGUSR2);
	for (int i = 0; i < 3; i++)
		CHECK(thread_start(&threads[i], flips, NULL) > 0);
	for (int i = 0; i < 300; i++) {
		caught = 0;
		kill(getpid(), SIGUSR2);
		while (!caught)
			syscall(SYS_sched_yield);
	}
	stop = 1;
	for (int i = 0; i < 3; i++)
		thread_join(&threads[i]);
	stop = 0;
	caught = 0;
	mask(SIG_UNBLOCK, SIGUSR2);
}

static void waits_for_signal(void *argument)
{
	sigset_t set;
	siginfo_t info;
	int index = (long)argument;

	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	tids[index] = own_tid();
	/* On Linux it may be woken for one that another thread then takes. */
	int signal = -1;
	while (signal < 0)
		signal = sigwaitinfo(&set, &info);
	if (signal != SIGRTMIN)
		_exit(96);
	caught_by[index] = 1;
	__atomic_add_fetch(&got, 1, __ATOMIC_SEQ_CST);
}

/* As many as there are waiters: each gets one. */
static void waiters(void)
{
	mask(SIG_BLOCK, SIGRTMIN);
	for (int round = 0; round < 10; round++) {
		got = 0;
		for (long i = 0; i < 3; i++) {
			tids[i] = caught_by[i] = 0;
			CHECK(thread_start(&threads[i], waits_for_signal, (void *)i) > 0);
		}
		for (int i = 0; i < 3; i++)
			wait_word(&tids[i]);
		for (int i = 0; i < 3; i++)
			kill(getpid(), SIGRTMIN);
		for (int i = 0; i < 3; i++)
			thread_join(&threads[i]);
		CHECK_EQ(got, 3);
	}
	mask(SIG_UNBLOCK, SIGRTMIN);
}

static void fault_handler(int signal, siginfo_t *info, void *context)
{
	(void)info;
	caught = own_tid();
	got = signal;
	((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP] += 2;	/* ud2 */
}

static void faults(void *argument)
{
	stack_t stack;

	(void)argument;
	if (sigaltstack(NULL, &stack) != 0 || stack.ss_flags != SS_DISABLE)
		_exit(95);
	__asm__ volatile("ud2");
	tids[0] = own_tid();
}

static void own_faults(void)
{
	struct sigaction action = { .sa_sigaction = fault_handler, .sa_flags = SA_SIGINFO };
	static char memory[16384];
	stack_t stack = { .ss_sp = memory, .ss_size = sizeof(memory) }, now;

	CHECK_EQ(sigaltstack(&stack, NULL), 0);
	CHECK_EQ(sigaction(SIGILL, &action, NULL), 0);
	tids[0] = caught = 0;
	CHECK(thread_start(&threads[0], faults, NULL) > 0);
	thread_join(&threads[0]);
	CHECK_EQ(got, SIGILL);
	CHECK_EQ(caught, tids[0]);
	CHECK_EQ(sigaltstack(NULL, &now), 0);
	CHECK_EQ(now.ss_flags, 0);
	caught = 0;
}

/* The mask of a new thread is its maker's; an alarm is the process's. */
static void has_mask(void *argument)
{
	sigset_t set;

	(void)argument;
	sigprocmask(SIG_BLOCK, NULL, &set);
	got = sigismember(&set, SIGUSR1) && !sigismember(&set, SIGUSR2);
	mask(SIG_UNBLOCK, SIGALRM);
	tids[0] = own_tid();
	wait_word(&caught);
}

static void inherits(void)
{
	struct itimerval soon = { .it_value = { 0, 5000 } };

	set_handler(SIGALRM, catches);
	mask(SIG_BLOCK, SIGUSR1);
	mask(SIG_BLOCK, SIGALRM);
	tids[0] = got = 0;
	CHECK(thread_start(&threads[0], has_mask, NULL) > 0);
	wait_word(&tids[0]);
	CHECK_EQ(got, 1);
	CHECK_EQ(setitimer(ITIMER_REAL, &soon, NULL), 0);
	thread_join(&threads[0]);
	CHECK_EQ(caught, tids[0]);
	caught = 0;
	mask(SIG_UNBLOCK, SIGUSR1);
	mask(SIG_UNBLOCK, SIGALRM);
}

int main(void)
{
	directions();
	pending();
	none_lost();
	waiters();
	own_faults();
	inherits();
	PASS();
}
