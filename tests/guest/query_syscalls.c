/* ai_query SYSCALLS: calls and errors are counted one by one. guest-only: Linux has no such call. */
#include "test.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <synos/ai.h>

#define HOLE	511

static struct abi_ai_calls before, after;

static void query(struct abi_ai_calls *counts)
{
	CHECK_EQ(ai_query(ABI_AI_SYSCALLS, 0, counts, sizeof(*counts)), sizeof(*counts));
}

static void check(long number, unsigned long calls, unsigned long errors)
{
	CHECK_EQ(after.by_number[number].calls - before.by_number[number].calls, calls);
	CHECK_EQ(after.by_number[number].errors - before.by_number[number].errors, errors);
}

static void sums(const struct abi_ai_calls *counts)
{
	unsigned long calls = counts->unknown, errors = counts->unknown;

	for (int i = 0; i < ABI_AI_CALLS; i++) {
		calls += counts->by_number[i].calls;
		errors += counts->by_number[i].errors;
		CHECK(counts->by_number[i].errors <= counts->by_number[i].calls);
	}
	for (int i = 0; i < ABI_AI_OWN_CALLS; i++) {
		calls += counts->own[i].calls;
		errors += counts->own[i].errors;
	}
	CHECK_EQ(counts->calls, calls);
	CHECK_EQ(counts->errors, errors);
}

int main(void)
{
	char *const nothing[] = { NULL };

	query(&before);
	for (int i = 0; i < 100; i++)
		getppid();
	for (int i = 0; i < 7; i++)
		CHECK_ERRNO(close(-1), EBADF);
	CHECK_EQ(close(dup(1)), 0);
	for (int i = 0; i < 3; i++)
		CHECK_ERRNO(syscall(HOLE), ENOSYS);
	for (int i = 0; i < 5; i++)
		CHECK_ERRNO(syscall(0x12345678), ENOSYS);
	/* Calls that see all registers. */
	for (int i = 0; i < 2; i++)
		CHECK_ERRNO(execve("/no/such/program", nothing, nothing), ENOENT);
	CHECK_ERRNO(ai_query(ABI_AI_SYSCALLS, 1, NULL, 0), EINVAL);
	query(&after);
	check(SYS_getppid, 100, 0);
	check(SYS_close, 8, 7);
	check(SYS_dup, 1, 0);
	check(HOLE, 3, 3);
	check(SYS_execve, 2, 2);
	CHECK_EQ(after.unknown - before.unknown, 5);
	CHECK_EQ(after.own[0].calls - before.own[0].calls, 2);
	CHECK_EQ(after.own[0].errors - before.own[0].errors, 1);
	CHECK_EQ(after.slots, ABI_AI_CALLS);
	sums(&before);
	sums(&after);

	/* As with the other topics, as much as fits. */
	after.calls = after.errors = 0;
	CHECK_EQ(ai_query(ABI_AI_SYSCALLS, 0, &after, 8), sizeof(after));
	CHECK(after.calls > before.calls && after.errors == 0);
	CHECK_ERRNO(ai_query(ABI_AI_SYSCALLS, 0, (void *)8, sizeof(after)), EFAULT);
	PASS();
}
