/* Rings: doubly linked lists through a head, so that every link is there. */
#ifndef HEAP_RING_H
#define HEAP_RING_H

#include <stdbool.h>

struct ring {
	struct ring *next, *previous;
};

static inline void ring_init(struct ring *head)
{
	head->next = head->previous = head;
}

static inline bool ring_empty(const struct ring *head)
{
	return head->next == head;
}

/* Adds the link before the head, which is last. */
static inline void ring_add(struct ring *head, struct ring *link)
{
	link->next = head;
	link->previous = head->previous;
	link->previous->next = head->previous = link;
}

static inline void ring_remove(struct ring *link)
{
	link->next->previous = link->previous;
	link->previous->next = link->next;
}

#endif
