/* The table: ksyms_count addresses in rising order, as offsets from KERNEL_BASE, and for each the
 * place of its name. */
#include "core/symbols.h"

#include "lib/format.h"
#include "x86/paging.h"

extern const u32 ksyms_count, ksyms_addresses[], ksyms_names_offsets[];
extern const char ksyms_names[];
extern char kernel_text_start[], kernel_text_end[];
extern char kernel_rodata_start[], kernel_rodata_end[];

bool symbol_is_code(u64 address)
{
	return address >= (u64)kernel_text_start && address < (u64)kernel_text_end;
}

bool symbol_is_constant(u64 address)
{
	return address >= (u64)kernel_rodata_start && address < (u64)kernel_rodata_end;
}

/* How many entries have addresses <= offset. */
static u32 count_up_to(u32 offset)
{
	u32 low = 0, high = ksyms_count;
	while (low < high) {
		u32 middle = (low + high) / 2;
		if (ksyms_addresses[middle] <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool symbol_is_in(u64 address, const void *function)
{
	u32 count = symbol_is_code(address) ? count_up_to(address - KERNEL_BASE) : 0;
	return count > 0 && ksyms_addresses[count - 1] == (u32)((u64)function - KERNEL_BASE);
}

void symbol_format(u64 address, char *buffer, size_t size)
{
	u32 offset = address - KERNEL_BASE;
	u32 count = symbol_is_code(address) ? count_up_to(offset) : 0;
	if (count == 0) {
		format(buffer, size, "?");
		return;
	}
	format(buffer, size, "%s+%#x", &ksyms_names[ksyms_names_offsets[count - 1]],
	       offset - ksyms_addresses[count - 1]);
}
