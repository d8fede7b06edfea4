/* From the entry point to main(): finds the arguments, the environment and the auxiliary vector on
 * the initial stack (execve(2), getauxval(3)), sets up thread-local storage, runs the constructors,
 * and leaves by exit(). */
#include <stdlib.h>
#include <unistd.h>

#include "alias.h"
#include "auxv.h"
#include "thread.h"

typedef void (*constructor)(int argc, char **argv, char **envp);

/* linker/user.ld */
extern const constructor __preinit_array_start[], __preinit_array_end[];
extern const constructor __init_array_start[], __init_array_end[];

int main(int argc, char **argv, char **envp);

char **__environ;
weak_alias(__environ, environ);

const unsigned long *__auxv;

static void run(const constructor *first, const constructor *end, int argc, char **argv)
{
	for (; first < end; first++)
		(*first)(argc, argv, __environ);
}

/* Called by crt0.asm with the initial stack pointer. */
_Noreturn void __libc_start(unsigned long *stack)
{
	int argc = (int)stack[0];
	char **argv = (char **)(stack + 1);
	char **end;

	__environ = argv + argc + 1;
	for (end = __environ; *end; end++)
		;
	__auxv = (const unsigned long *)(end + 1);
	__tls_start(__auxv);

	run(__preinit_array_start, __preinit_array_end, argc, argv);
	run(__init_array_start, __init_array_end, argc, argv);
	exit(main(argc, argv, __environ));
}
