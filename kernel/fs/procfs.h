/* /proc: files whose text is made when they are read (proc(5)). Subsystems register at boot what is
 * always there (procfs.c); what comes and goes, as the directories of processes, has inodes made
 * when someone looks, and gone with the last reference (proc_live.c). */
#ifndef FS_PROCFS_H
#define FS_PROCFS_H

#include "fs/file.h"

/* The text under way: a generator prints into it, and it grows. */
struct proc_text;
void proc_print(struct proc_text *text, const char *format, ...) PRINTF_LIKE(2, 3);
/* Bytes as they are. */
void proc_put_bytes(struct proc_text *text, const void *bytes, size_t size);
/* There is no text: the read fails with that. */
void proc_fail(struct proc_text *text, int error);
/* May sleep. */
typedef void (*proc_generator_t)(struct proc_text *text, void *argument);

/* Makes the file system; its root, never freed. Panics if there is no memory. Boot only. */
struct inode *procfs_init(void);

/* /proc/path, of one component, or two of which the first is a directory; what is missing is made.
 * The generator gets the argument; it runs in the thread that reads an open file from its start,
 * which is who "self" is. -ENOMEM, -EEXIST. Boot only. */
int procfs_register(const char *path, u32 mode, proc_generator_t generate, void *argument);

/* A link in the root: what it says, and where it leads (inode_ops). Boot only. */
int procfs_register_link(const char *name, long (*read_link)(struct inode *, char *, size_t),
	struct inode *(*follow)(struct inode *));

/* What stands in the root besides: look-up with a reference or ERR_PTR(-ENOENT), and entries for
 * readdir from a position on, which counts from PROCFS_OTHERS. Boot only. */
#define PROCFS_OTHERS	(1ul << 16)
void procfs_register_others(
	struct inode *(*lookup)(struct inode *root, const char *name, size_t length),
	void (*list)(u64 *position, file_emit_t emit, void *context));

#define PROC_WRITE_MAX	64

/* What a live inode is of: its registrar knows. */
struct proc_key {
	u64 owner, serial;
	s32 part;		/* of the owner; 0: all of it */
	s32 item;
};

/* A kind of live inode; what does not fit its type is NULL. */
struct proc_live_type {
	/* A regular file; the argument is the key. write, if it can be written: what a single
	 * write(2) has, cut to PROC_WRITE_MAX bytes; 0 or an error. */
	proc_generator_t generate;
	int (*write)(const struct proc_key *key, const char *bytes, size_t size);
	/* A link. */
	long (*read_link)(const struct proc_key *key, char *buffer, size_t size);
	struct inode *(*follow)(const struct proc_key *key);
	/* A directory. */
	struct inode *(*lookup)(
		struct inode *directory, const struct proc_key *key, const char *name, size_t length);
	int (*list)(
		const struct proc_key *key, u64 *position, file_emit_t emit, void *context);
};

/* A live inode in a directory: mode with its type, the owner, a number that is the same each time
 * it is made. ERR_PTR(-ENOMEM). */
struct proc_live_place {
	struct inode *directory;
	const char *name;
	size_t length;
	u32 mode, uid, gid;
	u64 number;
};
struct inode *proc_live_new(const struct proc_live_type *type, const struct proc_key *key,
	const struct proc_live_place *place);

/* For proc_live.c: operations of files with text, and what their open calls. */
int proc_text_open(struct file *file, proc_generator_t generate, void *argument);
long proc_text_read(struct file *file, struct io *io, u64 *position);
void proc_text_release(struct file *file);

#endif
