/* Jobs: what the shell has started and not yet waited for. A job is the processes of one pipeline, or one process that
 * runs a group in the background.
 *
 * With job control (an interactive shell on its controlling terminal) each job is a process group of its own, and the
 * terminal belongs to one group at a time: that of the foreground job, else the shell's. So ^C and ^Z reach the job and
 * spare the shell. Without it all are in the shell's group, and background jobs ignore SIGINT and SIGQUIT and have an
 * empty standard input. */
#ifndef JOBS_H
#define JOBS_H

#include "sh.h"

#include <stdio.h>
#include <termios.h>

enum state { STATE_RUNNING, STATE_STOPPED, STATE_DONE };

struct process {
	struct process *next;
	pid_t pid;
	enum state state;
	int status;		/* as waitpid gave it last */
};

struct job {
	struct job *next;
	int number;		/* of %n: greater than those of all older jobs */
	unsigned used;		/* rises whenever a job becomes the current one */
	bool background;
	bool changed;		/* the user has not been told of its state */
	bool has_modes;		/* it had the terminal, and left it so */
	struct termios modes;
	pid_t group;		/* 0: the shell's own */
	struct process *processes, **tail;
	char text[];
};

extern struct job *jobs;	/* newest first */
extern struct job *outer_jobs;	/* of the shell whose child this one is, as they were: for `jobs`, if it has none itself */

/* A new job without processes; the text is copied. */
struct job *job_new(const char *text, size_t length, bool background);
void job_free(struct job *job);
/* fork: the child is the job's next process, with the signals that a command should have. -1 with a message. */
pid_t job_fork(struct job *job);
/* All processes of a foreground job run: waits until it ends or stops. Its status; 1 if it has no process. */
int job_wait(struct job *job);
/* All processes of a background job have been started. */
void job_announce(struct job *job);
/* Makes it the current job: the next to be taken by fg and bg. */
void job_prefer(struct job *job);

/* Running if a process runs, else stopped if one is. */
enum state job_state(const struct job *job);
/* The exit status that it stands for. */
int job_status(const struct job *job);
int status_of(int wait_status);
/* The job that was stopped last, else the one last started in the background; NULL if there is none. */
struct job *job_current(const struct job *except);
/* The group of its processes, or the first of them if it has none of its own. */
pid_t job_leader(const struct job *job);
/* "[1]+ Stopped   command", with_leader: "[1]+ 42 Stopped   command" */
void job_show(const struct job *job, bool with_leader, FILE *to);

/* Waits for any child to change; false if it was interrupted (EINTR), or there is none. */
bool jobs_wait_any(int options);
/* Learns which children have ended or stopped, without waiting; jobs_notice: an interactive shell then says so. */
void jobs_reap(void);
void jobs_notice(void);
/* The shell has become a child of itself: the jobs are not its own, nor is the terminal. listed: those in the background
 * that have not ended are outer_jobs then. */
void jobs_forget(bool listed);
/* Whether the shell should not exit yet, since there are stopped jobs; it says so; the second time it is meant. */
bool jobs_hold_exit(void);

/* terminal.c: takes the terminal, and sets up the signals of an interactive shell. What it found comes back when the
 * shell exits. */
void terminal_init(void);
/* The descriptor to read standard input from: that, but if it is the controlling terminal, one of the shell's own at
 * which reads do not wait (EAGAIN). */
int terminal_input(void);
/* In a child that begins as a process of the job: its group, the terminal, its signals. */
void terminal_child(const struct job *job);
/* In a child that is no job, as $(...) is: it cannot be stopped, since nobody could let it go on. */
void terminal_substitution(void);
/* What the shell itself does at a signal for which there is no trap. */
void terminal_signal(int signal);
/* The signals of an interactive shell; and those of a program that takes its place. */
void terminal_own_signals(void);
void terminal_default_signals(void);
void signal_set(int signal, void (*handler)(int));
/* Makes the group the terminal's foreground group, if there is job control. */
void terminal_give(pid_t group);
/* The terminal is the job's, as it had it, or the shell's again; wait_status says why the job no longer has it. */
void terminal_to_job(const struct job *job);
void terminal_to_shell(struct job *job, int wait_status);
/* Whether ^C was typed since it was last asked. */
bool terminal_interrupted(void);
/* The same, and it stays noted. */
bool terminal_was_interrupted(void);

#endif
