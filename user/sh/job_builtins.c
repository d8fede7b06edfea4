/* The built-in commands that know jobs: jobs, fg, bg, wait, and kill for its %n. */
#include "builtins.h"
#include "jobs.h"
#include "kill_words.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* %n %% %+ %- %TEXT %?TEXT; NULL with a message if there is no such job. */
static struct job *job_find(const char *command, const char *name)
{
	struct job *found = NULL;
	const char *text = name && *name == '%' ? name + 1 : name;
	char *end = NULL;
	long number = text ? strtol(text, &end, 10) : 0;
	bool is_number = text && *text && !*end;

	if (!text || strcmp(text, "") == 0 || strcmp(text, "%") == 0 || strcmp(text, "+") == 0)
		found = job_current(NULL);
	else if (strcmp(text, "-") == 0)
		found = job_current(job_current(NULL));
	for (struct job *job = jobs; text && !found && job; job = job->next)
		if (is_number ? job->number == number : *text == '?' ? strstr(job->text, text + 1) != NULL :
		    strncmp(job->text, text, strlen(text)) == 0 && strcmp(text, "-") != 0)
			found = job;
	if (!found)
		complain("%s: %s: no such job", command, name ? name : "current");
	return found;
}

/* A line of jobs: plain, or for -l or -p. */
static void job_list(struct job *job, char option)
{
	if (option == 'p') {
		printf("%d\n", (int)job_leader(job));
		return;
	}
	job_show(job, option == 'l', stdout);
	job->changed = false;
}

static void jobs_list_all(char option)
{
	/* The list is newest first. */
	for (int number = 1; jobs && number <= jobs->number; number++)
		for (struct job *job = jobs; job; job = job->next)
			if (job->number == number)
				job_list(job, option);
}

static int jobs_tell(char **names, char option)
{
	int status = 0;

	if (!*names)
		jobs_list_all(option);
	for (; *names; names++) {
		struct job *job = job_find("jobs", *names);

		if (job)
			job_list(job, option);
		else
			status = 1;
	}
	return status;
}

/* jobs [-l | -p] [JOB]... */
int builtin_jobs(char **arguments)
{
	char option = '\0';
	int letter, status;

	arguments++;
	while ((letter = option_take("jobs", &arguments, "lp"))) {
		if (letter == '?')
			return STATUS_USAGE;
		option = (char)letter;
	}
	if (!jobs) {
		jobs = outer_jobs;
		status = jobs_tell(arguments, option);
		jobs = NULL;
		return status;
	}
	jobs_reap();
	status = jobs_tell(arguments, option);
	/* Whose end was told is gone. */
	for (struct job *job = jobs, *next; job; job = next) {
		next = job->next;
		if (job_state(job) == STATE_DONE && !job->changed)
			job_free(job);
	}
	return status;
}

static void job_continue(struct job *job)
{
	for (struct process *process = job->processes; process; process = process->next)
		if (process->state == STATE_STOPPED)
			process->state = STATE_RUNNING;
	job->changed = false;
	kill(-job->group, SIGCONT);
}

/* The job that fg or bg is for, or NULL with a message. */
static struct job *job_to_continue(const char *command, const char *name)
{
	if (!shell.job_control) {
		complain("%s: no job control", command);
		return NULL;
	}
	jobs_notice();
	return job_find(command, name);
}

int builtin_fg(char **arguments)
{
	struct job *job = job_to_continue("fg", arguments[1]);

	if (!job)
		return 1;
	job->background = false;
	terminal_to_job(job);
	puts(job->text);	/* whoever reads it and types ^C means the job */
	fflush(stdout);
	job_continue(job);
	return job_wait(job);
}

int builtin_bg(char **arguments)
{
	struct job *job = job_to_continue("bg", arguments[1]);

	if (!job)
		return 1;
	job->background = true;
	job_continue(job);
	job_prefer(job);
	shell.background = job->group;
	printf("[%d]%c %s &\n", job->number, job == job_current(NULL) ? '+' : ' ', job->text);
	return 0;
}

static void child_changed(int signal)
{
	(void)signal;
}

/* The signal that ends a wait: ^C, or one that has a trap; 0: none has come. */
static int wait_interrupted(void)
{
	int signal = traps_pending();

	return signal ? signal : terminal_interrupted() ? SIGINT : 0;
}

/* Waits until a job does not run; else the signal that came before. Signals come only in sigsuspend, so that none is
 * missed between a look and the wait. */
static int wait_while_running(const struct job *job)
{
	struct sigaction action = { .sa_handler = child_changed }, outer;
	sigset_t all, before;
	int signal = 0;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	sigaction(SIGCHLD, NULL, &outer);
	if (outer.sa_handler == SIG_DFL)
		sigaction(SIGCHLD, &action, NULL);
	while (job_state(job) == STATE_RUNNING && (signal = wait_interrupted()) == 0) {
		errno = 0;
		if (jobs_wait_any(WNOHANG))
			continue;
		if (errno == ECHILD)
			break;
		sigsuspend(&before);
	}
	sigaction(SIGCHLD, &outer, NULL);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return signal;
}

static void forget_ended(struct job *job)
{
	if (!shell.interactive && job_state(job) == STATE_DONE)
		job_free(job);
}

static int wait_for_all(void)
{
	for (struct job *job = jobs, *next; job; job = next) {
		int signal = wait_while_running(job);

		if (signal)
			return STATUS_SIGNAL + signal;
		next = job->next;
		forget_ended(job);
	}
	return 0;
}

/* The job that has a process of that number, and that process; NULL if it is not a child of the shell. */
static struct job *job_of_process(long pid, struct process **process)
{
	for (struct job *job = jobs; job; job = job->next)
		for (*process = job->processes; *process; *process = (*process)->next)
			if ((*process)->pid == pid)
				return job;
	return NULL;
}

static int wait_for(const char *name)
{
	struct process *process = NULL;
	char *end;
	long pid = strtol(name, &end, 10);
	struct job *job = *name == '%' ? job_find("wait", name) : job_of_process(pid, &process);
	int status, signal;

	if (*name != '%' && (*end || end == name)) {
		complain("wait: %s: neither a process number nor a job", name);
		return STATUS_USAGE;
	}
	if (!job)
		return STATUS_NOT_FOUND;
	signal = wait_while_running(job);
	if (signal)
		return STATUS_SIGNAL + signal;
	status = process ? status_of(process->status) : job_status(job);
	forget_ended(job);
	return status;
}

int builtin_wait(char **arguments)
{
	int status = 0;

	terminal_interrupted();
	if (!arguments[1])
		return wait_for_all();
	for (char **argument = arguments + 1; *argument; argument++)
		status = wait_for(*argument);
	return status;
}

/* Whether a stopped job that gets the signal is to run, were it to its end; wait has to wait for it then. */
static bool signal_goes_on(int signal)
{
	return signal == SIGTERM || signal == SIGHUP || signal == SIGKILL || signal == SIGCONT;
}

/* A process, a group (-n), or the job %n: kill(2) for it. A stopped job goes on, to meet its end. */
static bool kill_one(const char *target, int signal)
{
	struct job *job = *target == '%' ? job_find("kill", target) : NULL;
	pid_t pid;

	if (job)
		pid = job->group ? -job->group : job->processes->pid;
	else if (*target == '%' || !kill_number(target, &pid))
		return false;
	if (!kill_send(target, pid, signal))
		return false;
	if (job && job->group && job_state(job) == STATE_STOPPED && signal_goes_on(signal))
		job_continue(job);
	return true;
}

/* kill [-SIGNAL | -s SIGNAL] [--] (PID | -GROUP | %JOB)...; kill -l [NUMBER]... */
int builtin_kill(char **arguments)
{
	char **words = arguments + 1;
	int signal, status = 0;

	if (*words && strcmp(*words, "-l") == 0)
		return kill_list(words + 1);
	if (!kill_options(&words, &signal)) {
		complain("usage: kill [-SIGNAL | -s SIGNAL] PID|%%JOB... | -l [NUMBER]...");
		return STATUS_USAGE;
	}
	for (; *words; words++)
		if (!kill_one(*words, signal))
			status = 1;
	return status;
}
