/* After fork, neither side sees what the other writes, whoever writes first, and pages that nobody
 * writes stay the same. */
#include "mapping.h"

#define PAGES	300

static char *pages;
static char data[3 * PAGE] = "data";

static void fill(char value)
{
	for (size_t i = 0; i < PAGES; i++)
		memset(pages + i * PAGE, value + (char)(i % 3), PAGE);
}

static void check(size_t i, char value)
{
	for (size_t byte = 0; byte < PAGE; byte += 64)
		CHECK_EQ(pages[i * PAGE + byte], value);
}

static void wait_for(int fd)
{
	char byte;

	CHECK_EQ(read(fd, &byte, 1), 1);
}

static void tell(int fd)
{
	CHECK_EQ(write(fd, "", 1), 1);
}

/* Before: page i holds 10 + i % 3. The child writes every fourth, the parent every fifth, each
 * before and after the other. */
static void child(int from_parent, int to_parent)
{
	for (size_t i = 0; i < PAGES; i += 4)
		memset(pages + i * PAGE, 50, PAGE);
	strcpy(data, "child");
	tell(to_parent);
	wait_for(from_parent);
	for (size_t i = 0; i < PAGES; i++)
		check(i, i % 4 == 0 ? 50 : (char)(10 + i % 3));
	CHECK_STR(data, "child");
	for (size_t i = 0; i < PAGES; i += 5)
		memset(pages + i * PAGE, 60, PAGE);
	tell(to_parent);
	_exit(0);
}

static void parent(int from_child, int to_child)
{
	wait_for(from_child);
	for (size_t i = 0; i < PAGES; i++)
		check(i, (char)(10 + i % 3));
	CHECK_STR(data, "data");
	for (size_t i = 0; i < PAGES; i += 5)
		memset(pages + i * PAGE, 70, PAGE);
	strcpy(data, "parent");
	tell(to_child);
	wait_for(from_child);
	for (size_t i = 0; i < PAGES; i++)
		check(i, i % 5 == 0 ? 70 : (char)(10 + i % 3));
	CHECK_STR(data, "parent");
}

int main(void)
{
	int to_child[2], to_parent[2], status;
	pid_t pid;

	pages = map_pages(PAGES);
	fill(10);
	CHECK_EQ(pipe(to_child), 0);
	CHECK_EQ(pipe(to_parent), 0);
	pid = fork();
	CHECK(pid >= 0);
	if (pid == 0)
		child(to_child[0], to_parent[1]);
	parent(to_parent[0], to_child[1]);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(status, 0);
	fill(20);
	for (size_t i = 0; i < PAGES; i++)
		check(i, (char)(20 + i % 3));
	PASS();
}
