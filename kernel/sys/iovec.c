/* Arrays of ranges (sys/iovec.h). */
#include "sys/iovec.h"

#include "lib/errno.h"
#include <abi/uio.h>

static int read_element(struct io_vec *vec, struct user_ptr iov, int index)
{
	struct abi_iovec element;

	int error = user_get_at(&element, iov, index);
	if (error)
		return error;
	vec->base.addr = element.iov_base;
	vec->length = element.iov_len;
	return (s64)element.iov_len < 0 ? -EINVAL : 0;
}

int iovec_read_foreign(struct io_vec *vec, struct user_ptr iov, int count)
{
	int error = 0;

	for (int i = 0; i < count && !error; i++)
		error = read_element(&vec[i], iov, i);
	return error;
}

long iovec_read(struct io_vec *vec, struct user_ptr iov, int count)
{
	size_t total = 0;

	for (int i = 0; i < count; i++) {
		int error = read_element(&vec[i], iov, i);
		if (error)
			return error;
		if (!iovec_user_range(vec[i].base, vec[i].length))
			return -EFAULT;
		vec[i].length = MIN(vec[i].length, TRANSFER_MAX - total);
		total += vec[i].length;
	}
	return total;
}
