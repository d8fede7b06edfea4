/* The shell in six parts, in the order in which a line passes through them:
 *
 *	main.c		reads lines (a prompt, a script, or the -c string) and hands them on
 *	parse.c		text -> a tree of struct list, all of it in an arena that goes with the line
 *	expand.c	words -> fields: quotes and $ are dealt with when the command runs
 *	exec.c		runs the tree: pipes, redirections, fork and exec
 *	jobs.c		what has been started and not yet waited for; terminal.c says who has the terminal
 *	builtin.c	commands that have to run in the shell itself; job_builtins.c those for jobs, limit_builtins.c umask and
 *			ulimit, test_builtin.c test and [; vars.c holds the variables
 *
 * The grammar is a subset of POSIX's shell language (docs/programs.md has it); what is outside it is a syntax error
 * with status 2, never a guess. */
#ifndef SH_H
#define SH_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define STATUS_USAGE		2
#define STATUS_CANNOT_RUN	126
#define STATUS_NOT_FOUND	127
#define STATUS_SIGNAL		128	/* + the signal's number */

/* Memory of one line: allocated piece by piece, freed at once. */
struct arena {
	struct arena_block *blocks;
};

void *arena_alloc(struct arena *arena, size_t size);	/* zeroed; exits if there is no memory */
char *arena_copy(struct arena *arena, const char *text, size_t length);
void arena_free(struct arena *arena);

/* A word as it was written, quotes included. */
struct word {
	struct word *next;
	char *text;
};

enum redirect_kind { REDIRECT_READ, REDIRECT_WRITE, REDIRECT_APPEND, REDIRECT_DUP };

struct redirect {
	struct redirect *next;
	enum redirect_kind kind;
	int fd;
	char *target;		/* a word: a path, or for REDIRECT_DUP the other descriptor's number */
};

struct command {
	struct command *next;		/* in the pipeline */
	struct word *assignments;	/* NAME=value before the name */
	struct word *words;
	struct redirect *redirects;
};

struct pipeline {
	struct command *commands;
	bool negated;			/* a ! stands before it */
};

enum list_operator { LIST_END, LIST_ALWAYS, LIST_AND, LIST_OR };

/* pipeline operator pipeline operator ... What && and || join is a group; a group may run in the background. */
struct list {
	struct list *next;
	struct pipeline pipeline;
	enum list_operator before;	/* what joins it to the one before: LIST_ALWAYS for the first */
	bool background;		/* the group that begins here is followed by & */
	const char *text;		/* as it was written: the pipeline, or the group if that is in the background */
};

enum parse_result { PARSE_OK, PARSE_EMPTY, PARSE_INCOMPLETE, PARSE_ERROR };

/* Parses one line of *text (up to a newline outside quotes) and moves *text behind it. PARSE_INCOMPLETE: the text
 * ends inside a quote or behind an operator, so that more of it may follow. An error has been reported. */
enum parse_result parse_line(const char **text, struct arena *arena, struct list **list);

/* The length of the name that text begins with, 0 if it is none; and of what may stand behind a $, which is a name or one
 * of ? $ ! # @ * and the digits. */
size_t name_length(const char *text);
size_t parameter_length(const char *text);

/* The fields that a word becomes: appended to fields, which grow (NULL-terminated). */
struct fields {
	char **items;
	size_t count, room;
};
void fields_add(struct fields *fields, const char *text, struct arena *arena);	/* the text is copied */
void expand_word(const char *word, struct arena *arena, struct fields *fields);
/* The one field that it becomes where no splitting is done (assignments, redirections). */
char *expand_single(const char *word, struct arena *arena);

/* Variables. A value stays valid until the variable is set again. */
const char *var_get(const char *name);	/* NULL: unset */
void var_set(const char *name, size_t name_length, const char *value);
void var_export(const char *name, size_t name_length);
void var_unset(const char *name);
void var_import(char **environment);
char **var_environment(void);		/* malloc'd; for exec */

struct shell {
	int status;		/* of the last command: $? */
	bool interactive;
	bool job_control;	/* each pipeline is a process group, and the terminal is given to one at a time */
	bool interrupted;	/* ^C has ended a command: the rest of its line is not run */
	pid_t pid;		/* $$ */
	pid_t background;	/* $!: the last process started in the background, 0 if there was none */
	const char *name;	/* $0, and what messages begin with */
	char **arguments;	/* $1.. */
	int argument_count;
};
extern struct shell shell;

/* Prints "name: " and the message to standard error. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Runs a parsed line; the status is left in shell.status. last: nothing follows it. */
void run_list(const struct list *list, bool last);

/* Replaces this process by the command, found along PATH. Returns only on failure, with the status, after a message. */
int exec_search(char **arguments);

/* Runs the commands of a file in this shell; the status of the last. Without arguments the shell's own stay ($1..).
 * -1, with a message, if it cannot be read. */
int run_file(const char *path, char **arguments);

typedef int (*builtin_t)(char **arguments);
int builtin_exec(char **arguments);
int builtin_test(char **arguments);
int builtin_ulimit(char **arguments);
int builtin_umask(char **arguments);
builtin_t builtin_find(const char *name);

#endif
