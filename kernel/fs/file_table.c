/* Descriptor tables. The bitmaps say which descriptors are taken, so that the lowest free one is
 * found by words; one that is reserved is taken and has no file yet. The array of files is as long
 * as the highest descriptor has asked for. It is never allocated under the lock: who finds it too
 * short makes a longer one outside and looks again. */
#include "fs/file_table.h"

#include "core/spinlock.h"
#include "fs/file.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "mem/kmalloc.h"
#include "mem/slab.h"

#define WORDS		(FILES_MAX / 64)
#define FIRST_CAPACITY	16

struct file_table {
	u32 refs;
	struct spinlock lock;
	u32 capacity;		/* slots of files; those of unused descriptors are undefined */
	struct file **files;	/* NULL where a descriptor is reserved */
	u64 used[WORDS];
	u64 close_on_exec[WORDS];
};

static SLAB_CACHE(file_table_cache, struct file_table);

static bool bit_test(const u64 *bits, u32 n)
{
	return bits[n / 64] >> (n % 64) & 1;
}

static void bit_assign(u64 *bits, u32 n, bool value)
{
	bits[n / 64] = (bits[n / 64] & ~(1ul << (n % 64))) | (u64)value << (n % 64);
}

/* The open file of a descriptor < FILES_MAX, or NULL. */
static struct file *file_at(const struct file_table *table, u32 fd)
{
	return bit_test(table->used, fd) ? table->files[fd] : NULL;
}

/* The lowest unused descriptor >= lowest; FILES_MAX if there is none. */
static u32 free_find(const struct file_table *table, u32 lowest)
{
	for (u32 word = lowest / 64; word < WORDS; word++) {
		u64 free = ~table->used[word];

		if (word == lowest / 64)
			free &= ~0ul << (lowest % 64);
		if (free)
			return word * 64 + __builtin_ctzl(free);
	}
	return FILES_MAX;
}

static u32 used_end(const struct file_table *table)
{
	for (u32 word = WORDS; word-- > 0;)
		if (table->used[word])
			return word * 64 + 64 - __builtin_clzl(table->used[word]);
	return 0;
}

struct file_table *file_table_new(void)
{
	struct file_table *table = slab_alloc_zeroed(&file_table_cache);

	if (table) {
		table->refs = 1;
		spin_init(&table->lock, "file_table", LOCK_FILES);
	}
	return table;
}

/* Makes room for descriptor fd. Called with the lock held, which is released and taken again: what
 * the caller knew of the table may have changed. */
static int table_grow_locked(struct file_table *table, u32 fd)
{
	struct file **files, **old;
	u32 capacity = FIRST_CAPACITY;

	while (capacity <= fd)
		capacity *= 2;
	spin_unlock(&table->lock);
	files = kmalloc(capacity * sizeof(*files));
	spin_lock(&table->lock);
	if (!files)
		return -ENOMEM;
	old = files;
	if (table->capacity < capacity) {
		if (table->capacity)
			memcpy(files, table->files, table->capacity * sizeof(*files));
		old = table->files;
		table->files = files;
		table->capacity = capacity;
	}
	kfree(old);
	return 0;
}

struct file_table *file_table_copy(struct file_table *table)
{
	struct file_table *copy = file_table_new();
	int error = 0;
	u32 end;

	if (!copy)
		return NULL;
	spin_lock(&table->lock);
	while ((end = used_end(table)) > copy->capacity && !error) {
		spin_unlock(&table->lock);
		spin_lock(&copy->lock);
		error = table_grow_locked(copy, end - 1);
		spin_unlock(&copy->lock);
		spin_lock(&table->lock);
	}
	if (!error) {
		memcpy(copy->used, table->used, sizeof(copy->used));
		memcpy(copy->close_on_exec, table->close_on_exec, sizeof(copy->close_on_exec));
		for (u32 fd = 0; fd < end; fd++) {
			copy->files[fd] = file_at(table, fd);
			if (copy->files[fd])
				file_get(copy->files[fd]);
			else
				bit_assign(copy->used, fd, false);
		}
	}
	spin_unlock(&table->lock);
	if (error) {
		file_table_put(copy);
		return NULL;
	}
	return copy;
}

bool file_table_is_shared(const struct file_table *table)
{
	return ref_count(&table->refs) > 1;
}

struct file_table *file_table_unshare(struct file_table *table)
{
	if (file_table_is_shared(table))
		return file_table_copy(table);
	file_table_get(table);
	return table;
}

void file_table_get(struct file_table *table)
{
	ref_get(&table->refs);
}

void file_table_put(struct file_table *table)
{
	if (!ref_put(&table->refs))
		return;
	for (u32 fd = 0; fd < table->capacity; fd++)
		if (file_at(table, fd))
			file_put(file_at(table, fd));
	kfree(table->files);
	slab_free(&file_table_cache, table);
}

/* Takes the file out of the table; NULL if there is none. The lock is held. */
static struct file *file_take_locked(struct file_table *table, u32 fd)
{
	struct file *file = file_at(table, fd);

	if (file) {
		bit_assign(table->used, fd, false);
		bit_assign(table->close_on_exec, fd, false);
	}
	return file;
}

void file_table_close_on_exec(struct file_table *table)
{
	for (u32 fd = 0; fd < FILES_MAX; fd++) {
		struct file *file = NULL;

		spin_lock(&table->lock);
		if (bit_test(table->close_on_exec, fd))
			file = file_take_locked(table, fd);
		else if (!table->close_on_exec[fd / 64])
			fd |= 63;
		spin_unlock(&table->lock);
		if (file)
			file_put(file);
	}
}

struct file *file_table_lookup(struct file_table *table, int fd)
{
	struct file *file;

	if ((u32)fd >= FILES_MAX)
		return ERR_PTR(-EBADF);
	spin_lock(&table->lock);
	file = file_at(table, fd);
	if (file)
		file_get(file);
	spin_unlock(&table->lock);
	return file ? file : ERR_PTR(-EBADF);
}

static void file_place_locked(
	struct file_table *table, struct file *file, u32 fd, bool close_on_exec)
{
	table->files[fd] = file;
	bit_assign(table->used, fd, true);
	bit_assign(table->close_on_exec, fd, close_on_exec);
}

/* The lowest free descriptor >= lowest and below limit, with a slot for its file. */
static int free_take_locked(struct file_table *table, int lowest, u32 limit)
{
	int error = 0;
	u32 fd = FILES_MAX;

	if ((u32)lowest < limit)
		fd = free_find(table, lowest);
	while (fd < limit && fd >= table->capacity && !error) {
		error = table_grow_locked(table, fd);
		fd = free_find(table, lowest);
	}
	if (error)
		return error;
	return fd < limit ? (int)fd : -EMFILE;
}

int file_table_install(struct file_table *table, struct file *file, int lowest, u32 limit,
	bool close_on_exec)
{
	spin_lock(&table->lock);
	int fd = free_take_locked(table, lowest, limit);
	if (fd >= 0)
		file_place_locked(table, file, fd, close_on_exec);
	spin_unlock(&table->lock);
	return fd;
}

int file_table_reserve(struct file_table *table, u32 limit)
{
	return file_table_install(table, NULL, 0, limit, false);
}

void file_table_fill(struct file_table *table, int fd, struct file *file, bool close_on_exec)
{
	spin_lock(&table->lock);
	file_place_locked(table, file, fd, close_on_exec);
	spin_unlock(&table->lock);
}

void file_table_cancel(struct file_table *table, int fd)
{
	spin_lock(&table->lock);
	bit_assign(table->used, fd, false);
	spin_unlock(&table->lock);
}

int file_table_install_at(struct file_table *table, struct file *file, int fd, u32 limit,
	bool close_on_exec)
{
	struct file *old = NULL;
	int error = 0;

	if ((u32)fd >= limit)
		return -EBADF;
	spin_lock(&table->lock);
	while ((u32)fd >= table->capacity && !error)
		error = table_grow_locked(table, fd);
	if (!error && bit_test(table->used, fd) && !table->files[fd])
		error = -EBUSY;
	if (!error) {
		old = file_take_locked(table, fd);
		file_place_locked(table, file, fd, close_on_exec);
	}
	spin_unlock(&table->lock);
	if (old)
		file_put(old);
	return error ? error : fd;
}

int file_table_next(struct file_table *table, int fd)
{
	spin_lock(&table->lock);
	while (fd < FILES_MAX && !file_at(table, fd))
		fd++;
	spin_unlock(&table->lock);
	return fd < FILES_MAX ? fd : -1;
}

int file_table_close(struct file_table *table, int fd)
{
	struct file *file = NULL;

	if ((u32)fd < FILES_MAX) {
		spin_lock(&table->lock);
		file = file_take_locked(table, fd);
		spin_unlock(&table->lock);
	}
	if (!file)
		return -EBADF;
	file_put(file);
	return 0;
}

int file_table_get_close_on_exec(struct file_table *table, int fd)
{
	int result = -EBADF;

	spin_lock(&table->lock);
	if (fd >= 0 && fd < FILES_MAX && file_at(table, fd))
		result = bit_test(table->close_on_exec, fd);
	spin_unlock(&table->lock);
	return result;
}

int file_table_set_close_on_exec(struct file_table *table, int fd, bool value)
{
	int result = -EBADF;

	spin_lock(&table->lock);
	if (fd >= 0 && fd < FILES_MAX && file_at(table, fd)) {
		bit_assign(table->close_on_exec, fd, value);
		result = 0;
	}
	spin_unlock(&table->lock);
	return result;
}
