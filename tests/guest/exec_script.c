/* Scripts: the first line names the interpreter and at most one argument; an interpreter may be a
 * script, but not for ever. */
#include "test.h"
#include <fcntl.h>

static char self[512];

/* A path of a script with that first line, for the test in which it is used. */
static char *script(const char *name, const char *format, const char *interpreter)
{
	static char paths[8][256];
	static int count;
	char *path = paths[count++ % 8], line[600];
	int fd;

	snprintf(path, sizeof(paths[0]), "%s", scratch_path(name));
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0755);
	CHECK(fd >= 0);
	snprintf(line, sizeof(line), format, interpreter);
	CHECK_EQ(write(fd, line, strlen(line)), strlen(line));
	close(fd);
	return path;
}

/* What this program prints when it is the interpreter: its arguments. */
static int interpret(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		printf("[%s]", argv[i]);
	return 0;
}

static void run(const char *path, const char *expected_format, const char *a, const char *b)
{
	char *arguments[] = { "zero", "one", "", "three", NULL }, *environment[] = { NULL };
	char expected[1024], output[1024];
	int ends[2], status;
	size_t length = 0;
	ssize_t count;

	CHECK_EQ(pipe(ends), 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		dup2(ends[1], 1);
		execve(path, arguments, environment);
		_exit(errno);
	}
	close(ends[1]);
	while ((count = read(ends[0], output + length, sizeof(output) - 1 - length)) > 0)
		length += count;
	output[length] = '\0';
	close(ends[0]);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	snprintf(expected, sizeof(expected), expected_format, a, b);
	CHECK_STR(output, expected);
}

static void refused(const char *path, int error)
{
	char *arguments[] = { "zero", NULL }, *environment[] = { NULL };

	CHECK_ERRNO(execve(path, arguments, environment), error);
	unlink(path);
}

static void chain(void)
{
	char *first = script("s1", "#!%s x\n", self);
	char *second = script("s2", "#! %s\n", first);
	char *third = script("s3", "#!%s\n", second);
	char *fourth = script("s4", "#!%s\n", third);
	char *fifth = script("s5", "#!%s\n", fourth);
	char *sixth = script("s6", "#!%s\n", fifth);

	run(second, "[x][%s][%s][one][][three]", first, second);
	refused(sixth, ELOOP);
	unlink(first);
	unlink(second);
	unlink(third);
	unlink(fourth);
	unlink(fifth);
}

int main(int argc, char **argv)
{
	char *path;

	if (strstr(argv[0], "exec_script") && argc > 1)
		return interpret(argc, argv);
	CHECK(argv[0][0] == '/' || getcwd(self, sizeof(self) - strlen(argv[0]) - 2));
	if (argv[0][0] != '/')
		strcat(self, "/");
	strcat(self, argv[0]);

	path = script("plain", "#!%s\n", self);
	run(path, "[%s][one][][three]", path, "");
	path = script("plain", "#! \t %s \t two words  \ngarbage", self);
	run(path, "[two words][%s][one][][three]", path, "");
	path = script("plain", "#!%s", self);
	run(path, "[%s][one][][three]", path, "");
	unlink(path);
	chain();
	refused(script("bad", "#!\n%s", ""), ENOEXEC);
	refused(script("bad", "#!   \t\n%s", ""), ENOEXEC);
	refused(script("bad", "#!/there/is/no/such/interpreter%s\n", ""), ENOENT);
	refused(script("bad", "#!/tmp%s\n", ""), EACCES);
	PASS();
}
