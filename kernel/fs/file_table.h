/* Descriptor tables: which open file each descriptor of a process stands for. A table is counted,
 * grows as descriptors are used, and has a spin lock of rank LOCK_FILES. The functions that close
 * files may sleep. */
#ifndef FS_FILE_TABLE_H
#define FS_FILE_TABLE_H

#include "lib/types.h"

struct file;
struct file_table;

#define FILES_MAX	1024	/* descriptors of a process (RLIMIT_NOFILE) */

/* New and empty; NULL if there is no memory. A copy shares the files. */
MUST_CHECK struct file_table *file_table_new(void);
MUST_CHECK struct file_table *file_table_copy(struct file_table *table);
/* The table itself, with a reference, if nobody else has it, else a copy. NULL if there is no
 * memory. */
MUST_CHECK struct file_table *file_table_unshare(struct file_table *table);
/* Whether there are more references than the caller's. */
bool file_table_is_shared(const struct file_table *table);
void file_table_get(struct file_table *table);
void file_table_put(struct file_table *table);	/* the last closes everything */
void file_table_close_on_exec(struct file_table *table);

/* The open file of a descriptor, with a reference; ERR_PTR(-EBADF). */
struct file *file_table_lookup(struct file_table *table, int fd);
/* Puts a file (taking over the caller's reference) at the lowest free descriptor >= lowest and below
 * limit, which is at most FILES_MAX: the descriptor, or -EMFILE, -ENOMEM (then the reference is still
 * the caller's). */
int file_table_install(struct file_table *table, struct file *file, int lowest, u32 limit,
	bool close_on_exec);
/* Takes the lowest free descriptor below limit for a file that is still to be opened: the
 * descriptor, or -EMFILE, -ENOMEM. To others it is closed, but cannot be had (dup2 gives them
 * -EBUSY) until it gets its file, whose reference it takes over, or is given back. */
int file_table_reserve(struct file_table *table, u32 limit);
void file_table_fill(struct file_table *table, int fd, struct file *file, bool close_on_exec);
void file_table_cancel(struct file_table *table, int fd);
/* dup2: exactly at fd, closing what was there: fd, or -EBADF if it is not below limit, -EBUSY,
 * -ENOMEM. */
int file_table_install_at(struct file_table *table, struct file *file, int fd, u32 limit,
	bool close_on_exec);
/* The first descriptor in use from fd on; -1 if there is none. */
int file_table_next(struct file_table *table, int fd);
int file_table_close(struct file_table *table, int fd);
/* The close-on-exec flag of a descriptor (fcntl(2), F_GETFD, F_SETFD): 0 or 1, 0 when it is set;
 * -EBADF. */
int file_table_get_close_on_exec(struct file_table *table, int fd);
int file_table_set_close_on_exec(struct file_table *table, int fd, bool value);

#endif
