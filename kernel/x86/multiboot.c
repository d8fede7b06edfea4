/* What the loader left, by either protocol (Multiboot Specification 0.6.96 and 2.0), made one.
 * Everything is read through the direct map of the boot tables and copied, but for modules and the
 * ACPI root pointer of multiboot 2: the former stay where they are, the latter is read before
 * memory is handed out (x86/acpi.h). */
#include "x86/boot_info.h"

#include "lib/string.h"
#include "x86/paging.h"

#define MULTIBOOT1_MAGIC	0x2badb002u
#define MULTIBOOT1_MEMORY	(1u << 0)
#define MULTIBOOT1_COMMAND_LINE	(1u << 2)
#define MULTIBOOT1_MODULES	(1u << 3)
#define MULTIBOOT1_MAP		(1u << 6)
#define MULTIBOOT1_LOADER	(1u << 9)
#define MULTIBOOT2_MAGIC	0x36d76289u

#define MEMORY_AVAILABLE	1
#define FRAMEBUFFER_RGB		1

#define DIRECT_SIZE	(FRAMES_BASE - DIRECT_BASE)

enum multiboot2_tag {
	TAG_END = 0,
	TAG_COMMAND_LINE = 1,
	TAG_MODULE = 3,
	TAG_MAP = 6,
	TAG_FRAMEBUFFER = 8,
	TAG_ACPI_OLD = 14,
	TAG_ACPI_NEW = 15,
};

struct multiboot1 {
	u32 flags, memory_lower, memory_upper, boot_device, command_line, module_count, modules;
	u32 symbols[4];
	u32 map_size, map, drives_size, drives, config_table, loader;
};

struct multiboot1_module {
	u32 start, end, string, reserved;
};

struct multiboot1_range {
	u32 size;		/* of what follows */
	u64 start, length;
	u32 type;
} PACKED;

struct multiboot2_head {
	u32 type, size;
};

struct multiboot2_module {
	struct multiboot2_head head;
	u32 start, end;
};

struct multiboot2_map {
	struct multiboot2_head head;
	u32 entry_size, entry_version;
};

struct multiboot2_range {
	u64 start, length;
	u32 type, reserved;
};

struct multiboot2_framebuffer {
	struct multiboot2_head head;
	u64 address;
	u32 pitch, width, height;
	u8 bits, type;
};

extern char kernel_text_start[], kernel_end[];

struct boot_info boot_info;

/* What the map says is not RAM, in whole pages: firmware has been seen to list a range twice. */
static struct boot_range reserved[BOOT_RANGES_MAX];
static u32 reserved_count;

static void add_range(u64 start, u64 length, u32 type)
{
	u64 end = length > DIRECT_SIZE || start + length < start ? DIRECT_SIZE : start + length;
	struct boot_range inner = { PAGE_UP(start), PAGE_DOWN(MIN(end, DIRECT_SIZE)) };
	struct boot_range outer = { PAGE_DOWN(start), PAGE_UP(end) };
	if (type != MEMORY_AVAILABLE) {
		if (reserved_count < BOOT_RANGES_MAX)
			reserved[reserved_count++] = outer;
	} else if (inner.start < inner.end && boot_info.usable_count < BOOT_RANGES_MAX) {
		boot_info.usable[boot_info.usable_count++] = inner;
	}
}

static void add_module(paddr_t start, paddr_t end)
{
	if (start < end && boot_info.module_count < BOOT_MODULES_MAX)
		boot_info.modules[boot_info.module_count++] = (struct boot_range){ start, end };
}

static void sort_usable(void)
{
	struct boot_range *usable = boot_info.usable;
	for (u32 i = 1; i < boot_info.usable_count; i++) {
		struct boot_range range = usable[i];
		u32 at = i;
		for (; at > 0 && usable[at - 1].start > range.start; at--)
			usable[at] = usable[at - 1];
		usable[at] = range;
	}
}

/* Sorted ranges that overlap or touch become one. */
static void merge_usable(void)
{
	struct boot_range *usable = boot_info.usable;
	u32 count = 0;
	for (u32 i = 0; i < boot_info.usable_count; i++) {
		if (count > 0 && usable[i].start <= usable[count - 1].end)
			usable[count - 1].end = MAX(usable[count - 1].end, usable[i].end);
		else
			usable[count++] = usable[i];
	}
	boot_info.usable_count = count;
}

/* Takes [start, end) out of usable range number i, which may split it. */
static void cut_usable(u32 i, paddr_t start, paddr_t end)
{
	struct boot_range *range = &boot_info.usable[i];
	paddr_t old_end = range->end;
	if (end <= range->start || old_end <= start)
		return;
	range->end = MAX(start, range->start);
	if (end < old_end && boot_info.usable_count < BOOT_RANGES_MAX)
		boot_info.usable[boot_info.usable_count++] = (struct boot_range){ end, old_end };
}

static void drop_empty_usable(void)
{
	u32 count = 0;
	for (u32 i = 0; i < boot_info.usable_count; i++)
		if (boot_info.usable[i].start < boot_info.usable[i].end)
			boot_info.usable[count++] = boot_info.usable[i];
	boot_info.usable_count = count;
}

static void finish_usable(void)
{
	sort_usable();
	merge_usable();
	for (u32 r = 0; r < reserved_count; r++)
		for (u32 i = 0, count = boot_info.usable_count; i < count; i++)
			cut_usable(i, reserved[r].start, reserved[r].end);
	drop_empty_usable();
	sort_usable();
}

static const char *skip_word(const char *text)
{
	while (*text != '\0' && *text != ' ')
		text++;
	while (*text == ' ')
		text++;
	return text;
}

/* Loaders put the kernel's name before its arguments, but GRUB 2 does not. */
static const char *arguments1(const struct multiboot1 *info)
{
	static const char grub[] = "GRUB 2";
	const char *line = paging_direct(info->command_line);
	if ((info->flags & MULTIBOOT1_LOADER) &&
	    strncmp(paging_direct(info->loader), grub, sizeof(grub) - 1) == 0)
		return line;
	return skip_word(line);
}

static void read_map1(const struct multiboot1 *info)
{
	const u8 *at = paging_direct(info->map);
	const u8 *end = at + info->map_size;
	while (at + sizeof(struct multiboot1_range) <= end) {
		const struct multiboot1_range *range = (const void *)at;
		add_range(range->start, range->length, range->type);
		at += range->size + sizeof(range->size);
	}
}

static void read_modules1(const struct multiboot1 *info)
{
	const struct multiboot1_module *modules = paging_direct(info->modules);
	for (u32 i = 0; i < info->module_count; i++)
		add_module(modules[i].start, modules[i].end);
}

static void read_multiboot1(const struct multiboot1 *info)
{
	if (info->flags & MULTIBOOT1_COMMAND_LINE)
		strlcpy(boot_info.command_line, arguments1(info), sizeof(boot_info.command_line));
	if (info->flags & MULTIBOOT1_MODULES)
		read_modules1(info);
	if (info->flags & MULTIBOOT1_MAP) {
		read_map1(info);
	} else if (info->flags & MULTIBOOT1_MEMORY) {
		add_range(0, info->memory_lower * 1024ul, MEMORY_AVAILABLE);
		add_range(1ul << 20, info->memory_upper * 1024ul, MEMORY_AVAILABLE);
	}
}

static void read_map2(const struct multiboot2_map *map)
{
	const u8 *end = (const u8 *)map + map->head.size;
	const u8 *at = (const u8 *)(map + 1);
	if (map->entry_size < sizeof(struct multiboot2_range))
		return;
	for (; at + map->entry_size <= end; at += map->entry_size) {
		const struct multiboot2_range *range = (const void *)at;
		add_range(range->start, range->length, range->type);
	}
}

static void read_framebuffer(const struct multiboot2_framebuffer *tag)
{
	if (tag->type != FRAMEBUFFER_RGB)
		return;
	boot_info.framebuffer = tag->address;
	boot_info.framebuffer_pitch = tag->pitch;
	boot_info.framebuffer_width = tag->width;
	boot_info.framebuffer_height = tag->height;
	boot_info.framebuffer_bits = tag->bits;
}

static void read_tag(const struct multiboot2_head *tag)
{
	const struct multiboot2_module *module = (const void *)tag;
	paddr_t body = paging_direct_paddr(tag + 1);
	switch (tag->type) {
	case TAG_COMMAND_LINE:
		strlcpy(boot_info.command_line, (const char *)(tag + 1),
			sizeof(boot_info.command_line));
		break;
	case TAG_MODULE:
		add_module(module->start, module->end);
		break;
	case TAG_MAP:
		read_map2((const void *)tag);
		break;
	case TAG_FRAMEBUFFER:
		read_framebuffer((const void *)tag);
		break;
	case TAG_ACPI_OLD:
		boot_info.rsdp = boot_info.rsdp != 0 ? boot_info.rsdp : body;
		break;
	case TAG_ACPI_NEW:
		boot_info.rsdp = body;
		break;
	}
}

static void read_multiboot2(const u8 *info)
{
	const u8 *end = info + *(const u32 *)info;
	const u8 *at = info + 8;
	while (at + sizeof(struct multiboot2_head) <= end) {
		const struct multiboot2_head *tag = (const void *)at;
		if (tag->type == TAG_END || tag->size < sizeof(*tag))
			break;
		read_tag(tag);
		at += ALIGN_UP(tag->size, 8u);
	}
}

bool multiboot_read(u32 magic, paddr_t info)
{
	boot_info.kernel = (struct boot_range){ (u64)kernel_text_start - KERNEL_BASE,
						(u64)kernel_end - KERNEL_BASE };
	if (magic == MULTIBOOT1_MAGIC)
		read_multiboot1(paging_direct(info));
	else if (magic == MULTIBOOT2_MAGIC)
		read_multiboot2(paging_direct(info));
	else
		return false;
	finish_usable();
	return boot_info.usable_count > 0;
}

bool boot_option(const char *name, char *buffer, size_t size)
{
	size_t length = strlen(name);
	const char *word = boot_info.command_line;
	for (; *word == ' '; word++)
		;
	for (; *word != '\0'; word = skip_word(word)) {
		if (strncmp(word, name, length) != 0 || word[length] != '=')
			continue;
		const char *value = word + length + 1;
		size_t value_size = 1;
		while (value[value_size - 1] != '\0' && value[value_size - 1] != ' ')
			value_size++;
		strlcpy(buffer, value, MIN(value_size, size));
		return true;
	}
	return false;
}
