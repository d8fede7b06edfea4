/* Memory mapped: anonymous, of files, shared with a child, protected. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define NAME	"compat-mappings.bin"
#define SIZE	(64 * 4096)

int main(void)
{
	char page[4096], *file_private, *anonymous, *shared;
	int fd = open(NAME, O_RDWR | O_CREAT | O_TRUNC, 0600), status, sum = 0;

	for (int i = 0; i < 64; i++) {
		memset(page, i, sizeof(page));
		write(fd, page, sizeof(page));
	}
	unlink(NAME);
	file_private = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	for (int i = 0; i < 64; i++)
		sum += file_private[i * 4096 + i];
	printf("sum of a file's pages: %d\n", sum);
	file_private[4096] = 99;
	pread(fd, page, 1, 4096);
	printf("private stays private: %d %d\n", file_private[4096], page[0]);
	close(fd);
	anonymous = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (fork() == 0) {
		anonymous[0] = 'p';
		strcpy(shared, "from the child");
		_exit(0);
	}
	wait(NULL);
	printf("anonymous: %d, shared: %s\n", anonymous[0], shared);
	mprotect(anonymous, 4096, PROT_READ);
	if (fork() == 0) {
		anonymous[0] = 1;
		_exit(0);
	}
	wait(&status);
	printf("protected: signal %d\n", WTERMSIG(status));
	printf("unmapped: %d %d\n", munmap(anonymous, SIZE), munmap(file_private, SIZE));
	printf("not at all: %s\n", mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ?
	       strerror(errno) : "mapped");
	return 0;
}
