/* A signal comes while the stack pointer is anywhere: the handler runs if there is room for its frame, or if it has a stack of its
 * own; else the process, and nothing but it, dies by SIGSEGV. */
#include "test.h"

#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#define PAGE	4096ul
#define RAN	5	/* exit code of the handler */

static uint64_t place;
static stack_t own = { .ss_flags = SS_DISABLE };
static int sent = SIGUSR1, flags;

__attribute__((no_stack_protector))
static void handler(int signal)
{
	(void)signal;
	__asm__ volatile("syscall" :: "a"((long)SYS_exit_group), "D"((long)RAN) : "rcx", "r11", "memory");
}

/* Sends itself the signal, with the stack pointer at that place; or touches nothing there at all, which is a SIGSEGV. */
static void attempt(void)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };

	CHECK_EQ(sigaltstack(&own, NULL), 0);
	CHECK_EQ(sigaction(sent, &action, NULL), 0);
	if (sent == SIGSEGV)
		__asm__ volatile("mov %0, %%rsp\n\tmovb $0, 0" :: "r"(place) : "memory");
	else
		__asm__ volatile("mov %[to], %%rsp\n\tmov %[tgkill], %%eax\n\tsyscall\n\tud2"
			:: [to] "r"(place), "D"((long)getpid()), "S"((long)getpid()), "d"((long)sent),
			   [tgkill] "i"(SYS_tgkill) : "rax", "rcx", "r11", "memory");
}

static void expect(int status)
{
	int found = child_status(attempt);

	if (found != status)
		test_fail(__FILE__, __LINE__, "stack pointer %lx, own stack %p, signal %d, flags %x: status 0x%x, not 0x%x",
			place, own.ss_sp, sent, flags, found, status);
}

static char *map(int protection)
{
	char *pages = mmap(NULL, 4 * PAGE, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(pages != MAP_FAILED);
	/* The last page, and the first, are a hole. */
	CHECK_EQ(munmap(pages, PAGE), 0);
	CHECK_EQ(munmap(pages + 3 * PAGE, PAGE), 0);
	return pages + PAGE;
}

/* Places where no frame can be, as stack pointer and as a stack for handlers. */
static void nowhere(const char *readonly, const char *hole)
{
	const uint64_t places[] = {
		0, 1, 8, 128, 600, 1024, PAGE, 0x10000, 0x7ffffffff000, 0x7fffffffffff, 0x800000000000, 0x800000000400,
		0x8000000000000000, 0xffff800000000000, 0xffffffff80000000, 0xffffffff80100000, 0xfffffffffffff000, ~0ul,
		~127ul, ~1023ul, (uint64_t)readonly + PAGE, (uint64_t)readonly + 2 * PAGE, (uint64_t)hole,
		(uint64_t)hole + PAGE,
	};

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		place = places[i];
		expect(SIGSEGV);
	}
}

static void all_signals(const char *readonly, const char *hole, int handler_flags)
{
	flags = handler_flags;
	sent = SIGUSR1;
	nowhere(readonly, hole);
	sent = SIGSEGV;
	nowhere(readonly, hole);
	sent = SIGUSR1;
}

/* The frame ends at the stack pointer less the red zone, and needs as much room as it needs: below that, no byte fewer. */
static void edges(char *pages)
{
	int first = -1, status;

	flags = 0;
	for (int room = 0; room <= (int)(2 * PAGE); room += 16) {
		place = (uint64_t)pages + room;
		status = child_status(attempt);
		if (status == RAN << 8 && first < 0)
			first = room;
		if (status != (first < 0 ? SIGSEGV : RAN << 8))
			test_fail(__FILE__, __LINE__, "room of %d bytes: status 0x%x", room, status);
	}
	CHECK(first >= 128 + 512 + 440);
	/* And the highest: nothing above the stack pointer is touched. */
	place = (uint64_t)pages + 2 * PAGE;
	expect(RAN << 8);
}

static void own_stacks(char *pages, const char *readonly, const char *hole)
{
	const uint64_t bad[] = { 0, 8, 0x10000, 0x7ffffffff000, 0x800000000000, 0xffffffff80000000, ~0ul - PAGE,
		(uint64_t)readonly, (uint64_t)hole };

	flags = SA_ONSTACK;
	/* A good one saves whoever has lost his. */
	own = (stack_t){ .ss_sp = pages, .ss_size = 2 * PAGE };
	const uint64_t places[] = { 0, 8, PAGE, 0x7ffffffff000, 0x800000000000, 0xffffffff80000000, ~0ul, (uint64_t)hole,
		(uint64_t)readonly + 2 * PAGE };
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		place = places[i];
		sent = SIGUSR1;
		expect(RAN << 8);
		sent = SIGSEGV;
		expect(RAN << 8);
	}
	sent = SIGUSR1;
	place = (uint64_t)pages;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		own = (stack_t){ .ss_sp = (void *)bad[i], .ss_size = 2 * PAGE };
		expect(SIGSEGV);
	}
	/* So large that its end is nowhere. */
	own = (stack_t){ .ss_sp = pages, .ss_size = ~0ul };
	place = 0;
	expect(SIGSEGV);
	/* On it already, with too little left of it: it is not left for what lies below. */
	own = (stack_t){ .ss_sp = pages + PAGE, .ss_size = PAGE };
	place = (uint64_t)pages + PAGE + 256;
	expect(SIGSEGV);
}

int main(void)
{
	char *pages = map(PROT_READ | PROT_WRITE), *readonly = map(PROT_READ), *hole = map(PROT_READ);

	CHECK_EQ(munmap(hole, 2 * PAGE), 0);
	all_signals(readonly, hole, 0);
	all_signals(readonly, hole, SA_ONSTACK);
	edges(pages);
	own_stacks(pages, readonly, hole);
	PASS();
}
