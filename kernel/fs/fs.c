/* The file system as a whole. Mounts are made here, at boot, and stay: that is why a walk may cross
 * them unlocked. */
#include "fs/fs.h"

#include "core/panic.h"
#include "fs/archive.h"
#include "fs/tmpfs.h"
#include "lib/errno.h"

struct inode *fs_root;

/* Lays the root of a file system over the directory at path, which is made if it is missing. */
static void fs_mount(struct fs_context *context, const char *path, struct inode *root)
{
	struct inode *directory;
	int error = path_mkdir(context, NULL, path, 0755);

	if (error && error != -EEXIST)
		panic("cannot make %s: error %d", path, -error);
	directory = path_lookup(context, NULL, path, true);
	if (IS_ERR(directory) || !inode_is_directory(directory))
		panic("cannot mount over %s", path);
	root->covers = directory;
	directory->mounted = root;
}

void fs_init(const struct boot_info *boot)
{
	struct fs_context *context;

	fs_root = tmpfs_new(0755);
	context = fs_root ? fs_context_copy(NULL) : NULL;
	if (!context)
		panic("no memory for the root file system");
	for (u32 i = 0; i < boot->module_count; i++)
		archive_unpack(context, &boot->modules[i], i);
	fs_mount(context, "/dev", devfs_init());
	fs_mount(context, "/proc", procfs_init());
	fs_context_put(context);
	tmpfs_set_limit();
}
