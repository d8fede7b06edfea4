/* PR_SET_PDEATHSIG (prctl(2)): a child hears of the end of the thread that forked it, and of whoever takes its place. */
#include "test.h"

#include <pthread.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <time.h>

#define OTHER	1000	/* a user who is nobody else here */

static int ready[2];	/* a child says that it has asked */
static int over[2];	/* and how it went */

static int asked(void)
{
	int signal = -1;

	CHECK_EQ(prctl(PR_GET_PDEATHSIG, &signal), 0);
	return signal;
}

static void set_and_get(void)
{
	CHECK_EQ(asked(), 0);
	CHECK_ERRNO(prctl(PR_SET_PDEATHSIG, 65), EINVAL);
	CHECK_ERRNO(prctl(PR_SET_PDEATHSIG, -1), EINVAL);
	CHECK_EQ(prctl(PR_SET_PDEATHSIG, 64), 0);
	CHECK_EQ(asked(), 64);
	CHECK_EQ(prctl(PR_SET_PDEATHSIG, 0), 0);
	CHECK_EQ(asked(), 0);
	CHECK_EQ(prctl(PR_SET_PDEATHSIG, SIGUSR1), 0);
}

/* A child begins without. */
static void child_asked_nothing(void)
{
	CHECK_EQ(asked(), 0);
}

static void *thread_asked_nothing(void *unused)
{
	(void)unused;
	CHECK_EQ(asked(), 0);
	CHECK_EQ(prctl(PR_SET_PDEATHSIG, SIGUSR2), 0);
	return NULL;
}

static void block(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGUSR1);
	CHECK_EQ(sigprocmask(SIG_BLOCK, set, NULL), 0);
}

/* The signal comes, from that process. */
static void hear_from(pid_t from)
{
	siginfo_t info;
	sigset_t set;

	block(&set);
	CHECK_EQ(sigwaitinfo(&set, &info), SIGUSR1);
	CHECK_EQ(info.si_code, SI_USER);
	CHECK_EQ(info.si_pid, from);
	CHECK_EQ(info.si_uid, getuid());
}

static void ask(void)
{
	sigset_t set;

	block(&set);
	CHECK_EQ(prctl(PR_SET_PDEATHSIG, SIGUSR1), 0);
	CHECK_EQ(write(ready[1], "", 1), 1);
}

static void await_ready(void)
{
	char byte;

	CHECK_EQ(read(ready[0], &byte, 1), 1);
}

static void say_over(void)
{
	CHECK_EQ(write(over[1], "", 1), 1);
	_exit(0);
}

static void await_over(void)
{
	char byte;

	CHECK_EQ(read(over[0], &byte, 1), 1);
}

/* Ends when its child has asked; the child hears it. */
static void parent_ends(void)
{
	pid_t self = getpid();

	if (fork() == 0) {
		ask();
		hear_from(self);
		say_over();
	}
	await_ready();
}

/* Takes the child of its child over, and ends then: the grandchild hears of both. */
static void adopter_ends(void)
{
	pid_t self = getpid();
	int status, wait[2];
	char byte;

	CHECK_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	CHECK_EQ(pipe(wait), 0);
	pid_t parent = fork();
	if (parent == 0) {
		if (fork() == 0) {
			parent = getppid();
			ask();
			hear_from(parent);
			CHECK_EQ(getppid(), self);
			CHECK_EQ(write(wait[1], "", 1), 1);
			hear_from(self);
			say_over();
		}
		await_ready();
		_exit(0);
	}
	CHECK_EQ(waitpid(parent, &status, 0), parent);
	CHECK_EQ(status, 0);
	CHECK_EQ(read(wait[0], &byte, 1), 1);
}

/* A thread's children hear of its end, the others' do not. */
static void *fork_and_end(void *unused)
{
	pid_t self = getpid();

	(void)unused;
	if (fork() == 0) {
		ask();
		hear_from(self);
		CHECK_EQ(getppid(), self);
		say_over();
	}
	await_ready();
	return NULL;
}

static void thread_ends(void)
{
	struct timespec none = { 0 };
	pid_t self = getpid();
	pthread_t thread;
	sigset_t set;
	int go[2], status;
	char byte;

	CHECK_EQ(pipe(go), 0);
	pid_t leaders = fork();
	if (leaders == 0) {
		ask();
		CHECK_EQ(read(go[0], &byte, 1), 1);
		block(&set);
		CHECK_ERRNO(sigtimedwait(&set, NULL, &none), EAGAIN);
		CHECK_EQ(write(over[1], "", 1), 1);
		hear_from(self);
		say_over();
	}
	await_ready();
	CHECK_EQ(pthread_create(&thread, NULL, fork_and_end, NULL), 0);
	CHECK_EQ(pthread_join(thread, NULL), 0);
	await_over();		/* so the thread's end has been told to all */
	CHECK(wait(&status) > 0 && status == 0);
	CHECK_EQ(write(go[1], "", 1), 1);
	await_over();
}

/* exec keeps it. */
static void runs_on(void)
{
	CHECK_EQ(prctl(PR_SET_PDEATHSIG, SIGUSR2), 0);
	execl("/proc/self/exe", "sig_parent_death", "12", "0", NULL);
}

/* Who becomes another has to ask again. */
static void changes_user(void)
{
	CHECK_EQ(prctl(PR_SET_PDEATHSIG, SIGUSR2), 0);
	CHECK_EQ(setegid(OTHER), 0);
	CHECK_EQ(asked(), 0);
	CHECK_EQ(prctl(PR_SET_PDEATHSIG, SIGUSR2), 0);
	CHECK_EQ(seteuid(OTHER), 0);
	CHECK_EQ(asked(), 0);
}

/* Its real user has no power over what it runs. */
static void runs_as_another(void)
{
	CHECK_EQ(setresuid(OTHER, 0, 0), 0);
	CHECK_EQ(prctl(PR_SET_PDEATHSIG, SIGUSR2), 0);
	execl("/proc/self/exe", "sig_parent_death", "0", "1", NULL);
}

/* A parent that may not signal its child does not do it by ending. */
static void powerless_parent_ends(void)
{
	pid_t self = getpid();
	struct timespec none = { 0 };
	sigset_t set;

	if (fork() == 0) {
		ask();
		while (getppid() == self)
			usleep(1000);
		block(&set);
		CHECK_ERRNO(sigtimedwait(&set, NULL, &none), EAGAIN);
		say_over();
	}
	await_ready();
	CHECK_EQ(setresuid(OTHER, OTHER, OTHER), 0);
}

/* The process ends, and the test waits for the child that it leaves to the test. */
static void leaves_child(void (*function)(void))
{
	int status;

	CHECK_EXIT(function, 0);
	await_over();
	CHECK(wait(&status) > 0);
	CHECK_EQ(status, 0);
}

int main(int argc, char **argv)
{
	pthread_t thread;

	if (argc == 3) {
		CHECK_EQ(asked(), atoi(argv[1]));
		CHECK_EQ(getauxval(AT_SECURE), atoi(argv[2]));
		return 0;
	}
	CHECK(pipe(ready) == 0 && pipe(over) == 0);
	CHECK_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	set_and_get();
	CHECK_EXIT(child_asked_nothing, 0);
	CHECK_EQ(pthread_create(&thread, NULL, thread_asked_nothing, NULL), 0);
	CHECK_EQ(pthread_join(thread, NULL), 0);
	CHECK_EQ(asked(), SIGUSR1);
	leaves_child(parent_ends);
	leaves_child(adopter_ends);
	leaves_child(thread_ends);
	CHECK_EXIT(runs_on, 0);
	if (geteuid() == 0) {
		CHECK_EXIT(changes_user, 0);
		CHECK_EXIT(runs_as_another, 0);
		leaves_child(powerless_parent_ends);
	}
	PASS();
}
