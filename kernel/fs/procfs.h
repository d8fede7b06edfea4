/* /proc: files whose text is made when they are read (proc(5)). Subsystems register them at boot;
 * nothing is ever taken away. */
#ifndef FS_PROCFS_H
#define FS_PROCFS_H

#include "fs/inode.h"

/* The text under way: a generator prints into it, and it grows. */
struct proc_text;
void proc_print(struct proc_text *text, const char *format, ...) PRINTF_LIKE(2, 3);
/* May sleep. */
typedef void (*proc_generator_t)(struct proc_text *text, void *argument);

/* Makes the file system; its root, never freed. Panics if there is no memory. Boot only. */
struct inode *procfs_init(void);

/* /proc/path, of one component, or two of which the first is a directory; what is missing is made.
 * The generator gets the argument; it runs in the thread that reads an open file from its start,
 * which is who "self" is. -ENOMEM, -EEXIST. Boot only. */
int procfs_register(const char *path, u32 mode, proc_generator_t generate, void *argument);

#endif
