/* cat: [-u] [FILE]... copies the files, or standard input (also where a file is "-"), to standard output. -u: at once, as it
 * always does. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool complain(const char *name)
{
	fprintf(stderr, "cat: %s: %s\n", name, strerror(errno));
	return false;
}

/* It would read what it writes, without end; not if there is nothing to read before the first write. */
static bool is_output(int fd)
{
	struct stat in, out;

	return fstat(fd, &in) == 0 && fstat(1, &out) == 0 && S_ISREG(in.st_mode) &&
		in.st_dev == out.st_dev && in.st_ino == out.st_ino && lseek(fd, 0, SEEK_CUR) < in.st_size;
}

static bool copy(int fd, const char *name)
{
	static char buffer[32 * 1024];
	ssize_t count;

	if (is_output(fd)) {
		fprintf(stderr, "cat: %s: input file is output file\n", name);
		return false;
	}

	while ((count = read(fd, buffer, sizeof(buffer))) > 0) {
		for (ssize_t done = 0; done < count; ) {
			ssize_t written = write(1, buffer + done, count - done);

			if (written < 0)
				return complain("standard output");
			done += written;
		}
	}
	return count == 0 || complain(name);
}

int main(int argc, char **argv)
{
	bool good = true;
	int option;

	while ((option = getopt(argc, argv, "u")) != -1)
		if (option == '?')
			return 2;
	if (optind == argc)
		good = copy(0, "standard input");
	for (int i = optind; i < argc; i++) {
		bool input = strcmp(argv[i], "-") == 0;
		int fd = input ? 0 : open(argv[i], O_RDONLY);

		if (fd < 0) {
			good = complain(argv[i]);
			continue;
		}
		good &= copy(fd, argv[i]);
		if (!input)
			close(fd);
	}
	return !good;
}
