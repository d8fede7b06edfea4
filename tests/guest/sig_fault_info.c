/* The signals of faults say what was wrong and where. */
#include "test.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdint.h>
#include <sys/mman.h>

static sigjmp_buf back;
static siginfo_t seen;

static void handler(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	seen = *info;
	siglongjmp(back, 1);
}

#define FAULT(statement, signal, code, address)						\
	do {										\
		memset(&seen, 0, sizeof(seen));						\
		if (sigsetjmp(back, 1) == 0) {						\
			statement;							\
			test_fail(__FILE__, __LINE__, "no fault: %s", #statement);	\
		}									\
		CHECK_EQ(seen.si_signo, signal);					\
		CHECK_EQ(seen.si_code, code);						\
		CHECK_EQ((uintptr_t)seen.si_addr, (uintptr_t)(address));		\
	} while (0)

int main(void)
{
	static const int signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP };
	struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
	volatile char *none = (char *)0x1234;
	volatile char *noncanonical = (char *)0x8000000000000000;
	char *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	const char *path = scratch_path("empty");
	int fd = open(path, O_RDWR | O_CREAT, 0600);
	char *file;

	CHECK(page != MAP_FAILED);
	CHECK(fd >= 0);
	CHECK_EQ(unlink(path), 0);
	file = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0);
	CHECK(file != MAP_FAILED);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		CHECK_EQ(sigaction(signals[i], &action, NULL), 0);

	FAULT(*none = 1, SIGSEGV, SEGV_MAPERR, 0x1234);
	FAULT(page[7] = 1, SIGSEGV, SEGV_ACCERR, page + 7);
	FAULT(((void (*)(void))page)(), SIGSEGV, SEGV_ACCERR, page);
	FAULT(*noncanonical = 1, SIGSEGV, SI_KERNEL, 0);
	FAULT(*(volatile char *)(file + 5), SIGBUS, BUS_ADRERR, file + 5);
	FAULT(__asm__ volatile("int3"), SIGTRAP, SI_KERNEL, 0);
	FAULT(__asm__ volatile("hlt"), SIGSEGV, SI_KERNEL, 0);
	FAULT(__asm__ volatile("int $0x81"), SIGSEGV, SI_KERNEL, 0);

	/* Those of one instruction have its address. */
	uintptr_t place;
	__asm__ volatile("lea ill_place(%%rip), %0" : "=r"(place));
	FAULT(__asm__ volatile("ill_place: ud2"), SIGILL, ILL_ILLOPN, place);
	__asm__ volatile("lea div_place(%%rip), %0" : "=r"(place));
	FAULT(__asm__ volatile("xor %%ecx, %%ecx\n\txor %%edx, %%edx\ndiv_place: divl %%ecx"
			       ::: "rax", "rcx", "rdx"), SIGFPE, FPE_INTDIV, place);
	munmap(page, 4096);
	munmap(file, 4096);
	close(fd);
	PASS();
}
