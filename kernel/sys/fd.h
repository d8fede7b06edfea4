/* Descriptors of the calling process, for the system calls that take one. */
#ifndef SYS_FD_H
#define SYS_FD_H

#include <abi/fcntl.h>

#include "fs/file.h"
#include "lib/errno.h"
#include "proc/limits.h"
#include "proc/process.h"

/* The open file, with a reference that the caller gives back; ERR_PTR(-EBADF). */
static inline struct file *fd_get(int fd)
{
	return file_table_lookup(task_current()->files, fd);
}

/* The same for calls that do something with the file: -EBADF also if it was opened with O_PATH. */
static inline struct file *fd_get_open(int fd)
{
	struct file *file = fd_get(fd);
	if (!IS_ERR(file) && file->flags & ABI_O_PATH) {
		file_put(file);
		return ERR_PTR(-EBADF);
	}
	return file;
}

/* A descriptor for a file that is still to be opened (fs/file_table.h): what it does to the machine
 * happens only if there is one. -EMFILE, -ENOMEM. */
static inline int fd_reserve(void)
{
	return file_table_reserve(task_current()->files, limits_files());
}

/* A descriptor for a file, whose reference it takes over also if it fails (-EMFILE). */
static inline int fd_install(struct file *file, int lowest, bool close_on_exec)
{
	int fd = file_table_install(
		task_current()->files, file, lowest, limits_files(), close_on_exec);
	if (fd < 0)
		file_put(file);
	return fd;
}

#endif
