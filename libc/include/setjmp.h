/* Jumps out of functions (setjmp(3)). The signal mask is neither saved nor restored. */
#ifndef _SETJMP_H
#define _SETJMP_H

typedef unsigned long jmp_buf[8];

int setjmp(jmp_buf environment) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf environment, int value);
int _setjmp(jmp_buf environment) __attribute__((returns_twice));
_Noreturn void _longjmp(jmp_buf environment, int value);

#define setjmp(environment) setjmp(environment)

#endif
