/* sem_open(3), sem_close(3), sem_unlink(3). A semaphore with a name is a file of one sem_t in
 * /dev/shm, "sem." before its name, which every user of it maps. A new one is filled under another
 * name and then linked to its own, so that nobody opens one that is not ready. A process that opens
 * one twice gets the same address twice, and counts. None of these is a cancellation point. */
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lock.h"
#include "shm_path.h"
#include "syscall.h"

#define PREFIX		"sem."
#define NEW_TRIES	100

struct opened {
	struct opened *next;
	sem_t *semaphore;
	dev_t device;
	ino_t inode;
	unsigned times;
};

static struct opened *all_opened;
int __sem_list_lock;

/* The address of the file's semaphore: the one that the process has, or a new one. */
static sem_t *map_locked(int fd, const struct stat *status)
{
	struct opened *opened = all_opened;

	while (opened && (opened->device != status->st_dev || opened->inode != status->st_ino))
		opened = opened->next;
	if (opened) {
		opened->times++;
		return opened->semaphore;
	}
	opened = malloc(sizeof(*opened));
	if (!opened)
		return SEM_FAILED;
	sem_t *semaphore =
		mmap(NULL, sizeof(*semaphore), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (semaphore == MAP_FAILED) {
		free(opened);
		return SEM_FAILED;
	}
	*opened = (struct opened){ all_opened, semaphore, status->st_dev, status->st_ino, 1 };
	all_opened = opened;
	return semaphore;
}

static sem_t *map(int fd)
{
	sem_t *semaphore = SEM_FAILED;
	struct stat status;

	if (fstat(fd, &status) < 0)
		return SEM_FAILED;
	if (status.st_size < (off_t)sizeof(*semaphore)) {
		errno = EINVAL;
		return SEM_FAILED;
	}
	lock(&__sem_list_lock);
	semaphore = map_locked(fd, &status);
	unlock(&__sem_list_lock);
	return semaphore;
}

static int open_file(const char *path)
{
	return __open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
}

/* A file of which nobody knows yet, and its path. What one of that name is left of, was killed. */
static int open_new(char path[SHM_PATH_SIZE], mode_t mode)
{
	int fd = -1;

	for (unsigned i = 0; i < NEW_TRIES && fd < 0; i++) {
		snprintf(path, SHM_PATH_SIZE, SHM_FOLDER PREFIX "new.%d.%u", (int)gettid(), i);
		fd = __open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
		if (fd < 0 && errno != EEXIST)
			break;
	}
	return fd;
}

/* -1 with EEXIST if there is one of that name. */
static int create_file(const char *path, mode_t mode, unsigned value)
{
	char new_path[SHM_PATH_SIZE];
	int fd = open_new(new_path, mode);
	sem_t first;

	if (fd < 0)
		return -1;
	sem_init(&first, 1, value);
	bool made = __write(fd, &first, sizeof(first)) == sizeof(first) &&
		link(new_path, path) == 0;
	int error = errno;
	unlink(new_path);
	if (made)
		return fd;
	__close(fd);
	errno = error;
	return -1;
}

sem_t *sem_open(const char *name, int flags, ...)
{
	char path[SHM_PATH_SIZE];
	unsigned value = 0;
	mode_t mode = 0;
	int fd = -1;

	if (flags & O_CREAT) {
		va_list arguments;
		va_start(arguments, flags);
		mode = va_arg(arguments, mode_t);
		value = va_arg(arguments, unsigned);
		va_end(arguments);
	}
	if (!__shm_path(path, PREFIX, name))
		return SEM_FAILED;
	if (flags & O_CREAT && value > SEM_VALUE_MAX) {
		errno = EINVAL;
		return SEM_FAILED;
	}
	/* Between the two, others may make one of that name or remove it. */
	do {
		if (!(flags & O_CREAT && flags & O_EXCL))
			fd = open_file(path);
		if (fd < 0 && flags & O_CREAT && (flags & O_EXCL || errno == ENOENT))
			fd = create_file(path, mode, value);
	} while (fd < 0 && errno == EEXIST && !(flags & O_EXCL));
	if (fd < 0)
		return SEM_FAILED;
	sem_t *semaphore = map(fd);
	int error = errno;
	__close(fd);
	errno = error;
	return semaphore;
}

int sem_close(sem_t *semaphore)
{
	struct opened **link = &all_opened, *opened;

	lock(&__sem_list_lock);
	while ((opened = *link) && opened->semaphore != semaphore)
		link = &opened->next;
	bool last = opened && --opened->times == 0;
	if (last)
		*link = opened->next;
	unlock(&__sem_list_lock);
	if (!opened) {
		errno = EINVAL;
		return -1;
	}
	if (last) {
		munmap(semaphore, sizeof(*semaphore));
		free(opened);
	}
	return 0;
}

int sem_unlink(const char *name)
{
	char path[SHM_PATH_SIZE];

	return __shm_path(path, PREFIX, name) ? unlink(path) : -1;
}
