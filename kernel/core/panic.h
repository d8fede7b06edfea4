/* The end of the machine: a line that starts with "panic: ", registers, and a symbolised backtrace
 * on both serial ports, then QEMU ends with SynOS's failing status (x86/power.h); without its debug
 * device the CPU halts. Callable in any context. */
#ifndef CORE_PANIC_H
#define CORE_PANIC_H

#include "lib/types.h"

struct trap_frame;

/* Registers who prints faults of the kernel, and who stops the CPUs that do not panic. The first
 * thing that main does. */
void panic_init(void);

NORETURN void panic(const char *format, ...) PRINTF_LIKE(1, 2);
/* As panic, for a trap in the kernel: prints the frame and the backtrace of the interrupted
 * code. */
NORETURN void panic_trap(const struct trap_frame *frame, const char *reason);

/* States what must be true; always compiled in, so only where it costs little. */
#define ASSERT(condition) \
	((void)(likely(condition) || (panic("%s:%d: %s", __FILE__, __LINE__, #condition), 0)))

/* Checks that only debug builds (DEBUG=1) pay for. */
#ifdef DEBUG
#define DEBUG_ASSERT(condition) ASSERT(condition)
#else
#define DEBUG_ASSERT(condition) ((void)sizeof(condition))
#endif

#endif
