/* Inodes of /proc that are made when someone looks. One knows its directory (with a reference) and
 * its name, so that its path can be told as any other's; two look-ups give two inodes with the same
 * number. */
#include "fs/file.h"
#include "fs/procfs.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "mem/slab.h"

#define NAME_ROOM	16

struct proc_live {
	struct inode inode;
	struct inode *directory;	/* a reference, for what is no directory itself */
	const struct proc_live_type *type;
	struct proc_key key;
	char name[NAME_ROOM];
};

static SLAB_CACHE(proc_live_cache, struct proc_live);

static struct proc_live *live_of(struct inode *inode)
{
	return container_of(inode, struct proc_live, inode);
}

static int live_open(struct file *file)
{
	struct proc_live *live = live_of(file->inode);

	return proc_text_open(file, live->type->generate, &live->key);
}

static long live_write(struct file *file, struct io *io, u64 *position)
{
	struct proc_live *live = live_of(file->inode);
	size_t size = io->left;
	char bytes[PROC_WRITE_MAX];

	(void)position;
	if (!live->type->write)
		return -EINVAL;
	if (io_get(io, bytes, sizeof(bytes)) != MIN(size, sizeof(bytes)))
		return -EFAULT;
	int error = live->type->write(&live->key, bytes, MIN(size, sizeof(bytes)));
	return error ? error : (long)size;
}

static const struct file_ops live_file_ops = {
	.open = live_open,
	.read = proc_text_read,
	.write = live_write,
	.seek = file_seek_cursor,
	.release = proc_text_release,
};

static int live_readdir(struct file *file, u64 *position, file_emit_t emit, void *context)
{
	struct proc_live *live = live_of(file->inode);

	if (!file_emit_dots(file, position, emit, context))
		return 0;
	return live->type->list(&live->key, position, emit, context);
}

static const struct file_ops live_directory_file_ops = {
	.seek = file_seek_cursor,
	.readdir = live_readdir,
};

static struct inode *live_lookup(struct inode *directory, const char *name, size_t length)
{
	struct proc_live *live = live_of(directory);

	return live->type->lookup(directory, &live->key, name, length);
}

static long live_read_link(struct inode *inode, char *buffer, size_t size)
{
	return live_of(inode)->type->read_link(&live_of(inode)->key, buffer, size);
}

static struct inode *live_follow(struct inode *inode)
{
	return live_of(inode)->type->follow(&live_of(inode)->key);
}

static void live_release(struct inode *inode)
{
	struct proc_live *live = live_of(inode);
	struct inode *directory = live->directory;

	slab_free(&proc_live_cache, live);
	if (directory)
		inode_put(directory);
}

static const struct inode_ops live_file_inode_ops = {
	.derived = true,
	.release = live_release,
};

static const struct inode_ops live_directory_ops = {
	.derived = true,
	.lookup = live_lookup,
	.release = live_release,
};

static const struct inode_ops live_link_ops = {
	.derived = true,
	.read_link = live_read_link,
	.follow = live_follow,
	.release = live_release,
};

struct inode *proc_live_new(const struct proc_live_type *type, const struct proc_key *key,
	const struct proc_live_place *place)
{
	u32 kind = place->mode & ABI_S_IFMT;
	const struct inode_ops *ops = kind == ABI_S_IFDIR ? &live_directory_ops
		: kind == ABI_S_IFLNK			  ? &live_link_ops
							  : &live_file_inode_ops;
	struct proc_live *live = slab_alloc_zeroed(&proc_live_cache);

	if (!live)
		return ERR_PTR(-ENOMEM);
	inode_init(&live->inode, ops, place->mode);
	live->inode.number = place->number;
	live->inode.device = place->directory->device;
	live->inode.uid = place->uid;
	live->inode.gid = place->gid;
	if (kind == ABI_S_IFDIR) {
		live->inode.file_ops = &live_directory_file_ops;
	} else {
		live->inode.file_ops = kind == ABI_S_IFLNK ? NULL : &live_file_ops;
		live->directory = place->directory;
		inode_get(place->directory);
	}
	live->type = type;
	live->key = *key;
	memcpy(live->name, place->name, MIN(place->length, sizeof(live->name)));
	inode_attach(&live->inode, place->directory, live->name, place->length);
	return &live->inode;
}
