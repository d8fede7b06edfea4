/* The auxiliary vector of a new program, and its stack. */
#include "test.h"
#include <sys/auxv.h>

#define AT_PHDR_	3
#define AT_PHENT_	4
#define AT_PHNUM_	5
#define AT_PAGESZ_	6
#define AT_ENTRY_	9
#define AT_UID_		11
#define AT_EUID_	12
#define AT_PLATFORM_	15
#define AT_CLKTCK_	17
#define AT_SECURE_	23
#define AT_RANDOM_	25
#define AT_EXECFN_	31

/* One of the program headers (14 words each) is of type PT_LOAD. */
static int has_load(const unsigned *segments, unsigned long count)
{
	for (unsigned long i = 0; i < count; i++)
		if (segments[i * 14] == 1)
			return 1;
	return 0;
}

/* A child of the same program writes its 16 random bytes. */
static void random_of_child(char *self, unsigned char *bytes)
{
	int ends[2];

	CHECK_EQ(pipe(ends), 0);
	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		dup2(ends[1], 1);
		execl(self, self, "random", (char *)NULL);
		_exit(111);
	}
	close(ends[1]);
	CHECK_EQ(read(ends[0], bytes, 16), 16);
	close(ends[0]);
	CHECK_EQ(waitpid(child, NULL, 0), child);
}

int main(int argc, char **argv)
{
	unsigned char first[16], second[16];
	const unsigned *segments = (const unsigned *)getauxval(AT_PHDR_);

	if (argc > 1)
		return write(1, (const void *)getauxval(AT_RANDOM_), 16) != 16;
	CHECK(segments != NULL);
	CHECK_EQ(getauxval(AT_PHENT_), 56);
	CHECK(getauxval(AT_PHNUM_) >= 1);
	CHECK(has_load(segments, getauxval(AT_PHNUM_)));
	CHECK_EQ(getauxval(AT_PAGESZ_), 4096);
	CHECK(getauxval(AT_ENTRY_) != 0);
	CHECK_EQ(getauxval(AT_UID_), getauxval(AT_EUID_));
	CHECK_EQ(getauxval(AT_SECURE_), 0);
	CHECK_EQ(getauxval(AT_CLKTCK_), 100);
	CHECK_STR((const char *)getauxval(AT_PLATFORM_), "x86_64");
	CHECK_STR((const char *)getauxval(AT_EXECFN_), argv[0]);
	random_of_child(argv[0], first);
	random_of_child(argv[0], second);
	CHECK(memcmp(first, second, 16) != 0);
	PASS();
}
