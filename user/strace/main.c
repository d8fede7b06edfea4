/* strace [-cf] [-e trace=NAME,...] [-o FILE] COMMAND [ARGUMENT...]: runs the command, and says on
 * standard error (-o: in the file) which system calls it, its children and its threads make. -c
 * counts them instead; -e names those to be told, -f is there for those who are used to it. Ends as
 * the command does; 127 if that is not found, 126 if it cannot be run. */
#include "strace.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static bool counting, choosing, chosen[CALLS_MAX];
static volatile int child_error; /* of a child that could not begin; it shares our memory */

static int usage(void)
{
	fputs("usage: strace [-cf] [-e trace=NAME,...] [-o FILE] COMMAND [ARGUMENT...]\n", stderr);
	return 2;
}

static bool choose(const char *names)
{
	if (strncmp(names, "trace=", 6) == 0)
		names += 6;
	choosing = true;
	for (;;) {
		size_t length = strcspn(names, ",");
		const struct call *call = call_of_name(names, length);
		if (!call) {
			fprintf(stderr, "strace: there is no call %.*s\n", (int)length, names);
			return false;
		}
		chosen[call_index(call)] = true;
		if (names[length] == '\0')
			return true;
		names += length + 1;
	}
}

static bool is_wanted(const struct abi_trace_record *record)
{
	const struct call *call = call_of_number(record->number);

	return !choosing || !record_is_call(record) || (call && chosen[call_index(call)]);
}

/* The child joins the trace and becomes the command; until then we stand still. */
static pid_t start(int trace, char **command)
{
	pid_t child = vfork();

	if (child != 0)
		return child;
	if (ioctl(trace, ABI_TRACE_ATTACH) == 0)
		execvp(command[0], command);
	child_error = errno;
	_exit(127);
}

static bool tell(int trace, FILE *out)
{
	static char buffer[16384] __attribute__((aligned(8)));
	long size = read(trace, buffer, sizeof(buffer));
	const struct abi_trace_record *record;

	if (size < 0 && errno == EINTR)
		return true;
	for (long place = 0; place < size; place += record->size) {
		record = (const struct abi_trace_record *)(buffer + place);
		if (!is_wanted(record))
			continue;
		if (counting)
			count_add(record);
		else
			record_print(out, record);
	}
	fflush(out);
	return size > 0;
}

static int finish(pid_t child)
{
	int status;

	if (waitpid(child, &status, 0) != child)
		return 1;
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	signal(WTERMSIG(status), SIG_DFL);
	raise(WTERMSIG(status));
	return 128 + WTERMSIG(status);
}

static int run(FILE *out, char **command)
{
	int trace = open("/dev/trace", O_RDWR | O_CLOEXEC);

	if (trace < 0) {
		perror("strace: /dev/trace");
		return 1;
	}
	pid_t child = start(trace, command);
	if (child < 0 || child_error) {
		int error = child < 0 ? errno : child_error;
		fprintf(stderr, "strace: %s: %s\n", command[0], strerror(error));
		return error == ENOENT ? 127 : 126;
	}
	while (tell(trace, out))
		;
	if (counting)
		count_print(out);
	fclose(out);
	return finish(child);
}

int main(int argc, char **argv)
{
	const char *path = NULL;
	FILE *out;
	int option;

	while ((option = getopt(argc, argv, "+cfe:o:")) != -1) {
		if (option == 'c')
			counting = true;
		else if (option == 'o')
			path = optarg;
		else if (option == 'e' ? !choose(optarg) : option != 'f')
			return usage();
	}
	if (optind == argc)
		return usage();
	out = path ? fopen(path, "we") : fdopen(fcntl(2, F_DUPFD_CLOEXEC, 3), "w");
	if (!out) {
		perror(path ? path : "strace");
		return 1;
	}
	return run(out, argv + optind);
}
