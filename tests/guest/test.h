/* What a guest test is written with. A test is an ordinary program: it exits 0 if it passed, and at the first check that
 * fails it says where and why on standard output and exits 1. It runs on SynOS and, unless its source says
 * "guest-only: reason" in a comment, on Linux as well.
 *
 *	int main(void)
 *	{
 *		CHECK_EQ(write(1, "", 0), 0);
 *		CHECK_ERRNO(close(-1), EBADF);
 *		PASS();
 *	}
 */
#ifndef TEST_H
#define TEST_H

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Not exit(3): a child that fails must not flush what its parent has buffered. */
__attribute__((noreturn, format(printf, 3, 4), unused))
static void test_fail(const char *file, int line, const char *format, ...)
{
	char text[512];
	int length = snprintf(text, sizeof(text), "%s:%d: ", file, line);
	va_list arguments;

	va_start(arguments, format);
	length += vsnprintf(text + length, sizeof(text) - length, format, arguments);
	va_end(arguments);
	if (length > (int)sizeof(text) - 1)
		length = sizeof(text) - 1;
	if (write(1, text, length) < 0 || write(1, "\n", 1) < 0)
		_exit(2);
	_exit(1);
}

#define CHECK(condition)								\
	do {										\
		if (!(condition))							\
			test_fail(__FILE__, __LINE__, "%s (errno %d)", #condition, errno);	\
	} while (0)

/* Two integers or pointers. */
#define CHECK_EQ(a, b)									\
	do {										\
		long check_a = (long)(a), check_b = (long)(b);				\
		if (check_a != check_b)							\
			test_fail(__FILE__, __LINE__, "%s is %ld, not %s = %ld (errno %d)",	\
				  #a, check_a, #b, check_b, errno);			\
	} while (0)

#define CHECK_STR(a, b)									\
	do {										\
		const char *check_a = (a), *check_b = (b);				\
		if (strcmp(check_a, check_b) != 0)					\
			test_fail(__FILE__, __LINE__, "%s is \"%s\", not \"%s\"", #a, check_a, check_b); \
	} while (0)

/* A call that has to fail: its result is -1, NULL or MAP_FAILED, and errno says why. */
#define CHECK_ERRNO(call, error)							\
	do {										\
		errno = 0;								\
		long check_result = (long)(call);					\
		if ((check_result != -1 && check_result != 0) || errno != (error))	\
			test_fail(__FILE__, __LINE__, "%s gives %ld, errno %d, not errno %s (%d)", \
				  #call, check_result, errno, #error, (error));		\
	} while (0)

#define PASS() return 0

/* Runs function in a child, which exits 0 if it returns; the status word that waitpid gives. */
__attribute__((unused))
static int child_status(void (*function)(void))
{
	int status;
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		function();
		_exit(0);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	return status;
}

/* function, in a child, has to die by that signal. */
#define CHECK_SIGNAL(function, signal)							\
	do {										\
		int check_status = child_status(function);				\
		if (!WIFSIGNALED(check_status) || WTERMSIG(check_status) != (signal))	\
			test_fail(__FILE__, __LINE__, "%s ends with status 0x%x, not by %s", \
				  #function, check_status, #signal);			\
	} while (0)

/* function, in a child, has to exit with that code. */
#define CHECK_EXIT(function, code)							\
	do {										\
		int check_status = child_status(function);				\
		if (!WIFEXITED(check_status) || WEXITSTATUS(check_status) != (code))	\
			test_fail(__FILE__, __LINE__, "%s ends with status 0x%x, not by exit %d", \
				  #function, check_status, (code));			\
	} while (0)

/* A path of this process's own in /tmp; the test removes what it makes there. One buffer: copy it to keep two. */
__attribute__((unused))
static const char *scratch_path(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "/tmp/synos-test-%d-%s", (int)getpid(), name);
	return path;
}

#endif
