/* Files, processes and the system (unistd.h(0p)). */
#ifndef _UNISTD_H
#define _UNISTD_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define STDIN_FILENO	0
#define STDOUT_FILENO	1
#define STDERR_FILENO	2

#ifndef SEEK_SET
#define SEEK_SET	0
#define SEEK_CUR	1
#define SEEK_END	2
#endif

#define _SC_ARG_MAX		0
#define _SC_CLK_TCK		2
#define _SC_OPEN_MAX		4
#define _SC_VERSION		29
#define _SC_PAGESIZE		30
#define _SC_PAGE_SIZE		30
#define _SC_LINE_MAX		43
#define _SC_IOV_MAX		60
#define _SC_NPROCESSORS_CONF	83
#define _SC_NPROCESSORS_ONLN	84

#define _SC_SEM_VALUE_MAX		33
#define _SC_THREADS			67
#define _SC_THREAD_DESTRUCTOR_ITERATIONS 73
#define _SC_THREAD_KEYS_MAX		74
#define _SC_THREAD_STACK_MIN		75

#define _POSIX_VERSION	200809L

/* Options of POSIX that are there. */
#define _POSIX_BARRIERS			_POSIX_VERSION
#define _POSIX_CLOCK_SELECTION		_POSIX_VERSION
#define _POSIX_MONOTONIC_CLOCK		_POSIX_VERSION
#define _POSIX_READER_WRITER_LOCKS	_POSIX_VERSION
#define _POSIX_SEMAPHORES		_POSIX_VERSION
#define _POSIX_SPAWN			_POSIX_VERSION
#define _POSIX_SPIN_LOCKS		_POSIX_VERSION
#define _POSIX_THREADS			_POSIX_VERSION
#define _POSIX_THREAD_ATTR_STACKADDR	_POSIX_VERSION
#define _POSIX_THREAD_ATTR_STACKSIZE	_POSIX_VERSION
#define _POSIX_THREAD_PROCESS_SHARED	_POSIX_VERSION
#define _POSIX_THREAD_SAFE_FUNCTIONS	_POSIX_VERSION
#define _POSIX_TIMEOUTS			_POSIX_VERSION

extern char **environ;

#define F_OK	0
#define X_OK	1
#define W_OK	2
#define R_OK	4

int access(const char *path, int mode);
int chdir(const char *path);
int chown(const char *path, uid_t owner, gid_t group);
int close(int fd);
int dup(int fd);
int dup2(int from, int to);
int dup3(int from, int to, int flags);
int faccessat(int directory, const char *path, int mode, int flags);
int fchdir(int fd);
int fchown(int fd, uid_t owner, gid_t group);
int fchownat(int directory, const char *path, uid_t owner, gid_t group, int flags);
int fdatasync(int fd);
int fsync(int fd);
int ftruncate(int fd, off_t length);
char *getcwd(char *buffer, size_t size);
int isatty(int fd);
int lchown(const char *path, uid_t owner, gid_t group);
int link(const char *from, const char *to);
int linkat(int from_directory, const char *from, int to_directory, const char *to, int flags);
off_t lseek(int fd, off_t offset, int whence);
int pipe(int fds[2]);
int pipe2(int fds[2], int flags);
ssize_t pread(int fd, void *buffer, size_t count, off_t offset);
ssize_t pwrite(int fd, const void *buffer, size_t count, off_t offset);
ssize_t read(int fd, void *buffer, size_t count);
ssize_t readlink(const char *__restrict path, char *__restrict buffer, size_t size);
ssize_t readlinkat(
	int directory, const char *__restrict path, char *__restrict buffer, size_t size);
int rmdir(const char *path);
int symlink(const char *target, const char *path);
int symlinkat(const char *target, int directory, const char *path);
void sync(void);
int syncfs(int fd);
int truncate(const char *path, off_t length);
int unlink(const char *path);
int unlinkat(int directory, const char *path, int flags);
ssize_t write(int fd, const void *buffer, size_t count);

_Noreturn void _exit(int status);
int execl(const char *path, const char *argument, ...) __attribute__((sentinel));
int execle(const char *path, const char *argument, ...) __attribute__((sentinel(1)));
int execlp(const char *name, const char *argument, ...) __attribute__((sentinel));
int execv(const char *path, char *const argv[]);
int execve(const char *path, char *const argv[], char *const envp[]);
int execvp(const char *name, char *const argv[]);
int execvpe(const char *name, char *const argv[], char *const envp[]);
pid_t fork(void);
pid_t getpgid(pid_t pid);
pid_t getpgrp(void);
pid_t getpid(void);
pid_t getppid(void);
pid_t getsid(pid_t pid);
pid_t gettid(void);
int nice(int more);
int setpgid(pid_t pid, pid_t group);
pid_t setsid(void);
pid_t tcgetpgrp(int fd);
int tcsetpgrp(int fd, pid_t group);
pid_t vfork(void) __attribute__((returns_twice));

gid_t getegid(void);
uid_t geteuid(void);
gid_t getgid(void);
int getgroups(int size, gid_t groups[]);
int getresgid(gid_t *real, gid_t *effective, gid_t *saved);
int getresuid(uid_t *real, uid_t *effective, uid_t *saved);
uid_t getuid(void);
int setegid(gid_t group);
int seteuid(uid_t user);
int setgid(gid_t group);
int setregid(gid_t real, gid_t effective);
int setresgid(gid_t real, gid_t effective, gid_t saved);
int setresuid(uid_t real, uid_t effective, uid_t saved);
int setreuid(uid_t real, uid_t effective);
int setuid(uid_t user);

int brk(void *end);
void *sbrk(intptr_t increment);

unsigned alarm(unsigned seconds);
int pause(void);
unsigned sleep(unsigned seconds);
int usleep(useconds_t microseconds);

extern char *optarg;
extern int optind, opterr, optopt;
int getopt(int argc, char *const argv[], const char *options);

int getentropy(void *buffer, size_t size);
int gethostname(char *name, size_t size);
int getpagesize(void);
long syscall(long number, ...);
long sysconf(int name);

#endif
