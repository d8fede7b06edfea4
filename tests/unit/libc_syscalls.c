// unit: flags -D_GNU_SOURCE
/* tools/syscalls.awk: takes abi/syscalls.def in every mode, and refuses bad rows, saying where they
 * are. Run from the top of the tree. */
#include "unit.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TOOL "awk -f tools/syscalls.awk"

static char output[1 << 16];

/* Runs a command line and returns its exit status; output gets what it writes. */
static int run(const char *command)
{
	FILE *pipe = popen(command, "r");
	size_t length;
	int status;

	UNIT_CHECK(pipe);
	length = fread(output, 1, sizeof(output) - 1, pipe);
	output[length] = 0;
	status = pclose(pipe);
	UNIT_CHECK(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void good_table(void)
{
	static const char *const modes[] = {
		"numbers", "libc", "kernel", "stubs", "stub -v name=read", "docs",
		"sets abi/syscalls.def abi/fcntl.h #"};
	static const char *const parts[] = {
		"#define ABI_SYS_read 0\n",
		"#define SYS_read 0\n",
		"long sys_read(int fd, struct user_ptr buf, size_t count);\n",
		"\nmmap\n",
		"\tmov eax, 0\n",
		"`fd: fd`",
		"NAME(SYSCALL_KIND_OPEN_FLAGS, \"O_CREAT\", ABI_O_CREAT)",
	};
	char command[200];

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		snprintf(command, sizeof(command), TOOL " -v out=%s abi/syscalls.def 2>&1",
			modes[i]);
		if (run(command) != 0)
			unit_fail("%s: %s", modes[i], output);
		if (!strstr(output, parts[i]))
			unit_fail("%s: there is no \"%s\"", modes[i], parts[i]);
	}
}

static void bad_use(void)
{
	UNIT_CHECK(run(TOOL " -v out=nothing abi/syscalls.def 2>&1") == 1);
	UNIT_CHECK(run(TOOL " -v out=stub -v name=no_such_call abi/syscalls.def 2>&1") == 1);
	UNIT_CHECK(run(TOOL " -v out=stub -v name=fork abi/syscalls.def 2>&1") == 1);
}

/* The row is the third line of a table that is good otherwise. */
static void expect_refusal(const char *row, const char *message)
{
	char path[] = "/tmp/syscalls-XXXXXX", command[200], expected[300];
	int fd = mkstemp(path);
	int status;

	UNIT_CHECK(fd >= 0);
	dprintf(fd, "# files\n0 read - stub size fd:fd buf:out(byte,count) count:size\n%s\n", row);
	close(fd);
	snprintf(command, sizeof(command), TOOL " -v out=kernel %s 2>&1", path);
	status = run(command);
	unlink(path);
	snprintf(expected, sizeof(expected), "%s:3: ", path);
	if (status != 1 || strncmp(output, expected, strlen(expected)) != 0 ||
		!strstr(output, message) || strchr(output, '\n') != output + strlen(output) - 1)
		unit_fail("\"%s\": status %d, %s", row, status, output);
}

static void bad_rows(void)
{
	expect_refusal("0 write - stub size", "already that of read");
	expect_refusal("0x0 write - stub size", "already that of read");
	expect_refusal("1 read - stub size", "already a call named read");
	expect_refusal("1x write - stub size", "bad number");
	expect_refusal("1 Write - stub size", "bad name");
	expect_refusal("1 write half stub size", "frame");
	expect_refusal("1 write - yes size", "libc");
	expect_refusal("1 write - stub long_long", "unknown result");
	expect_refusal("1 write - stub", "five fields");
	expect_refusal(
		"1 write - stub int a:int b:int c:int d:int e:int f:int g:int", "more than 6");
	expect_refusal("1 write - stub int fd", "name:type");
	expect_refusal("1 write - stub int :fd", "name:type");
	expect_refusal("1 write - stub int fd:file", "unknown type");
	expect_refusal("1 write - stub int fd:fd fd:fd", "two arguments");
	expect_refusal("1 write - stub int buf:out(byte", "unknown type");
	expect_refusal("1 write - stub int buf:to(byte,4)", "unknown type");
	expect_refusal("1 write - stub int buf:out(byte)", "needs a count");
	expect_refusal(
		"1 write - stub int buf:out(byte,count)", "neither a number nor an argument");
	expect_refusal("1 write - stub int buf:out(byte,0)", "neither a number nor an argument");
	expect_refusal("1 write - stub int buf:out(byte,path) path:path", "which is no number");
	expect_refusal("1 write - stub int buf:out(byte,fd) fd:fd", "which is no number");
	expect_refusal("set open_flags 2", "set type bits pattern");
	expect_refusal("set open_flags some O_.*", "set type bits pattern");
	expect_refusal("set openflags 2 O_.*", "no type \"openflags\"");
}

int main(void)
{
	UNIT_CASE(good_table);
	UNIT_CASE(bad_use);
	UNIT_CASE(bad_rows);
	return unit_done();
}
