/* execve hands over argv and envp byte for byte: empty strings, every byte value, many of them,
 * long ones, none at all. */
#include "test.h"

#define MANY	3000
#define LONG	(100 * 1024)

extern char **environ;

static char *many[MANY + 3];
static char *bytes_argument(void)
{
	static char bytes[256];

	for (int i = 1; i < 256; i++)
		bytes[i - 1] = i;
	return bytes;
}

static int check_few(int argc, char **argv)
{
	CHECK_EQ(argc, 6);
	CHECK_STR(argv[2], "");
	CHECK_STR(argv[3], " a 'b' \"c\" $d\n");
	CHECK_STR(argv[4], bytes_argument());
	CHECK_STR(argv[5], "");
	CHECK(argv[6] == NULL);
	CHECK_STR(environ[0], "A=1");
	CHECK_STR(environ[1], "");
	CHECK_STR(environ[2], "no equals sign");
	CHECK(environ[3] == NULL);
	PASS();
}

static int check_many(int argc, char **argv)
{
	char expected[16];

	CHECK_EQ(argc, MANY + 2);
	for (int i = 0; i < MANY; i++) {
		snprintf(expected, sizeof(expected), "argument %d", i);
		CHECK_STR(argv[i + 2], expected);
	}
	CHECK(argv[argc] == NULL && environ[0] == NULL);
	PASS();
}

static int check_long(int argc, char **argv)
{
	CHECK_EQ(argc, 3);
	CHECK_EQ(strlen(argv[2]), LONG);
	for (int i = 0; i < LONG; i++)
		CHECK(argv[2][i] == 'a' + i % 26);
	PASS();
}

static void run(char *self, char **argv, char **envp)
{
	int status;
	pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		execve(self, argv, envp);
		_exit(111);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
}

int main(int argc, char **argv)
{
	char *none[] = { NULL }, *environment[] = { "A=1", "", "no equals sign", NULL };
	char *few[] = { argv[0], "few", "", " a 'b' \"c\" $d\n", bytes_argument(), "", NULL };
	char *long_string = malloc(LONG + 1);
	char *long_argv[] = { argv[0], "long", long_string, NULL };

	if (argc > 1 && strcmp(argv[1], "few") == 0)
		return check_few(argc, argv);
	if (argc > 1 && strcmp(argv[1], "many") == 0)
		return check_many(argc, argv);
	if (argc > 1 && strcmp(argv[1], "long") == 0)
		return check_long(argc, argv);

	run(argv[0], few, environment);
	many[0] = argv[0];
	many[1] = "many";
	for (int i = 0; i < MANY; i++) {
		many[i + 2] = malloc(16);
		snprintf(many[i + 2], 16, "argument %d", i);
	}
	run(argv[0], many, none);
	for (int i = 0; i < LONG; i++)
		long_string[i] = 'a' + i % 26;
	long_string[LONG] = '\0';
	run(argv[0], long_argv, none);
	PASS();
}
