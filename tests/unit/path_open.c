// unit: sources kernel/fs/inode.c kernel/fs/file.c kernel/fs/file_table.c kernel/fs/context.c
// unit: sources kernel/fs/walk.c kernel/fs/path.c kernel/fs/tmpfs.c kernel/fs/tmpfs_file.c kernel/fs/tmpfs_limit.c
// unit: sources kernel/fs/names.c kernel/fs/rename.c kernel/fs/attributes.c
// unit: sources kernel/fs/tmpfs_allocate.c kernel/lib/format.c kernel/fs/pagecache.c kernel/fs/radix.c kernel/fs/pipe.c
// unit: sources kernel/lib/rbtree.c libc/string/strlcpy.c
// unit: flags -Ikernel -DDIRECT_BASE=0x200000000000ul -DFRAMES_BASE=0x210000000000ul
/* Descriptor tables and pipes, and all of the file system with every allocation failing in turn:
 * nothing may be left behind. */
#include "path_machine.h"

static void tables(void)
{
	struct file_table *table = file_table_new(), *copy;
	struct file *file, *got;

	begin();
	file = open_at("/", 0);
	UNIT_CHECK(file_table_lookup(table, 0) == ERR_PTR(-EBADF) &&
		file_table_lookup(table, -1) == ERR_PTR(-EBADF));
	for (int i = 0; i < FILES_MAX; i++) {
		file_get(file);
		UNIT_CHECK(file_table_install(table, file, 0, FILES_MAX, i % 3 == 0) == i);
	}
	UNIT_CHECK(file_table_install(table, file, 0, FILES_MAX, false) == -EMFILE);
	UNIT_CHECK(file_table_install(table, file, 2000, FILES_MAX, false) == -EMFILE);
	UNIT_CHECK(file_table_close(table, 77) == 0 && file_table_close(table, 77) == -EBADF);
	file_get(file);
	UNIT_CHECK(file_table_install(table, file, 10, FILES_MAX, false) == 77);
	UNIT_CHECK(file_table_install_at(table, file, FILES_MAX, FILES_MAX, false) == -EBADF);
	copy = file_table_copy(table);
	file_table_close_on_exec(copy);
	UNIT_CHECK(file_table_lookup(copy, 3) == ERR_PTR(-EBADF));
	got = file_table_lookup(copy, 4);
	UNIT_CHECK(got == file);
	file_put(got);
	file_table_put(table);
	UNIT_CHECK(file_table_install_at(copy, file, 5, FILES_MAX, true) == 5);
	file_table_close_on_exec(copy);
	UNIT_CHECK(file_table_close(copy, 5) == -EBADF);
	file_table_put(copy);
	end();
}

static void pipes(void)
{
	static char data[100000], back[100000];
	struct file *ends[2];
	size_t written = 0, taken = 0;
	struct io io;

	begin();
	UNIT_CHECK(pipe_new(ends, ABI_O_NONBLOCK) == 0);
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = i * 7 + i / 251;
	for (int round = 0; round < 20000; round++) {
		size_t size = 1 + unit_random(unit_random(2) ? 200 : 9000),
		       room = PIPE_CAPACITY - (written - taken);
		long result;

		if (unit_random(2)) {
			size = MIN(size, sizeof(data) - written % 50000);
			io_init_kernel(&io, data + written % 50000, size);
			result = file_write(ends[1], &io);
			if (size > room)
				UNIT_CHECK(result ==
					(size <= PIPE_BUF || !room ? -EAGAIN : (long)room));
			else
				UNIT_CHECK(result == (long)size);
			for (long i = 0; i < result; i++)
				UNIT_CHECK(
					data[(written + i) % 50000] == data[written % 50000 + i] ||
					written % 50000 + i >= 50000);
			if (result > 0 && written % 50000 + result > 50000)
				break;
			written += result > 0 ? result : 0;
		} else {
			io_init_kernel(&io, back, size);
			result = file_read(ends[0], &io);
			UNIT_CHECK(result ==
				(written == taken ? -EAGAIN : (long)MIN(size, written - taken)));
			for (long i = 0; i < result; i++)
				UNIT_CHECK(back[i] == data[(taken + i) % 50000]);
			taken += result > 0 ? result : 0;
		}
	}
	UNIT_CHECK(
		file_seek(ends[0], 0, ABI_SEEK_SET) == -ESPIPE && put_text(ends[0], "x") == -EBADF);
	file_put(ends[0]);
	UNIT_CHECK(put_text(ends[1], "x") == -EPIPE && put_text(ends[1], "") == 0);
	file_put(ends[1]);
	UNIT_CHECK(pipe_new(ends, 0) == 0 && put_text(ends[1], "last") == 4);
	io_init_kernel(&io, back, 100);
	file_put(ends[1]);
	UNIT_CHECK(file_read(ends[0], &io) == 4 && file_read(ends[0], &io) == 0);
	file_put(ends[0]);
	UNIT_CHECK(pipe_new(ends, 0) == 0);
	UNIT_CHECK(file_read(ends[0], &io) == -EINTR);
	io_init_kernel(&io, data, sizeof(data));
	UNIT_CHECK(file_write(ends[1], &io) == PIPE_CAPACITY && file_write(ends[1], &io) == -EINTR);
	file_put(ends[0]);
	file_put(ends[1]);
	end();
}

/* Everything once; the first error. */
static int everything(void)
{
	char text[6000] = "text";
	struct file_table *table;
	struct file *file, *ends[2];
	struct io io;
	int error = make_directory("/d");

	if (!error)
		error = try_open("/link/new", ABI_O_CREAT | ABI_O_WRONLY);
	file = error ? ERR_PTR(error) : open_at("/link/new", ABI_O_RDWR);
	if (IS_ERR(file))
		return PTR_ERR(file);
	io_init_kernel(&io, text, sizeof(text));
	error = file_write(file, &io) == sizeof(text) ? 0 : -ENOSPC;
	if (!error && (file_seek(file, 1l << 40, ABI_SEEK_SET) < 0 || put_text(file, "far") < 0))
		error = -ENOSPC;
	file_put(file);
	table = error ? NULL : file_table_new();
	if (!table)
		return error ? error : -ENOMEM;
	error = pipe_new(ends, 0);
	for (int i = 0; i < 2 && !error; i++) {
		int fd = file_table_install(table, ends[i], 40 * i, FILES_MAX, false);

		if (fd < 0) {
			file_put(ends[i]);
			if (i == 0)
				file_put(ends[1]);
			error = fd;
		}
	}
	if (!error) {
		struct file_table *copy = file_table_copy(table);

		error = copy && put_text(ends[1], "text") == 4 ? 0 : -ENOMEM;
		if (copy)
			file_table_put(copy);
	}
	file_table_put(table);
	return error;
}

static void failing_allocations(void)
{
	int error = -ENOMEM;

	for (u64 n = 1; error; n++) {
		begin();
		make_link("/link", "d");
		fail_countdown = n;
		error = everything();
		UNIT_CHECK(n < 200 && (!error || error == -ENOMEM || error == -ENOSPC));
		UNIT_CHECK(!error == (fail_countdown > 0));
		end();
	}
}

int main(void)
{
	make_machine();
	UNIT_CASE(tables);
	UNIT_CASE(pipes);
	UNIT_CASE(failing_allocations);
	return unit_done();
}
