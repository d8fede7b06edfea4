/* Pending signals (proc/signal_set.h). */
#include "proc/signal_set.h"

#include "mem/slab.h"

struct queued_signal {
	struct list_node node;
	struct signal_info info;
};

static SLAB_CACHE(queued_signal_cache, struct queued_signal);

void signal_set_init(struct signal_set *set)
{
	set->bits = 0;
	set->queued = 0;
	list_init(&set->queue);
	list_init(&set->spares);
}

void signal_set_fini(struct signal_set *set)
{
	signal_spares_free(&set->spares);
}

void signal_spare_new(struct list_node *spares, int signal)
{
	struct queued_signal *spare = NULL;

	if (signal >= ABI_SIGRTMIN)
		spare = slab_alloc(&queued_signal_cache);
	if (spare)
		list_push_back(spares, &spare->node);
}

void signal_set_exchange_spares(struct signal_set *set, struct list_node *spares)
{
	struct list_node old = LIST_INIT(old);

	list_append_all(&old, &set->spares);
	list_append_all(&set->spares, spares);
	list_append_all(spares, &old);
}

void signal_spares_free(struct list_node *spares)
{
	while (!list_empty(spares)) {
		struct queued_signal *spare = list_first(spares, struct queued_signal, node);

		list_remove(&spare->node);
		slab_free(&queued_signal_cache, spare);
	}
}

/* One that finds no memory, or too many before it, is pending all the same, but has no number and
 * no sender. */
static void queue_add(struct signal_set *set, const struct signal_info *info)
{
	if (set->queued >= SIGNAL_QUEUE_MAX || list_empty(&set->spares))
		return;
	struct queued_signal *queued = list_first(&set->spares, struct queued_signal, node);
	list_remove(&queued->node);
	queued->info = *info;
	list_push_back(&set->queue, &queued->node);
	set->queued++;
}

static void queue_remove(struct signal_set *set, struct queued_signal *queued)
{
	list_remove(&queued->node);
	set->queued--;
	list_push_back(&set->spares, &queued->node);
}

static struct queued_signal *queue_find(struct signal_set *set, u64 mask)
{
	struct queued_signal *queued;

	list_for_each(queued, &set->queue, node)
		if (SIGNAL_BIT(queued->info.signal) & mask)
			return queued;
	return NULL;
}

void signal_set_add(struct signal_set *set, const struct signal_info *info)
{
	if (info->signal >= ABI_SIGRTMIN)
		queue_add(set, info);
	else if (!(set->bits & SIGNAL_BIT(info->signal)))
		set->standard[info->signal - 1] = *info;
	set->bits |= SIGNAL_BIT(info->signal);
}

void signal_set_take(struct signal_set *set, int signal, struct signal_info *info)
{
	u64 bit = SIGNAL_BIT(signal);
	struct queued_signal *queued;

	*info = (struct signal_info){ .signal = signal };
	if (signal < ABI_SIGRTMIN) {
		*info = set->standard[signal - 1];
	} else if ((queued = queue_find(set, bit))) {
		*info = queued->info;
		queue_remove(set, queued);
	}
	if (signal < ABI_SIGRTMIN || !queue_find(set, bit))
		set->bits &= ~bit;
}

void signal_set_discard(struct signal_set *set, u64 mask)
{
	struct queued_signal *queued;

	while (set->bits & mask && (queued = queue_find(set, mask)))
		queue_remove(set, queued);
	set->bits &= ~mask;
}
