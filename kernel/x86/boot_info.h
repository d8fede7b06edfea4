/* What the boot loader said, in one form for multiboot 1 and 2 (x86/multiboot.c makes it). It lies
 * in the kernel's own memory; the strings and modules it points to are reserved before the first
 * frame is taken. */
#ifndef X86_BOOT_INFO_H
#define X86_BOOT_INFO_H

#include "lib/types.h"

#define BOOT_RANGES_MAX		128
#define BOOT_MODULES_MAX	16
#define BOOT_COMMAND_LINE_MAX	1024

struct boot_range {
	paddr_t start;
	paddr_t end;
};

struct boot_info {
	struct boot_range usable[BOOT_RANGES_MAX];	/* RAM, sorted, disjoint, whole pages */
	u32 usable_count;
	struct boot_range modules[BOOT_MODULES_MAX];	/* exact bytes, in the order given */
	u32 module_count;
	struct boot_range kernel;			/* the image with its bss */
	paddr_t rsdp;		/* of ACPI, 0: not given. For acpi_init only: may lie in usable RAM */
	paddr_t framebuffer;				/* 0 if none */
	u32 framebuffer_pitch, framebuffer_width, framebuffer_height;
	u8 framebuffer_bits;
	char command_line[BOOT_COMMAND_LINE_MAX];	/* without the kernel's name */
};

extern struct boot_info boot_info;

/* The time stamp counter at the kernel's first instruction. */
extern const u64 boot_started;

/* Reads what the loader left. magic and info are eax and ebx at entry. False if magic is unknown or
 * no memory is listed. */
MUST_CHECK bool multiboot_read(u32 magic, paddr_t info);

/* The value of "name=value" in the command line, copied to buffer (NUL-terminated, cut to size);
 * false if absent. */
bool boot_option(const char *name, char *buffer, size_t size);

#endif
