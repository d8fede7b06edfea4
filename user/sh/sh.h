/* The shell, in the order in which a line passes through it:
 *
 *	main.c		where commands come from: a prompt, a script, the -c string
 *	lex.c parse.c	text -> a tree (tree.h), all of it in an arena that goes with the command
 *	expand.c	words -> fields, when the command runs; pattern.c and arithmetic.c help it
 *	exec.c		runs the tree; command.c a simple command; redirect.c descriptors
 *	jobs.c		what has been started and not yet waited for; terminal.c says who has the terminal; traps.c signals
 *	builtin.c	the table of the commands that run in the shell itself, and *_builtin.c; vars.c holds the variables
 *
 * Nothing here jumps: what leaves loops, functions or the shell early sets shell.unwind, and whoever runs commands looks
 * at it after each. */
#ifndef SH_H
#define SH_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define STATUS_USAGE		2
#define STATUS_CANNOT_RUN	126
#define STATUS_NOT_FOUND	127
#define STATUS_SIGNAL		128	/* + the signal's number */

#define PATH_STANDARD		"/bin"	/* where the programs are, whatever PATH says */

/* memory.c. Memory that is freed at once, allocated piece by piece. */
struct arena {
	struct arena_block *blocks;
};

void *allocate(size_t size);				/* zeroed; exits if there is no memory */
void *arena_alloc(struct arena *arena, size_t size);	/* likewise */
char *arena_copy(struct arena *arena, const char *text, size_t length);
void arena_free(struct arena *arena);

/* Text that grows; always terminated once something was added. */
struct text {
	char *bytes;
	size_t length, room;
};
void text_add(struct text *text, char c);
void text_append(struct text *text, const char *bytes, size_t length);
void text_free(struct text *text);

/* Lengths of a name (0: it is none), and of what may follow a $: a name, a digit, or one of ? $ ! # @ * - */
size_t name_length(const char *text);
bool is_name(const char *text);
bool is_special_parameter(int c);

/* Variables. A value stays valid until the variable is set again. */
enum { VAR_EXPORTED = 1, VAR_READONLY = 2 };
const char *var_get(const char *name);	/* NULL: unset */
bool var_set(const char *name, size_t name_length, const char *value);	/* false, with a message: it is read-only */
void var_mark(const char *name, size_t name_length, int flags);
bool var_unset(const char *name);	/* false, with a message: it is read-only */
void var_import(char **environment);
char **var_environment(void);		/* malloc'd; for exec */
/* Prints NAME=value of all that have the flags, in order, ready to be read again, behind the prefix. */
void var_print(int flags, const char *prefix);
void print_quoted(const char *text);
/* What is saved comes back when var_restore goes back to where var_depth was. */
size_t var_depth(void);
void var_save(const char *name, size_t name_length);
void var_restore(size_t depth);

enum unwind {
	UNWIND_NONE,
	UNWIND_BREAK, UNWIND_CONTINUE,	/* shell.levels loops */
	UNWIND_RETURN,			/* from a function or a file that . runs */
	UNWIND_ABORT,			/* to the prompt */
	UNWIND_FAIL,			/* after an error: likewise, or a script ends; the command `command` may catch it */
	UNWIND_EXIT,			/* the shell ends */
};

struct shell {
	int status;		/* of the last command: $? */
	bool interactive;
	bool job_control;	/* each pipeline is a process group, and the terminal is given to one at a time */
	enum unwind unwind;
	int levels;
	int loops;		/* that break and continue can leave */
	int calls;		/* functions and files that return can leave */
	int tested;		/* >0: a failure does not end the shell under set -e */
	int trap_status;	/* $? when a trap began to run, else -1 */
	int substituted;	/* the status of the last command substitution */
	pid_t pid;		/* $$ */
	pid_t background;	/* $!: the last process started in the background, 0 if there was none */
	const char *name;	/* $0, and what messages begin with */
	char **arguments;	/* $1.. */
	int argument_count;
	char **own_arguments;	/* those of set --, allocated; else NULL */
	bool options[128];	/* by letter: set -e and so on */
};
extern struct shell shell;

/* Prints "name: " and the message to standard error. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* After an error that a script does not survive (POSIX 2.8.1): it ends with that status; at a prompt, the line does. */
void shell_fail(int status);
/* Back to the prompt, with that status: the user has ended what ran. */
void shell_abort(int status);
/* ^C was typed: a new line on the terminal, and back to the prompt. */
void shell_interrupt(void);
/* The end of this process: the EXIT trap runs if it is still to run. */
_Noreturn void shell_leave(int status);
/* As read of one byte from standard input, but that ^C and a signal with a trap end it (EINTR) also if they come just
 * before: signals are blocked, but while it waits. */
ssize_t shell_read_byte(char *c);

/* Runs text in this shell; the status of the last command. */
int run_text(const char *text);
/* Runs the commands of a file in this shell, like run_text. -1, with a message, if it cannot be read. */
int run_file(const char *path, char **arguments);

/* expand.c: parameters that are no variables, as $? is; NULL: unset. The number is written to digits. */
const char *parameter_get(const char *name, char digits[24]);
const char *ifs_get(void);	/* the characters that are between fields; valid until IFS is set again */

/* pattern.c: * ? [...] and \x for x itself. */
bool pattern_match(const char *pattern, const char *text);
/* Where the shortest or longest beginning of the text that matches ends, or where such an end begins; NULL: none does.
 * Takes time as the pattern's length times the text's. */
const char *pattern_cut(const char *pattern, const char *text, bool end, bool longest, struct arena *arena);
void pattern_unescape(char *pattern);

/* arithmetic.c: false, with a message, if the text is no expression. */
bool arithmetic(const char *text, long *value);

/* traps.c */
void traps_run(void);		/* those of the signals that have come */
void traps_run_exit(void);
bool traps_set(void);
int traps_pending(void);		/* a signal that has come and has a trap, or 0 */
void traps_child(void);		/* this process has become a child: its traps are gone, but not what they ignore */

/* folder_builtins.c: PWD, when the shell begins */
void folder_begin(void);

/* builtin.c */
typedef int (*builtin_t)(char **arguments);
enum {
	BUILTIN_SPECIAL = 1,	/* as POSIX has it: found before functions, its errors end a script */
	BUILTIN_OPERANDS = 2,	/* has no options: whoever runs it takes away a -- in front of its operands */
};
struct builtin {
	const char *name;
	builtin_t function;
	int flags;
};
const struct builtin *builtin_find(const char *name);

/* What only the shell's own command line says, and `set` does not: -c and -s. */
struct start {
	bool command;
	bool input;
};

/* Options: sets what -ex or +o name in arguments say; the first argument that is none of them, NULL after an error.
 * start is NULL for `set`. */
char **options_set(char **arguments, struct start *start);
void arguments_set(char **arguments);	/* copied */
int option_letters(char *letters);

#endif
