/* Waiting for children (wait(2)). */
#ifndef _SYS_WAIT_H
#define _SYS_WAIT_H

#include <sys/resource.h>
#include <sys/types.h>

#define WNOHANG		1
#define WUNTRACED	2
#define WCONTINUED	8
#define __WNOTHREAD	0x20000000
#define __WALL		0x40000000
#define __WCLONE	0x80000000

#define WEXITSTATUS(status)	(((status) >> 8) & 0xff)
#define WTERMSIG(status)	((status) & 0x7f)
#define WSTOPSIG(status)	WEXITSTATUS(status)
#define WCOREDUMP(status)	((status) & 0x80)
#define WIFEXITED(status)	(WTERMSIG(status) == 0)
#define WIFSTOPPED(status)	(((status) & 0xff) == 0x7f)
#define WIFSIGNALED(status)	(!WIFEXITED(status) && !WIFSTOPPED(status) && !WIFCONTINUED(status))
#define WIFCONTINUED(status)	((status) == 0xffff)

pid_t wait(int *status);
pid_t wait3(int *status, int options, struct rusage *usage);
pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage);
pid_t waitpid(pid_t pid, int *status, int options);

#endif
