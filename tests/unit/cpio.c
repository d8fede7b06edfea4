// unit: sources kernel/fs/cpio.c flags -Ikernel
/* fs/cpio.c: good archives of all shapes, and damaged ones. Archives lie at the end of allocations
 * of their exact size, so that the sanitizer sees every byte that is read behind them. */
#include "unit.h"

#include <string.h>

#include <abi/stat.h>

#include "fs/cpio.h"
#include "lib/errno.h"

#define SIZE_MAX_TEST	65536

static unsigned char archive[SIZE_MAX_TEST];
static size_t archive_size;

static void put(const void *bytes, size_t size)
{
	memcpy(archive + archive_size, bytes, size);
	archive_size += size;
}

static void pad(size_t alignment)
{
	while (archive_size % alignment)
		archive[archive_size++] = 0;
}

/* An entry whose name is followed by `nuls` NULs. */
static void entry_put(const char *name, size_t nuls, u32 mode, const void *data, size_t size)
{
	char header[111];

	snprintf(header, sizeof(header),
		"070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x", 7, mode, 1, 2, 1, 0,
		(unsigned)size, 0, 0, 0, 0, (unsigned)(strlen(name) + nuls), 0);
	put(header, 110);
	put(name, strlen(name));
	for (size_t i = 0; i < nuls; i++)
		put("", 1);
	pad(4);
	if (size)
		put(data, size);
	pad(4);
}

/* Reads a copy of the first `size` bytes to its end: how many entries, or the error. */
static int archive_read(size_t size)
{
	unsigned char *copy = malloc(size ? size : 1);
	struct cpio_entry entry;
	u64 offset = 0;
	int count = 0, result;

	memcpy(copy, archive, size);
	while ((result = cpio_next(copy, size, &offset, &entry)) > 0) {
		volatile unsigned char sum = 0;

		UNIT_CHECK(strlen(entry.name) == entry.name_length);
		for (u64 i = 0; i < entry.size; i++)
			sum += copy[entry.data + i];
		(void)sum;
		count++;
	}
	if (result < 0) {
		u64 before = offset;

		UNIT_CHECK(cpio_next(copy, size, &offset, &entry) == result && offset == before);
	}
	free(copy);
	return result < 0 ? result : count;
}

static void archive_make(void)
{
	static char page[5000];

	memset(page, 'x', sizeof(page));
	archive_size = 0;
	entry_put("bin", 1, ABI_S_IFDIR | 0755, NULL, 0);
	entry_put("bin/one", 1, ABI_S_IFREG | 0755, "1", 1);
	entry_put("bin/link", 1, ABI_S_IFLNK | 0777, "one", 3);
	entry_put("aligned", 4096 - (archive_size + 110 + 7) % 4096, ABI_S_IFREG | 0644, page,
		sizeof(page));
	entry_put("empty", 1, ABI_S_IFREG | 0600, NULL, 0);
	entry_put("TRAILER!!!", 1, 0, NULL, 0);
}

static void whole_archive(void)
{
	static const char *const names[] = { "bin", "bin/one", "bin/link", "aligned", "empty" };
	struct cpio_entry entry;
	u64 offset = 0;

	archive_make();
	for (int i = 0; i < 5; i++) {
		UNIT_CHECK(cpio_next(archive, archive_size, &offset, &entry) == 1);
		UNIT_CHECK(
			strcmp(entry.name, names[i]) == 0 && entry.name_length == strlen(names[i]));
		UNIT_CHECK(
			entry.inode == 7 && entry.uid == 1 && entry.gid == 2 && entry.links == 1);
		if (i == 1)
			UNIT_CHECK(entry.size == 1 && archive[entry.data] == '1');
		if (i == 2)
			UNIT_CHECK(entry.size == 3 && memcmp(archive + entry.data, "one", 3) == 0);
		if (i == 3)
			UNIT_CHECK(entry.size == 5000 && entry.data % 4096 == 0);
	}
	UNIT_CHECK(cpio_next(archive, archive_size, &offset, &entry) == 0);
	UNIT_CHECK(archive_read(archive_size) == 5);
}

static void cut_archives(void)
{
	archive_make();
	for (size_t size = 0; size < archive_size; size++) {
		/* The padding behind the trailer's name is not needed. */
		int result = archive_read(size);

		UNIT_CHECK(result == -EINVAL || (result == 5 && size + 4 > archive_size));
	}
}

static void field_set(size_t entry, int field, const char *digits)
{
	memcpy(archive + entry + 6 + field * 8, digits, 8);
}

static void damaged_fields(void)
{
	static const struct {
		int field;
		const char *digits;
	} damages[] = {
		{ 6, "ffffffff" },	/* contents that no archive has */
		{ 6, "00010000" },
		{ 11, "ffffffff" },	/* a name longer than the archive */
		{ 11, "00000000" },	/* no name */
		{ 11, "00000003" },	/* a name without its NUL */
		{ 1, "0000g000" },	/* no digit */
		{ 1, "-0000000" },
		{ 12, "0x000000" },
	};

	for (size_t i = 0; i < sizeof(damages) / sizeof(damages[0]); i++) {
		archive_make();
		field_set(0, damages[i].field, damages[i].digits);
		UNIT_CHECK(archive_read(archive_size) == -EINVAL);
	}
	archive_make();
	archive[3] = '6';
	UNIT_CHECK(archive_read(archive_size) == -EINVAL);
	archive_make();
	archive[110] = 0;	/* an empty name */
	UNIT_CHECK(archive_read(archive_size) == -EINVAL);
}

static void capital_digits(void)
{
	struct cpio_entry entry;
	u64 offset = 0;

	archive_make();
	field_set(0, 2, "ABCDEF09");
	UNIT_CHECK(
		cpio_next(archive, archive_size, &offset, &entry) == 1 && entry.uid == 0xabcdef09);
}

static void long_names(void)
{
	char name[5000];

	for (size_t length = 4094; length <= 4097; length++) {
		memset(name, 'n', sizeof(name));
		name[length] = 0;
		archive_size = 0;
		entry_put(name, 1, ABI_S_IFREG, NULL, 0);
		entry_put("TRAILER!!!", 1, 0, NULL, 0);
		UNIT_CHECK(archive_read(archive_size) == (length < 4096 ? 1 : -EINVAL));
	}
}

/* Whatever stands there, nothing outside is read and the walk ends. */
static void random_damage(void)
{
	static const unsigned char values[] = { 0, 0xff, '0', 'f', '7', '/' };

	for (int round = 0; round < 4000; round++) {
		archive_make();
		for (u64 n = 1 + unit_random(4); n > 0; n--)
			archive[unit_random(archive_size)] =
				unit_random(2) ? values[unit_random(6)] : unit_random(256);
		archive_read(archive_size - unit_random(2) * unit_random(archive_size));
	}
}

int main(void)
{
	UNIT_CASE(whole_archive);
	UNIT_CASE(cut_archives);
	UNIT_CASE(damaged_fields);
	UNIT_CASE(capital_digits);
	UNIT_CASE(long_names);
	UNIT_CASE(random_damage);
	return unit_done();
}
