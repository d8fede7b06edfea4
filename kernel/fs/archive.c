/* Boot archives. Contents that begin at a page boundary are not copied: their frames become the
 * file's pages. What lies between them (headers, padding, contents that had to be copied) is given
 * back to the frame allocator on the way.
 *
 * The last page of such a file has to be zero behind the file's end, but there the next headers may
 * lie, and even whole small files. So it is cleared when the next file takes pages, or at the end:
 * by then the archive has been read beyond that page, since those pages lie behind it, and the
 * names from it have been used. */
#include "fs/archive.h"

#include "core/panic.h"
#include "core/printk.h"
#include "fs/cpio.h"
#include "fs/names.h"
#include "fs/tmpfs.h"
#include "lib/errno.h"
#include "lib/list.h"
#include "lib/string.h"
#include "mem/frame.h"
#include "mem/kmalloc.h"

struct archive {
	struct fs_context *context;
	paddr_t start;
	const u8 *bytes;
	u64 size;
	paddr_t frames;			/* frames from here to the end are still the archive's */
	u8 *tail;			/* bytes to be cleared, or NULL */
	size_t tail_size;
	struct list_node links;		/* struct archive_link */
};

/* A file of which there are more names to come: in newc, the entries of one file have one inode
 * number, and only the last has the contents. */
struct archive_link {
	struct list_node node;
	u32 number;
	struct inode *inode;		/* a reference */
};

static struct inode *link_find(struct archive *archive, u32 number)
{
	struct archive_link *link;

	list_for_each(link, &archive->links, node)
		if (link->number == number)
			return link->inode;
	return NULL;
}

static int link_remember(struct archive *archive, u32 number, struct inode *inode)
{
	struct archive_link *link = kmalloc(sizeof(*link));

	if (!link)
		return -ENOMEM;
	link->number = number;
	link->inode = inode;
	inode_get(inode);
	list_push_back(&archive->links, &link->node);
	return 0;
}

static void links_forget(struct archive *archive)
{
	struct archive_link *link, *next;

	list_for_each_safe(link, next, &archive->links, node) {
		inode_put(link->inode);
		kfree(link);
	}
}

static void tail_clear(struct archive *archive)
{
	if (archive->tail)
		memset(archive->tail, 0, archive->tail_size);
	archive->tail = NULL;
}

static void frames_give_back(struct archive *archive, paddr_t end)
{
	for (; archive->frames < end; archive->frames += PAGE_SIZE)
		page_put(page_of(archive->frames));
}

/* Makes the frames of the contents the file's pages. */
static int contents_take(
	struct archive *archive, struct inode *inode, const struct cpio_entry *entry)
{
	paddr_t start = archive->start + entry->data, end = PAGE_UP(start + entry->size);
	int error = 0;

	tail_clear(archive);
	frames_give_back(archive, start);
	for (u64 i = 0; archive->frames < end && !error; i++) {
		error = tmpfs_take_page(inode, i, page_of(archive->frames));
		if (!error)
			archive->frames += PAGE_SIZE;
	}
	archive->tail = paging_direct(start + entry->size);
	archive->tail_size = end - (start + entry->size);
	tmpfs_set_size(inode, entry->size);
	return error;
}

static int contents_copy(
	struct archive *archive, struct inode *inode, const struct cpio_entry *entry)
{
	struct file *file = file_open(inode, ABI_O_WRONLY);
	struct io io;
	long written;

	if (IS_ERR(file))
		return PTR_ERR(file);
	io_init_kernel(&io, (void *)(archive->bytes + entry->data), entry->size);
	written = file_write(file, &io);
	file_put(file);
	return written < 0 ? written : written == (long)entry->size ? 0 : -ENOSPC;
}

/* Takes away what has the name, unless it is a directory. */
static int name_clear(struct path_parent *parent)
{
	struct inode *directory = parent->directory;
	struct inode *old = directory->ops->lookup(directory, parent->name, parent->length);
	int error;

	if (IS_ERR(old))
		return PTR_ERR(old) == -ENOENT ? 0 : PTR_ERR(old);
	mutex_lock(&old->lock);
	error = inode_is_directory(old)
		? -EISDIR
		: directory->ops->unlink(directory, parent->name, parent->length, old);
	mutex_unlock(&old->lock);
	inode_put(old);
	return error;
}

static struct inode *node_create(
	struct archive *archive, struct path_parent *parent, const struct cpio_entry *entry)
{
	struct inode *directory = parent->directory;

	if ((entry->mode & ABI_S_IFMT) != ABI_S_IFLNK)
		return directory->ops->create(directory, parent->name, parent->length,
					      entry->mode & (ABI_S_IFMT | 07777));
	if (entry->size == 0 || entry->size >= ABI_PATH_MAX)
		return ERR_PTR(-EINVAL);
	return directory->ops->symlink(directory, parent->name, parent->length,
				 (const char *)archive->bytes + entry->data, entry->size);
}

/* What the entry makes, with a reference: new, a directory that was there, or a further name of a
 * file. */
static struct inode *entry_node(
	struct archive *archive, struct path_parent *parent, const struct cpio_entry *entry)
{
	bool shared = (entry->mode & ABI_S_IFMT) == ABI_S_IFREG && entry->links > 1;
	struct inode *inode = shared ? link_find(archive, entry->inode) : NULL;
	int error = name_clear(parent);

	if (error == -EISDIR && (entry->mode & ABI_S_IFMT) == ABI_S_IFDIR)
		return parent->directory->ops->lookup(
			parent->directory, parent->name, parent->length);
	if (!error && inode) {
		inode_get(inode);
		error = parent->directory->ops->link(
			parent->directory, parent->name, parent->length, inode);
		if (error)
			inode_put(inode);
		return error ? ERR_PTR(error) : inode;
	}
	inode = error ? ERR_PTR(error) : node_create(archive, parent, entry);
	if (!IS_ERR(inode)) {
		inode->uid = entry->uid;
		inode->gid = entry->gid;
		error = shared ? link_remember(archive, entry->inode, inode) : 0;
	}
	if (error && !IS_ERR(inode))
		inode_put(inode);
	return error ? ERR_PTR(error) : inode;
}

static int entry_unpack(struct archive *archive, const struct cpio_entry *entry)
{
	struct path_parent parent;
	struct inode *inode;
	int error = path_parent_get(archive->context, &parent, entry->name);

	if (error)	/* "." and "/" stand for the root, which is there */
		return error == -EEXIST && (entry->mode & ABI_S_IFMT) == ABI_S_IFDIR ? 0 : error;
	inode = entry_node(archive, &parent, entry);
	path_parent_put(&parent);
	if (IS_ERR(inode))
		return PTR_ERR(inode);
	if (inode_is_regular(inode) && entry->size) {
		bool whole_pages = IS_ALIGNED(archive->start + entry->data, PAGE_SIZE);

		error = whole_pages ? contents_take(archive, inode, entry)
				    : contents_copy(archive, inode, entry);
	}
	inode_put(inode);
	return error;
}

static bool entry_is_known(const struct cpio_entry *entry)
{
	u32 type = entry->mode & ABI_S_IFMT;

	return type == ABI_S_IFREG || type == ABI_S_IFDIR || type == ABI_S_IFLNK;
}

void archive_unpack(struct fs_context *context, const struct boot_range *module, u32 number)
{
	struct archive archive = {
		.context = context,
		.start = module->start,
		.bytes = paging_direct(module->start),
		.size = module->end - module->start,
		.frames = PAGE_DOWN(module->start),
		.links = LIST_INIT(archive.links),
	};
	struct cpio_entry entry;
	u64 offset = 0, at = 0;
	u32 entries = 0;
	int result;

	while ((result = cpio_next(archive.bytes, archive.size, &offset, &entry)) > 0) {
		if (entry_is_known(&entry))
			result = entry_unpack(&archive, &entry);
		else
			printk("archive: module %u: %s: neither file, directory nor link\n", number,
				entry.name);
		if (result < 0)
			break;
		at = offset;
		entries++;
	}
	if (result < 0)
		panic("boot module %u is a bad archive: error %d at offset %lu", number, -result,
			at);
	links_forget(&archive);
	tail_clear(&archive);
	frames_give_back(&archive, PAGE_UP(module->end));
	printk("archive: module %u: %u entries\n", number, entries);
}
