/* Everything the heap asks of the system: pages, one lock (the libc's), a secret, one setting, a way
 * to say that it is broken. The other files of this folder include nothing of the system, so they build
 * for any host; porting the heap, or putting it under test, is this one pair of files (and the lock:
 * tests/bench/heap/lock.c has what it needs elsewhere). Each thread that ends has to call
 * __malloc_thread_exit. None of these functions changes errno. */
#ifndef HEAP_GLUE_H
#define HEAP_GLUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lock.h"
#include "malloc_fork.h"

#define HEAP_PAGE	4096

/* The growth step, in bytes, when SYNOS_HEAP_STEP does not name one; and what its values are
 * clamped to. */
#define HEAP_STEP_DEFAULT	((size_t)4 << 20)
#define HEAP_STEP_LEAST		((size_t)1 << 20)
#define HEAP_STEP_MOST		((size_t)1 << 30)

/* Fresh zeroed private pages, not touched, for so many bytes (whole pages if the alignment is more than
 * one), starting at a multiple of alignment (a power of two, at least HEAP_PAGE). NULL when there are none. */
void *__heap_pages_map(size_t bytes, size_t alignment);

/* Gives pages back. False, and nothing changed, if the kernel refuses (it may have to split an
 * area to do it). */
bool __heap_pages_unmap(void *base, size_t bytes);

/* Moves what is in pages to others, all of them mapped; those it was in read as zeros then. False
 * if the kernel refuses: what was in the others may be lost, but nothing else. Under the lock, so that
 * the heap maps nothing meanwhile. */
bool __heap_pages_move(void *to, void *from, size_t bytes);

/* Forgets what is in the pages: they take no memory until they are written to, and read as zeros.
 * False if the kernel refuses. */
bool __heap_pages_drop(void *base, size_t bytes);

/* A number that differs from run to run, for the seals. */
uint64_t __heap_secret(void);

/* The growth step: SYNOS_HEAP_STEP from the environment, in bytes or with a suffix K, M or G,
 * clamped to the bounds above; the default if it is absent or is not such a number. */
size_t __heap_step(void);

/* Says "malloc: what: address" on standard error and aborts. The lock may be held: it stays so,
 * and no other thread goes on with a heap known to be corrupt. */
_Noreturn __attribute__((cold)) void __heap_fail(const char *what, const void *address);

/* The heap's one lock guards what is not a thread's own. */
static inline void heap_lock(void)
{
	lock(&__heap_lock);
}

static inline void heap_unlock(void)
{
	unlock(&__heap_lock);
}

#endif
