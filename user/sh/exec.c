/* Runs trees. node_run has one function for each kind of node; a function's status is that of its node, and what unwinds
 * (sh.h) has left its status in shell.status. */
#include "tree.h"

#include "jobs.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEPTH_MAX	8000	/* of trees in one another: a file that runs itself has some 800 bytes of stack for each */

static struct job *node_job(const struct node *node, bool background)
{
	return job_new(node->program->text + node->start, node->length, background);
}

void child_begin(bool with_jobs)
{
	jobs_forget(with_jobs);
	traps_child();
	redirects_child();
}

/* A descriptor takes the number that commands know. */
static void fd_move(int from, int to)
{
	if (from == to) {
		fcntl(to, F_SETFD, 0);
	} else if (from >= 0) {
		dup2(from, to);
		close(from);
	}
}

/* Starts all commands of a pipe at once; false if that could not be done. */
static bool pipe_start(const struct node *pipe, struct job *job)
{
	const struct node *node = pipe->child;
	int in = -1;

	jobs_reap();
	fflush(NULL);
	for (; node; node = node->next) {
		int ends[2] = { -1, -1 };
		pid_t child;

		if (node->next && pipe2(ends, O_CLOEXEC) < 0) {
			complain("pipe: %s", strerror(errno));
			break;
		}
		child = job_fork(job);
		if (child == 0) {
			job_free(job);
			child_begin(true);
			if (ends[0] >= 0)
				close(ends[0]);
			fd_move(in, 0);
			fd_move(ends[1], 1);
			shell_leave(node_run(node, true));
		}
		if (in >= 0)
			close(in);
		if (ends[1] >= 0)
			close(ends[1]);
		in = ends[0];
		if (child < 0)
			break;
	}
	if (in >= 0)
		close(in);
	return !node;
}

/* The status of a pipe is that of its last command. */
static int pipe_run(const struct node *node)
{
	struct job *job = node_job(node, false);
	bool complete = pipe_start(node, job);
	int status = job_wait(job);

	return complete ? status : 1;
}

static int subshell_run(const struct node *node, bool last)
{
	struct job *job;

	if (last && !jobs && !traps_set()) {
		jobs_forget(false);
		shell_leave(node_run(node->child, true));
	}
	job = node_job(node, false);
	fflush(NULL);
	if (job_fork(job) == 0) {
		child_begin(false);
		shell_leave(node_run(node->child, true));
	}
	return job_wait(job);
}

/* A pipe alone is the job itself; what has more to do is run by a shell of its own. */
static int background_run(const struct node *node)
{
	const struct node *child = node->child;
	struct job *job;
	int status = 0;

	jobs_reap();
	job = node_job(node, true);
	if (child->kind == NODE_PIPE) {
		status = !pipe_start(child, job);
	} else {
		fflush(NULL);
		pid_t pid = job_fork(job);

		if (pid == 0) {
			child_begin(false);
			shell.tested = 0;
			shell_leave(node_run(child, true));
		}
		status = pid < 0;
	}
	job_announce(job);
	return status;
}

/* A child with a pipe to its parent; -1, and no pipe, if there can be none. */
static pid_t fork_with_pipe(int ends[2])
{
	pid_t child;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	child = fork();
	if (child < 0) {
		int error = errno;

		close(ends[0]);
		close(ends[1]);
		errno = error;
	}
	return child;
}

void substitute(const struct node *command, struct text *output)
{
	char buffer[1024];
	ssize_t count;
	int ends[2], word = 0;
	pid_t child;

	jobs_reap();
	fflush(NULL);
	child = fork_with_pipe(ends);
	if (child < 0) {
		complain("$(...): %s", strerror(errno));
		shell_fail(STATUS_USAGE);
		return;
	}
	if (child == 0) {
		terminal_substitution();
		child_begin(true);
		close(ends[0]);
		fd_move(ends[1], 1);
		shell.tested = 0;
		shell_leave(node_run(command, true));
	}
	close(ends[1]);
	while ((count = read(ends[0], buffer, sizeof(buffer))) > 0 || (count < 0 && errno == EINTR))
		for (ssize_t i = 0; i < count; i++)
			if (buffer[i])
				text_add(output, buffer[i]);
	close(ends[0]);
	while (waitpid(child, &word, 0) < 0 && errno == EINTR)
		;
	shell.substituted = status_of(word);
	if (shell.interactive && WIFSIGNALED(word) && WTERMSIG(word) == SIGINT)
		shell_interrupt();
}

static int list_run(const struct node *node, bool last)
{
	int status = 0;

	for (const struct node *child = node->child; child && !shell.unwind; child = child->next)
		status = node_run(child, last && !child->next);
	return status;
}

static int and_or_run(const struct node *node, bool last)
{
	int status = 0;

	for (const struct node *child = node->child; child && !shell.unwind; child = child->next) {
		if (child != node->child && child->or == (status == 0))
			continue;
		shell.tested += child->next != NULL;
		status = node_run(child, last && !child->next);
		shell.tested -= child->next != NULL;
	}
	return status;
}

/* The status of a command whose failure is no reason to end. */
static int condition_run(const struct node *node)
{
	int status;

	shell.tested++;
	status = node_run(node, false);
	shell.tested--;
	return status;
}

static int if_run(const struct node *node, bool last)
{
	int condition = condition_run(node->condition);

	if (shell.unwind)
		return condition;
	if (condition == 0)
		return node_run(node->child, last);
	return node->otherwise ? node_run(node->otherwise, last) : 0;
}

/* After a turn of a loop: whether it was the last. */
static bool loop_ends(void)
{
	bool ends = shell.unwind != UNWIND_CONTINUE;

	if (shell.unwind != UNWIND_BREAK && shell.unwind != UNWIND_CONTINUE)
		return shell.unwind != UNWIND_NONE;
	if (--shell.levels > 0)
		return true;
	shell.unwind = UNWIND_NONE;
	return ends;
}

static int while_run(const struct node *node)
{
	bool wanted = node->kind == NODE_WHILE;
	int status = 0;

	shell.loops++;
	for (;;) {
		bool holds = condition_run(node->condition) == 0;

		if (!shell.unwind) {
			if (holds != wanted)
				break;
			status = node_run(node->child, false);
		}
		if (loop_ends())
			break;
	}
	shell.loops--;
	return status;
}

static int for_run(const struct node *node)
{
	struct arena arena = { 0 };
	struct fields fields = { 0 };
	int status = 0;

	for (const struct word *word = node->words; word && !shell.unwind; word = word->next)
		expand_word(word, &arena, &fields);
	for (int i = 0; !node->listed && i < shell.argument_count; i++)
		fields_add(&fields, shell.arguments[i], &arena);
	shell.loops++;
	for (size_t i = 0; i < fields.count && !shell.unwind; i++) {
		if (var_set(node->name, strlen(node->name), fields.items[i]))
			status = node_run(node->child, false);
		else
			shell_fail(STATUS_USAGE);
		if (loop_ends())
			break;
	}
	shell.loops--;
	arena_free(&arena);
	return status;
}

static bool case_matches(const struct case_item *item, const char *subject, struct arena *arena)
{
	for (const struct word *word = item->patterns; word && !shell.unwind; word = word->next)
		if (pattern_match(expand_single(word, arena, EXPAND_PATTERN), subject))
			return true;
	return false;
}

static int case_run(const struct node *node, bool last)
{
	struct arena arena = { 0 };
	char *subject = expand_single(node->words, &arena, EXPAND_SINGLE);
	const struct case_item *item = node->items;

	while (item && !shell.unwind && !case_matches(item, subject, &arena))
		item = item->next;
	arena_free(&arena);
	return item && item->body && !shell.unwind ? node_run(item->body, last) : 0;
}

static int node_dispatch(const struct node *node, bool last)
{
	switch (node->kind) {
	case NODE_SIMPLE:	return simple_run(node, last);
	case NODE_PIPE:		return pipe_run(node);
	case NODE_NOT:		return !condition_run(node->child);
	case NODE_AND_OR:	return and_or_run(node, last);
	case NODE_LIST:		return list_run(node, last);
	case NODE_BACKGROUND:	return background_run(node);
	case NODE_SUBSHELL:	return subshell_run(node, last);
	case NODE_GROUP:	return node_run(node->child, last);
	case NODE_IF:		return if_run(node, last);
	case NODE_WHILE:
	case NODE_UNTIL:	return while_run(node);
	case NODE_FOR:		return for_run(node);
	case NODE_CASE:		return case_run(node, last);
	case NODE_FUNCTION:	return function_define(node), 0;
	}
	return 0;
}

/* A command has run: set -e may end the shell, ^C the line, and signals have their traps. */
static void node_done(int status)
{
	if (shell.unwind)
		return;
	shell.status = status;
	if (status != 0 && shell.options['e'] && shell.tested == 0)
		shell.unwind = UNWIND_EXIT;
	if (shell.interactive && terminal_interrupted())
		shell_interrupt();
	if (!shell.unwind)
		traps_run();
}

int node_run(const struct node *node, bool last)
{
	static int depth;
	bool simple = node->kind == NODE_SIMPLE, redirected = !simple && node->redirects, ready = true;
	struct saved saved;
	int status = 1;

	if (shell.options['n'] && !shell.interactive)
		return shell.status;
	if (++depth > DEPTH_MAX) {
		complain("commands call one another too often");
		shell_fail(STATUS_USAGE);
	}
	if (redirected)
		ready = redirects_begin(node->redirects, &saved);
	if (ready && !shell.unwind)
		status = node_dispatch(node, last);
	if (redirected)
		redirects_undo(&saved, false);
	if (simple || node->kind == NODE_PIPE || node->kind == NODE_SUBSHELL || !ready)
		node_done(status);
	else if (!shell.unwind)
		shell.status = status;
	depth--;
	return shell.status;
}
