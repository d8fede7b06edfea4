/* Jumps out of functions (setjmp(3)). The forms with sig in front save and restore the signal mask,
 * if savemask is not 0; the others leave it alone. */
#ifndef _SETJMP_H
#define _SETJMP_H

typedef unsigned long jmp_buf[8];
typedef unsigned long sigjmp_buf[10];

int setjmp(jmp_buf environment) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf environment, int value);
int _setjmp(jmp_buf environment) __attribute__((returns_twice));
_Noreturn void _longjmp(jmp_buf environment, int value);
int sigsetjmp(sigjmp_buf environment, int savemask) __attribute__((returns_twice));
_Noreturn void siglongjmp(sigjmp_buf environment, int value);

#define setjmp(environment) setjmp(environment)
#define sigsetjmp(environment, savemask) sigsetjmp(environment, savemask)

#endif
