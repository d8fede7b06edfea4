/* The kernel's ledger (ai_query): what is in use, and whether it is back in the end, to the last frame. For tests, and for
 * the runner, which asks after each of them. */
#ifndef LEDGER_H
#define LEDGER_H

#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <synos/ai.h>
#include <time.h>

#define SETTLE_TRIES	100	/* moments that the kernel has to give back what a dead process had */
#define LEDGER_REASON	160	/* bytes */

__attribute__((unused))
static bool ledger_read(struct abi_ai_ledger *ledger)
{
	memset(ledger, 0, sizeof(*ledger));
	return ai_query(ABI_AI_LEDGER, 0, ledger, sizeof(*ledger)) >= 0;
}

/* A moment: a millisecond, and a turn on every CPU that this thread may use. One that is emulated may stand still for
 * long, and with it what is ending there. */
__attribute__((unused))
static void settle(void)
{
	const struct timespec millisecond = { 0, 1000000 };
	cpu_set_t all, one;

	nanosleep(&millisecond, NULL);
	sched_getaffinity(0, sizeof(all), &all);
	for (int cpu = 0, left = CPU_COUNT(&all); left > 0; cpu++) {
		if (!CPU_ISSET(cpu, &all))
			continue;
		CPU_ZERO(&one);
		CPU_SET(cpu, &one);
		sched_setaffinity(0, sizeof(one), &one);
		left--;
	}
	sched_setaffinity(0, sizeof(all), &all);
}

/* All figures that are not what they were. */
static void ledger_explain(const struct abi_ai_ledger *before, const struct abi_ai_ledger *after, char reason[LEDGER_REASON])
{
	const struct {
		const char *name;
		abi_u64 before, after;
	} rows[] = {
		{ "processes", before->processes, after->processes },
		{ "threads", before->threads, after->threads },
		{ "open files", before->open_files, after->open_files },
		{ "inodes", before->inodes, after->inodes },
		{ "areas", before->areas, after->areas },
		{ "kernel objects", before->slab_objects, after->slab_objects },
		{ "frames", before->frames_used, after->frames_used },
	};
	int length = snprintf(reason, LEDGER_REASON, "leak:");

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].before != rows[i].after && length < LEDGER_REASON)
			length += snprintf(reason + length, LEDGER_REASON - length, " %s %+ld", rows[i].name,
					   (long)(rows[i].after - rows[i].before));
}

/* Waits until all is back: true; else the reason says what is not. */
__attribute__((unused))
static bool ledger_is_back(const struct abi_ai_ledger *before, char reason[LEDGER_REASON])
{
	struct abi_ai_ledger after;

	for (int tries = 0; tries < SETTLE_TRIES; tries++) {
		ledger_read(&after);
		if (memcmp(before, &after, sizeof(after)) == 0)
			return true;
		settle();
	}
	ledger_explain(before, &after, reason);
	return false;
}

#endif
