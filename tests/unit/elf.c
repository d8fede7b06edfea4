// unit: sources kernel/proc/elf.c flags -Ikernel
/* proc/elf.c: the plans of sound programs, every field of a header that can be wrong, and random
 * damage, after which a plan that is accepted must still keep all its promises. */
#include "unit.h"

#include <errno.h>
#include <string.h>

#include "proc/elf.h"

#define LOW		0x10000ul
#define HIGH		0x7ffffffff000ul
#define FILE_SIZE	0x9000ul
#define SEGMENTS	4u

struct program {
	struct abi_elf_header header;
	struct abi_elf_segment segments[SEGMENTS];
};

static struct elf_image image;

static struct program sound(void)
{
	return (struct program){
		.header = {
			.e_ident = { 0x7f, 'E', 'L', 'F', 2, 1, 1 },
			.e_type = ABI_ELF_ET_EXEC,
			.e_machine = ABI_ELF_EM_X86_64,
			.e_version = 1,
			.e_entry = 0x401100,
			.e_phoff = 64,
			.e_phentsize = sizeof(struct abi_elf_segment),
			.e_phnum = SEGMENTS,
			.e_ehsize = 64,
		},
		.segments = {
			{
				.p_type = ABI_ELF_PT_LOAD,
				.p_flags = ABI_ELF_PF_R,
				.p_vaddr = 0x400000,
				.p_filesz = 0x500,
				.p_memsz = 0x500,
				.p_align = 4096,
			},
			{
				.p_type = ABI_ELF_PT_LOAD,
				.p_flags = ABI_ELF_PF_R | ABI_ELF_PF_X,
				.p_offset = 0x1000,
				.p_vaddr = 0x401000,
				.p_filesz = 0x2345,
				.p_memsz = 0x2345,
				.p_align = 4096,
			},
			{
				.p_type = ABI_ELF_PT_LOAD,
				.p_flags = ABI_ELF_PF_R | ABI_ELF_PF_W,
				.p_offset = 0x4ff0,
				.p_vaddr = 0x405ff0,
				.p_filesz = 0x120,
				.p_memsz = 0x5000,
				.p_align = 4096,
			},
			{
				.p_type = ABI_ELF_PT_GNU_STACK,
				.p_flags = ABI_ELF_PF_R | ABI_ELF_PF_W,
			},
		},
	};
}

static int plan(const struct program *program)
{
	int error = elf_check_header(&program->header, FILE_SIZE);

	if (error)
		return error;
	return elf_read_image(&program->header, program->segments, FILE_SIZE, LOW, HIGH, &image);
}

static void sound_program(void)
{
	struct program program = sound();

	UNIT_CHECK(plan(&program) == 0);
	UNIT_CHECK(image.load_count == 3 && !image.anywhere && image.entry == 0x401100);
	UNIT_CHECK(image.start == 0x400000 && image.end == 0x40b000);
	UNIT_CHECK(image.segments_address == 0x400040 && image.segment_count == SEGMENTS);
	UNIT_CHECK(image.loads[0].rights == 1 && image.loads[1].rights == 5 &&
		image.loads[2].rights == 3);
	UNIT_CHECK(image.loads[1].start == 0x401000 && image.loads[1].zero == 0x404000);
	UNIT_CHECK(image.loads[1].file_end == 0x404000 && image.loads[1].end == 0x404000);
	UNIT_CHECK(image.loads[2].start == 0x405000 && image.loads[2].offset == 0x4000);
	UNIT_CHECK(image.loads[2].zero == 0x406110 && image.loads[2].file_end == 0x407000);
	UNIT_CHECK(image.loads[2].end == 0x40b000);
}

static void bss_alone(void)
{
	struct program program = sound();

	program.segments[2].p_filesz = 0;
	UNIT_CHECK(plan(&program) == 0);
	UNIT_CHECK(image.loads[2].start == 0x405000 && image.loads[2].zero == 0x405000);
	UNIT_CHECK(image.loads[2].file_end == 0x405000 && image.loads[2].end == 0x40b000);
}

static void position_independent(void)
{
	struct program program = sound();

	program.header.e_type = ABI_ELF_ET_DYN;
	for (unsigned i = 0; i < 3; i++)
		program.segments[i].p_vaddr -= 0x400000;
	program.header.e_entry -= 0x400000;
	program.segments[1].p_align = 0x200000;
	UNIT_CHECK(plan(&program) == 0);
	UNIT_CHECK(image.anywhere && image.start == 0 && image.end == 0xb000 &&
		image.alignment == 0x200000);
	program.segments[3].p_type = ABI_ELF_PT_INTERP;
	UNIT_CHECK(plan(&program) == -ENOEXEC);
}

#define REFUSED(change)							\
	do {								\
		struct program p = sound();				\
		change;							\
		if (plan(&p) != -ENOEXEC)				\
			unit_fail("accepted with %s", #change);		\
	} while (0)

static void bad_headers(void)
{
	REFUSED(p.header.e_ident[0] = 0);
	REFUSED(p.header.e_ident[4] = 1);
	REFUSED(p.header.e_ident[5] = 2);
	REFUSED(p.header.e_ident[6] = 0);
	REFUSED(p.header.e_type = 1);
	REFUSED(p.header.e_type = 4);
	REFUSED(p.header.e_machine = 3);
	REFUSED(p.header.e_phentsize = 32);
	REFUSED(p.header.e_phnum = 0);
	REFUSED(p.header.e_phnum = 0xffff);
	REFUSED(p.header.e_phoff = FILE_SIZE);
	REFUSED(p.header.e_phoff = FILE_SIZE - SEGMENTS * sizeof(struct abi_elf_segment) + 1);
	REFUSED(p.header.e_phoff = UINT64_MAX);
	REFUSED(p.header.e_phoff = UINT64_MAX - 100);
	UNIT_CHECK(elf_check_header(&(struct abi_elf_header){ 0 }, 0) == -ENOEXEC);
}

static void bad_segments(void)
{
	REFUSED(p.segments[0].p_type = p.segments[1].p_type = p.segments[2].p_type = 0);
	REFUSED(p.segments[1].p_filesz = p.segments[1].p_memsz + 1);
	REFUSED(p.segments[1].p_filesz = p.segments[1].p_memsz = 0x8001);
	REFUSED(p.segments[1].p_offset = FILE_SIZE);
	REFUSED(p.segments[1].p_offset = UINT64_MAX - 0xfff);
	REFUSED(p.segments[1].p_filesz = p.segments[1].p_memsz = UINT64_MAX);
	REFUSED(p.segments[2].p_memsz = UINT64_MAX);
	REFUSED(p.segments[2].p_memsz = HIGH);
	REFUSED(p.segments[2].p_vaddr = UINT64_MAX - 0xf);
	REFUSED(p.segments[2].p_vaddr = HIGH - 0x1010);
	REFUSED(p.segments[0].p_vaddr = 0x1000);
	REFUSED(p.segments[0].p_vaddr = 0);
	REFUSED(p.segments[1].p_vaddr += 1);
	REFUSED(p.segments[1].p_offset += 16);
	REFUSED(p.segments[1].p_vaddr = 0x400000);
	REFUSED(p.segments[2].p_vaddr = 0x403ff0);
	REFUSED(p.segments[2].p_vaddr = 0x3ffff0);
	REFUSED(p.header.e_entry = 0);
	REFUSED(p.header.e_entry = 0x404000);
	REFUSED(p.header.e_entry = UINT64_MAX);
}

static void too_many_loads(void)
{
	struct abi_elf_header header = sound().header;
	static struct abi_elf_segment segments[ELF_LOADS_MAX + 1];

	for (unsigned i = 0; i < ELF_LOADS_MAX + 1; i++)
		segments[i] = (struct abi_elf_segment){.p_type = ABI_ELF_PT_LOAD,
			.p_vaddr = 0x400000 + i * 0x1000,
			.p_memsz = 0x1000};
	header.e_phnum = ELF_LOADS_MAX;
	UNIT_CHECK(elf_read_image(&header, segments, FILE_SIZE, LOW, HIGH, &image) == 0);
	header.e_phnum++;
	UNIT_CHECK(elf_read_image(&header, segments, FILE_SIZE, LOW, HIGH, &image) == -ENOEXEC);
}

/* What elf.h promises of an accepted plan. */
static void check_plan(void)
{
	u64 low = image.anywhere ? 0 : LOW, end = low;

	UNIT_CHECK(image.load_count >= 1 && image.load_count <= ELF_LOADS_MAX);
	for (u32 i = 0; i < image.load_count; i++) {
		const struct elf_load *load = &image.loads[i];
		UNIT_CHECK(load->start >= end && load->end > load->start && load->end <= HIGH);
		UNIT_CHECK(load->start <= load->zero && load->zero <= load->file_end &&
			load->file_end <= load->end);
		UNIT_CHECK(((load->start | load->file_end | load->end | load->offset) &
				   PAGE_MASK) == 0);
		UNIT_CHECK(load->file_end - load->zero < PAGE_SIZE);
		UNIT_CHECK(load->offset + (load->file_end - load->start) <= PAGE_UP(FILE_SIZE));
		UNIT_CHECK((load->rights & ~7u) == 0);
		end = load->end;
	}
	UNIT_CHECK(image.start == image.loads[0].start && image.end == end);
	UNIT_CHECK((image.alignment & (image.alignment - 1)) == 0);
}

static u64 odd_value(void)
{
	static const u64 edges[] = {0, 1, 0xfff, 0x1000, LOW, LOW - 1, HIGH, HIGH - 1, FILE_SIZE,
		UINT64_MAX, UINT64_MAX - 0xfff, 1ul << 63, 0x400000, 0x401000};
	u64 edge = edges[unit_random(sizeof(edges) / sizeof(edges[0]))];

	return edge + unit_random(3) - 1;
}

static void damage(struct program *program)
{
	u8 *bytes = (u8 *)program;

	if (unit_random(2)) {
		bytes[unit_random(sizeof(*program))] = unit_random(256);
	} else {
		u64 value = odd_value();
		memcpy(bytes + unit_random(sizeof(*program) / 8) * 8, &value, sizeof(value));
	}
}

static void random_damage(void)
{
	unsigned accepted = 0;

	for (unsigned round = 0; round < 300000; round++) {
		struct program program = sound();
		if (unit_random(4) == 0)
			program.header.e_type = ABI_ELF_ET_DYN;
		for (u64 times = 1 + unit_random(4); times > 0; times--)
			damage(&program);
		/* The table in this test has only so many entries. */
		if (program.header.e_phnum > SEGMENTS || plan(&program) != 0)
			continue;
		check_plan();
		accepted++;
	}
	UNIT_CHECK(accepted > 1000);
}

int main(void)
{
	UNIT_CASE(sound_program);
	UNIT_CASE(bss_alone);
	UNIT_CASE(position_independent);
	UNIT_CASE(bad_headers);
	UNIT_CASE(bad_segments);
	UNIT_CASE(too_many_loads);
	UNIT_CASE(random_damage);
	return unit_done();
}
