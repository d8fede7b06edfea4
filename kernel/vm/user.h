/* User memory: the only module of the kernel that touches it. A user pointer is a type that cannot
 * be dereferenced; the size of a copy is that of the kernel object it goes to or comes from. The
 * copies run over instructions with a fault fix-up (x86/usercopy.asm): the address is checked
 * against USER_END, then touched; a fault that the address space cannot serve makes the copy return
 * -EFAULT. So nothing is checked first and used later.
 *
 * May sleep (a page fault): never under a spin lock, nor under MUTEX_FILE, MUTEX_SPACE or
 * MUTEX_PAGES. */
#ifndef VM_USER_H
#define VM_USER_H

#include "lib/types.h"

struct user_ptr {
	u64 addr;
};

static inline struct user_ptr user_ptr_add(struct user_ptr pointer, u64 bytes)
{
	return (struct user_ptr){ pointer.addr + bytes };
}

static inline bool user_ptr_is_null(struct user_ptr pointer)
{
	return pointer.addr == 0;
}

/* *object = the user's; -EFAULT. user_get_at takes element number index of an array. */
#define user_get(object, pointer)	user_read_bytes((object), (pointer), sizeof(*(object)))
#define user_put(pointer, object)	user_write_bytes((pointer), (object), sizeof(*(object)))
#define user_get_at(object, pointer, index) \
	user_read_bytes((object), user_ptr_add(pointer, (u64)(index) * sizeof(*(object))), \
			sizeof(*(object)))

/* Raw bytes, for the contents of read and write and for strings of a length given by the user: all
 * or -EFAULT (then a part may have been copied). */
MUST_CHECK int user_read_bytes(void *to, struct user_ptr from, size_t size);
MUST_CHECK int user_write_bytes(struct user_ptr to, const void *from, size_t size);
/* As far as it goes: returns how many bytes were copied before the fault (all if there was
 * none). */
MUST_CHECK size_t user_read_some(void *to, struct user_ptr from, size_t size);
MUST_CHECK size_t user_write_some(struct user_ptr to, const void *from, size_t size);
/* Zeroes; -EFAULT. */
MUST_CHECK int user_clear(struct user_ptr to, size_t size);

/* An aligned word becomes desired, in one step, if it is *expected: 1; else *expected becomes what
 * it is: 0. -EFAULT. */
MUST_CHECK int user_compare_exchange(struct user_ptr word, u32 *expected, u32 desired);

/* A NUL-terminated string into a buffer of size bytes; its length without NUL, -EFAULT, or
 * -ENAMETOOLONG if there is no NUL within size. */
MUST_CHECK long user_read_string(char *to, struct user_ptr from, size_t size);

/* Where the bytes of a read or write come from or go to: ranges of user memory, or one range of
 * kernel memory (exec, procfs). fs code copies through it and never sees which. */
struct io_vec {
	struct user_ptr base;
	size_t length;
};

struct io {
	const struct io_vec *vec;	/* user ranges; NULL: kernel memory at `kernel` */
	u32 vec_count;
	u32 vec_index;
	size_t vec_offset;		/* within vec[vec_index] */
	void *kernel;
	size_t left;			/* bytes still to come, at most SSIZE_MAX */
};

void io_init_user(struct io *io, struct io_vec *one, struct user_ptr base, size_t length);
void io_init_vec(struct io *io, const struct io_vec *vec, u32 count);
void io_init_kernel(struct io *io, void *memory, size_t length);
/* Copy min(size, io->left) bytes and move on; returns the bytes copied, fewer only because of a
 * fault (0: -EFAULT is due). */
size_t io_put(struct io *io, const void *from, size_t size);
size_t io_get(struct io *io, void *to, size_t size);
size_t io_put_zeros(struct io *io, size_t size);

#endif
