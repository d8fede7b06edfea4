// unit: flags -Ikernel
/* lib/list.h against an array. */
#include "unit.h"

#include "lib/list.h"

#define ITEMS	64

struct item {
	int number;
	bool listed;
	struct list_node node;
};

static struct item items[ITEMS];
static struct item *model[ITEMS];
static int count;

static void model_insert(int at, struct item *item)
{
	for (int i = count++; i > at; i--)
		model[i] = model[i - 1];
	model[at] = item;
	item->listed = true;
}

static int model_remove(struct item *item)
{
	int at = 0;
	while (model[at] != item)
		at++;
	count--;
	for (int i = at; i < count; i++)
		model[i] = model[i + 1];
	item->listed = false;
	return at;
}

static void compare(struct list_node *list)
{
	struct item *item;
	int at = 0;
	UNIT_CHECK(list_empty(list) == (count == 0));
	list_for_each(item, list, node) {
		UNIT_CHECK(at < count && item == model[at]);
		UNIT_CHECK(item->node.next->prev == &item->node);
		UNIT_CHECK(item->node.prev->next == &item->node);
		at++;
	}
	UNIT_CHECK(at == count);
}

static void step(struct list_node *list)
{
	struct item *item = &items[unit_random(ITEMS)];
	if (item->listed) {
		model_remove(item);
		list_remove(&item->node);
		list_remove(&item->node);	/* does no harm */
		return;
	}
	switch (unit_random(3)) {
	case 0:
		list_push_front(list, &item->node);
		model_insert(0, item);
		break;
	case 1:
		list_push_back(list, &item->node);
		model_insert(count, item);
		break;
	default:
		if (count > 0) {
			int at = unit_random(count);
			list_insert_after(&model[at]->node, &item->node);
			model_insert(at + 1, item);
		}
	}
}

static void random_steps(void)
{
	struct list_node list = LIST_INIT(list);
	compare(&list);
	for (int i = 0; i < 20000; i++) {
		step(&list);
		compare(&list);
	}
	while (count > 0)
		list_remove(&model[count - 1]->node), model_remove(model[count - 1]);
	compare(&list);
}

static void removal_while_walking(void)
{
	struct list_node list;
	struct item *item, *following;
	int seen = 0;
	list_init(&list);
	for (int i = 0; i < ITEMS; i++) {
		items[i].number = i;
		list_push_back(&list, &items[i].node);
	}
	list_for_each_safe(item, following, &list, node) {
		UNIT_CHECK(item->number == seen++);
		if (item->number % 3 != 0)
			list_remove(&item->node);
	}
	UNIT_CHECK(seen == ITEMS);
	seen = 0;
	list_for_each(item, &list, node) {
		UNIT_CHECK(item->number == seen);
		seen += 3;
	}
	UNIT_CHECK(list_first(&list, struct item, node)->number == 0);
}

int main(void)
{
	UNIT_CASE(random_steps);
	UNIT_CASE(removal_while_walking);
	return unit_done();
}
