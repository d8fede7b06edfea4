/* The table of system calls (abi/syscalls.def), handed to the entry code. A number has its place in
 * the table or, from SynOS's own first one up, here; every other is -ENOSYS.
 *
 * The files beside this one have a function for each row, in the groups of abi/syscalls.def. A
 * function validates what can be said without the object, calls one layer, and encodes the answer.
 */
#include "sys/dispatch.h"

#include "lib/errno.h"
#include "lib/types.h"
#include "sys/trace.h"
#include "vm/user.h"
#include "x86/percpu.h"
#include "x86/trap.h"
#include <gen/syscalls.h>

_Static_assert(SYSCALL_LINUX_END <= SYSCALL_TABLE_SIZE,
	"all of Linux's numbers have a place in the table");

#define OWN_ENTRY(number, name, function, full, count) \
	[number - SYSCALL_OWN_BASE] = (syscall_function_t)function,
static const syscall_function_t own_calls[SYSCALL_OWN_END - SYSCALL_OWN_BASE] = {
	SYSCALL_TABLE_OWN(OWN_ENTRY)};

_Static_assert(SYSCALL_OWN_END - SYSCALL_OWN_BASE <= PERCPU_CALLS_OWN, "own calls are counted");

static long call_own(u64 number, struct trap_frame *frame)
{
	u64 own = number - SYSCALL_OWN_BASE, slot = PERCPU_CALLS_LINUX + own;

	if (own >= ARRAY_SIZE(own_calls) || !own_calls[own]) {
		percpu_self()->calls_unknown++;
		return -ENOSYS;
	}
	percpu_self()->calls[slot]++;
	long result = own_calls[own](
		frame->rdi, frame->rsi, frame->rdx, frame->r10, frame->r8, frame->r9);
	if ((u64)result >= (u64)-4095l)
		percpu_self()->call_errors[slot]++;
	return result;
}

void sys_init(void)
{
#define REGISTER(number, name, function, full, count) \
	trap_register_syscall(number, (syscall_function_t)function, full);
	SYSCALL_TABLE_LINUX(REGISTER)
	trap_register_syscall_other(call_own);
	sys_trace_init();
}
