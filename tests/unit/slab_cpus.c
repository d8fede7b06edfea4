// unit: sources kernel/mem/slab.c kernel/mem/slots.c kernel/mem/kmalloc.c kernel/mem/buddy.c
// unit: flags -Ikernel -DDIRECT_BASE=0x200000000000ul -DFRAMES_BASE=0x210000000000ul
/* Kernel objects on several CPUs at once, a thread each (slab_machine.h): they allocate, free, pass
 * objects to each other, and empty the magazines of all. No object is ever in two hands, and none is
 * lost. */
#include "slab_machine.h"

#include <stdarg.h>
#include <string.h>

#include "core/panic.h"

#define STEPS	100000
#define PLACES	256	/* where objects lie that anybody may take */

struct item {
	u64 owner;	/* the CPU that has it, 0 while it lies in a place */
	char bytes[100];
};

static SLAB_CACHE(item_cache, struct item);
static struct item *places[PLACES];
static u8 *buffers[PLACES];	/* kmalloc's; the first byte says how much is the same */

void panic(const char *format, ...)
{
	va_list arguments;
	char message[256];
	va_start(arguments, format);
	vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	unit_fail("panic: %s", message);
}

static u32 step_random(u64 *state, u32 bound)
{
	*state = *state * 6364136223846793005ul + 1442695040888963407ul;
	return (*state >> 33) % bound;
}

static void drop_item(struct item *item, u64 self)
{
	if (item == NULL)
		return;
	UNIT_CHECK(__atomic_exchange_n(&item->owner, self, __ATOMIC_SEQ_CST) == 0);
	UNIT_CHECK(__atomic_exchange_n(&item->owner, 77, __ATOMIC_SEQ_CST) == self);
	slab_free(&item_cache, item);
}

static void exchange_item(u64 self, u32 place)
{
	struct item *item = slab_alloc_zeroed(&item_cache);

	UNIT_CHECK(item != NULL);
	UNIT_CHECK(__atomic_exchange_n(&item->owner, self, __ATOMIC_SEQ_CST) == 0);
	for (u32 i = 0; i < sizeof(item->bytes); i++)
		UNIT_CHECK(item->bytes[i] == 0);
	UNIT_CHECK(__atomic_exchange_n(&item->owner, 0, __ATOMIC_SEQ_CST) == self);
	drop_item(__atomic_exchange_n(&places[place], item, __ATOMIC_SEQ_CST), self);
}

static void drop_buffer(u8 *buffer)
{
	if (buffer == NULL)
		return;
	for (u32 i = 0; i < buffer[0]; i++)
		UNIT_CHECK(buffer[i] == buffer[0]);
	kfree(buffer);
}

static void exchange_buffer(u32 place, u32 size)
{
	u8 *buffer = kmalloc(size);

	UNIT_CHECK(buffer != NULL);
	memset(buffer, MIN(size, 255u), MIN(size, 255u));
	drop_buffer(__atomic_exchange_n(&buffers[place], buffer, __ATOMIC_SEQ_CST));
}

static void *run_cpu(void *argument)
{
	u32 cpu = (u64)argument;
	u64 random = cpu;

	machine_run_on(cpu);
	for (u32 step = 0; step < STEPS; step++) {
		exchange_item(cpu + 1, step_random(&random, PLACES));
		if (step % 3 == 0)
			exchange_buffer(step_random(&random, PLACES), 1 + step_random(&random, 3000));
		if (step_random(&random, 500) == 0)
			slab_drain();
		if (step_random(&random, 500) == 0)
			UNIT_CHECK(slab_objects(&item_cache) <= PLACES + CPUS * (SLAB_MAGAZINE_MAX + 1));
	}
	return NULL;
}

static void all_at_once(void)
{
	pthread_t threads[CPUS];

	for (u64 cpu = 0; cpu < CPUS; cpu++)
		UNIT_CHECK(pthread_create(&threads[cpu], NULL, run_cpu, (void *)cpu) == 0);
	for (u32 cpu = 0; cpu < CPUS; cpu++)
		UNIT_CHECK(pthread_join(threads[cpu], NULL) == 0);
	for (u32 i = 0; i < PLACES; i++) {
		drop_item(places[i], 1);
		drop_buffer(buffers[i]);
	}
	UNIT_CHECK(slab_objects_all() == 0);
	slab_drain();
	UNIT_CHECK(buddy.free == FRAMES - 8);
}

int main(void)
{
	make_machine();
	UNIT_CASE(all_at_once);
	return unit_done();
}
