/* Directories (readdir(3)). */
#ifndef _DIRENT_H
#define _DIRENT_H

#include <sys/types.h>

struct dirent {
	ino_t d_ino;
	off_t d_off;
	unsigned short d_reclen;
	unsigned char d_type;
	char d_name[256];
};

#define DT_UNKNOWN	0
#define DT_FIFO		1
#define DT_CHR		2
#define DT_DIR		4
#define DT_BLK		6
#define DT_REG		8
#define DT_LNK		10
#define DT_SOCK		12

typedef struct __directory DIR;

int alphasort(const struct dirent **left, const struct dirent **right);
int closedir(DIR *directory);
int dirfd(DIR *directory);
DIR *fdopendir(int fd);
ssize_t getdents64(int fd, void *buffer, size_t size);
DIR *opendir(const char *path);
struct dirent *readdir(DIR *directory);
void rewinddir(DIR *directory);
int scandir(const char *path, struct dirent ***list, int (*select)(const struct dirent *),
	    int (*compare)(const struct dirent **, const struct dirent **));
void seekdir(DIR *directory, long position);
long telldir(DIR *directory);

#endif
