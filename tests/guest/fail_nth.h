/* For tests in which the n-th allocation of the kernel fails, for n = 1, 2, 3... until one passes
 * that had nothing to fail: each failure has its error, and the ledger says that nothing is left. */
#ifndef FAIL_NTH_H
#define FAIL_NTH_H

#include <fcntl.h>

#include "ledger.h"
#include "test.h"

#define FAIL_NTH_MOST	2000	/* more allocations than any operation here makes */

static int fail_fd;

/* The n-th allocation of this process from now on fails; 0: none does. */
__attribute__((unused))
static void fail_set(unsigned n)
{
	char text[16];
	int length = snprintf(text, sizeof(text), "%u", n);

	CHECK_EQ(write(fail_fd, text, length), length);
}

/* Has it failed? */
__attribute__((unused))
static bool fail_happened(void)
{
	char left[24] = "";

	CHECK_EQ(lseek(fail_fd, 0, SEEK_SET), 0);
	CHECK(read(fail_fd, left, sizeof(left) - 1) > 1);
	return left[0] == '0';
}

__attribute__((unused))
static void fail_check_ledger(const struct abi_ai_ledger *before, const char *what, unsigned n)
{
	char reason[LEDGER_REASON];

	if (!ledger_is_back(before, reason))
		test_fail(__FILE__, __LINE__, "%s, allocation %u fails: %s", what, n, reason);
}

/* One operation: run does it and gives 0 or its errno; undo takes back what it did if it gave 0. */
struct fail_case {
	const char *name;
	int (*run)(void);
	void (*undo)(void);
	int or_error;		/* an allocation that fails gives ENOMEM or this one (0: what
				 * failed was not needed, and the operation passes); -1: none else */
};

__attribute__((unused))
static void fail_each(const struct fail_case *operation)
{
	struct abi_ai_ledger before;
	bool failed = true;
	unsigned n;

	/* What is made at the first use and stays is no leak. */
	CHECK_EQ(operation->run(), 0);
	operation->undo();
	for (n = 1; failed; n++) {
		CHECK(n < FAIL_NTH_MOST);
		CHECK(ledger_read(&before));
		fail_set(n);
		int error = operation->run();
		failed = fail_happened();
		fail_set(0);
		if (error == 0)
			operation->undo();
		if (failed ? error != ENOMEM && error != operation->or_error : error != 0)
			test_fail(__FILE__, __LINE__, "%s, allocation %u %s: errno %d", operation->name,
				n, failed ? "fails" : "is not reached", error);
		fail_check_ledger(&before, operation->name, n);
	}
	if (n == 2)
		test_fail(__FILE__, __LINE__, "%s allocates nothing", operation->name);
}

__attribute__((unused))
static void fail_init(void)
{
	fail_fd = open("/dev/fail-nth", O_RDWR);
	CHECK(fail_fd >= 0);
}

#endif
