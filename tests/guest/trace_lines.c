/* strace says what a program does, byte for byte, but for addresses and the numbers of processes: of
 * one, of its children and threads, and in sums.
 *
 * guest-only: our strace and /dev/trace are not on Linux */
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "test.h"

#define OUTPUT	"lines"

static char *self;

/* The programs that are traced. */

static void simple(void)
{
	char buffer[64] = "";
	void *place = (void *)0x10000;

	syscall(SYS_openat, AT_FDCWD, "/no\tsuch", O_RDONLY | O_CLOEXEC, 0);
	int fd = syscall(SYS_openat, AT_FDCWD, "file \"x\"", O_RDWR | O_CREAT | O_TRUNC | O_SYNC, 0640);
	syscall(SYS_write, fd, "a\0b\\\177\377\n and then more than thirty-two bytes", 43);
	syscall(SYS_lseek, fd, -3l, SEEK_END);
	syscall(SYS_read, fd, buffer, sizeof(buffer));
	syscall(SYS_read, -1, buffer, sizeof(buffer));
	syscall(SYS_fchmodat, -5, NULL, 0);
	syscall(SYS_mmap, place, 4096ul, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS, -1, 0l);
	syscall(SYS_munmap, place, 4096ul);
	syscall(SYS_kill, getpid(), SIGCHLD);
	syscall(SYS_unlinkat, AT_FDCWD, "file \"x\"", 0);
	syscall(333, 1, 2, 3);
	syscall(SYS_exit_group, 7);
}

static const char simple_lines[] =
	"openat(AT_FDCWD, \"/no\\tsuch\", O_RDONLY|O_CLOEXEC) = -1 ENOENT (No such file or directory)\n"
	"openat(AT_FDCWD, \"file \\\"x\\\"\", O_RDWR|O_SYNC|O_CREAT|O_TRUNC, 0640) = 3\n"
	"write(3, \"a\\000b\\\\\\177\\377\\n and then more than thirt\"..., 43) = 43\n"
	"lseek(3, -3, SEEK_END) = 40\n"
	"read(3, \"tes\", 64) = 3\n"
	"read(-1, ADDRESS, 64) = -1 EBADF (Bad file descriptor)\n"
	"fchmodat(-5, NULL, 0) = -1 EFAULT (Bad address)\n"
	"mmap(ADDRESS, 4096, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_FIXED|MAP_ANONYMOUS, -1, 0) = ADDRESS\n"
	"munmap(ADDRESS, 4096) = 0\n"
	"kill(PID, SIGCHLD) = 0\n"
	"--- SIGCHLD {si_signo=SIGCHLD, si_code=SI_USER, si_pid=PID, si_uid=0} ---\n"
	"unlinkat(AT_FDCWD, \"file \\\"x\\\"\", 0) = 0\n"
	"exit_group(7) = ?\n"
	"+++ exited with 7 +++\n";

/* The child waits until its parent has returned from fork, or either might come first. */
static void forked(void)
{
	int ends[2];
	char go;

	CHECK_EQ(pipe(ends), 0);
	syscall(SYS_getpgid, 0);
	pid_t child = syscall(SYS_fork);
	if (child == 0) {
		CHECK_EQ(read(ends[0], &go, 1), 1);
		syscall(SYS_getpgid, -1);
		execl(self, self, "become", (char *)NULL);
		_exit(1);
	}
	CHECK_EQ(write(ends[1], "", 1), 1);
	waitpid(child, NULL, 0);
	syscall(SYS_kill, getpid(), SIGKILL);
}

static const char forked_lines[] =
	"execve(\"SELF\", ADDRESS, ADDRESS) = 0\n"
	"getpgid(0) = PID\n"
	"[pid PID] fork() = PID\n"
	"[pid PID] getpgid(-1) = -1 ESRCH (No such process)\n"
	"[pid PID] execve(\"SELF\", ADDRESS, ADDRESS) = 0\n"
	"[pid PID] exit_group(3) = ?\n"
	"[pid PID] +++ exited with 3 +++\n"
	"--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=PID, si_uid=0, si_status=3} ---\n"
	"kill(PID, SIGKILL) = 0\n"
	"+++ killed by SIGKILL +++\n";

static void *in_thread(void *argument)
{
	(void)argument;
	syscall(SYS_getpgid, -2);
	return NULL;
}

static void threaded(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, in_thread, NULL);
	pthread_join(thread, NULL);
	syscall(SYS_getpgid, -3);
}

static const char threaded_lines[] =
	"[pid PID] getpgid(-2) = -1 ESRCH (No such process)\n"
	"[pid PID] +++ exited with 0 +++\n"
	"getpgid(-3) = -1 ESRCH (No such process)\n"
	"+++ exited with 0 +++\n";

static volatile sig_atomic_t handled;

static void handler(int signal)
{
	handled += signal;
}

static void signalled(void)
{
	signal(SIGUSR1, handler);
	syscall(SYS_kill, getpid(), SIGUSR1);
	syscall(SYS_getpgid, -4);
}

static const char signalled_lines[] =
	"kill(PID, SIGUSR1) = 0\n"
	"--- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=PID, si_uid=0} ---\n"
	"rt_sigreturn() = ?\n"
	"getpgid(-4) = -1 ESRCH (No such process)\n"
	"+++ exited with 0 +++\n";

/* Signals that have no handler: ignored, harmless, fatal. A call that one breaks off is made again. */
static void unhandled(void)
{
	signal(SIGUSR2, SIG_IGN);
	syscall(SYS_kill, getpid(), SIGUSR2);
	syscall(SYS_tkill, syscall(SYS_gettid), SIGWINCH);
	syscall(SYS_kill, getpid(), SIGHUP);
}

static const char unhandled_lines[] =
	"kill(PID, SIGUSR2) = 0\n"
	"--- SIGUSR2 {si_signo=SIGUSR2, si_code=SI_USER, si_pid=PID, si_uid=0} ---\n"
	"tkill(PID, SIGWINCH) = 0\n"
	"--- SIGWINCH {si_signo=SIGWINCH, si_code=SI_TKILL, si_pid=PID, si_uid=0} ---\n"
	"kill(PID, SIGHUP) = 0\n"
	"--- SIGHUP {si_signo=SIGHUP, si_code=SI_USER, si_pid=PID, si_uid=0} ---\n"
	"+++ killed by SIGHUP +++\n";

static void faulting(void)
{
	char *volatile nowhere = (char *)0x10;

	*nowhere = 1;
}

static const char faulting_lines[] =
	"--- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=ADDRESS} ---\n"
	"+++ killed by SIGSEGV +++\n";

/* Its parent lets it go on as soon as it stands. */
static void stopping(void)
{
	int status;

	pid_t child = fork();
	if (child == 0) {
		syscall(SYS_kill, getpid(), SIGSTOP);
		_exit(0);
	}
	CHECK(wait4(child, &status, WUNTRACED, NULL) == child && WIFSTOPPED(status));
	syscall(SYS_kill, child, SIGCONT);
	CHECK(wait4(child, &status, 0, NULL) == child && status == 0);
}

static const char stopping_lines[] =
	"[pid PID] kill(PID, SIGSTOP) = 0\n"
	"[pid PID] --- SIGSTOP {si_signo=SIGSTOP, si_code=SI_USER, si_pid=PID, si_uid=0} ---\n"
	"[pid PID] --- stopped by SIGSTOP ---\n"
	"[pid PID] --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_STOPPED, si_pid=PID, si_uid=0, "
		"si_status=SIGSTOP} ---\n";

static void flagged(void)
{
	int ends[2];

	syscall(SYS_pipe2, ends, 0);
	syscall(SYS_pipe2, ends, O_CLOEXEC | O_NONBLOCK);
	syscall(SYS_dup3, 0, 9, O_CLOEXEC);
	syscall(SYS_dup3, 0, 0, 1);
}

static const char flagged_lines[] =
	"pipe2(ADDRESS, 0) = 0\n"
	"pipe2(ADDRESS, O_NONBLOCK|O_CLOEXEC) = 0\n"
	"dup3(0, 9, O_CLOEXEC) = 9\n"
	"dup3(0, 0, ADDRESS) = -1 EINVAL (Invalid argument)\n"
	"+++ exited with 0 +++\n";

static void counted(void)
{
	for (int i = 0; i < 5; i++)
		syscall(SYS_getpgid, i < 2 ? -1 : 0);
	syscall(SYS_alarm, 0);
}

static const char counted_lines[] =
	"     calls     errors  call\n"
	"         5          2  getpgid\n"
	"         1          0  alarm\n"
	"         6          2  in all\n";

/* Numbers after these words, and all hexadecimal ones, are masked. */
static void mask(const char *from, char *to)
{
	static const char *const before[] = { "[pid ", "kill(", "tkill(", "fork() = ", "getpgid(0) = ",
		"si_pid=" };

	while (*from) {
		const char *word = NULL;
		for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++)
			if (strncmp(from, before[i], strlen(before[i])) == 0)
				word = before[i];
		if (word) {
			memcpy(to, from, strlen(word));
			to = stpcpy(to + strlen(word), "PID");
			from += strlen(word);
			from += strspn(from, "0123456789");
		} else if (strncmp(from, "0x", 2) == 0) {
			to = stpcpy(to, "ADDRESS");
			from += 2 + strspn(from + 2, "0123456789abcdef");
		} else if (strncmp(from, self, strlen(self)) == 0) {
			to = stpcpy(to, "SELF");
			from += strlen(self);
		} else {
			*to++ = *from++;
		}
	}
	*to = '\0';
}

static const char *lines_of(const char *calls, const char *what, int expected)
{
	static char said[8192], masked[16384];
	int status;

	pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		const char *mode = strcmp(what, "counted") == 0 ? "-cfo" : "-fo";
		execl("/bin/strace", "strace", mode, OUTPUT, "-e", calls, self, what, (char *)NULL);
		_exit(126);
	}
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, expected);
	int fd = open(OUTPUT, O_RDONLY);
	CHECK(fd >= 0);
	long size = read(fd, said, sizeof(said) - 1);
	CHECK(size >= 0);
	said[size] = '\0';
	close(fd);
	CHECK_EQ(unlink(OUTPUT), 0);
	mask(said, masked);
	return masked;
}

static void check(const char *calls, const char *what, int expected, const char *lines)
{
	CHECK_STR(lines_of(calls, what, expected), lines);
}

/* What comes then, comes from two processes at once. */
static void check_beginning(const char *calls, const char *what, const char *lines)
{
	char beginning[1024];

	snprintf(beginning, strlen(lines) + 1, "%s", lines_of(calls, what, 0));
	CHECK_STR(beginning, lines);
}

static int be(const char *what)
{
	if (strcmp(what, "simple") == 0)
		simple();
	else if (strcmp(what, "forked") == 0)
		forked();
	else if (strcmp(what, "threaded") == 0)
		threaded();
	else if (strcmp(what, "signalled") == 0)
		signalled();
	else if (strcmp(what, "unhandled") == 0)
		unhandled();
	else if (strcmp(what, "faulting") == 0)
		faulting();
	else if (strcmp(what, "stopping") == 0)
		stopping();
	else if (strcmp(what, "flagged") == 0)
		flagged();
	else if (strcmp(what, "counted") == 0)
		counted();
	else
		_exit(3);
	_exit(0);
}

int main(int argc, char **argv)
{
	self = argv[0];
	if (argc > 1)
		return be(argv[1]);
	check("trace=openat,write,lseek,read,fchmodat,mmap,munmap,kill,unlinkat,exit_group", "simple",
		7 << 8, simple_lines);
	check("execve,fork,getpgid,kill,exit_group", "forked", SIGKILL, forked_lines);
	check("getpgid", "threaded", 0, threaded_lines);
	check("kill,rt_sigreturn,getpgid", "signalled", 0, signalled_lines);
	check("kill,tkill", "unhandled", SIGHUP, unhandled_lines);
	check("kill", "faulting", SIGSEGV, faulting_lines);
	check("pipe2,dup3", "flagged", 0, flagged_lines);
	check_beginning("kill", "stopping", stopping_lines);
	check("getpgid,alarm", "counted", 0, counted_lines);
	PASS();
}
