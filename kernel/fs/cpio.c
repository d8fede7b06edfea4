/* The newc format: a header of 110 characters (a magic and 13 numbers of eight hexadecimal digits),
 * the name with its NUL, the contents; name and contents are padded to multiples of 4 from the
 * start of the archive. The name may be padded with further NULs, which the header counts
 * (tools/mkroot.c aligns contents in this way). */
#include "fs/cpio.h"

#include <abi/fcntl.h>

#include "lib/errno.h"
#include "lib/string.h"

#define MAGIC		"070701"
#define MAGIC_SIZE	6
#define DIGITS		8
#define HEADER_SIZE	110
#define TRAILER		"TRAILER!!!"

/* The numbers of a header, in order. */
enum field {
	FIELD_INODE, FIELD_MODE, FIELD_UID, FIELD_GID, FIELD_LINKS, FIELD_MTIME, FIELD_SIZE,
	FIELD_DEVICE_MAJOR, FIELD_DEVICE_MINOR, FIELD_RDEVICE_MAJOR, FIELD_RDEVICE_MINOR,
	FIELD_NAME_SIZE, FIELD_CHECK,
	FIELDS
};
_Static_assert(MAGIC_SIZE + FIELDS * DIGITS == HEADER_SIZE, "layout of the newc header");

static int digit_value(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	digit |= 0x20;
	return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

static bool fields_parse(const char *header, u32 fields[FIELDS])
{
	for (int i = 0; i < FIELDS * DIGITS; i++) {
		int value = digit_value(header[MAGIC_SIZE + i]);

		if (value < 0)
			return false;
		fields[i / DIGITS] = fields[i / DIGITS] << 4 | value;
	}
	return true;
}

int cpio_next(const void *archive, u64 size, u64 *offset, struct cpio_entry *entry)
{
	const char *header = (const char *)archive + *offset;
	u32 fields[FIELDS] = { 0 };
	u64 left = *offset <= size ? size - *offset : 0, data, end;

	if (left < HEADER_SIZE || memcmp(header, MAGIC, MAGIC_SIZE) ||
		!fields_parse(header, fields))
		return -EINVAL;
	/* All sums are of 32-bit numbers and offsets in memory: they cannot overflow. */
	data = ALIGN_UP(*offset + HEADER_SIZE + fields[FIELD_NAME_SIZE], 4);
	end = data + fields[FIELD_SIZE];
	if (fields[FIELD_NAME_SIZE] > left - HEADER_SIZE || (fields[FIELD_SIZE] && end > size))
		return -EINVAL;
	*entry = (struct cpio_entry){
		.inode = fields[FIELD_INODE],
		.mode = fields[FIELD_MODE],
		.uid = fields[FIELD_UID],
		.gid = fields[FIELD_GID],
		.links = fields[FIELD_LINKS],
		.name = header + HEADER_SIZE,
		.name_length = strnlen(header + HEADER_SIZE, fields[FIELD_NAME_SIZE]),
		.data = data,
		.size = fields[FIELD_SIZE],
	};
	if (entry->name_length == 0 || entry->name_length >= ABI_PATH_MAX ||
	    entry->name_length == fields[FIELD_NAME_SIZE])
		return -EINVAL;
	*offset = ALIGN_UP(end, 4);
	return strcmp(entry->name, TRAILER) != 0;
}
