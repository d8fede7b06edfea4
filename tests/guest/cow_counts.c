/* What a fault costs is counted by kind: a zeroed page, a copy, and no copy where the other side
 * has gone.
 *
 * guest-only: ai_query is SynOS's own. */
#include "mapping.h"

#include <sys/uio.h>
#include <synos/ai.h>

#define PAGES	50

static char *pages;

static struct abi_ai_process counts(void)
{
	struct abi_ai_process process;

	CHECK_EQ(ai_query(ABI_AI_PROCESS, 0, &process, sizeof(process)), sizeof(process));
	return process;
}

static void touch_all(void)
{
	for (int i = 0; i < PAGES; i++)
		*(volatile char *)&pages[i * PAGE] = 1;
}

static void child(void)
{
	struct abi_ai_process before = counts();

	touch_all();
	CHECK_EQ(counts().faults_copy - before.faults_copy, PAGES);
	CHECK_EQ(counts().resident, before.resident);
}

/* Who looks at pages that are there makes no faults. */
static void look(void)
{
	static char seen[PAGE];
	struct iovec here = { seen, PAGE }, there = { pages, PAGE };

	memset(seen, 2, sizeof(seen));
	struct abi_ai_process before = counts();
	CHECK_EQ(process_vm_readv(getpid(), &here, 1, &there, 1, 0), PAGE);
	CHECK_EQ(seen[0], 1);
	CHECK_EQ(counts().faults_spurious, before.faults_spurious);
}

int main(void)
{
	struct abi_ai_process start = counts(), now;

	pages = map_pages(PAGES);
	CHECK_EQ(counts().mapped - start.mapped, PAGES * PAGE);
	CHECK_EQ(counts().resident, start.resident);
	touch_all();
	now = counts();
	CHECK(now.faults_zero - start.faults_zero >= PAGES &&
		now.faults_zero - start.faults_zero < PAGES + 4);
	CHECK_EQ(now.faults_copy, start.faults_copy);
	CHECK(now.resident - start.resident >= PAGES * PAGE &&
		now.resident - start.resident < (PAGES + 4) * PAGE);

	CHECK_EXIT(child, 0);
	/* Nobody else has the pages any more: they are written in place. */
	now = counts();
	touch_all();
	CHECK_EQ(counts().faults_copy, now.faults_copy);
	CHECK(counts().faults_spurious - now.faults_spurious >= PAGES);

	look();
	now = counts();
	CHECK_EQ(munmap(pages, PAGES * PAGE), 0);
	CHECK_EQ(now.resident - counts().resident, PAGES * PAGE);
	CHECK(counts().resident_peak >= now.resident);
	PASS();
}
