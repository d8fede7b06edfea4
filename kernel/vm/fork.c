/* fork copies the areas and shares the frames: after it, both sides have private pages without the
 * right to write, and the first writer of a page copies it (vm/fault.c). Undoing it is dropping the
 * child: the parent's pages are then exclusive again, and its next write to each finds that out. */
#include "vm/fork.h"
#include "sched/thread.h"
#include "vm/pages.h"
#include "vm/space.h"

static bool fork_area(struct space *parent, struct space *child, const struct area *area,
	struct list_node *spares)
{
	struct area *copy;

	if (area->flags & AREA_DONTFORK)
		return true;
	copy = space_area_new(child, area->start, area->end, area->flags & ~AREA_LOCKED,
		area->backing, area->offset);
	if (!copy)
		return false;
	space_add_area(child, copy, spares);
	return area->flags & AREA_WIPEONFORK || pages_share(parent, child, area) == 0;
}

static bool fork_locked(struct space *parent, struct space *child, struct list_node *spares)
{
	child->brk_start = parent->brk_start;
	child->brk = parent->brk;
	child->mmap_top = parent->mmap_top;
	child->stack_limit = parent->stack_limit;
	child->size_limit = parent->size_limit;
	child->data_limit = parent->data_limit;
	for (struct area *area = areas_first(&parent->areas); area; area = areas_next(area)) {
		if (!fork_area(parent, child, area, spares))
			return false;
		sched_relax();
	}
	return true;
}

/* The child's lock is held too, since its areas can be found through their backings before it is
 * complete. */
struct space *space_fork(struct space *parent)
{
	struct list_node spares = LIST_INIT(spares);
	struct space *child = space_new();
	bool done;

	if (!child)
		return NULL;
	mutex_lock(&parent->lock);
	mutex_lock(&child->lock);
	done = fork_locked(parent, child, &spares);
	mutex_unlock(&child->lock);
	mutex_unlock(&parent->lock);
	space_free_spares(&spares);
	if (!done) {
		space_put(child);
		return NULL;
	}
	return child;
}
