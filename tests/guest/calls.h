/* The system calls as data, for tests of all of them: the rows of abi/syscalls.def with the types of
 * their arguments (tools/syscalls.awk), so that a new call is tested without a change here. And a
 * way to try calls that may end, stop or kill who makes them: children do, and the parent watches. */
#ifndef CALLS_H
#define CALLS_H

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>

#include "test.h"

struct user_ptr;
#include <gen/abi.h>
#include <gen/abi_syscall_numbers.h>
#include <gen/syscalls.h>

struct call {
	unsigned long number;
	const char *name;
	unsigned char arg_count, result;	/* enum syscall_kind */
	struct syscall_arg args[6];
};

#define CALL_ARG(name, element, size, count, counted_by, kind) \
	{ name, element, size, count, counted_by, kind },
#define CALL_ROW(number, name, function, full, arg_count) \
	{ number, #name, arg_count, SYSCALL_RESULT_##name, { SYSCALL_ARGS_##name(CALL_ARG) } },
static const struct call calls[] = { SYSCALL_TABLE(CALL_ROW) };

#define CALL_COUNT	(sizeof(calls) / sizeof(calls[0]))
#define PAGE		4096ul

/* The call itself, with nothing of the libc: the caller may have lost its thread's memory. */
#define CALL_RAW __attribute__((no_stack_protector, unused))

CALL_RAW static long call_raw(unsigned long number, const unsigned long *args)
{
	register unsigned long r10 __asm__("r10") = args[3];
	register unsigned long r8 __asm__("r8") = args[4];
	register unsigned long r9 __asm__("r9") = args[5];
	long result;

	__asm__ volatile("syscall"
		: "=a"(result)
		: "a"(number), "D"(args[0]), "S"(args[1]), "d"(args[2]), "r"(r10), "r"(r8), "r"(r9)
		: "rcx", "r11", "memory");
	return result;
}

#define RAW(number, first, second) \
	call_raw(number, (unsigned long[6]){ (unsigned long)(first), (unsigned long)(second) })

/* A call that made a process or a thread (fork, vfork, clone) comes back in that one too, which ends
 * here. */
CALL_RAW static long call_do(const struct call *call, const unsigned long *args, long self)
{
	long result = call_raw(call->number, args);

	if (call->result == SYSCALL_KIND_PID && result == 0 && RAW(ABI_SYS_gettid, 0, 0) != self)
		RAW(ABI_SYS_exit, 0, 0);
	return result;
}

static inline bool call_arg_is_pointer(const struct syscall_arg *arg)
{
	return arg->kind == SYSCALL_KIND_PATH || arg->kind == SYSCALL_KIND_STRINGS ||
		arg->kind == SYSCALL_KIND_IN || arg->kind == SYSCALL_KIND_OUT ||
		arg->kind == SYSCALL_KIND_INOUT;
}

/* What the children work with: memory for arguments that ends where nothing is mapped, memory that
 * calls may change, and a folder in /tmp. */
#define ARENA_SIZE	(16 * PAGE)

static char *arena, *playground;
static char calls_folder[256];

__attribute__((unused))
static char *calls_map(size_t size)
{
	char *memory = mmap(NULL, size + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(memory != MAP_FAILED);
	CHECK_EQ(mprotect(memory + size, PAGE, PROT_NONE), 0);
	return memory;
}

/* Empties a folder, and what is in it. */
__attribute__((unused))
static void calls_clean(const char *path)
{
	char inside[512];
	struct dirent *entry;
	DIR *folder;

	folder = opendir(path);
	CHECK(folder != NULL);
	while ((entry = readdir(folder)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		CHECK(snprintf(inside, sizeof(inside), "%s/%s", path, entry->d_name) < (int)sizeof(inside));
		if (unlink(inside) < 0) {
			calls_clean(inside);
			CHECK_EQ(rmdir(inside), 0);
		}
	}
	closedir(folder);
}

/* Steps number first .. end-1 are done in children by step(number); prepare() comes first in each.
 * A child that dies, or does nothing more for calls_stuck milliseconds and is killed, is followed by
 * one that goes on with the next step; and each multiple of `batch` begins with a new child. A child
 * fails the test by exiting with CALLS_FAILED. */
#define CALLS_FAILED	77

static int calls_stuck = 4;

static struct calls_progress {
	volatile unsigned long at;
} *calls_progress;

static int calls_output;

/* Says why on what was standard output, and ends the test. */
__attribute__((noreturn, format(printf, 1, 2), unused))
static void calls_fail(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vdprintf(calls_output, format, arguments);
	va_end(arguments);
	_exit(CALLS_FAILED);
}

/* The descriptors of the children, from CALLS_FD on. */
#define CALLS_FD	3
#define CALLS_FDS	9

__attribute__((unused))
static void calls_expect(int got, int expected)
{
	if (got != expected)
		calls_fail("preparing gives %d, not %d (errno %d)\n", got, expected, errno);
}

__attribute__((unused))
static void calls_open_files(void)
{
	int null = open("/dev/null", O_RDWR), ends[2];

	if (null < 0)
		calls_expect(null, CALLS_FD);
	for (int fd = 0; fd < 40; fd++)
		if (fd != null)
			close(fd);
	while (dup(null) < 2)
		;
	close(null);
	calls_expect(chdir(calls_folder), 0);
	calls_expect(open("a", O_RDWR | O_CREAT, 0600), CALLS_FD);
	calls_expect(write(CALLS_FD, calls_folder, 100), 100);
	calls_expect(lseek(CALLS_FD, 0, SEEK_SET), 0);
	calls_expect(open(".", O_RDONLY | O_DIRECTORY), CALLS_FD + 1);
	calls_expect(pipe2(ends, O_NONBLOCK), 0);
	calls_expect(ends[1], CALLS_FD + 3);
	calls_expect(write(ends[1], calls_folder, 100), 100);
	calls_expect(open("/dev/zero", O_RDWR), CALLS_FD + 4);
	calls_expect(open("/proc/self/maps", O_RDONLY), CALLS_FD + 5);
	calls_expect(open("/dev/null", O_RDWR), CALLS_FD + 6);
	calls_expect(open("a", O_RDONLY), CALLS_FD + 7);
	calls_expect(open("b", O_WRONLY | O_CREAT | O_APPEND, 0600), CALLS_FD + 8);
	calls_expect(mkdir("d", 0700), 0);
}

/* Waits for the child; its status. */
__attribute__((unused))
static int calls_wait(pid_t child)
{
	unsigned long last = ~0ul;
	int status, still = 0;
	pid_t ended;

	while ((ended = waitpid(child, &status, WNOHANG)) == 0) {
		unsigned long at = calls_progress->at;

		still = at == last ? still + 1 : 0;
		last = at;
		if (still > calls_stuck)
			kill(child, SIGKILL);
		usleep(1000);
	}
	CHECK_EQ(ended, child);
	return status;
}

/* Its children, wherever they have gone. */
__attribute__((unused))
static void calls_kill_children(void)
{
	DIR *processes = opendir("/proc");
	struct dirent *entry;
	char path[300], line[256];
	int parent;

	CHECK(processes);
	while ((entry = readdir(processes))) {
		snprintf(path, sizeof(path), "/proc/%s/stat", entry->d_name);
		FILE *stat = entry->d_name[0] <= '9' ? fopen(path, "r") : NULL;

		if (!stat)
			continue;
		/* The name, in parentheses, can be of any bytes. */
		const char *end = fgets(line, sizeof(line), stat) ? strrchr(line, ')') : NULL;
		if (end && sscanf(end, ") %*c %d", &parent) == 1 && parent == getpid())
			kill(atoi(entry->d_name), SIGKILL);
		fclose(stat);
	}
	closedir(processes);
}

/* What the child has left: its children are this process's now. */
__attribute__((unused))
static void calls_reap(pid_t child)
{
	pid_t ended;
	int tries = 0;

	kill(-child, SIGKILL);
	while ((ended = waitpid(-1, NULL, WNOHANG)) >= 0) {
		if (ended == 0) {
			if (tries++ % 100 == 20)
				calls_kill_children();
			usleep(1000);
		}
	}
}

__attribute__((unused))
static void calls_watch(unsigned long first, unsigned long end, unsigned long batch,
	void (*prepare)(unsigned long first), void (*step)(unsigned long number))
{
	while (first < end) {
		unsigned long stop = first - first % batch + batch;
		pid_t child;
		int status;

		if (stop > end)
			stop = end;
		calls_progress->at = first;
		child = fork();
		CHECK(child >= 0);
		if (child == 0) {
			setpgid(0, 0);
			prepare(first);
			for (; first < stop; first++) {
				calls_progress->at = first;
				step(first);
			}
			RAW(ABI_SYS_exit_group, 0, 0);
		}
		setpgid(child, child);
		status = calls_wait(child);
		calls_reap(child);
		if (WIFEXITED(status) && WEXITSTATUS(status) == CALLS_FAILED)
			_exit(1);
		unsigned long at = calls_progress->at;
		first = at >= first && at < stop ? at + 1 : first + 1;
		calls_clean(calls_folder);
	}
}

__attribute__((unused))
static void calls_init(void)
{
	strcpy(calls_folder, scratch_path("calls"));
	CHECK_EQ(mkdir(calls_folder, 0700), 0);
	calls_progress = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(calls_progress != MAP_FAILED);
	CHECK_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
	calls_output = fcntl(1, F_DUPFD_CLOEXEC, 50);
	CHECK(calls_output >= 50);
	arena = calls_map(ARENA_SIZE);
	playground = calls_map(ARENA_SIZE);
}

__attribute__((unused))
static void calls_end(void)
{
	calls_clean(calls_folder);
	CHECK_EQ(rmdir(calls_folder), 0);
}

#endif
