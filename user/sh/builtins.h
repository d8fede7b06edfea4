/* The commands that are built in: each gets its name and arguments, NULL behind them, and returns its status. What it
 * prints to stdout is flushed, and an error there noticed, by whoever runs it. */
#ifndef BUILTINS_H
#define BUILTINS_H

#include "sh.h"

/* The next option of a command that has these letters, in *words, which are its words behind its name; 0 at their end,
 * behind a --, with *words at the operands. '?', with a message, if it is none. To be called until one of the two. */
int option_take(const char *name, char ***words, const char *letters);

/* After an error of a special built-in command: a script does not survive it, unless `command` stands before it. Returns
 * the status. */
int special_failed(void);

int builtin_bg(char **arguments);
int builtin_cd(char **arguments);
int builtin_exec(char **arguments);
int builtin_fg(char **arguments);
int builtin_getopts(char **arguments);
int builtin_jobs(char **arguments);
int builtin_kill(char **arguments);
int builtin_printf(char **arguments);
int builtin_pwd(char **arguments);
int builtin_read(char **arguments);
int builtin_set(char **arguments);
int builtin_test(char **arguments);
int builtin_trap(char **arguments);
int builtin_ulimit(char **arguments);
int builtin_umask(char **arguments);
int builtin_wait(char **arguments);

#endif
