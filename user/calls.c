/* calls: the busiest system calls of the machine, with how many gave an error (ai_query,
 * docs/ai-query.md). With a command: those made while it ran, by whomever; and its status, 128 + the
 * signal if one ended it, 127 if it is not found, 126 if it cannot be run. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <synos/ai.h>
#include <unistd.h>

#include "output.h"

struct user_ptr;
#include <gen/syscalls.h>

#define SHOWN	20
#define SLOTS	(ABI_AI_OWN_CALLS + ABI_AI_CALLS)

struct line {
	unsigned long number;
	struct abi_ai_call count;
};

static struct abi_ai_calls before, after;
static struct line lines[SLOTS];

static const char *call_name(unsigned long number)
{
#define CASE(value, name, function, full, count) case value: return #name;
	switch (number) {
	SYSCALL_TABLE(CASE)
	}
	return "(no such call)";
}

static int by_calls(const void *left, const void *right)
{
	const struct line *a = left, *b = right;

	if (a->count.calls != b->count.calls)
		return a->count.calls < b->count.calls ? 1 : -1;
	return a->number < b->number ? -1 : a->number > b->number;
}

static void read_counts(struct abi_ai_calls *counts)
{
	if (ai_query(ABI_AI_SYSCALLS, 0, counts, sizeof(*counts)) < 0) {
		perror("calls: ai_query");
		exit(1);
	}
}

static struct abi_ai_call since(const struct abi_ai_call *now, const struct abi_ai_call *then)
{
	return (struct abi_ai_call){ now->calls - then->calls, now->errors - then->errors };
}

static void print(void)
{
	for (unsigned i = 0; i < ABI_AI_CALLS; i++)
		lines[i] = (struct line){ i, since(&after.by_number[i], &before.by_number[i]) };
	for (unsigned i = 0; i < ABI_AI_OWN_CALLS; i++)
		lines[ABI_AI_CALLS + i] = (struct line){
			SYSCALL_OWN_BASE + i, since(&after.own[i], &before.own[i]) };
	qsort(lines, SLOTS, sizeof(lines[0]), by_calls);
	printf("%10s %10s  call\n", "calls", "errors");
	for (unsigned i = 0; i < SHOWN && lines[i].count.calls > 0; i++)
		printf("%10lu %10lu  %s\n", lines[i].count.calls, lines[i].count.errors,
			call_name(lines[i].number));
	printf("%10lu %10lu  in all, %lu of them with numbers beyond the table\n",
		after.calls - before.calls, after.errors - before.errors,
		after.unknown - before.unknown);
}

static _Noreturn void become(char **command)
{
	execvp(command[0], command);
	int error = errno;
	fprintf(stderr, "calls: %s: %s\n", command[0], strerror(error));
	_exit(error == ENOENT ? 127 : 126);
}

/* The command's status. */
static int run(char **command)
{
	int status;
	pid_t child;

	read_counts(&before);
	child = fork();
	if (child == 0)
		become(command);
	if (child < 0 || waitpid(child, &status, 0) < 0) {
		perror("calls");
		exit(1);
	}
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
	int status;

	if (getopt(argc, argv, "+") != -1)
		return 2;
	status = optind < argc ? run(argv + optind) : 0;

	read_counts(&after);
	print();
	return output_written("calls") ? status : 1;
}
