/* The environment: getenv, setenv, unsetenv, putenv, and what a program that is executed gets. */
#include "test.h"

extern char **environ;

static void run_env(void)
{
	char *const arguments[] = { "sh", "-c", "exit $SYNOS_TEST_STATUS", NULL };

	setenv("SYNOS_TEST_STATUS", "37", 1);
	execv("/bin/sh", arguments);
	_exit(1);
}

int main(void)
{
	static char put[] = "SYNOS_PUT=one";

	CHECK(getenv("SYNOS_NONE") == NULL);
	CHECK_EQ(setenv("SYNOS_A", "1", 0), 0);
	CHECK_STR(getenv("SYNOS_A"), "1");
	CHECK_EQ(setenv("SYNOS_A", "2", 0), 0);
	CHECK_STR(getenv("SYNOS_A"), "1");
	CHECK_EQ(setenv("SYNOS_A", "2", 1), 0);
	CHECK_STR(getenv("SYNOS_A"), "2");
	CHECK_EQ(unsetenv("SYNOS_A"), 0);
	CHECK(getenv("SYNOS_A") == NULL);
	CHECK_ERRNO(setenv("", "x", 1), EINVAL);
	CHECK_ERRNO(setenv("A=B", "x", 1), EINVAL);
	CHECK_EQ(putenv(put), 0);
	put[10] = '1';
	CHECK_STR(getenv("SYNOS_PUT"), "1ne");
	for (char **entry = environ; *entry; entry++)
		CHECK(strchr(*entry, '=') != NULL);
	CHECK_EXIT(run_env, 37);
	PASS();
}
