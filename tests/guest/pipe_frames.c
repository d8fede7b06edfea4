/* A pipe that is read as it is written keeps one page of memory, however much goes through it. guest-only: it asks the
 * ledger. */
#include "test.h"
#include <fcntl.h>
#include <synos/ai.h>

static long frames_used(void)
{
	struct abi_ai_ledger answer;

	CHECK_EQ(ai_query(ABI_AI_LEDGER, 0, &answer, sizeof(answer)), sizeof(answer));
	return answer.frames_used;
}

int main(void)
{
	static char bytes[3000], full[65536];
	int ends[2];
	long before;

	CHECK_EQ(pipe(ends), 0);
	memset(full, 'f', sizeof(full));
	frames_used();
	CHECK_EQ(write(ends[1], bytes, sizeof(bytes)), sizeof(bytes));
	CHECK_EQ(read(ends[0], bytes, sizeof(bytes)), sizeof(bytes));
	before = frames_used();
	for (int i = 0; i < 100; i++) {
		memset(bytes, i, sizeof(bytes));
		CHECK_EQ(write(ends[1], bytes, sizeof(bytes)), sizeof(bytes));
		bytes[2999] = 0;
		CHECK_EQ(read(ends[0], bytes, sizeof(bytes)), sizeof(bytes));
		CHECK_EQ(bytes[2999], i);
	}
	CHECK_EQ(frames_used(), before);
	/* All of it can still be filled, also from the middle of a page. */
	CHECK_EQ(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
	CHECK_EQ(write(ends[1], full, 100), 100);
	CHECK_EQ(read(ends[0], bytes, 50), 50);
	CHECK_EQ(write(ends[1], full, sizeof(full)), 65536 - 50);
	CHECK_ERRNO(write(ends[1], full, 1), EAGAIN);
	CHECK_EQ(read(ends[0], full, sizeof(full)), 65536);
	PASS();
}
