/* The file system as a whole. Mounts are made here, at boot, and stay: that is why a walk may cross
 * them unlocked. */
#include "fs/fs.h"

#include <abi/fcntl.h>
#include <abi/statfs.h>

#include "core/panic.h"
#include "fs/archive.h"
#include "fs/names.h"
#include "fs/pipe.h"
#include "fs/tmpfs.h"
#include "fs/tmpfs_limit.h"
#include "lib/errno.h"
#include "mem/frame.h"

struct inode *fs_root;

static struct mount {
	const char *path, *type;
	const struct inode *root;
} mounts[] = {{"/", "tmpfs", NULL}, {"/dev", "devtmpfs", NULL}, {"/proc", "proc", NULL}};

enum { MOUNT_ROOT, MOUNT_DEV, MOUNT_PROC };

/* /proc/mounts, in the form of fstab(5). */
static void print_mounts(struct proc_text *text, void *argument)
{
	(void)argument;
	for (size_t i = 0; i < ARRAY_SIZE(mounts); i++)
		proc_print(text, "%s %s %s rw,relatime 0 0\n", mounts[i].type, mounts[i].path,
			mounts[i].type);
}

void fs_statfs(const struct inode *inode, struct abi_statfs *statfs)
{
	const struct mount *mount = mounts;
	u64 free;

	while (mount < mounts + ARRAY_SIZE(mounts) && mount->root->device != inode->device)
		mount++;
	statfs->f_type = ABI_TMPFS_MAGIC;
	statfs->f_bsize = statfs->f_frsize = PAGE_SIZE;
	statfs->f_namelen = ABI_NAME_MAX;
	statfs->f_flags = ABI_ST_VALID | ABI_ST_RELATIME;
	statfs->f_fsid[0] = inode->device;
	if (mount == mounts + ARRAY_SIZE(mounts)) {	/* a file system of the kernel's own */
		statfs->f_type = ABI_PIPEFS_MAGIC;
	} else if (mount == &mounts[MOUNT_PROC]) {
		statfs->f_type = ABI_PROC_SUPER_MAGIC;
	} else {
		tmpfs_count(&statfs->f_blocks, &free);
		statfs->f_bfree = statfs->f_bavail = free;
		tmpfs_count_inodes(&statfs->f_files, &statfs->f_ffree);
	}
}

/* Lays the root of a file system over the directory at its path, which is made if it is missing. */
static void fs_mount(struct fs_context *context, struct mount *mount, struct inode *root)
{
	const char *path = mount->path;
	struct inode *directory;
	int error = path_mkdir(context, NULL, path, 0755);

	if (error && error != -EEXIST)
		panic("cannot make %s: error %d", path, -error);
	directory = path_lookup(context, NULL, path, true);
	if (IS_ERR(directory) || !inode_is_directory(directory))
		panic("cannot mount over %s", path);
	mount->root = root;
	root->covers = directory;
	directory->mounted = root;
}

void fs_init(const struct boot_info *boot)
{
	struct fs_context *context;
	struct frame_counts frames;

	names_init();
	fs_root = tmpfs_new(0755);
	context = fs_root ? fs_context_copy(NULL, false) : NULL;
	if (!context)
		panic("no memory for the root file system");
	mounts[MOUNT_ROOT].root = fs_root;
	for (u32 i = 0; i < boot->module_count; i++)
		archive_unpack(context, &boot->modules[i], i);
	fs_mount(context, &mounts[MOUNT_DEV], devfs_init());
	fs_mount(context, &mounts[MOUNT_PROC], procfs_init());
	if (procfs_register("mounts", 0444, print_mounts, NULL) < 0)
		panic("no memory for /proc/mounts");
	fs_context_free(context);
	frame_count(&frames);	/* of those that are now free, half and a quarter */
	tmpfs_set_limit(frames.free / 2);
	pipe_set_limit(frames.free / 4);
}
