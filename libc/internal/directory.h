/* An open directory: a buffer of entries as getdents64(2) gives them. */
#ifndef INTERNAL_DIRECTORY_H
#define INTERNAL_DIRECTORY_H

#include <dirent.h>

#define DIRECTORY_BUFFER 4096

struct __directory {
	int fd;
	size_t next, end;	/* entries not yet given out */
	off_t position;		/* the d_off of the entry given out last */
	_Alignas(struct dirent) char buffer[DIRECTORY_BUFFER];
};

#endif
