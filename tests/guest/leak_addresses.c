/* Nothing that a program can read holds an address of the kernel: not what system calls fill in,
 * nor the files of /proc, the kernel's log, or any memory of the process. And what they do not fill
 * in of a struct is zero.
 * guest-only: looks for addresses of SynOS, in places that Linux has more of than one can read */
#include "mapping.h"
#include <dirent.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#define FILL	0x11
#define BUFFER	1

static char buffer[1 << 17];

/* The first byte of each range is kept apart from the rest, so that the limits are found nowhere in
 * this program's own memory. */
static const struct {
	unsigned top;		/* bits 40 to 63 */
	unsigned long low, high;	/* the others */
} ranges[] = {
	{ 0xffff80, 0, 1ul << 40 },			/* the direct map */
	{ 0xffffc0, 0, 1ul << 40 },			/* struct page */
	{ 0xffffd0, 0, 1ul << 39 },			/* devices, stacks */
	{ 0xffffff, 0xff80100000, 0xff82000000 },	/* the image */
};

static int is_kernel_address(unsigned long value)
{
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		unsigned long low = value & ((1ul << 40) - 1);

		if (value >> 40 == ranges[i].top && low >= ranges[i].low && low < ranges[i].high)
			return 1;
	}
	return 0;
}

/* Not where the compiler keeps a value that it works on. */
static void scan(const char *what, const char *bytes, size_t size, size_t step)
{
	for (size_t i = 0; i + 8 <= size; i += step) {
		unsigned long value;

		memcpy(&value, bytes + i, sizeof(value));
		if (is_kernel_address(value))
			test_fail(__FILE__, __LINE__, "%s: an address of the kernel at byte %lu",
				what, (unsigned long)i);
	}
}

/* The log tells where programs faulted: at any address that they liked. Blanks those lines. */
static void forget_faults(char *text, size_t size)
{
	static const char fault[] = " at address ";

	for (size_t i = 0; i + sizeof(fault) - 1 <= size; i++)
		if (memcmp(text + i, fault, sizeof(fault) - 1) == 0)
			for (; i < size && text[i] != '\n'; i++)
				text[i] = ' ';
}

/* Numbers in hexadecimal. */
static void scan_text(const char *what, char *text, size_t size)
{
	forget_faults(text, size);
	for (size_t i = 0; i + 16 <= size; i++) {
		char digits[17];

		memcpy(digits, text + i, 16);
		digits[16] = '\0';
		if (strspn(digits, "0123456789abcdefABCDEF") == 16 &&
		    is_kernel_address(strtoul(digits, NULL, 16)))
			test_fail(__FILE__, __LINE__, "%s: %s", what, digits);
	}
}

static void scan_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK);
	ssize_t length;

	if (fd < 0)
		return;
	while ((length = read(fd, buffer, sizeof(buffer))) > 0) {
		scan(path, buffer, length, 1);
		scan_text(path, buffer, length);
	}
	CHECK_EQ(close(fd), 0);
}

static int files;

static void scan_directory(const char *path)
{
	DIR *directory = opendir(path);
	struct dirent *entry;

	CHECK(directory != NULL);
	while ((entry = readdir(directory))) {
		char name[512];
		struct stat status;

		snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
		if (entry->d_name[0] == '.' || lstat(name, &status) < 0)
			continue;
		if (S_ISDIR(status.st_mode))
			scan_directory(name);
		else if (S_ISREG(status.st_mode) && ++files)
			scan_file(name);
	}
	CHECK_EQ(closedir(directory), 0);
}

/* Calls that fill something in; those that there are not yet are refused, and will be tested when
 * they come. */
static const struct {
	const char *name;
	int number;
	long arguments[6];
} calls[] = {
	{ "stat", 4, { (long)"/", BUFFER } },
	{ "fstat", 5, { 0, BUFFER } },
	{ "rt_sigaction", 13, { 10, 0, BUFFER, 8 } },
	{ "rt_sigprocmask", 14, { 0, 0, BUFFER, 8 } },
	{ "ioctl TCGETS", 16, { 0, 0x5401, BUFFER } },
	{ "ioctl TIOCGWINSZ", 16, { 0, 0x5413, BUFFER } },
	{ "mincore", 27, { 0x400000, 4096, BUFFER } },
	{ "getitimer", 36, { 0, BUFFER } },
	{ "uname", 63, { BUFFER } },
	{ "getcwd", 79, { BUFFER, 4096 } },
	{ "readlink", 89, { (long)"/proc/self/exe", BUFFER, 4096 } },
	{ "gettimeofday", 96, { BUFFER, BUFFER } },
	{ "getrlimit", 97, { 3, BUFFER } },
	{ "getrusage", 98, { 0, BUFFER } },
	{ "sysinfo", 99, { BUFFER } },
	{ "times", 100, { BUFFER } },
	{ "syslog", 103, { 3, BUFFER, 65536 } },
	{ "getgroups", 115, { 32, BUFFER } },
	{ "rt_sigpending", 127, { BUFFER, 8 } },
	{ "sigaltstack", 131, { 0, BUFFER } },
	{ "statfs", 137, { (long)"/", BUFFER } },
	{ "sched_getaffinity", 204, { 0, 128, BUFFER } },
	{ "clock_gettime", 228, { 1, BUFFER } },
	{ "clock_getres", 229, { 1, BUFFER } },
	{ "newfstatat", 262, { -100, (long)"/bin", BUFFER, 0 } },
	{ "prlimit64", 302, { 0, 7, 0, BUFFER } },
	{ "statx", 332, { -100, (long)"/", 0, 0xfff, BUFFER } },
	{ "ai_query MEMORY", 0x5300, { 1, 0, BUFFER, 4096 } },
	{ "ai_query PROCESS", 0x5300, { 2, 0, BUFFER, 4096 } },
	{ "ai_query LEDGER", 0x5300, { 3, 0, BUFFER, 4096 } },
	{ "ai_query SYSCALLS", 0x5300, { 4, 0, BUFFER, 65536 } },
	{ "ai_query, a later topic", 0x5300, { 5, 0, BUFFER, 65536 } },
};

static long argument(long value)
{
	return value == BUFFER ? (long)buffer : value;
}

static void scan_calls(void)
{
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		const long *a = calls[i].arguments;

		memset(buffer, FILL, sizeof(buffer));
		syscall(calls[i].number, argument(a[0]), argument(a[1]), argument(a[2]),
			argument(a[3]), argument(a[4]), argument(a[5]));
		scan(calls[i].name, buffer, sizeof(buffer), 1);
		scan_text(calls[i].name, buffer, sizeof(buffer));
	}
}

/* struct stat has a hole and spare fields; each struct of a directory ends with padding. */
static void padding(void)
{
	static const char zeros[24];
	int fd = open("/", O_RDONLY | O_DIRECTORY);
	long length;

	memset(buffer, FILL, sizeof(buffer));
	CHECK_EQ(syscall(SYS_fstat, fd, buffer), 0);
	CHECK_EQ(memcmp(buffer + 36, zeros, 4), 0);
	CHECK_EQ(memcmp(buffer + 120, zeros, 24), 0);

	memset(buffer, FILL, sizeof(buffer));
	length = syscall(SYS_getdents64, fd, buffer, 4096);
	CHECK(length > 0);
	for (long at = 0; at < length;) {
		unsigned short size;
		size_t used;

		memcpy(&size, buffer + at + 16, sizeof(size));
		used = 19 + strlen(buffer + at + 19) + 1;
		for (; used < size; used++)
			CHECK(buffer[at + used] == 0 || buffer[at + used] == FILL);
		at += size;
	}
	CHECK_EQ(close(fd), 0);
}

/* Of all that may be read and written, the stack with what exec has put there. Word by word: two
 * beside each other may well have an address between them. */
static void scan_memory(void)
{
	const char *text = mapping_text;
	struct mapping mapping;

	mappings_read();
	while (mapping_next(&text, &mapping))
		if (mapping.rights[1] == 'w')
			scan(mapping.name, (char *)mapping.start, mapping.end - mapping.start, 8);
}

int main(void)
{
	scan_calls();
	padding();
	scan_directory("/proc");
	CHECK(files >= 5);
	scan_memory();
	PASS();
}
