/* tmpfs: directories, links and devices. Its regular files are in tmpfs_file.c.
 *
 * An entry belongs to its directory and holds a reference to its inode; an inode that has a name
 * tells it (fs/inode.h) by pointing into its entry. A file with several names tells the last one it
 * was given, until that is removed. */
#include "fs/tmpfs.h"

#include <abi/fcntl.h>

#include "fs/file.h"
#include "fs/fs.h"
#include "fs/pipe.h"
#include "fs/tmpfs_limit.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "mem/slab.h"

struct tmpfs_entry {
	struct rb_node name_node, cookie_node;
	u64 cookie;
	struct inode *inode;		/* a reference */
	u32 hash;
	u32 length;
	char name[];
};

static SLAB_CACHE(tmpfs_cache, struct tmpfs_inode);

static const struct inode_ops tmpfs_directory_ops, tmpfs_regular_ops, tmpfs_link_ops,
	tmpfs_device_ops, tmpfs_fifo_ops;
static const struct file_ops tmpfs_directory_file_ops;

#define FIRST_COOKIE	2	/* behind "." and ".." */

/* FNV-1a. */
static u32 name_hash(const char *name, size_t length)
{
	u32 hash = 2166136261u;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (u8)name[i]) * 16777619u;
	return hash;
}

/* The order of the tree of names: any will do, so the hash decides first. */
static int entry_compare(const struct tmpfs_entry *entry, u32 hash, const char *name, size_t length)
{
	if (hash != entry->hash)
		return hash < entry->hash ? -1 : 1;
	if (length != entry->length)
		return length < entry->length ? -1 : 1;
	return memcmp(name, entry->name, length);
}

static struct tmpfs_entry *entry_find(struct inode *directory, const char *name, size_t length)
{
	struct rb_node *node = tmpfs_inode_of(directory)->names.root;
	u32 hash = name_hash(name, length);

	while (node) {
		struct tmpfs_entry *entry = container_of(node, struct tmpfs_entry, name_node);
		int order = entry_compare(entry, hash, name, length);

		if (order == 0)
			return entry;
		node = order < 0 ? node->left : node->right;
	}
	return NULL;
}

/* The first entry whose cookie is at least that. */
static struct tmpfs_entry *entry_from_cookie(struct tmpfs_inode *directory, u64 cookie)
{
	struct rb_node *node = directory->cookies.root;
	struct tmpfs_entry *best = NULL;

	while (node) {
		struct tmpfs_entry *entry = container_of(node, struct tmpfs_entry, cookie_node);

		if (entry->cookie >= cookie)
			best = entry;
		node = entry->cookie >= cookie ? node->left : node->right;
	}
	return best;
}

static void entry_insert_name(struct tmpfs_inode *directory, struct tmpfs_entry *entry)
{
	struct rb_node **link = &directory->names.root, *parent = NULL;

	while (*link) {
		parent = *link;
		struct tmpfs_entry *other = container_of(parent, struct tmpfs_entry, name_node);
		int order = entry_compare(other, entry->hash, entry->name, entry->length);

		link = order < 0 ? &parent->left : &parent->right;
	}
	rb_insert(&directory->names, &entry->name_node, parent, link);
}

/* Cookies only rise: the place is at the right end. */
static void entry_insert_cookie(struct tmpfs_inode *directory, struct tmpfs_entry *entry)
{
	struct rb_node *last = rb_last(&directory->cookies);

	entry->cookie = directory->next_cookie++;
	rb_insert(&directory->cookies, &entry->cookie_node, last,
		last ? &last->right : &directory->cookies.root);
}

static struct tmpfs_inode *node_new(const struct inode_ops *ops, u32 mode, u64 device)
{
	struct tmpfs_inode *node;

	if (!tmpfs_inode_charge())
		return NULL;
	node = slab_alloc_zeroed(&tmpfs_cache);
	if (!node) {
		tmpfs_inode_uncharge();
		return NULL;
	}
	inode_init(&node->inode, ops, mode);
	node->inode.device = device;
	return node;
}

static void directory_init(struct tmpfs_inode *node)
{
	node->next_cookie = FIRST_COOKIE;
	node->inode.file_ops = &tmpfs_directory_file_ops;
}

struct inode *tmpfs_new(u32 mode)
{
	struct tmpfs_inode *node =
		node_new(&tmpfs_directory_ops, ABI_S_IFDIR | mode, inode_device_new());

	if (!node)
		return NULL;
	directory_init(node);
	node->inode.parent = &node->inode;
	return &node->inode;
}

/* A new entry in directory, without an inode as yet; NULL if there is no memory. */
static struct tmpfs_entry *entry_new(struct inode *directory, const char *name, size_t length)
{
	struct tmpfs_entry *entry = tmpfs_text_new(sizeof(*entry) + length + 1);

	if (!entry)
		return NULL;
	memcpy(entry->name, name, length);
	entry->name[length] = 0;
	entry->length = length;
	entry->hash = name_hash(name, length);
	entry->inode = NULL;
	entry_insert_name(tmpfs_inode_of(directory), entry);
	entry_insert_cookie(tmpfs_inode_of(directory), entry);
	return entry;
}

/* The entry stands for inode from now on, and takes over the reference. */
static void entry_set(struct inode *directory, struct tmpfs_entry *entry, struct inode *inode)
{
	entry->inode = inode;
	inode_attach(inode, directory, entry->name, entry->length);
	if (inode_is_directory(inode))
		directory->links++;
}

/* Gives inode a name in directory; the entry takes a reference of its own. */
static int entry_add(struct inode *directory, const char *name, size_t length, struct inode *inode)
{
	struct tmpfs_entry *entry = entry_new(directory, name, length);

	if (!entry)
		return -ENOSPC;
	inode_get(inode);
	entry_set(directory, entry, inode);
	inode_touch(directory);
	return 0;
}

/* Takes an entry away; the reference to the inode is the caller's then. */
static void entry_remove(struct inode *directory, struct tmpfs_entry *entry)
{
	struct tmpfs_inode *parent = tmpfs_inode_of(directory);

	rb_remove(&parent->names, &entry->name_node);
	rb_remove(&parent->cookies, &entry->cookie_node);
	if (inode_is_directory(entry->inode))
		directory->links--;
	tmpfs_text_free(entry);
}

/* The end of every creation: names the node, or drops it. */
static struct inode *node_add(
	struct inode *directory, const char *name, size_t length, struct tmpfs_inode *node)
{
	int error = entry_add(directory, name, length, &node->inode);

	if (!error)
		return &node->inode;
	inode_put(&node->inode);
	return ERR_PTR(error);
}

static struct inode *tmpfs_lookup(struct inode *directory, const char *name, size_t length)
{
	struct tmpfs_entry *entry = entry_find(directory, name, length);

	if (!entry)
		return ERR_PTR(-ENOENT);
	inode_get(entry->inode);
	return entry->inode;
}

static int tmpfs_fifo_open(struct file *file)
{
	return fifo_open(file, tmpfs_inode_of(file->inode)->fifo);
}

static const struct file_ops tmpfs_fifo_file_ops = {
	.open = tmpfs_fifo_open,
};

static struct inode *create_fifo(
	struct inode *directory, const char *name, size_t length, u32 mode)
{
	struct tmpfs_inode *node = node_new(&tmpfs_fifo_ops, mode, directory->device);

	if (!node)
		return ERR_PTR(-ENOSPC);
	node->inode.file_ops = &tmpfs_fifo_file_ops;
	node->fifo = fifo_new();
	if (node->fifo)
		return node_add(directory, name, length, node);
	inode_put(&node->inode);
	return ERR_PTR(-ENOSPC);
}

static struct inode *tmpfs_create(
	struct inode *directory, const char *name, size_t length, u32 mode)
{
	if ((mode & ABI_S_IFMT) == ABI_S_IFIFO)
		return create_fifo(directory, name, length, mode);

	bool is_directory = (mode & ABI_S_IFMT) == ABI_S_IFDIR;
	struct tmpfs_inode *node = node_new(
		is_directory ? &tmpfs_directory_ops : &tmpfs_regular_ops, mode, directory->device);

	if (!node)
		return ERR_PTR(-ENOSPC);
	if (is_directory)
		directory_init(node);
	else
		tmpfs_file_init(node);
	return node_add(directory, name, length, node);
}

struct inode *tmpfs_create_device(struct inode *directory, const char *name, size_t length,
	u32 mode, u64 rdev, const struct file_ops *ops)
{
	struct tmpfs_inode *node = node_new(&tmpfs_device_ops, mode, directory->device);

	if (!node)
		return ERR_PTR(-ENOSPC);
	node->inode.rdev = rdev;
	node->inode.file_ops = ops;
	return node_add(directory, name, length, node);
}

static struct inode *tmpfs_symlink(struct inode *directory, const char *name, size_t length,
	const char *target, size_t target_length)
{
	struct tmpfs_inode *node = node_new(&tmpfs_link_ops, ABI_S_IFLNK | 0777, directory->device);

	if (!node)
		return ERR_PTR(-ENOSPC);
	node->target = tmpfs_text_new(target_length + 1);
	if (!node->target) {
		inode_put(&node->inode);
		return ERR_PTR(-ENOSPC);
	}
	memcpy(node->target, target, target_length);
	node->target[target_length] = 0;
	node->inode.size = target_length;
	return node_add(directory, name, length, node);
}

static int tmpfs_link(struct inode *directory, const char *name, size_t length, struct inode *inode)
{
	int error = entry_add(directory, name, length, inode);

	if (!error) {
		inode->links++;
		inode_touch_status(inode);
	}
	return error;
}

/* An entry for child is gone. */
static void name_lost(struct inode *child)
{
	if (inode_is_directory(child))
		child->links = 0;
	else
		child->links--;
	inode_touch_status(child);
}

static int tmpfs_unlink(
	struct inode *directory, const char *name, size_t length, struct inode *child)
{
	struct tmpfs_entry *entry = entry_find(directory, name, length);

	if (!entry || entry->inode != child)
		return -ENOENT;
	if (inode_is_directory(child) && tmpfs_inode_of(child)->names.root)
		return -ENOTEMPTY;
	inode_detach(child, entry->name);
	entry_remove(directory, entry);
	inode_touch(directory);
	name_lost(child);
	inode_put(child);	/* the entry's reference: the caller has another */
	return 0;
}

/* Two entries exchange what they stand for. */
static void entries_exchange(const struct inode_name *from, struct tmpfs_entry *from_entry,
	const struct inode_name *to, struct tmpfs_entry *to_entry)
{
	from->directory->links -= inode_is_directory(from->inode);
	to->directory->links -= inode_is_directory(to->inode);
	entry_set(from->directory, from_entry, to->inode);
	entry_set(to->directory, to_entry, from->inode);
	inode_touch_status(to->inode);
}

/* to's entry, which may be new, takes over what from's stands for. */
static void entry_move(const struct inode_name *from, struct tmpfs_entry *from_entry,
	const struct inode_name *to, struct tmpfs_entry *to_entry)
{
	struct inode *loser = to->inode;

	if (loser) {
		inode_detach(loser, to_entry->name);
		to->directory->links -= inode_is_directory(loser);
		name_lost(loser);
		inode_put(loser);
	}
	entry_set(to->directory, to_entry, from->inode);
	entry_remove(from->directory, from_entry);
}

static int tmpfs_rename(const struct inode_name *from, const struct inode_name *to, bool exchange)
{
	struct tmpfs_entry *from_entry = entry_find(from->directory, from->name, from->length);
	struct tmpfs_entry *to_entry = entry_find(to->directory, to->name, to->length);

	if (to->inode && !exchange && inode_is_directory(to->inode) &&
		tmpfs_inode_of(to->inode)->names.root)
		return -ENOTEMPTY;
	if (!to_entry)
		to_entry = entry_new(to->directory, to->name, to->length);
	if (!to_entry)
		return -ENOSPC;
	if (exchange)
		entries_exchange(from, from_entry, to, to_entry);
	else
		entry_move(from, from_entry, to, to_entry);
	inode_touch_status(from->inode);
	inode_touch(from->directory);
	inode_touch(to->directory);
	return 0;
}

static long tmpfs_read_link(struct inode *inode, char *buffer, size_t size)
{
	size_t length = MIN(inode->size, size);

	memcpy(buffer, tmpfs_inode_of(inode)->target, length);
	return length;
}

static int tmpfs_readdir(struct file *file, u64 *position, file_emit_t emit, void *context)
{
	struct inode *directory = file->inode;
	struct tmpfs_entry *entry;

	mutex_lock(&directory->lock);
	if (file_emit_dots(file, position, emit, context)) {
		entry = entry_from_cookie(tmpfs_inode_of(directory), *position);
		while (entry && emit(context, entry->name, entry->length, entry->inode->number,
				     entry->inode->mode >> 12, entry->cookie + 1)) {
			struct rb_node *next = rb_next(&entry->cookie_node);

			*position = entry->cookie + 1;
			entry = next ? container_of(next, struct tmpfs_entry, cookie_node) : NULL;
		}
	}
	mutex_unlock(&directory->lock);
	if (!(file->flags & ABI_O_NOATIME))
		inode_touch_access(directory);
	return 0;
}

struct inode *tmpfs_file_new(const char *label, size_t length, bool sealable)
{
	struct tmpfs_inode *node = node_new(&tmpfs_regular_ops, ABI_S_IFREG | 0777, fs_root->device);

	if (!node)
		return ERR_PTR(-ENOMEM);
	tmpfs_file_init(node);
	node->inode.links = 0;
	if (sealable)
		node->seals = 0;
	node->label = tmpfs_text_new(length + 1);
	if (!node->label) {
		inode_put(&node->inode);
		return ERR_PTR(-ENOMEM);
	}
	memcpy(node->label, label, length);
	node->label[length] = 0;
	return &node->inode;
}

static void tmpfs_release(struct inode *inode)
{
	slab_free(&tmpfs_cache, tmpfs_inode_of(inode));
	tmpfs_inode_uncharge();
}

static void tmpfs_fifo_release(struct inode *inode)
{
	if (tmpfs_inode_of(inode)->fifo)
		fifo_free(tmpfs_inode_of(inode)->fifo);
	tmpfs_release(inode);
}

static void tmpfs_link_release(struct inode *inode)
{
	tmpfs_text_free(tmpfs_inode_of(inode)->target);
	tmpfs_release(inode);
}

static void tmpfs_regular_release(struct inode *inode)
{
	tmpfs_file_release(tmpfs_inode_of(inode));
	tmpfs_release(inode);
}

static const struct inode_ops tmpfs_directory_ops = {
	.lookup = tmpfs_lookup,
	.create = tmpfs_create,
	.unlink = tmpfs_unlink,
	.symlink = tmpfs_symlink,
	.link = tmpfs_link,
	.rename = tmpfs_rename,
	.release = tmpfs_release,
};

static const struct file_ops tmpfs_directory_file_ops = {
	.seek = file_seek_cursor,
	.readdir = tmpfs_readdir,
};

static const struct inode_ops tmpfs_regular_ops = {
	.truncate = tmpfs_file_truncate,
	.stat = tmpfs_file_stat,
	.release = tmpfs_regular_release,
};

static const struct inode_ops tmpfs_link_ops = {
	.read_link = tmpfs_read_link,
	.release = tmpfs_link_release,
};

static const struct inode_ops tmpfs_fifo_ops = {
	.release = tmpfs_fifo_release,
};

static const struct inode_ops tmpfs_device_ops = {
	.release = tmpfs_release,
};
