/* Faults on order, so that tests can see what a panic looks like: the boot option panic=KIND makes
 * the kernel do what its panics are there for. Boot; the boot thread. */
#ifndef CORE_SELFTEST_H
#define CORE_SELFTEST_H

#include "lib/types.h"

/* KIND early faults before memory, log and interrupts are set up. */
void selftest_panic_early(void);
/* Registers what another CPU needs for its fault. Before paging_seal. */
void selftest_prepare(void);

/* KIND is ud (an invalid instruction), gp (a non-canonical address), pf (a null pointer); wx,
 * wx-direct, rodata, idt, gdt, calls (a write to the kernel's code, to that in the direct map, to a
 * constant, a descriptor table, the table of system calls); nx, nx-direct (a jump to data, to code
 * in the direct map); smap, smep (reads or runs a user's page, which must fault if the CPU can
 * tell); df (a stack pointer that is no stack), ist (a push below the NMI's stack), stack (endless
 * recursion), smash (an array written beyond its end), assert, or panic; stuck, stuck-other (a loop
 * with interrupts off and a lock, here or on CPU 1, while this one waits for the lock), busy (a
 * loop with interrupts on and a lock, until the watchdog says so). After the
 * last, and after another KIND, the boot goes on. */
void selftest_panic(void);

/* For self-tests of layers to the right: whether panic=kind was given; and a push below the lowest
 * byte of a stack, then an invalid instruction. */
bool selftest_wanted(const char *kind);
void selftest_push_below(void *bottom);

#endif
