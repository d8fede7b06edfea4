/* fread(3), fwrite(3). */
#include <string.h>

#include "alias.h"
#include "file.h"
#include "syscall.h"

/* What the buffer has, and then as much as is wanted into the caller's memory, past the buffer
 * where that saves a copy. */
static size_t read_bytes(FILE *file, unsigned char *bytes, size_t size)
{
	size_t done = 0;

	while (done < size && __file_start_reading(file)) {
		size_t part = file->end - file->start;

		if (part > size - done)
			part = size - done;
		memcpy(bytes + done, file->buffer + file->start, part);
		file->start += part;
		done += part;
		if (size - done >= file->size && !(file->flags & FILE_AT_END)) {
			ssize_t direct;

			__file_flush_terminal();
			direct = __read(file->fd, bytes + done, size - done);
			if (direct <= 0) {
				file->flags |= direct < 0 ? FILE_FAILED : FILE_AT_END;
				break;
			}
			done += direct;
		} else if (done < size && !__file_fill(file)) {
			break;
		}
	}
	return done;
}

size_t __fread_unlocked(void *restrict memory, size_t size, size_t count, FILE *restrict file)
{
	size_t done, total = size * count;

	if (total == 0)
		return 0;
	done = read_bytes(file, memory, total);
	return done == total ? count : done / size;
}

weak_alias(__fread_unlocked, fread_unlocked);

size_t fread(void *restrict memory, size_t size, size_t count, FILE *restrict file)
{
	size_t done;

	file_lock(file);
	done = __fread_unlocked(memory, size, count, file);
	file_unlock(file);
	return done;
}

size_t __fwrite_unlocked(
	const void *restrict memory, size_t size, size_t count, FILE *restrict file)
{
	size_t done, total = size * count;

	if (total == 0)
		return 0;
	done = __file_write(file, memory, total);
	return done == total ? count : done / size;
}

weak_alias(__fwrite_unlocked, fwrite_unlocked);

size_t fwrite(const void *restrict memory, size_t size, size_t count, FILE *restrict file)
{
	size_t done;

	file_lock(file);
	done = __fwrite_unlocked(memory, size, count, file);
	file_unlock(file);
	return done;
}
