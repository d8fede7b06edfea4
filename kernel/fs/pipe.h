/* Pipes (pipe(7)): 64 KiB of bytes between two open files. Writes of up to PIPE_BUF bytes arrive in
 * one piece. A write with nobody left to read is -EPIPE; the signal is the caller's business. */
#ifndef FS_PIPE_H
#define FS_PIPE_H

#include "lib/types.h"

struct file;

#define PIPE_BUF	4096
#define PIPE_CAPACITY	65536

/* A new pipe: ends[0] for reading and ends[1] for writing, one reference each. flags:
 * ABI_O_NONBLOCK. -ENOMEM. */
MUST_CHECK int pipe_new(struct file *ends[2], u32 flags);

/* All pipes together hold so many frames at most; a write that finds no more is -ENOMEM. Boot. */
void pipe_set_limit(u64 frames);

/* What a FIFO (fifo(7)) keeps its bytes in; NULL if there is no memory. fifo_free: nobody has it
 * open. */
struct pipe;
MUST_CHECK struct pipe *fifo_new(void);
void fifo_free(struct pipe *pipe);
/* For file_ops.open: waits for the other side unless that is not wanted. -ENXIO, -ERESTARTSYS; -EINVAL
 * of what is neither to be read nor written. */
int fifo_open(struct file *file, struct pipe *pipe);

#endif
