/* A signal frame in which one word is another: each word of it in turn, with values that no kernel should believe. The process
 * goes on with registers that a program may have, or dies of it; nothing else happens. */
#include "test.h"

#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>

#define FLAGS_BAD	0x1b7000ul	/* IOPL, NT, RF, VM, VIF, VIP: never set in a program */
#define FLAGS_TRAP	0x100ul
#define CONTEXT_WORDS	(304 / 8)
#define FPU_WORDS	(512 / 8)
#define PAGE		4096ul

static size_t word;
static uint64_t value;
static int in_fpu;

static void damage(int signal, siginfo_t *info, void *pointer)
{
	ucontext_t *context = pointer;
	uint64_t *words = in_fpu ? (uint64_t *)context->uc_mcontext.fpregs : pointer;

	(void)signal;
	(void)info;
	words[word] = value;
}

/* Sends itself the signal. What comes back is looked at without any memory but the stack, which may be another: exit code 0, or 1
 * if there is a selector or a flag that should not be. */
static void attempt(void)
{
	struct sigaction action = { .sa_sigaction = damage, .sa_flags = SA_SIGINFO };

	sigaction(SIGUSR1, &action, NULL);
	__asm__ volatile(
		"mov %[tgkill], %%eax\n\t"
		"syscall\n\t"
		"xor %%edi, %%edi\n\t"
		"pushf\n\t"
		"pop %%rax\n\t"
		"test %[bad], %%rax\n\t"
		"jnz 1f\n\t"
		"mov %%cs, %%eax\n\t"
		"cmp $0x33, %%eax\n\t"
		"jne 1f\n\t"
		"mov %%ss, %%eax\n\t"
		"cmp $0x2b, %%eax\n\t"
		"je 2f\n"
		"1:\tmov $1, %%edi\n"
		"2:\tmov %[exit], %%eax\n\t"
		"syscall\n\t"
		"ud2"
		:: "D"((long)getpid()), "S"((long)getpid()), "d"((long)SIGUSR1), [tgkill] "i"(SYS_tgkill),
		   [exit] "i"(SYS_exit_group), [bad] "i"(FLAGS_BAD)
		: "rax", "rcx", "r11", "memory");
}

static void check(void)
{
	int status = child_status(attempt);
	int by = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

	if (status != 0 && by != SIGSEGV && by != SIGBUS && by != SIGTRAP && by != SIGILL && by != SIGFPE)
		test_fail(__FILE__, __LINE__, "word %d of the %s, value %lx: status 0x%x", (int)word,
			in_fpu ? "FPU's state" : "context", value, status);
}

static void sweep(size_t words, int fpu)
{
	static const uint64_t values[] = {
		0, 1, ~0ul, 0xffffffff80000000, 0xffff800000000000, 0x800000000000, 0x8000000000000000, 0x7ffffffff000,
		0x0123456789abcdef,
	};

	in_fpu = fpu;
	for (word = 0; word < words; word++)
		for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
			value = values[i];
			check();
		}
}

/* Each flag alone: only the trap flag does something. */
static void flags(void)
{
	in_fpu = 0;
	word = (40 + REG_EFL * 8) / 8;
	for (int bit = 0; bit < 64; bit++) {
		value = 0x202 | 1ul << bit;
		int status = child_status(attempt);
		if (status != (1ul << bit == FLAGS_TRAP ? SIGTRAP : 0))
			test_fail(__FILE__, __LINE__, "flag %d: status 0x%x", bit, status);
	}
}

/* Selectors, all of them with every kind of rights. */
static void selectors(void)
{
	in_fpu = 0;
	word = (40 + REG_CSGSFS * 8) / 8;
	for (uint64_t selector = 0; selector < 0x50; selector++)
		for (int which = 0; which < 2; which++) {
			value = which ? selector << 48 | 0x33 : 0x2bul << 48 | selector;
			check();
		}
}

/* The frame begins so many bytes before the end of what is mapped, and has to have that many. */
static char *edge;
static size_t room;

static void return_at_edge(void)
{
	__asm__ volatile("mov %0, %%rsp\n\tmov $15, %%eax\n\tsyscall\n\tud2" :: "r"(edge + PAGE - room) : "memory");
}

static void edges(void)
{
	edge = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(edge != MAP_FAILED);
	CHECK_EQ(munmap(edge + PAGE, PAGE), 0);
	for (room = 0; room <= 512; room += 8)
		CHECK_SIGNAL(return_at_edge, SIGSEGV);
	CHECK_EQ(munmap(edge, PAGE), 0);
}

/* The FPU's state, likewise, and at addresses where there is none. */
static void fpu_pointers(void)
{
	static const uint64_t addresses[] = { 8, 0x1000, ~0ul, ~63ul, 0x7fffffffefc0, 0x7ffffffff000, 0x800000000000,
		0xffffffff80000000 };

	in_fpu = 0;
	word = (40 + 23 * 8) / 8;
	for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
		value = addresses[i];
		CHECK_SIGNAL(attempt, SIGSEGV);
	}
	edge = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(edge != MAP_FAILED);
	CHECK_EQ(munmap(edge + PAGE, PAGE), 0);
	for (size_t bytes = 0; bytes < 512; bytes += 64) {
		value = (uint64_t)edge + PAGE - bytes;
		CHECK_SIGNAL(attempt, SIGSEGV);
	}
	/* All zero is a state that may be; not at an odd address, or it is: no harm in any case. */
	for (value = (uint64_t)edge; value < (uint64_t)edge + 64; value += 7)
		check();
}

int main(void)
{
	sweep(CONTEXT_WORDS, 0);
	sweep(FPU_WORDS, 1);
	flags();
	selectors();
	edges();
	fpu_pointers();
	PASS();
}
