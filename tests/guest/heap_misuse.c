/* Misuse ends the program with SIGABRT and one line, "malloc: what: address", and never with a
 * fault: pointers that are not live blocks, to free, realloc and malloc_usable_size, and headers
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

static void free_twice(void) { two(40); free(p); free(p); }
static void free_twice_apart(void) { two(40); free(p); free(q); free(p); }
static void free_twice_merged(void) { two(5000); free(p); free(q); free(q); }
static void free_twice_large(void) { p = malloc(1 << 20); free(p); free(p); }
static void free_interior(void) { two(100); p += 32; free(p); }
static void free_interior_large(void) { p = malloc(1 << 20); p += 8192; free(p); }
static void free_misaligned(void) { two(100); p += 4; free(p); }
static void free_stack(void) { _Alignas(16) char here[64]; two(40); p = here + 16; free(p); }
static void free_data(void) { two(40); p = data; free(p); }
static void free_wild(void) { two(40); p = (char *)0x1000; free(p); }
static void free_first(void) { p = data + 16; free(p); }
static void free_kernel(void) { two(40); p = (char *)(uintptr_t)0xffffffff80000000; free(p); }
static void free_text(void) { two(40); p = (char *)(uintptr_t)0x4141414141414140; free(p); }
static void overrun(void) { two(40); memset(p, 'x', 56); free(p); }
static void overrun_below(void) { two(40); memset(p, 'x', 64); free(q); }
static void underrun(void) { two(40); p[-8] ^= 1; free(p); }
static void write_after_free(void) { two(40); free(p); memset(p, 'x', 16); p = malloc(40); }
static void write_after_merge(void) { two(5000); free(p); memset(p, 'x', 16); p = malloc(4800); }
static void realloc_freed(void) { two(40); free(p); p = realloc(p, 100); }
static void realloc_interior(void) { two(100); p += 16; p = realloc(p, 200); }
static void realloc_wild(void) { two(40); p = (char *)0x1000; p = realloc(p, 100); }
static void usable_freed(void) { two(40); free(p); malloc_usable_size(p); }
static void usable_wild(void) { two(40); p = (char *)0x1000; malloc_usable_size(p); }

/* What the child says on standard error. */
static void expect(void (*commit)(void), const char *name, const char *words)
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
		commit();
		_exit(0);
	}
	close(ends[1]);
	while ((got = read(ends[0], text + length, sizeof(text) - 1 - length)) > 0)
		length += got;
	text[length] = '\0';
	close(ends[0]);
	CHECK_EQ(waitpid(child, &status, 0), child);
	if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT ||
	    strncmp(text, "malloc: ", 8) || !strstr(text, words) || !strstr(text, ": 0x") ||
	    strchr(text, '\n') != text + length - 1)
		test_fail(__FILE__, __LINE__, "%s: status 0x%x, says \"%s\"", name, status, text);
}

#define EXPECT(function, words) expect(function, #function, words)

int main(void)
{
	EXPECT(free_twice, "double free");
	EXPECT(free_twice_apart, "double free");
	EXPECT(free_twice_merged, "double free");
	EXPECT(free_twice_large, "invalid pointer");
	EXPECT(free_interior, "interior pointer");
	EXPECT(free_interior_large, "interior pointer");
	EXPECT(free_misaligned, "misaligned pointer");
	EXPECT(free_stack, "invalid pointer");
	EXPECT(free_data, "invalid pointer");
	EXPECT(free_wild, "invalid pointer");
	EXPECT(free_first, "invalid pointer");
	EXPECT(free_kernel, "invalid pointer");
	EXPECT(free_text, "invalid pointer");
	EXPECT(overrun, "overrun");
	EXPECT(overrun_below, "overwritten");
	EXPECT(underrun, "overwritten");
	EXPECT(write_after_free, "overwritten");
	EXPECT(write_after_merge, "overwritten");
	EXPECT(realloc_freed, "double free");
	EXPECT(realloc_interior, "interior pointer");
	EXPECT(realloc_wild, "invalid pointer");
	EXPECT(usable_freed, "double free");
	EXPECT(usable_wild, "invalid pointer");
	PASS();
}
