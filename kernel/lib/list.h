/* Circular doubly linked lists through a node inside the object. A list is a node of its own,
 * initialised to point to itself; a node that is in no list is either the same or undefined, as its
 * owner decides. No locking. */
#ifndef LIB_LIST_H
#define LIB_LIST_H

#include "lib/types.h"

struct list_node {
	struct list_node *next, *prev;
};

#define LIST_INIT(list) { &(list), &(list) }

static inline void list_init(struct list_node *list)
{
	list->next = list->prev = list;
}

static inline bool list_empty(const struct list_node *list)
{
	return list->next == list;
}

static inline void list_insert_after(struct list_node *position, struct list_node *node)
{
	node->prev = position;
	node->next = position->next;
	position->next->prev = node;
	position->next = node;
}

static inline void list_push_front(struct list_node *list, struct list_node *node)
{
	list_insert_after(list, node);
}

static inline void list_push_back(struct list_node *list, struct list_node *node)
{
	list_insert_after(list->prev, node);
}

/* Takes the node out and leaves it an empty list, so that taking it out again does no harm. */
static inline void list_remove(struct list_node *node)
{
	node->prev->next = node->next;
	node->next->prev = node->prev;
	list_init(node);
}

/* Appends all that is in one list to another; the first is empty then. */
static inline void list_append_all(struct list_node *list, struct list_node *from)
{
	if (list_empty(from))
		return;
	from->next->prev = list->prev;
	list->prev->next = from->next;
	from->prev->next = list;
	list->prev = from->prev;
	list_init(from);
}

#define list_entry(node, type, member) container_of(node, type, member)
#define list_first(list, type, member) list_entry((list)->next, type, member)

/* for each entry; the second form allows the current one to be removed. */
#define list_for_each(entry, list, member)						\
	for (entry = list_first(list, __typeof__(*entry), member); &entry->member != (list);	\
	     entry = list_first(&entry->member, __typeof__(*entry), member))
#define list_for_each_safe(entry, following, list, member)				\
	for (entry = list_first(list, __typeof__(*entry), member),			\
	     following = list_first(&entry->member, __typeof__(*entry), member);	\
	     &entry->member != (list);							\
	     entry = following,								\
	     following = list_first(&following->member, __typeof__(*entry), member))

#endif
