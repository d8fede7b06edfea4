/* What the heap holds of the address space, in units of 1 MiB: a table with a byte for each says
 * what it is. A pointer that a program hands in is looked up there before anything near it is read,
 * so that wild pointers are told from ours without a fault. The table lies apart from the blocks,
 * where no overrun reaches it.
 *
 * Looking up takes no lock; all else is under the heap's. */
#ifndef HEAP_UNITS_H
#define HEAP_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UNIT_BYTES	((size_t)1 << 20)
#define UNITS_LEAF	((size_t)1 << 15)	/* units to a leaf of the table */
#define UNITS_ROOT	((size_t)1 << 12)	/* leaves: user addresses have 47 bits */

enum unit_kind {
	UNIT_FOREIGN,		/* nothing of the heap's begins here */
	UNIT_BLOCKS,		/* of a region cut into blocks (block.h) */
	UNIT_SLOTS,		/* of a segment cut into slots (small.h) */
};

extern uint8_t *__heap_units[UNITS_ROOT];

/* The bytes held from the kernel, the table included. */
extern size_t __heap_mapped;

static inline enum unit_kind unit_kind(const void *p)
{
	uintptr_t number = (uintptr_t)p / UNIT_BYTES;
	uint8_t *leaf;

	if (number >= UNITS_ROOT * UNITS_LEAF)
		return UNIT_FOREIGN;
	leaf = __atomic_load_n(&__heap_units[number / UNITS_LEAF], __ATOMIC_RELAXED);
	return leaf ? __atomic_load_n(&leaf[number % UNITS_LEAF], __ATOMIC_RELAXED) : UNIT_FOREIGN;
}

/* Says of the unit of p, which is mapped, what it is. */
static inline void unit_mark(const void *p, enum unit_kind kind)
{
	uintptr_t number = (uintptr_t)p / UNIT_BYTES;
	uint8_t *leaf = __heap_units[number / UNITS_LEAF];

	__atomic_store_n(&leaf[number % UNITS_LEAF], (uint8_t)kind, __ATOMIC_RELAXED);
}

/* Maps whole units, unmarked, aligned to UNIT_BYTES or a multiple; NULL without memory. */
void *__heap_units_map(size_t bytes, size_t alignment);

/* Gives whole units back and unmarks them. False, and nothing changed, if the kernel refuses. */
bool __heap_units_unmap(void *base, size_t bytes);

/* The first marked unit at the address or above it, NULL if there is none. */
char *__heap_units_from(uintptr_t address);

#endif
