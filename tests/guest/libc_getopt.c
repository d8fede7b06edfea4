/* getopt: options with and without arguments, clusters, "--", and what is wrong. */
#include "test.h"

int main(void)
{
	char *arguments[] = { "test", "-ab", "-cvalue", "-c", "other", "-x", "--", "-a", "rest", NULL };

	opterr = 0;
	CHECK_EQ(getopt(9, arguments, "abc:"), 'a');
	CHECK_EQ(getopt(9, arguments, "abc:"), 'b');
	CHECK_EQ(getopt(9, arguments, "abc:"), 'c');
	CHECK_STR(optarg, "value");
	CHECK_EQ(getopt(9, arguments, "abc:"), 'c');
	CHECK_STR(optarg, "other");
	CHECK_EQ(getopt(9, arguments, "abc:"), '?');
	CHECK_EQ(optopt, 'x');
	CHECK_EQ(getopt(9, arguments, "abc:"), -1);
	CHECK_EQ(optind, 7);
	CHECK_STR(arguments[optind], "-a");
	PASS();
}
