/* Where user code meets the edge of what it may reach: a system call as the last instruction of user
 * memory, jumps and returns to addresses that are none, and the trap flag set over a system call.
 * Each ends its process by the right signal, and nobody else. */
#define _GNU_SOURCE
#include "mapping.h"

#define LAST_PAGE	0x7fffffffe000ul
#define TRAP_FLAG	0x100

static void call_at_the_end(void)
{
	/* On Linux the stack may be there already: then there is nothing to try. */
	unsigned char *page = mmap((void *)LAST_PAGE, PAGE, RW, PRIVATE | MAP_FIXED_NOREPLACE, -1, 0);

	if (page == MAP_FAILED && errno == EEXIST)
		raise(SIGSEGV);
	CHECK_EQ(page, LAST_PAGE);
	page[PAGE - 2] = 0x0f;
	page[PAGE - 1] = 0x05;
	CHECK_EQ(mprotect(page, PAGE, PROT_READ | PROT_EXEC), 0);
	__asm__ volatile("jmp *%0" : : "r"(page + PAGE - 2), "a"(39) : "rcx", "r11", "memory");
}

static unsigned long target;

static void jump(void)
{
	__asm__ volatile("jmp *%0" : : "r"(target) : "memory");
}

static void return_near(void)
{
	__asm__ volatile("push %0; ret" : : "r"(target) : "memory");
}

static void return_from_interrupt(void)
{
	__asm__ volatile("mov %%rsp, %%rcx; push $0x2b; push %%rcx; push $2; push $0x33; push %0; iretq"
		: : "r"(target) : "rcx", "memory");
}

/* A system call with a stack pointer that is none works; the first push does not. */
static void odd_stack(void)
{
	long result;

	__asm__ volatile("mov %%rsp, %%rbx; mov %1, %%rsp; syscall; mov %%rbx, %%rsp"
		: "=a"(result) : "r"(target), "a"(39) : "rbx", "rcx", "r11", "memory");
	if (result != getpid())
		_exit(1);
	__asm__ volatile("mov %0, %%rsp; push %%rax" : : "r"(target) : "memory");
}

static void trap_over_syscall(void)
{
	__asm__ volatile("pushf; orq %0, (%%rsp); popf; syscall; nop; nop"
		: : "i"(TRAP_FLAG), "a"(39) : "rcx", "r11", "memory");
}

int main(void)
{
	static const unsigned long places[] = {
		0x7ffffffff000, 0x800000000000, 0xffff7fffffffffff, 0xffff800000000000, 0xffffffff80100000,
		0x8000000000000000, 0xffffffffffffffff,
	};

	CHECK_SIGNAL(call_at_the_end, SIGSEGV);
	CHECK_ERRNO(mmap((void *)(LAST_PAGE + PAGE), PAGE, RW, PRIVATE | MAP_FIXED, -1, 0), ENOMEM);
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		target = places[i];
		CHECK_SIGNAL(jump, SIGSEGV);
		CHECK_SIGNAL(return_near, SIGSEGV);
		CHECK_SIGNAL(return_from_interrupt, SIGSEGV);
		int status = child_status(odd_stack);
		/* A non-canonical stack is a fault of the stack segment. */
		CHECK(WIFSIGNALED(status) && (WTERMSIG(status) == SIGSEGV || WTERMSIG(status) == SIGBUS));
	}
	CHECK_SIGNAL(trap_over_syscall, SIGTRAP);
	PASS();
}
