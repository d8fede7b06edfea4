/* System calls from C. Calls that have a stub are functions of the same name with two underscores
 * in front, made from abi/syscalls.def; they set errno and return -1. For the others, and where
 * errno must not be touched, syscall0() to syscall6() issue the call by number and return what the
 * kernel returns: the result, or -errno. */
#ifndef INTERNAL_SYSCALL_H
#define INTERNAL_SYSCALL_H

#include <sys/syscall.h>
#include <sys/types.h>

struct iovec;
struct rlimit;
struct rusage;
struct stat;
struct timespec;
struct utsname;

static inline long syscall6(long number, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result;

	__asm__ volatile ("syscall" : "=a" (result)
			  : "a" (number), "D" (a), "S" (b), "d" (c), "r" (r10), "r" (r8), "r" (r9)
			  : "rcx", "r11", "memory");
	return result;
}

static inline long syscall4(long number, long a, long b, long c, long d)
{
	register long r10 __asm__("r10") = d;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10)
			 : "rcx", "r11", "memory");
	return result;
}

static inline long syscall3(long number, long a, long b, long c)
{
	long result;

	__asm__ volatile ("syscall" : "=a" (result)
			  : "a" (number), "D" (a), "S" (b), "d" (c) : "rcx", "r11", "memory");
	return result;
}

static inline long syscall2(long number, long a, long b)
{
	long result;

	__asm__ volatile ("syscall" : "=a" (result)
			  : "a" (number), "D" (a), "S" (b) : "rcx", "r11", "memory");
	return result;
}

static inline long syscall1(long number, long a)
{
	long result;

	__asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a) : "rcx", "r11", "memory");
	return result;
}

static inline long syscall0(long number)
{
	long result;

	__asm__ volatile ("syscall" : "=a" (result) : "a" (number) : "rcx", "r11", "memory");
	return result;
}

/* Sets errno from a kernel's result that is an error (-errno) and returns -1. */
long __syscall_error(long result);

/* Turns what the kernel returned into what a C function returns. */
static inline long syscall_return(long result)
{
	return (unsigned long)result >= -4095UL ? __syscall_error(result) : result;
}

int __close(int fd);
int __clock_gettime(clockid_t clock, struct timespec *time);
int __dup3(int from, int to, int flags);
int __execve(const char *path, char *const argv[], char *const envp[]);
int __fcntl(int fd, int command, ...);
int __fstat(int fd, struct stat *status);
ssize_t __getdents64(int fd, void *buffer, size_t size);
pid_t __getpid(void);
ssize_t __getrandom(void *buffer, size_t size, unsigned flags);
int __ioctl(int fd, unsigned long operation, ...);
int __kill(pid_t pid, int signal);
off_t __lseek(int fd, off_t offset, int whence);
int __mprotect(void *address, size_t length, int protection);
int __madvise(void *address, size_t length, int advice);
int __mkdir(const char *path, mode_t mode);
void *__mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset);
void *__mremap(void *address, size_t old, size_t length, int flags, ...);
int __munmap(void *address, size_t length);
int __nanosleep(const struct timespec *time, struct timespec *left);
int __open(const char *path, int flags, ...);
int __openat(int directory, const char *path, int flags, ...);
int __prlimit64(pid_t pid, int resource, const struct rlimit *wanted, struct rlimit *old);
ssize_t __read(int fd, void *buffer, size_t count);
int __sched_yield(void);
int __pipe2(int ends[2], int flags);
int __rmdir(const char *path);
int __unlink(const char *path);
pid_t __wait4(pid_t pid, int *status, int options, struct rusage *usage);
int __tgkill(pid_t process, pid_t thread, int signal);
ssize_t __write(int fd, const void *buffer, size_t count);
ssize_t __writev(int fd, const struct iovec *vector, int count);

#endif
