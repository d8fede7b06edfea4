/* Directories: made, listed, walked up and down, removed. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROOT	"compat-directory"
#define FILES	300

static void list(const char *path)
{
	struct dirent **names;
	struct stat status;
	int count = scandir(path, &names, NULL, alphasort);

	printf("%s: %d names\n", path, count);
	for (int i = 0; i < count; i++) {
		char name[600];

		snprintf(name, sizeof(name), "%s/%s", path, names[i]->d_name);
		stat(name, &status);
		if (i >= 2 && i < 5)
			printf("  %s %s %o\n", names[i]->d_name,
			       S_ISDIR(status.st_mode) ? "directory" : "file", status.st_mode & 0777);
		free(names[i]);
	}
	free(names);
}

int main(void)
{
	char name[64], where[256];
	DIR *directory;
	int seen = 0;
	long place;

	umask(022);
	mkdir(ROOT, 0755);
	mkdir(ROOT "/below", 0700);
	for (int i = 0; i < FILES; i++) {
		snprintf(name, sizeof(name), ROOT "/file-%03d", i);
		close(open(name, O_CREAT | O_WRONLY | O_EXCL, 0640));
	}
	printf("again: %s\n", mkdir(ROOT, 0755) < 0 ? strerror(errno) : "made");
	list(ROOT);
	directory = opendir(ROOT);
	readdir(directory);
	place = telldir(directory);
	strcpy(name, readdir(directory)->d_name);
	while (readdir(directory))
		seen++;
	seekdir(directory, place);
	printf("%d more; the same after seekdir: %d\n", seen,
	       strcmp(name, readdir(directory)->d_name) == 0);
	rewinddir(directory);
	for (seen = 0; readdir(directory);)
		seen++;
	printf("rewound: %d\n", seen);
	closedir(directory);
	chdir(ROOT "/below");
	getcwd(where, sizeof(where));
	printf("in %s\n", strstr(where, ROOT));
	chdir("../..");
	printf("full: %s\n", rmdir(ROOT) < 0 ? strerror(errno) : "removed");
	for (int i = 0; i < FILES; i++) {
		snprintf(name, sizeof(name), ROOT "/file-%03d", i);
		unlink(name);
	}
	rmdir(ROOT "/below");
	printf("removed: %d\n", rmdir(ROOT));
	printf("gone: %s\n", opendir(ROOT) ? "no" : strerror(errno));
	return 0;
}
