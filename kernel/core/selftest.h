/* Faults on order, so that tests can see what a panic looks like: the boot option panic=KIND makes
 * the kernel do what its panics are there for. Boot; the boot thread. */
#ifndef CORE_SELFTEST_H
#define CORE_SELFTEST_H

/* KIND early faults before memory, log and interrupts are set up. */
void selftest_panic_early(void);

/* KIND is ud (an invalid instruction), gp (a non-canonical address), pf (a null pointer), wx (a
 * write to the kernel's code), df (a stack pointer that is no stack), stack (endless recursion),
 * smash (an array written beyond its end), assert, or panic. Another KIND does nothing. */
void selftest_panic(void);

#endif
