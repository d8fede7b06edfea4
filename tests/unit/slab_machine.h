/* What mem/slab.c stands on: a small physical memory made of host memory, with the real buddy allocator;
 * frames that are not allocated are poisoned. Several CPUs, which are the thread's GS base: a test is
 * one at a time, or a thread each. Spin locks are real, and their ranks checked. */
#ifndef SLAB_MACHINE_H
#define SLAB_MACHINE_H

#include "unit.h"

#include <asm/prctl.h>
#include <pthread.h>
#include <sanitizer/asan_interface.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mem/buddy.h"
#include "mem/kmalloc.h"
#include "mem/slab.h"
#include "x86/percpu.h"

#define FRAMES		4096u
#define CPUS		3u
#define CPU_DISTANCE	(1ul << 36)	/* between two CPUs' PERCPU_DATA */
#define LOCKS_HELD_MAX	4

static struct buddy buddy;
static pthread_mutex_t buddy_lock = PTHREAD_MUTEX_INITIALIZER;
static __thread u64 fail_countdown;
static __thread struct spinlock *locks_held[LOCKS_HELD_MAX];
static __thread u32 locks_count;

static struct percpu cpus[CPUS];
struct percpu *percpu_blocks[CPU_MAX];
u32 percpu_count;

void spin_lock(struct spinlock *lock)
{
	UNIT_CHECK(locks_count < LOCKS_HELD_MAX);
	UNIT_CHECK(locks_count == 0 || locks_held[locks_count - 1]->rank < lock->rank);
	while (__atomic_exchange_n(&lock->holder, 1, __ATOMIC_ACQUIRE) != 0)
		sched_yield();
	locks_held[locks_count++] = lock;
}

void spin_unlock(struct spinlock *lock)
{
	UNIT_CHECK(locks_count > 0 && locks_held[--locks_count] == lock);
	__atomic_store_n(&lock->holder, 0, __ATOMIC_RELEASE);
}

/* After a panic. */
static inline void machine_forget_locks(void)
{
	while (locks_count > 0)
		spin_unlock(locks_held[locks_count - 1]);
}

bool frame_inject_failure(void)
{
	return fail_countdown > 0 && --fail_countdown == 0;
}

struct page *frame_alloc(unsigned order, enum frame_use use)
{
	UNIT_CHECK(locks_count == 0);
	if (frame_inject_failure())
		return NULL;
	pthread_mutex_lock(&buddy_lock);
	struct page *page = buddy_alloc(&buddy, order, use);
	if (page != NULL) {
		ASAN_UNPOISON_MEMORY_REGION(page_data(page), PAGE_SIZE << order);
		page->slab_offset = unit_random(16);	/* owner fields are undefined */
	}
	pthread_mutex_unlock(&buddy_lock);
	return page;
}

void frame_free(struct page *page, unsigned order)
{
	UNIT_CHECK(locks_count == 0);
	pthread_mutex_lock(&buddy_lock);
	ASAN_POISON_MEMORY_REGION(page_data(page), PAGE_SIZE << order);
	UNIT_CHECK(buddy_free(&buddy, page, order) == BUDDY_OK);
	pthread_mutex_unlock(&buddy_lock);
}

static void *map_at(u64 address, size_t size)
{
	void *memory = mmap((void *)address, size, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	UNIT_CHECK(memory == (void *)address);
	return memory;
}

/* The calling thread runs on that CPU from now on. */
static inline void machine_run_on(u32 cpu)
{
	UNIT_CHECK(syscall(SYS_arch_prctl, ARCH_SET_GS, &cpus[cpu]) == 0);
}

/* CPU 0's PERCPU_DATA lies in the program's own .bss, another's in a copy of all of that. */
static void make_machine(void)
{
	extern char __bss_start[], _end[];
	u64 start = PAGE_DOWN((u64)__bss_start), size = PAGE_UP((u64)_end) - start;

	void *memory = map_at(DIRECT_BASE, FRAMES * PAGE_SIZE);
	buddy_init(&buddy, map_at(FRAMES_BASE, FRAMES * sizeof(struct page)));
	buddy_add(&buddy, 8, FRAMES - 8);
	ASAN_POISON_MEMORY_REGION(memory, FRAMES * PAGE_SIZE);
	for (u32 cpu = 0; cpu < CPUS; cpu++) {
		cpus[cpu].self = percpu_blocks[cpu] = &cpus[cpu];
		cpus[cpu].id = cpu;
		cpus[cpu].data_delta = cpu * CPU_DISTANCE;
		if (cpu > 0)
			map_at(start + cpus[cpu].data_delta, size);
	}
	percpu_count = CPUS;
	machine_run_on(0);
}

#endif
