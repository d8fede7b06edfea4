/* Reading of ELF64 programs (elf(5), ELF gABI): pure, no memory and no files of its own. It turns
 * headers, which come from anybody and are not trusted, into a plan of what to map where; whoever
 * follows the plan need not check anything again.
 *
 * Programs are static: ET_EXEC, or ET_DYN that asks for no interpreter (a static PIE). */
#ifndef PROC_ELF_H
#define PROC_ELF_H

#include "lib/types.h"
#include <abi/elf.h>

#define ELF_SEGMENTS_MAX	1024	/* program headers: 56 KiB of them */
#define ELF_LOADS_MAX		32	/* loadable segments among them */

/* One loadable segment, as pages. Addresses are without the base.
 *
 *	start <= zero <= file_end <= end;  all but zero whole pages
 *
 * [start, file_end) shows the file from offset on, and what lies in [zero, file_end) has to be
 *zeroed after that; [file_end, end) is anonymous memory. */
struct elf_load {
	u64 start, zero, file_end, end;
	u64 offset;
	u32 rights;		/* ABI_PROT_ bits, which are AREA_'s as well */
};

struct elf_image {
	u64 entry;
	u64 segments_address;	/* of the program headers in memory (AT_PHDR), 0 if not loaded */
	u32 segment_count;
	bool anywhere;		/* ET_DYN: a base is added to all addresses */
	u64 alignment;		/* that the base needs */
	u64 start, end;		/* of all loads */
	u32 load_count;
	struct elf_load loads[ELF_LOADS_MAX];	/* in rising order, disjoint */
};

/* Whether the header is that of a program for this machine whose segment table lies in a file of
 * that size, with 1 to ELF_SEGMENTS_MAX entries: 0 or -ENOEXEC. */
int elf_check_header(const struct abi_elf_header *header, u64 file_size);

/* Makes the plan from a checked header and its table of segments. -ENOEXEC if there is nothing to
 * load, if a segment lies outside of the file or of [low, high) (for ET_DYN: is longer than that),
 * if two share a page, if the entry is in none, or if an interpreter is asked for. */
int elf_read_image(const struct abi_elf_header *header, const struct abi_elf_segment *segments,
	u64 file_size, u64 low, u64 high, struct elf_image *image);

#endif
