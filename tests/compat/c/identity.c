/* Who the process is and what it may have: ids, limits, groups, names, times. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
	struct rlimit limit = { 0, 0 };
	struct rusage usage;
	struct utsname name;
	struct tms times_used;
	int status, next, last = 0;

	printf("real and effective agree: %d %d\n", getuid() == geteuid(), getgid() == getegid());
	uname(&name);
	printf("on %s\n", name.machine);
	printf("page size %ld\n", sysconf(_SC_PAGESIZE));
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = 20;
	printf("limit set: %d\n", setrlimit(RLIMIT_NOFILE, &limit));
	getrlimit(RLIMIT_NOFILE, &limit);
	printf("limit got: %ld\n", (long)limit.rlim_cur);
	while ((next = dup(1)) >= 0)
		last = next;
	printf("the last is %d, then %s\n", last, strerror(errno));
	getrusage(RUSAGE_SELF, &usage);
	printf("used: %d\n", usage.ru_maxrss > 0);
	printf("times: %d\n", times(&times_used) != -1);
	fflush(stdout);
	if (fork() == 0) {
		printf("new session: %d\n", setsid() == getpid());
		printf("its group: %d, its session: %d\n", getpgrp() == getpid(), getsid(0) == getpid());
		fflush(stdout);
		_exit(umask(077) == umask(022));
	}
	wait(&status);
	printf("umask: %d\n", WEXITSTATUS(status));
	return 0;
}
