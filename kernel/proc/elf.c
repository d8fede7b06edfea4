/* Reading of ELF64 programs (proc/elf.h). No sum of two fields is taken before it is known that it
 * cannot overflow. */
#include "proc/elf.h"

#include "lib/errno.h"
#include "lib/string.h"
#include <abi/mman.h>

/* [start, start + length) lies in [0, limit). */
static bool range_in(u64 start, u64 length, u64 limit)
{
	return length <= limit && start <= limit - length;
}

int elf_check_header(const struct abi_elf_header *header, u64 file_size)
{
	static const u8 identity[7] = {
		0x7f, 'E', 'L', 'F', ABI_ELF_CLASS64, ABI_ELF_DATA_LSB, ABI_ELF_VERSION};

	if (memcmp(header->e_ident, identity, sizeof(identity)) != 0)
		return -ENOEXEC;
	if (header->e_type != ABI_ELF_ET_EXEC && header->e_type != ABI_ELF_ET_DYN)
		return -ENOEXEC;
	if (header->e_machine != ABI_ELF_EM_X86_64 ||
		header->e_phentsize != sizeof(struct abi_elf_segment))
		return -ENOEXEC;
	if (header->e_phnum == 0 || header->e_phnum > ELF_SEGMENTS_MAX)
		return -ENOEXEC;
	if (!range_in(header->e_phoff, header->e_phnum * sizeof(struct abi_elf_segment), file_size))
		return -ENOEXEC;
	return 0;
}

static u32 segment_rights(const struct abi_elf_segment *segment)
{
	return (segment->p_flags & ABI_ELF_PF_R ? ABI_PROT_READ : 0) |
	       (segment->p_flags & ABI_ELF_PF_W ? ABI_PROT_WRITE : 0) |
	       (segment->p_flags & ABI_ELF_PF_X ? ABI_PROT_EXEC : 0);
}

/* high is a whole number of pages, so rounding up within it does not overflow. */
static int read_load(const struct abi_elf_segment *segment, u64 file_size, u64 low, u64 high,
	struct elf_load *load)
{
	if (segment->p_filesz > segment->p_memsz ||
		!range_in(segment->p_offset, segment->p_filesz, file_size))
		return -ENOEXEC;
	if (segment->p_vaddr < low || !range_in(segment->p_vaddr, segment->p_memsz, high))
		return -ENOEXEC;
	if ((segment->p_vaddr & PAGE_MASK) != (segment->p_offset & PAGE_MASK))
		return -ENOEXEC;

	load->start = PAGE_DOWN(segment->p_vaddr);
	load->end = PAGE_UP(segment->p_vaddr + segment->p_memsz);
	load->offset = PAGE_DOWN(segment->p_offset);
	load->rights = segment_rights(segment);
	load->zero = load->file_end = load->start;
	if (segment->p_filesz > 0) {
		load->zero = segment->p_vaddr + segment->p_filesz;
		load->file_end = PAGE_UP(load->zero);
	}
	if (segment->p_filesz == segment->p_memsz)
		load->zero = load->file_end;
	return 0;
}

static int add_load(const struct abi_elf_segment *segment, u64 file_size, u64 low, u64 high,
	struct elf_image *image)
{
	if (segment->p_memsz == 0)
		return 0;
	if (image->load_count == ELF_LOADS_MAX)
		return -ENOEXEC;
	struct elf_load *load = &image->loads[image->load_count];
	int error = read_load(segment, file_size, low, high, load);
	if (error)
		return error;
	if (image->load_count > 0 && load->start < image->end)
		return -ENOEXEC;
	if (image->load_count++ == 0)
		image->start = load->start;
	image->end = load->end;
	if (segment->p_align > image->alignment && (segment->p_align & (segment->p_align - 1)) == 0)
		image->alignment = segment->p_align;
	return 0;
}

/* The segment that shows the table of segments says where it is in memory. */
static void find_table(const struct abi_elf_header *header, const struct abi_elf_segment *segment,
		       struct elf_image *image)
{
	u64 size = header->e_phnum * sizeof(*segment);

	if (header->e_phoff >= segment->p_offset &&
	    range_in(header->e_phoff - segment->p_offset, size, segment->p_filesz))
		image->segments_address = segment->p_vaddr + (header->e_phoff - segment->p_offset);
}

static bool entry_loaded(const struct elf_image *image)
{
	for (u32 i = 0; i < image->load_count; i++)
		if (image->entry >= image->loads[i].start && image->entry < image->loads[i].end)
			return true;
	return false;
}

int elf_read_image(const struct abi_elf_header *header, const struct abi_elf_segment *segments,
	u64 file_size, u64 low, u64 high, struct elf_image *image)
{
	memset(image, 0, sizeof(*image));
	image->entry = header->e_entry;
	image->segment_count = header->e_phnum;
	image->alignment = PAGE_SIZE;
	if (header->e_type == ABI_ELF_ET_DYN) {
		image->anywhere = true;
		high -= low;
		low = 0;
	}
	for (u32 i = 0; i < header->e_phnum; i++) {
		if (segments[i].p_type == ABI_ELF_PT_INTERP)
			return -ENOEXEC;
		if (segments[i].p_type != ABI_ELF_PT_LOAD)
			continue;
		int error = add_load(&segments[i], file_size, low, high, image);
		if (error)
			return error;
		find_table(header, &segments[i], image);
	}
	return entry_loaded(image) ? 0 : -ENOEXEC;
}
