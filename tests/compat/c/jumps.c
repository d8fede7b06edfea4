/* Leaving faults by a jump, and ends of a program: abort, exit handlers, signals with their codes. */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static sigjmp_buf back;
static volatile int told_signal, told_code;
static void *volatile told_address;
static volatile int hundred = 100, zero;
static volatile char *volatile nowhere = (char *)16;

static void handler(int signal, siginfo_t *info, void *context)
{
	(void)context;
	told_signal = signal;
	told_code = info->si_code;
	told_address = info->si_addr;
	siglongjmp(back, 1);
}

static void try(const char *what, volatile char *address)
{
	if (sigsetjmp(back, 1) == 0)
		*address = 1;
	printf("%s: signal %d, code %d, its address: %d\n", what, told_signal, told_code,
	       told_address == (void *)address);
}

static void bye(void)
{
	printf("exit handler\n");
}

static void end(const char *what, void (*function)(void))
{
	int status;

	fflush(stdout);
	if (fork() == 0) {
		function();
		_exit(1);
	}
	wait(&status);
	printf("%s: exit %d, signal %d\n", what, WIFEXITED(status) ? WEXITSTATUS(status) : -1,
	       WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

static void leave(void)
{
	atexit(bye);
	exit(9);
}

static void loop_on_fault(void)
{
	signal(SIGSEGV, SIG_IGN);
	*nowhere = 1;
}

int main(void)
{
	struct sigaction action;
	jmp_buf plain;
	volatile int rounds = 0;
	char *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	memset(&action, 0, sizeof(action));
	action.sa_sigaction = handler;
	action.sa_flags = SA_SIGINFO;
	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGFPE, &action, NULL);
	sigaction(SIGILL, &action, NULL);
	try("unmapped", (char *)4096);
	try("read-only", page);
	try("unmapped again", (char *)8192);
	if (sigsetjmp(back, 1) == 0)
		zero = hundred / zero;
	printf("division: signal %d, code %d\n", told_signal, told_code);
	if (sigsetjmp(back, 1) == 0)
		__asm__ volatile("ud2");
	printf("undefined: signal %d, code %d\n", told_signal, told_code);
	if (setjmp(plain) < 3)
		longjmp(plain, ++rounds);
	printf("jumped %d times\n", rounds);
	end("abort", abort);
	end("exit", leave);
	end("ignored fault", loop_on_fault);
	return 0;
}
