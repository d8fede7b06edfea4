/* FUTEX_WAKE_OP's arithmetic (proc/futex_operate.h). */
#include "proc/futex_operate.h"

#include "lib/errno.h"
#include <abi/futex.h>

/* The lowest twelve bits as a number with a sign. */
static s32 signed_argument(u32 bits)
{
	return (s32)(bits << 20) >> 20;
}

/* The new value of the word; -ENOSYS. */
static int operate(u32 operation, u32 old, u32 *new)
{
	u32 argument = signed_argument(operation >> 12);

	if (operation >> 28 & ABI_FUTEX_OP_SHIFT)
		argument = 1u << (argument & 31);
	switch (operation >> 28 & ~ABI_FUTEX_OP_SHIFT) {
	case ABI_FUTEX_OP_SET:
		*new = argument;
		return 0;
	case ABI_FUTEX_OP_ADD:
		*new = old + argument;
		return 0;
	case ABI_FUTEX_OP_OR:
		*new = old | argument;
		return 0;
	case ABI_FUTEX_OP_ANDN:
		*new = old & ~argument;
		return 0;
	case ABI_FUTEX_OP_XOR:
		*new = old ^ argument;
		return 0;
	default:
		return -ENOSYS;
	}
}

/* Whether the old value compares so; -ENOSYS. */
static int compare(u32 operation, u32 old)
{
	s32 value = old, argument = signed_argument(operation);

	switch (operation >> 24 & 0xf) {
	case ABI_FUTEX_CMP_EQ: return value == argument;
	case ABI_FUTEX_CMP_NE: return value != argument;
	case ABI_FUTEX_CMP_LT: return value < argument;
	case ABI_FUTEX_CMP_LE: return value <= argument;
	case ABI_FUTEX_CMP_GT: return value > argument;
	case ABI_FUTEX_CMP_GE: return value >= argument;
	default: return -ENOSYS;
	}
}

int futex_operate(struct user_ptr word, u32 operation)
{
	u32 old, new;
	int result = user_get(&old, word);

	while (!result) {
		result = operate(operation, old, &new);
		if (result)
			return result;
		result = user_compare_exchange(word, &old, new);
		if (result > 0)
			return compare(operation, old);
	}
	return result;
}
