/* ai_query (call 0x5300): what the kernel knows about itself, as numbers. SynOS's own; Linux answers ENOSYS.
 *
 *	long ai_query(unsigned topic, unsigned flags, void *buf, size_t size);
 *
 * Writes the struct of the topic to buf and returns its full size in this kernel. A struct only ever grows at its
 * end, so size is also the version: a caller with a shorter struct (an older one) gets as much as fits; one with a
 * longer struct sees from the result how far it was filled, and what lies behind is left untouched. All fields are
 * 64-bit.
 * Errors: EINVAL (unknown topic, or any flag: none is defined), EFAULT (buf), ENOMEM. */
#ifndef ABI_AI_H
#define ABI_AI_H

#include <abi/types.h>

#define ABI_AI_MEMORY	1	/* struct abi_ai_memory */
#define ABI_AI_PROCESS	2	/* struct abi_ai_process: the caller's */
#define ABI_AI_LEDGER	3	/* struct abi_ai_ledger */
#define ABI_AI_SYSCALLS	4	/* struct abi_ai_calls */

#define ABI_AI_ORDERS	16	/* room in frames_per_order; the orders that the kernel does not have are 0 */

/* The machine's page frames (4 KiB each): frames_total = frames_free + frames_used. */
struct abi_ai_memory {
	abi_u64 frames_total;
	abi_u64 frames_free;
	abi_u64 frames_used;
	abi_u64 frames_used_peak;	/* most ever used at once, or kept by CPUs: up to 64 each */
	abi_u64 frames_anonymous;	/* of the used ones: private memory of processes, */
	abi_u64 frames_file;		/* contents of files, */
	abi_u64 frames_page_table;	/* page tables, */
	abi_u64 frames_slab;		/* and the kernel's objects; the rest is stacks, pipes and boot data */
	abi_u64 largest_free_run;	/* frames in the largest free block */
	abi_u64 orders;			/* how many orders there are: 0 .. orders-1 */
	abi_u64 free_per_order[ABI_AI_ORDERS];	/* free blocks of 2^order frames; others that are free
						 * are kept by CPUs that have nothing to do */
};
ABI_LAYOUT(abi_ai_memory, free_per_order, 80, 208);

/* The calling process. */
struct abi_ai_process {
	abi_u64 pid;
	abi_u64 areas;			/* mappings, as in /proc/self/maps */
	abi_u64 mapped;			/* bytes in them */
	abi_u64 resident;		/* bytes of frames mapped */
	abi_u64 resident_peak;
	abi_u64 faults_zero;		/* page faults by kind: zeros given, a frame or the page that all share, */
	abi_u64 faults_copy;		/* copied on write, */
	abi_u64 faults_file;		/* a page of a file mapped, */
	abi_u64 faults_spurious;	/* another thread was first, or only access bits changed */
};
ABI_LAYOUT(abi_ai_process, faults_spurious, 64, 72);

/* What must be back where it was when a program has ended: read before and after, it shows leaks. Reading it first
 * drains the kernel's caches of free memory, so the figures are exact. */
struct abi_ai_ledger {
	abi_u64 frames_used;
	abi_u64 slab_objects;		/* all kernel objects, */
	abi_u64 areas;			/* and among them: mappings, */
	abi_u64 open_files;		/* open file descriptions, */
	abi_u64 inodes;
	abi_u64 processes;
	abi_u64 threads;
};
ABI_LAYOUT(abi_ai_ledger, threads, 48, 56);

#define ABI_AI_OWN_CALLS	16	/* SynOS's own: number 0x5300 + n */
#define ABI_AI_CALLS		512	/* Linux's; numbers from here on are too many to count each */

struct abi_ai_call {
	abi_u64 calls;
	abi_u64 errors;			/* that gave -1 to -4095 */
};

/* The system calls that the machine has begun since it started, also those with numbers that no call has. A call
 * that is under way has been counted, its error not yet. */
struct abi_ai_calls {
	abi_u64 calls;			/* all, */
	abi_u64 errors;
	abi_u64 unknown;		/* and among them, as calls and as errors, those counted nowhere below */
	abi_u64 slots;			/* how many of by_number[] there are */
	struct abi_ai_call own[ABI_AI_OWN_CALLS];
	struct abi_ai_call by_number[ABI_AI_CALLS];
};
ABI_LAYOUT(abi_ai_calls, by_number, 288, 8480);

#endif
