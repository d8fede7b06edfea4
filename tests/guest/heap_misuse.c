/* Misuse ends the program with SIGABRT and one line, "malloc: what: address", and never with a
 * fault: pointers that are not live blocks, to free, realloc and malloc_usable_size, and fences
 * and links that were written over. */
#include <stdint.h>

#include "heap_calls.h"
#include "test.h"

/* Volatile, so that the compiler does not see what is done with them. */
static char *volatile p, *volatile q;
static _Alignas(16) char data[64];

static void two(size_t size)
{
	p = malloc(size);
	q = malloc(size);
	memset(p, 'p', size);
	memset(q, 'q', size);
}

/* Blocks of more than 1024 bytes end with a fence. */
static void twice(void) { two(40); free(p); free(p); }
static void twice_apart(void) { two(40); free(p); free(q); free(p); }
static void twice_merged(void) { two(5000); free(p); free(q); free(q); }
static void twice_large(void) { p = malloc(64 << 20); free(p); free(p); }
static void twice_kept(void) { two(1 << 20); free(p); free(p); }
static void interior_small(void) { two(100); p += 32; free(p); }
static void interior(void) { two(5000); p += 32; free(p); }
static void interior_large(void) { p = malloc(1 << 20); p += 8192; free(p); }
static void misaligned_small(void) { two(100); p += 4; free(p); }
static void misaligned(void) { two(5000); p += 4; free(p); }
static void never_given(void) { two(100); p += 112 * 400; free(p); }
static void on_stack(void) { _Alignas(16) char here[64]; two(40); p = here + 16; free(p); }
static void in_data(void) { two(40); p = data; free(p); }
static void wild(void) { two(40); p = (char *)0x1000; free(p); }
static void before_any(void) { p = data + 16; free(p); }
static void of_kernel(void) { two(40); p = (char *)(uintptr_t)0xffffffff80000000; free(p); }
static void no_address(void) { two(40); p = (char *)(uintptr_t)0x4141414141414140; free(p); }
static void of_code(void) { two(40); p = (char *)((uintptr_t)wild & -(uintptr_t)16); free(p); }
static void beyond(size_t by) { memset(p + malloc_usable_size(p), 'x', by); }
static void overrun(void) { two(2000); beyond(16); free(p); }
static void overrun_by_one(void) { two(1025); beyond(1); free(p); }
static void overrun_page(void) { two(50000); beyond(1); free(p); }
static void overrun_grown(void) { two(20000); p = realloc(p, 30000); beyond(1); free(p); }
static void overrun_aligned(void) { p = aligned_alloc(4096, 5000); beyond(8); free(p); }
static void underrun(void) { two(2000); q = q > p ? q : p; q[-8] ^= 1; free(q - 2048); }
static void written_middle(void) { two(5000); free(p); p[5] ^= 1; for (int i = 0; i < 20; i++) q = malloc(5000); }
static void all_out(void) { for (int i = 0; i < 9000; i++) q = malloc(40); }
static void written_small(void) { two(40); free(p); memset(p, 'x', 40); all_out(); }
static void written_zeros(void) { two(40); free(p); memset(p, 0, 40); all_out(); }
static void written_byte(void) { two(40); free(p); p[0]++; all_out(); }
static void written_bit(void) { two(40); free(p); p[7] ^= 64; all_out(); }
static void overrun_small(void) { two(40); free(q); memset(p, 'x', 49); all_out(); }
static void realloc_freed(void) { two(40); free(p); p = realloc(p, 100); }
static void realloc_freed_merged(void) { two(5000); free(p); p = realloc(p, 100); }
static void realloc_interior(void) { two(100); p += 16; p = realloc(p, 200); }
static void realloc_wild(void) { two(40); p = (char *)0x1000; p = realloc(p, 100); }
static void realloc_data(void) { two(40); p = data; p = realloc(p, 9); }
static void realloc_misaligned(void) { two(5000); p += 4; p = realloc(p, 100); }
static void realloc_overrun(void) { two(2000); beyond(1); p = realloc(p, 9000); }
static void realloc_overrun_page(void) { two(50000); beyond(1); p = realloc(p, 50000); }
static void overrun_large(void) { two(127 << 10); beyond(1); free(p); }
static void usable_freed(void) { two(40); free(p); malloc_usable_size(p); }
static void usable_interior(void) { two(5000); malloc_usable_size(p + 16); }
static void usable_data(void) { two(40); p = data; malloc_usable_size(p); }
static void usable_overrun(void) { two(2000); beyond(1); malloc_usable_size(p); }
static void usable_wild(void) { two(40); p = (char *)0x1000; malloc_usable_size(p); }

static const struct misuse {
	void (*commit)(void);
	const char *name, *words;
} misuses[] = {
#define MISUSE(function, words) { function, #function, words }
	MISUSE(twice, "double free"),
	MISUSE(twice_apart, "double free"),
	MISUSE(twice_merged, "double free"),
	MISUSE(twice_large, "double free"),
	MISUSE(twice_kept, "double free"),
	MISUSE(interior_small, "interior pointer"),
	MISUSE(interior, "interior pointer"),
	MISUSE(interior_large, "interior pointer"),
	MISUSE(misaligned_small, "misaligned pointer"),
	MISUSE(misaligned, "misaligned pointer"),
	MISUSE(never_given, "interior pointer"),
	MISUSE(on_stack, "invalid pointer"),
	MISUSE(in_data, "invalid pointer"),
	MISUSE(wild, "invalid pointer"),
	MISUSE(before_any, "invalid pointer"),
	MISUSE(of_kernel, "invalid pointer"),
	MISUSE(no_address, "invalid pointer"),
	MISUSE(of_code, "invalid pointer"),
	MISUSE(overrun, "overrun"),
	MISUSE(overrun_by_one, "overrun"),
	MISUSE(overrun_page, "overrun"),
	MISUSE(overrun_grown, "overrun"),
	MISUSE(overrun_aligned, "overrun"),
	MISUSE(underrun, "overrun"),
	MISUSE(written_middle, "overwritten"),
	MISUSE(written_small, "overwritten"),
	MISUSE(written_zeros, "overwritten"),
	MISUSE(written_byte, "overwritten"),
	MISUSE(written_bit, "overwritten"),
	MISUSE(overrun_small, "overwritten"),
	MISUSE(realloc_freed, "double free"),
	MISUSE(realloc_freed_merged, "double free"),
	MISUSE(realloc_interior, "interior pointer"),
	MISUSE(realloc_wild, "invalid pointer"),
	MISUSE(realloc_data, "invalid pointer"),
	MISUSE(realloc_misaligned, "misaligned pointer"),
	MISUSE(realloc_overrun, "overrun"),
	MISUSE(realloc_overrun_page, "overrun"),
	MISUSE(overrun_large, "overrun"),
	MISUSE(usable_data, "invalid pointer"),
	MISUSE(usable_overrun, "overrun"),
	MISUSE(usable_freed, "double free"),
	MISUSE(usable_interior, "interior pointer"),
	MISUSE(usable_wild, "invalid pointer"),
};

/* What the child says on standard error. */
static void expect(const struct misuse *m)
{
	char text[200];
	int ends[2], status;
	ssize_t got, length = 0;
	pid_t child;

	CHECK_EQ(pipe(ends), 0);
	child = fork();
	CHECK(child >= 0);
	if (!child) {
		dup2(ends[1], STDERR_FILENO);
		m->commit();
		_exit(0);
	}
	close(ends[1]);
	while ((got = read(ends[0], text + length, sizeof(text) - 1 - length)) > 0)
		length += got;
	text[length] = '\0';
	close(ends[0]);
	CHECK_EQ(waitpid(child, &status, 0), child);
	if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT ||
	    strncmp(text, "malloc: ", 8) || !strstr(text, m->words) || !strstr(text, ": 0x") ||
	    strchr(text, '\n') != text + length - 1)
		test_fail(__FILE__, __LINE__, "%s: status 0x%x, says \"%s\"", m->name, status, text);
}

int main(void)
{
	for (size_t i = 0; i < sizeof(misuses) / sizeof(*misuses); i++)
		expect(&misuses[i]);
	PASS();
}
