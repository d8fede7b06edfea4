/* The frame of a handler lies where the ABI says: alignment, red zone, restorer, siginfo, mask, FPU state. */
#include "test.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <ucontext.h>

struct kernel_action {
	void *handler;
	unsigned long flags;
	void *restorer;
	unsigned long mask;
};

void frame_restore(void);
void frame_enter(void);
static uintptr_t entry_rsp, interrupted_rsp;

/* The handler first notes its stack pointer; the restorer is ours. */
__asm__("frame_restore:\n\tmov $15, %eax\n\tsyscall\n"
	"frame_enter:\n\tmov %rsp, entry_rsp_place(%rip)\n\tjmp frame_handler\n"
	".lcomm entry_rsp_place, 8\n");
extern uintptr_t entry_rsp_place __asm__("entry_rsp_place");

__attribute__((used)) void frame_handler(int signal, siginfo_t *info, ucontext_t *context)
	__asm__("frame_handler");

void frame_handler(int signal, siginfo_t *info, ucontext_t *context)
{
	uintptr_t fpstate = (uintptr_t)context->uc_mcontext.fpregs;

	entry_rsp = entry_rsp_place;
	interrupted_rsp = context->uc_mcontext.gregs[REG_RSP];
	CHECK_EQ(signal, SIGUSR1);
	CHECK_EQ(entry_rsp % 16, 8);
	CHECK(*(void **)entry_rsp == (void *)frame_restore);
	CHECK_EQ((uintptr_t)context, entry_rsp + 8);
	CHECK_EQ((uintptr_t)info, (uintptr_t)context + 304);
	CHECK_EQ(offsetof(ucontext_t, uc_sigmask), 296);
	CHECK_EQ(*(unsigned long *)&context->uc_sigmask, 1ul << (SIGUSR2 - 1));
	CHECK_EQ(fpstate % 64, 0);
	CHECK(fpstate + 512 <= interrupted_rsp - 128);
	CHECK(entry_rsp + 440 <= fpstate);
	CHECK_EQ((unsigned short)context->uc_mcontext.gregs[REG_CSGSFS], 0x33);
	CHECK_EQ((unsigned long)context->uc_mcontext.gregs[REG_CSGSFS] >> 48, 0x2b);
	CHECK_EQ(context->uc_mcontext.gregs[REG_RAX], 0);	/* what tgkill gives */
	CHECK_EQ(context->uc_mcontext.gregs[REG_R12], 0x1234);
	context->uc_mcontext.gregs[REG_R12] = 0x4321;
}

int main(void)
{
	struct kernel_action action = { frame_enter, SA_SIGINFO | 0x04000000, frame_restore, 0 };
	sigset_t mask;
	long result = SYS_tgkill;
	unsigned long r12;

	sigemptyset(&mask);
	sigaddset(&mask, SIGUSR2);
	CHECK_EQ(sigprocmask(SIG_SETMASK, &mask, NULL), 0);
	CHECK_EQ(syscall(SYS_rt_sigaction, SIGUSR1, &action, NULL, 8), 0);
	__asm__ volatile("mov $0x1234, %%r12d\n\tsyscall\n\tmov %%r12, %1"
			 : "+a"(result), "=&b"(r12)
			 : "D"(getpid()), "S"(getpid()), "d"(SIGUSR1)
			 : "rcx", "r11", "r12", "memory");
	CHECK_EQ(result, 0);
	CHECK_EQ(r12, 0x4321);
	CHECK(interrupted_rsp > entry_rsp);
	PASS();
}
