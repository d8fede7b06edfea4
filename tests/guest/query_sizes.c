/* ai_query's rules: any size, the full size as result, nothing written behind; and its errors.
 * guest-only: the call is SynOS's own. */
#include "pointers.h"
#include <synos/ai.h>

static void check_bad(void *bad)
{
	CHECK_ERRNO(ai_query(ABI_AI_MEMORY, 0, bad, sizeof(struct abi_ai_memory)), EFAULT);
	CHECK_ERRNO(ai_query(ABI_AI_PROCESS, 0, bad, 8), EFAULT);
	CHECK_ERRNO(ai_query(ABI_AI_LEDGER, 0, bad, 8), EFAULT);
	CHECK_ERRNO(ai_query(ABI_AI_SYSCALLS, 0, bad, 8), EFAULT);
}

static void sizes(unsigned topic, size_t full)
{
	unsigned char buffer[512];
	static const size_t given[] = { 0, 1, 7, 8, 9, 24, 56, 200, 512 };

	for (size_t i = 0; i < sizeof(given) / sizeof(given[0]); i++) {
		size_t written = given[i] < full ? given[i] : full;

		memset(buffer, 0xa5, sizeof(buffer));
		CHECK_EQ(ai_query(topic, 0, buffer, given[i]), full);
		for (size_t at = written; at < sizeof(buffer); at++)
			CHECK_EQ(buffer[at], 0xa5);
		/* No first field of a topic looks like this. */
		if (written >= 8)
			CHECK(memcmp(buffer, "\xa5\xa5\xa5\xa5\xa5\xa5\xa5\xa5", 8) != 0);
	}
	CHECK_EQ(ai_query(topic, 0, NULL, 0), full);
}

int main(void)
{
	unsigned long words[64];

	pointers_init();
	sizes(ABI_AI_MEMORY, sizeof(struct abi_ai_memory));
	sizes(ABI_AI_PROCESS, sizeof(struct abi_ai_process));
	sizes(ABI_AI_LEDGER, sizeof(struct abi_ai_ledger));
	sizes(ABI_AI_SYSCALLS, sizeof(struct abi_ai_calls));
	pointers_unwritable(check_bad);
	CHECK_ERRNO(ai_query(0, 0, words, sizeof(words)), EINVAL);
	CHECK_ERRNO(ai_query(5, 0, words, sizeof(words)), EINVAL);
	CHECK_ERRNO(ai_query(0xffffffff, 0, words, sizeof(words)), EINVAL);
	CHECK_ERRNO(ai_query(ABI_AI_MEMORY, 1, words, sizeof(words)), EINVAL);
	CHECK_ERRNO(ai_query(ABI_AI_MEMORY, 0x80000000, words, sizeof(words)), EINVAL);
	CHECK_ERRNO(ai_query(99, 1, NULL, 0), EINVAL);
	PASS();
}
