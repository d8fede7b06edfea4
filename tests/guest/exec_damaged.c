/* Programs whose headers are wrong are refused or die of it; the machine goes on.
 * own-linux: yes
 * guest-only: such programs are not let loose on the host. */
#include "test.h"
#include <abi/elf.h>
#include <fcntl.h>

#define BASE	0x400000ul

/* A whole program: code that exits with 0, memory that is zero, thread-local memory. */
static const struct program {
	struct abi_elf_header header;
	struct abi_elf_segment segments[4];
	unsigned char code[16];
} program = {
	.header = {
		.e_ident = { 0x7f, 'E', 'L', 'F', ABI_ELF_CLASS64, ABI_ELF_DATA_LSB, ABI_ELF_VERSION },
		.e_type = ABI_ELF_ET_EXEC,
		.e_machine = ABI_ELF_EM_X86_64,
		.e_version = ABI_ELF_VERSION,
		.e_entry = BASE + offsetof(struct program, code),
		.e_phoff = offsetof(struct program, segments),
		.e_ehsize = sizeof(struct abi_elf_header),
		.e_phentsize = sizeof(struct abi_elf_segment),
		.e_phnum = 4,
	},
	.segments = {
		{ ABI_ELF_PT_LOAD, ABI_ELF_PF_R | ABI_ELF_PF_X, 0, BASE, BASE, sizeof(program),
		  sizeof(program), 0x1000 },
		{ ABI_ELF_PT_LOAD, ABI_ELF_PF_R | ABI_ELF_PF_W, 0x100, BASE + 0x10100, BASE, 0x20, 0x3000,
		  0x1000 },
		{ ABI_ELF_PT_TLS, ABI_ELF_PF_R, 0x100, BASE + 0x10100, BASE, 0x10, 0x20, 8 },
		{ ABI_ELF_PT_GNU_STACK, ABI_ELF_PF_R | ABI_ELF_PF_W, 0, 0, 0, 0, 0, 16 },
	},
	/* xor %edi, %edi; mov $231, %eax; syscall */
	.code = { 0x31, 0xff, 0xb8, 0xe7, 0, 0, 0, 0x0f, 0x05 },
};

static char path[256];

static unsigned random_below(unsigned bound)
{
	static unsigned long seed = 88172645463325252ul;

	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed % bound;
}

/* Writes the damaged program and runs it, from a child: it is refused, it dies, or it ends as it
 * should; nothing else. The status. */
static int run_damaged(const struct program *damaged)
{
	char *arguments[] = { path, "child", NULL }, *environment[] = { NULL };
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0755), status;
	pid_t child;

	CHECK(fd >= 0);
	CHECK_EQ(write(fd, damaged, sizeof(*damaged)), sizeof(*damaged));
	close(fd);
	child = vfork();
	CHECK(child >= 0);
	if (child == 0) {
		execve(path, arguments, environment);
		_exit(errno != ENOEXEC && errno != ENOMEM && errno != EINVAL && errno != EIO);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	if (!WIFSIGNALED(status) && WEXITSTATUS(status) != 0)
		test_fail(__FILE__, __LINE__, "status %#x", status);
	return status;
}

static void run_random(void)
{
	struct program damaged = program;

	for (unsigned i = 1 + random_below(4); i > 0; i--)
		((unsigned char *)&damaged)[random_below(sizeof(damaged))] = random_below(256);
	run_damaged(&damaged);
}

/* Every 2 bytes, every 4 and every 8 of the headers, which are all of their fields, are in turn what
 * they should never be. */
static void run_fields(void)
{
	static const unsigned long odd[] = {
		0, 1, 0x7f, 0xffff, 0x1000, 0x7fffffff, 0x80000000, 0xffffffff, 0x7ffffffff000,
		0x800000000000, 0x7fffffffffffffff, 0x8000000000000000, 0xfffffffffffff000, -1ul,
	};
	struct program damaged;

	for (unsigned width = 2; width <= 8; width *= 2)
		for (unsigned at = 0; at + width <= offsetof(struct program, code); at += width)
			for (unsigned i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
				unsigned long value = width == 8 ? odd[i] : odd[i] & ((1ul << 8 * width) - 1);

				if (i > 0 && width < 8 && odd[i] >> 8 * width)
					continue;
				damaged = program;
				memcpy((char *)&damaged + at, &value, width);
				run_damaged(&damaged);
			}
}

int main(void)
{
	strcpy(path, scratch_path("damaged"));
	CHECK_EQ(run_damaged(&program), 0);
	run_fields();
	for (int i = 0; i < 500; i++)
		run_random();
	CHECK_EQ(unlink(path), 0);
	PASS();
}
