/* /proc/cpuinfo (proc(5)): a block for each CPU; its flags are what CPUID says, as far as the kernel saves the registers
 * that it takes (XGETBV). */
#include "test.h"

#include <fcntl.h>

enum { EAX, EBX, ECX, EDX };

#define XSAVE_ON	(1u << 27)	/* leaf 1, ecx */
#define AVX		0x6u
#define AVX512		0xe6u

static const struct {
	const char *name;
	unsigned leaf, place, bit, state;
} flags[] = {
	{ "fpu", 1, EDX, 0, 0 }, { "tsc", 1, EDX, 4, 0 }, { "cx8", 1, EDX, 8, 0 }, { "cmov", 1, EDX, 15, 0 },
	{ "fxsr", 1, EDX, 24, 0 }, { "sse", 1, EDX, 25, 0 }, { "sse2", 1, EDX, 26, 0 },
	{ "syscall", 0x80000001, EDX, 11, 0 }, { "lm", 0x80000001, EDX, 29, 0 }, { "pni", 1, ECX, 0, 0 },
	{ "ssse3", 1, ECX, 9, 0 }, { "fma", 1, ECX, 12, AVX }, { "cx16", 1, ECX, 13, 0 },
	{ "sse4_1", 1, ECX, 19, 0 }, { "sse4_2", 1, ECX, 20, 0 }, { "popcnt", 1, ECX, 23, 0 },
	{ "aes", 1, ECX, 25, 0 }, { "xsave", 1, ECX, 26, 2 }, { "avx", 1, ECX, 28, AVX },
	{ "lahf_lm", 0x80000001, ECX, 0, 0 }, { "bmi1", 7, EBX, 3, 0 }, { "avx2", 7, EBX, 5, AVX },
	{ "bmi2", 7, EBX, 8, 0 }, { "avx512f", 7, EBX, 16, AVX512 }, { "adx", 7, EBX, 19, 0 },
};

static char text[1 << 20];

static void cpuid(unsigned leaf, unsigned out[4])
{
	__asm__ volatile("cpuid" : "=a"(out[EAX]), "=b"(out[EBX]), "=c"(out[ECX]), "=d"(out[EDX]) : "a"(leaf), "c"(0));
}

static unsigned saved_state(void)
{
	unsigned out[4], low, high;

	cpuid(1, out);
	if (!(out[ECX] & XSAVE_ON))
		return 0;
	__asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
	return low;
}

static int cpu_has(size_t i)
{
	unsigned out[4], leaf = flags[i].leaf;

	cpuid(leaf & 0x80000000, out);
	if (out[EAX] < leaf || (saved_state() & flags[i].state) != flags[i].state)
		return 0;
	cpuid(leaf, out);
	return out[flags[i].place] >> flags[i].bit & 1;
}

static int is_listed(const char *line, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = line; (at = strstr(at, name)); at++)
		if (at[-1] == ' ' && (at[length] == ' ' || at[length] == '\0'))
			return 1;
	return 0;
}

static void check_flags(const char *line)
{
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (is_listed(line, flags[i].name) != cpu_has(i))
			test_fail(__FILE__, __LINE__, "%s:%s", flags[i].name, line);
}

int main(void)
{
	int fd = open("/proc/cpuinfo", O_RDONLY), processors = 0, lines = 0;
	size_t size = 0;
	ssize_t got;
	char *rest;

	while ((got = read(fd, text + size, sizeof(text) - 1 - size)) > 0)
		size += got;
	CHECK_EQ(got, 0);
	for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		if (strncmp(line, "processor\t: ", 12) == 0)
			CHECK_EQ(atoi(line + 12), processors++);
		if (strncmp(line, "flags\t\t: ", 9) == 0) {
			check_flags(line);
			lines++;
		}
	}
	CHECK(processors > 0);
	CHECK_EQ(lines, processors);
	close(fd);
	PASS();
}
