/* The table of jobs and their processes (jobs.h). */
#include "jobs.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct job *jobs, *outer_jobs;
static unsigned uses;
static int exit_warned;	/* prompts for which it holds that the user was warned of stopped jobs */

void job_free(struct job *job)
{
	for (struct job **link = &jobs; *link; link = &(*link)->next) {
		if (*link == job) {
			*link = job->next;
			break;
		}
	}
	while (job->processes) {
		struct process *process = job->processes;

		job->processes = process->next;
		free(process);
	}
	free(job);
}

void jobs_forget(bool listed)
{
	for (struct job *job = jobs, *next; job; job = next) {
		next = job->next;
		if (!listed || !job->background || job_state(job) == STATE_DONE)
			job_free(job);
	}
	if (jobs || !listed)
		outer_jobs = jobs;
	jobs = NULL;
	shell.interactive = false;
	shell.job_control = false;
}

struct job *job_new(const char *text, size_t length, bool background)
{
	struct job *job = allocate(sizeof(*job) + length + 1);

	memcpy(job->text, text, length);
	job->background = background;
	job->number = jobs ? jobs->number + 1 : 1;
	job->used = ++uses;
	job->tail = &job->processes;
	job->next = jobs;
	jobs = job;
	return job;
}

pid_t job_fork(struct job *job)
{
	struct process *process = allocate(sizeof(*process));

	process->pid = fork();
	if (process->pid == 0) {
		terminal_child(job);
		return 0;
	}
	if (process->pid < 0) {
		complain("fork: %s", strerror(errno));
		free(process);
		return -1;
	}
	if (shell.job_control) {
		/* Both the shell and the child do it: whoever is first. */
		if (!job->group)
			job->group = process->pid;
		setpgid(process->pid, job->group);
		if (!job->background)
			terminal_give(job->group);
	}
	*job->tail = process;
	job->tail = &process->next;
	return process->pid;
}

enum state job_state(const struct job *job)
{
	enum state state = STATE_DONE;

	for (const struct process *process = job->processes; process; process = process->next)
		if (process->state < state)
			state = process->state;
	return state;
}

/* The word that waitpid gave for the last process, which counts for all; of a stopped job, for one that is stopped. */
static int job_status_word(const struct job *job)
{
	bool stopped = job_state(job) == STATE_STOPPED;
	int word = 0;

	for (const struct process *process = job->processes; process; process = process->next)
		if (!stopped || process->state == STATE_STOPPED)
			word = process->status;
	return word;
}

int status_of(int word)
{
	if (WIFSTOPPED(word))
		return STATUS_SIGNAL + WSTOPSIG(word);
	return WIFSIGNALED(word) ? STATUS_SIGNAL + WTERMSIG(word) : WEXITSTATUS(word);
}

int job_status(const struct job *job)
{
	return status_of(job_status_word(job));
}

/* What waitpid has said of a child; children that the shell does not know came with it when it was executed. */
static void child_changed(pid_t pid, int status)
{
	for (struct job *job = jobs; job; job = job->next) {
		for (struct process *process = job->processes; process; process = process->next) {
			enum state before;

			if (process->pid != pid || process->state == STATE_DONE)
				continue;
			before = job_state(job);
			process->status = status;
			process->state = WIFSTOPPED(status) ? STATE_STOPPED :
				WIFCONTINUED(status) ? STATE_RUNNING : STATE_DONE;
			job->changed |= job_state(job) != before && job_state(job) != STATE_RUNNING;
			if (job->changed && job_state(job) == STATE_STOPPED)
				job->used = ++uses;
			return;
		}
	}
}

bool jobs_wait_any(int options)
{
	int status;
	pid_t pid;

	if (shell.job_control)
		options |= WUNTRACED | WCONTINUED;
	pid = waitpid(-1, &status, options);
	if (pid > 0)
		child_changed(pid, status);
	return pid > 0;
}

struct job *job_current(const struct job *except)
{
	struct job *current = NULL;

	for (struct job *job = jobs; job; job = job->next) {
		bool stopped = job_state(job) == STATE_STOPPED;
		bool best_stopped = current && job_state(current) == STATE_STOPPED;

		if (job == except || (!job->background && !stopped))
			continue;
		if (!current || stopped > best_stopped || (stopped == best_stopped && job->used > current->used))
			current = job;
	}
	return current;
}

pid_t job_leader(const struct job *job)
{
	return job->group || !job->processes ? job->group : job->processes->pid;
}

void job_show(const struct job *job, bool with_leader, FILE *to)
{
	const struct job *current = job_current(NULL);
	char mark = job == current ? '+' : current && job == job_current(current) ? '-' : ' ';
	int word = job_status_word(job);
	enum state state = job_state(job);
	char what[32] = "Done";

	if (state == STATE_RUNNING)
		strcpy(what, "Running");
	else if (state == STATE_STOPPED)
		snprintf(what, sizeof(what), "%s", strsignal(WSTOPSIG(word)));
	else if (WIFSIGNALED(word))
		snprintf(what, sizeof(what), "%s", strsignal(WTERMSIG(word)));
	else if (WEXITSTATUS(word) != 0)
		snprintf(what, sizeof(what), "Done(%d)", WEXITSTATUS(word));
	fprintf(to, "[%d]%c ", job->number, mark);
	if (with_leader)
		fprintf(to, "%d ", (int)job_leader(job));
	fprintf(to, "%-22s %s%s\n", what, job->text, state == STATE_RUNNING ? " &" : "");
	if (to == stderr)
		fflush(to);
}

/* A foreground job has ended or stopped: says what the user does not see by himself. */
static void job_explain(const struct job *job, int word)
{
	int signal = WIFSIGNALED(word) ? WTERMSIG(word) : 0;

	if (signal && signal != SIGINT && signal != SIGPIPE)
		complain("%s", strsignal(signal));
	if (!shell.interactive)
		return;
	if (signal == SIGINT || WIFSTOPPED(word))
		fputc('\n', stderr);
	if (WIFSTOPPED(word))
		job_show(job, false, stderr);
	fflush(stderr);
}

int job_wait(struct job *job)
{
	int word, status;

	while (job->processes && job_state(job) == STATE_RUNNING)
		if (!jobs_wait_any(0) && errno != EINTR)
			break;
	word = job_status_word(job);
	status = job->processes ? job_status(job) : 1;
	terminal_to_shell(job, word);
	job_explain(job, word);
	if (shell.interactive && WIFSIGNALED(word) && WTERMSIG(word) == SIGINT)
		shell_abort(status);
	terminal_interrupted();
	job->changed = false;
	job->background = true;
	if (job_state(job) == STATE_DONE)
		job_free(job);
	return status;
}

void job_prefer(struct job *job)
{
	job->used = ++uses;
}

void job_announce(struct job *job)
{
	const struct process *process = job->processes;

	if (!process) {
		job_free(job);
		return;
	}
	while (process->next)
		process = process->next;
	shell.background = process->pid;
	if (shell.interactive)
		fprintf(stderr, "[%d] %d\n", job->number, (int)shell.background);
	fflush(stderr);
}

void jobs_reap(void)
{
	while (jobs && jobs_wait_any(WNOHANG))
		;
}

void jobs_notice(void)
{
	jobs_reap();
	if (!shell.interactive)
		return;
	if (exit_warned > 0)
		exit_warned--;
	for (struct job *job = jobs, *next; job; job = next) {
		next = job->next;
		if (job->changed)
			job_show(job, false, stderr);
		job->changed = false;
		if (job_state(job) == STATE_DONE)
			job_free(job);
	}
}

bool jobs_hold_exit(void)
{
	bool stopped = false;

	for (const struct job *job = jobs; job; job = job->next)
		stopped |= job_state(job) == STATE_STOPPED;
	if (!stopped || !shell.interactive || exit_warned > 0)
		return false;
	complain("there are stopped jobs");
	exit_warned = 2;	/* that of this command, and that of the next */
	return true;
}

