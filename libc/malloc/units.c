/* See units.h. Leaves of the table are not given back: they are there for every 32 GiB of addresses
 * that were in use once, and only those of their pages that were written to take memory. */
#include "units.h"

#include "glue.h"

uint8_t *__heap_units[UNITS_ROOT];
size_t __heap_mapped;

static size_t lowest = SIZE_MAX, above;	/* numbers of units that bound those that were mapped */

static bool leaves_map(uintptr_t base, size_t bytes)
{
	size_t last = (base + bytes - 1) / UNIT_BYTES / UNITS_LEAF;

	for (size_t i = base / UNIT_BYTES / UNITS_LEAF; i <= last; i++) {
		uint8_t *leaf = __heap_units[i] ? NULL : __heap_pages_map(UNITS_LEAF, HEAP_PAGE);

		if (leaf) {
			__heap_mapped += UNITS_LEAF;
			__atomic_store_n(&__heap_units[i], leaf, __ATOMIC_RELAXED);
		} else if (!__heap_units[i]) {
			return false;
		}
	}
	return true;
}

void *__heap_units_map(size_t bytes, size_t alignment)
{
	void *base = __heap_pages_map(bytes, alignment);

	if (!base)
		return NULL;
	if (!leaves_map((uintptr_t)base, bytes)) {
		__heap_pages_unmap(base, bytes);
		return NULL;
	}
	__heap_mapped += bytes;
	if (lowest > (uintptr_t)base / UNIT_BYTES)
		lowest = (uintptr_t)base / UNIT_BYTES;
	if (above < ((uintptr_t)base + bytes) / UNIT_BYTES)
		above = ((uintptr_t)base + bytes) / UNIT_BYTES;
	return base;
}

bool __heap_units_unmap(void *base, size_t bytes)
{
	if (!__heap_pages_unmap(base, bytes))
		return false;
	for (char *unit = base; unit < (char *)base + bytes; unit += UNIT_BYTES)
		if (unit_kind(unit) != UNIT_FOREIGN)
			unit_mark(unit, UNIT_FOREIGN);
	__heap_mapped -= bytes;
	return true;
}

char *__heap_units_from(uintptr_t address)
{
	size_t number = (address + UNIT_BYTES - 1) / UNIT_BYTES;

	if (number < lowest)
		number = lowest;
	while (number < above) {
		uint8_t *leaf = __heap_units[number / UNITS_LEAF];

		if (leaf && leaf[number % UNITS_LEAF])
			return (char *)(number * UNIT_BYTES);
		number = leaf ? number + 1 : (number | (UNITS_LEAF - 1)) + 1;
	}
	return NULL;
}
