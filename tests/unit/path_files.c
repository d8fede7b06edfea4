// unit: sources kernel/fs/inode.c kernel/fs/file.c kernel/fs/file_table.c kernel/fs/context.c
// unit: sources kernel/fs/walk.c kernel/fs/path.c kernel/fs/tmpfs.c kernel/fs/tmpfs_file.c kernel/fs/tmpfs_limit.c
// unit: sources kernel/fs/names.c kernel/fs/rename.c kernel/fs/attributes.c
// unit: sources kernel/fs/tmpfs_allocate.c kernel/lib/format.c kernel/fs/pagecache.c kernel/fs/radix.c kernel/fs/pipe.c
// unit: sources kernel/lib/rbtree.c libc/string/strlcpy.c
// unit: flags -Ikernel -DDIRECT_BASE=0x200000000000ul -DFRAMES_BASE=0x210000000000ul
/* Regular files and directories of tmpfs: contents against a model, positions, limits, listings,
 * and pages as mappings see them. */
#include "path_machine.h"

/* A file against an array. */
#define MODEL_SIZE	40000u

static void file_model(void)
{
	static u8 model[MODEL_SIZE], buffer[MODEL_SIZE];
	size_t size = 0;
	struct file *file;

	begin();
	file = open_at("/f", ABI_O_CREAT | ABI_O_RDWR);
	for (int round = 0; round < 20000; round++) {
		u64 at = unit_random(MODEL_SIZE),
		    length = unit_random(unit_random(4) ? 100 : MODEL_SIZE) % (MODEL_SIZE - at);
		struct io io;

		io_init_kernel(&io, buffer, length);
		UNIT_CHECK(file_seek(file, at, ABI_SEEK_SET) == (long)at);
		switch (unit_random(8)) {
		case 0:
			UNIT_CHECK(file->inode->ops->truncate(file->inode, at, true) == 0);
			if (at < size)
				memset(model + at, 0, size - at);
			size = at;
			break;
		case 1: case 2: case 3:
			memset(buffer, 1 + round % 255, length);
			UNIT_CHECK(file_write(file, &io) == (long)length);
			memset(model + at, 1 + round % 255, length);
			size = length && at + length > size ? at + length : size;
			break;
		default:
			length = at < size ? MIN(length, size - at) : 0;
			UNIT_CHECK(file_read(file, &io) == (long)length &&
				memcmp(buffer, model + at, length) == 0);
		}
		UNIT_CHECK(file->inode->size == size &&
			file_seek(file, 0, ABI_SEEK_END) == (long)size);
	}
	file_put(file);
	end();
}

static void file_edges(void)
{
	struct file *file;
	char text[8192] = "";
	struct abi_stat stat;
	struct io io;

	begin();
	file = open_at("/f", ABI_O_CREAT | ABI_O_RDWR);
	UNIT_CHECK(file_seek(file, -1, ABI_SEEK_SET) == -EINVAL &&
		file_seek(file, INT64_MAX, ABI_SEEK_SET) == INT64_MAX);
	UNIT_CHECK(put_text(file, "x") == -EFBIG && file_seek(file, 1, ABI_SEEK_CUR) == -EINVAL);
	UNIT_CHECK(
		file_seek(file, -2, ABI_SEEK_CUR) == INT64_MAX - 2 && put_text(file, "xyz") == 2);
	UNIT_CHECK(file_seek(file, 0, 9) == -EINVAL && file->inode->size == INT64_MAX);
	inode_stat(file->inode, &stat);
	UNIT_CHECK(stat.st_blocks == 8 && stat.st_size == INT64_MAX && stat.st_nlink == 1);
	UNIT_CHECK(file->inode->ops->truncate(file->inode, 3, true) == 0 && frames == 0);
	UNIT_CHECK(file_seek(file, 0, ABI_SEEK_SET) == 0);
	fault_after = 5000;
	io_init_kernel(&io, text, sizeof(text));
	UNIT_CHECK(file_write(file, &io) == 5000 && file->position == 5000 &&
		file->inode->size == 5000);
	UNIT_CHECK(file_write(file, &io) == -EFAULT && file->inode->size == 5000);
	fault_after = 0;
	UNIT_CHECK(file_read_at(file, &io, 0) == -EFAULT);
	fault_after = SIZE_MAX;
	file_put(file);
	file = open_at("/f", ABI_O_WRONLY | ABI_O_TRUNC | ABI_O_APPEND);
	UNIT_CHECK(put_text(file, "one") == 3 && file_seek(file, 0, ABI_SEEK_SET) == 0 &&
		put_text(file, "two") == 3);
	UNIT_CHECK(file_read(file, &io) == -EBADF);
	file_put(file);
	check_text("/f", "onetwo");
	end();
}

/* All entries, by getdents with a buffer of that size: a set of the names "0".."99" is counted. */
static int list_count(struct file *file, size_t size, bool *seen)
{
	u8 buffer[8192];
	long got;
	int count = 0;

	while ((got = file_getdents(file, (struct user_ptr){ (u64)buffer }, size)) > 0) {
		for (long at = 0; at < got; count++) {
			struct abi_dirent64 *entry = (void *)(buffer + at);

			UNIT_CHECK(entry->d_reclen % 8 == 0 &&
				strlen(entry->d_name) + 20 <= entry->d_reclen);
			UNIT_CHECK(
				entry->d_off == (s64)file->position || at + entry->d_reclen < got);
			if (entry->d_name[0] != '.') {
				UNIT_CHECK(
					!seen[atoi(entry->d_name)] && entry->d_type == ABI_DT_REG);
				seen[atoi(entry->d_name)] = true;
			}
			at += entry->d_reclen;
		}
	}
	UNIT_CHECK(got == 0);
	return count;
}

static void listings(void)
{
	char name[16];
	struct file *file;

	begin();
	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "%d", i);
		UNIT_CHECK(try_open(name, ABI_O_CREAT) == 0);
	}
	for (size_t size = 24; size < 8192; size += 8 + unit_random(300)) {
		bool seen[100] = { false };

		file = open_at("/", 0);
		UNIT_CHECK(list_count(file, size, seen) == 102);
		UNIT_CHECK(file_getdents(file, (struct user_ptr){ 0 }, 0) == 0);
		UNIT_CHECK(file_seek(file, 0, ABI_SEEK_SET) == 0);
		UNIT_CHECK(file_getdents(file, (struct user_ptr){ 0 }, 23) == -EINVAL);
		file_put(file);
	}
	/* Entries that come and go do not move the others. */
	file = open_at("/", 0);
	bool seen[100] = { false };
	u8 buffer[24 * 52];
	UNIT_CHECK(file_getdents(file, (struct user_ptr){(u64)buffer}, sizeof(buffer)) ==
		sizeof(buffer));
	for (int i = 0; i < 50; i += 2) {
		snprintf(name, sizeof(name), "%d", i);
		UNIT_CHECK(path_unlink(context, NULL, name) == 0);
	}
	UNIT_CHECK(list_count(file, 100, seen) == 50 && !seen[49] && seen[50] && seen[99]);
	file_put(file);
	end();
}

static void mapped_pages(void)
{
	struct file *file;
	struct backing *backing;
	struct page *page;
	char name[64];

	begin();
	file = open_at("/mapped", ABI_O_CREAT | ABI_O_RDWR);
	backing = file->inode->backing;
	UNIT_CHECK(backing->ops->get_page(backing, 0) == ERR_PTR(-EFAULT));
	put_text(file, "contents");
	page = backing->ops->get_page(backing, 0);
	UNIT_CHECK(
		!IS_ERR(page) && page->refs == 2 && !memcmp(page_data(page), "contents\0\0", 10));
	UNIT_CHECK(page->backing == backing && page->index == 0);
	UNIT_CHECK(backing->ops->get_page(backing, 1) == ERR_PTR(-EFAULT));
	backing->ops->get(backing);
	backing->ops->describe(backing, name, sizeof(name));
	UNIT_CHECK(strcmp(name, "/mapped") == 0);
	UNIT_CHECK(path_unlink(context, NULL, "/mapped") == 0);
	file_put(file);
	backing->ops->describe(backing, name, sizeof(name));
	UNIT_CHECK(strcmp(name, "/ (deleted)") == 0);
	backing->ops->put(backing);
	UNIT_CHECK(frames == 1 && !memcmp(page_data(page), "contents", 8));
	page_put(page);
	end();
}

static void out_of_frames(void)
{
	static char data[2 * PAGE_SIZE];
	struct file *file;
	struct io io;
	long written, total = 0;

	begin();
	file = open_at("/f", ABI_O_CREAT | ABI_O_RDWR);
	tmpfs_set_limit((FRAMES - 1 - frames) / 2);
	do {
		io_init_kernel(&io, data, sizeof(data));
		written = file_write(file, &io);
		total += written > 0 ? written : 0;
	} while (written > 0);
	UNIT_CHECK(written == -ENOSPC && total == (long)((FRAMES - 1) / 2 * PAGE_SIZE));
	UNIT_CHECK(file->inode->ops->truncate(file->inode, total + PAGE_SIZE, true) == 0);
	UNIT_CHECK(file->inode->backing->ops->get_page(file->inode->backing, total >> PAGE_SHIFT) ==
		ERR_PTR(-EFAULT));
	UNIT_CHECK(file->inode->ops->truncate(file->inode, 0, true) == 0 && put_text(file, "again") == 5);
	file_put(file);
	end();
}

int main(void)
{
	make_machine();
	UNIT_CASE(file_model);
	UNIT_CASE(file_edges);
	UNIT_CASE(listings);
	UNIT_CASE(mapped_pages);
	UNIT_CASE(out_of_frames);
	return unit_done();
}
