/* meminfo: what the kernel says of its memory and of this process (ai_query, docs/ai-query.md). */
#include <stdio.h>
#include <synos/ai.h>
#include <unistd.h>

#include "output.h"

static void line(const char *name, unsigned long frames)
{
	printf("%-16s %9lu frames %9lu KiB\n", name, frames, frames * 4);
}

static int show_memory(void)
{
	struct abi_ai_memory memory = { 0 };

	if (ai_query(ABI_AI_MEMORY, 0, &memory, sizeof(memory)) < 0)
		return -1;
	line("total", memory.frames_total);
	line("free", memory.frames_free);
	line("used", memory.frames_used);
	line("used at most", memory.frames_used_peak);
	line("  anonymous", memory.frames_anonymous);
	line("  files", memory.frames_file);
	line("  page tables", memory.frames_page_table);
	line("  objects", memory.frames_slab);
	line("largest run", memory.largest_free_run);
	printf("free blocks of 2^n frames:");
	for (unsigned order = 0; order < memory.orders && order < ABI_AI_ORDERS; order++)
		printf(" %lu", memory.free_per_order[order]);
	putchar('\n');
	return 0;
}

static int show_process(void)
{
	struct abi_ai_process process = { 0 };

	if (ai_query(ABI_AI_PROCESS, 0, &process, sizeof(process)) < 0)
		return -1;
	printf("this process: %lu areas, %lu KiB mapped, %lu KiB resident (at most %lu)\n", process.areas,
	       process.mapped / 1024, process.resident / 1024, process.resident_peak / 1024);
	printf("its page faults: %lu zeroed, %lu copied, %lu of files, %lu spurious\n", process.faults_zero,
	       process.faults_copy, process.faults_file, process.faults_spurious);
	return 0;
}

int main(int argc, char **argv)
{
	if (getopt(argc, argv, "") != -1)
		return 2;
	if (optind < argc) {
		fprintf(stderr, "usage: meminfo\n");
		return 2;
	}
	if (show_memory() < 0 || show_process() < 0) {
		perror("meminfo: ai_query");
		return 1;
	}
	return !output_written("meminfo");
}
