/* futex(2): of its operations these two. */
#ifndef ABI_FUTEX_H
#define ABI_FUTEX_H

#define ABI_FUTEX_WAIT		0
#define ABI_FUTEX_WAKE		1
#define ABI_FUTEX_PRIVATE	128	/* flag: only this process uses the word */

#endif
