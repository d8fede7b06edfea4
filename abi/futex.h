/* futex(2), without priority inheritance; and the list of robust futexes (get_robust_list(2)). */
#ifndef ABI_FUTEX_H
#define ABI_FUTEX_H

#include "abi/types.h"

#define ABI_FUTEX_WAIT		0
#define ABI_FUTEX_WAKE		1
#define ABI_FUTEX_REQUEUE	3
#define ABI_FUTEX_CMP_REQUEUE	4
#define ABI_FUTEX_WAKE_OP	5
#define ABI_FUTEX_WAIT_BITSET	9
#define ABI_FUTEX_WAKE_BITSET	10
#define ABI_FUTEX_PRIVATE	128	/* flag: only this process uses the word */
#define ABI_FUTEX_CLOCK_REALTIME 256	/* flag: the timeout is a time of day */

/* FUTEX_WAKE_OP's val3: operation, comparison, and their arguments. */
#define ABI_FUTEX_OP_SET	0
#define ABI_FUTEX_OP_ADD	1
#define ABI_FUTEX_OP_OR		2
#define ABI_FUTEX_OP_ANDN	3
#define ABI_FUTEX_OP_XOR	4
#define ABI_FUTEX_OP_SHIFT	8	/* with one of them: the argument is a bit's number */
#define ABI_FUTEX_CMP_EQ	0
#define ABI_FUTEX_CMP_NE	1
#define ABI_FUTEX_CMP_LT	2
#define ABI_FUTEX_CMP_LE	3
#define ABI_FUTEX_CMP_GT	4
#define ABI_FUTEX_CMP_GE	5

/* A robust futex's word. */
#define ABI_FUTEX_WAITERS	0x80000000u
#define ABI_FUTEX_OWNER_DIED	0x40000000u
#define ABI_FUTEX_TID_MASK	0x3fffffffu
#define ABI_ROBUST_LIST_LIMIT	2048

/* Bit 0 of a pointer to an entry says that its futex inherits priority. */
struct abi_robust_list_head {
	abi_u64 next;
	abi_s64 futex_offset;	/* of the word, from its entry */
	abi_u64 pending;	/* an entry that is being put in or taken out, or 0 */
};
ABI_LAYOUT(abi_robust_list_head, pending, 16, 24);

/* membarrier(2): what there is of it. */
#define ABI_MEMBARRIER_QUERY	0

#endif
