/* execl(3), execle(3), execlp(3): the arguments are gathered into an array on the stack. */
#include <stdarg.h>
#include <unistd.h>

#include "names.h"
#include "syscall.h"

/* How many arguments there are, the first included, without the NULL at the end. */
static size_t count_arguments(const char *first, va_list arguments)
{
	size_t count = 0;

	for (const char *argument = first; argument; argument = va_arg(arguments, const char *))
		count++;
	return count;
}

static void gather(char **argv, size_t count, const char *first, va_list arguments)
{
	argv[0] = (char *)first;
	for (size_t i = 1; i <= count; i++)
		argv[i] = va_arg(arguments, char *);
}

int execl(const char *path, const char *argument, ...)
{
	va_list arguments;
	size_t count;

	va_start(arguments, argument);
	count = count_arguments(argument, arguments);
	va_end(arguments);

	char *argv[count + 1];

	va_start(arguments, argument);
	gather(argv, count, argument, arguments);
	va_end(arguments);
	return __execve(path, argv, __environ);
}

int execle(const char *path, const char *argument, ...)
{
	va_list arguments;
	size_t count;
	char **envp;

	va_start(arguments, argument);
	count = count_arguments(argument, arguments);
	envp = va_arg(arguments, char **);
	va_end(arguments);

	char *argv[count + 1];

	va_start(arguments, argument);
	gather(argv, count, argument, arguments);
	va_end(arguments);
	return __execve(path, argv, envp);
}

int execlp(const char *name, const char *argument, ...)
{
	va_list arguments;
	size_t count;

	va_start(arguments, argument);
	count = count_arguments(argument, arguments);
	va_end(arguments);

	char *argv[count + 1];

	va_start(arguments, argument);
	gather(argv, count, argument, arguments);
	va_end(arguments);
	return __execvpe(name, argv, __environ);
}
