/* User access: every range is checked against the end of user memory, then touched by instructions
 * that may fault. */
#include "vm/user.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "x86/paging.h"
#include "x86/usercopy.h"

static bool range_is_user(struct user_ptr pointer, size_t size)
{
	return size <= USER_END && pointer.addr <= USER_END - size;
}

size_t user_read_some(void *to, struct user_ptr from, size_t size)
{
	return range_is_user(from, size) ? size - usercopy(to, (const void *)from.addr, size) : 0;
}

size_t user_write_some(struct user_ptr to, const void *from, size_t size)
{
	return range_is_user(to, size) ? size - usercopy((void *)to.addr, from, size) : 0;
}

int user_read_bytes(void *to, struct user_ptr from, size_t size)
{
	return range_is_user(from, size) && usercopy(to, (const void *)from.addr, size) == 0
		? 0
		: -EFAULT;
}

int user_write_bytes(struct user_ptr to, const void *from, size_t size)
{
	return range_is_user(to, size) && usercopy((void *)to.addr, from, size) == 0 ? 0 : -EFAULT;
}

int user_clear(struct user_ptr to, size_t size)
{
	return range_is_user(to, size) && usercopy_clear((void *)to.addr, size) == 0 ? 0 : -EFAULT;
}

int user_compare_exchange(struct user_ptr word, u32 *expected, u32 desired)
{
	int result = -1;

	if (range_is_user(word, sizeof(u32)))
		result = usercopy_compare_exchange((u32 *)word.addr, expected, desired);
	return result < 0 ? -EFAULT : result;
}

long user_read_string(char *to, struct user_ptr from, size_t size)
{
	size_t most;
	long length;

	if (from.addr >= USER_END)
		return -EFAULT;
	most = MIN(size, USER_END - from.addr);
	length = usercopy_string(to, (const char *)from.addr, most);
	if (length < 0)
		return -EFAULT;
	if ((size_t)length < most)
		return length;
	return most < size ? -EFAULT : -ENAMETOOLONG;
}

void io_init_vec(struct io *io, const struct io_vec *vec, u32 count)
{
	*io = (struct io){ .vec = vec, .vec_count = count };
	for (u32 i = 0; i < count; i++)
		io->left += vec[i].length;
}

void io_init_user(struct io *io, struct io_vec *one, struct user_ptr base, size_t length)
{
	*one = (struct io_vec){ base, length };
	io_init_vec(io, one, 1);
}

void io_init_kernel(struct io *io, void *memory, size_t length)
{
	*io = (struct io){ .kernel = memory, .left = length };
}

enum io_way { IO_PUT, IO_GET, IO_ZERO };

/* Copies part of one range; how much it was. */
static size_t io_copy_user(enum io_way way, struct user_ptr user, void *kernel, size_t size)
{
	switch (way) {
	case IO_PUT:
		return user_write_some(user, kernel, size);
	case IO_GET:
		return user_read_some(kernel, user, size);
	default:
		return range_is_user(user, size) ? size - usercopy_clear((void *)user.addr, size)
						 : 0;
	}
}

static size_t io_copy_vec(struct io *io, enum io_way way, char *bytes, size_t size)
{
	size_t done = 0;

	while (done < size) {
		const struct io_vec *vec = &io->vec[io->vec_index];
		size_t part = MIN(vec->length - io->vec_offset, size - done);
		size_t copied = io_copy_user(
			way, user_ptr_add(vec->base, io->vec_offset), bytes + done, part);

		done += copied;
		io->vec_offset += copied;
		if (copied < part)
			break;
		if (io->vec_offset == vec->length) {
			io->vec_index++;
			io->vec_offset = 0;
		}
	}
	return done;
}

static size_t io_copy_kernel(struct io *io, enum io_way way, void *bytes, size_t size)
{
	switch (way) {
	case IO_PUT:
		memcpy(io->kernel, bytes, size);
		break;
	case IO_GET:
		memcpy(bytes, io->kernel, size);
		break;
	case IO_ZERO:
		memset(io->kernel, 0, size);
		break;
	}
	io->kernel = (char *)io->kernel + size;
	return size;
}

static size_t io_copy(struct io *io, enum io_way way, void *bytes, size_t size)
{
	size = MIN(size, io->left);
	size = io->vec ? io_copy_vec(io, way, bytes, size) : io_copy_kernel(io, way, bytes, size);
	io->left -= size;
	return size;
}

size_t io_put(struct io *io, const void *from, size_t size)
{
	return io_copy(io, IO_PUT, (void *)from, size);
}

size_t io_get(struct io *io, void *to, size_t size)
{
	return io_copy(io, IO_GET, to, size);
}

size_t io_put_zeros(struct io *io, size_t size)
{
	return io_copy(io, IO_ZERO, NULL, size);
}
