/* Segments and their slots (small.h says what they are). The heap's lock is held throughout,
 * unless it is said otherwise. */
#ifndef HEAP_SEGMENT_H
#define HEAP_SEGMENT_H

#include "small.h"

/* The size of the blocks in a bin, by its number. */
uint32_t __heap_bin_size(size_t bin);

/* Makes a free slot one for a bin; NULL without memory. */
struct slot *__heap_slot_open(struct heap *h, size_t bin);

/* Gives up a slot without blocks in use. */
void __heap_slot_close(struct heap *h, struct slot *s);

/* Gives back all that is free; whether that was something. */
bool __heap_segments_trim(struct heap *h);

static inline unsigned slot_index(const struct slot *s)
{
	return (uintptr_t)s % HEAP_PAGE / sizeof *s;
}

static inline char *slot_base(const struct slot *s)
{
	return (char *)((segment_number(s) << SEGMENT_SHIFT) + (slot_index(s) << SLOT_SHIFT));
}

#endif
