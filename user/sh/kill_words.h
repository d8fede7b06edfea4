/* What the shell's own kill and the program of that name share: which words they take, and what they say of them. */
#ifndef KILL_WORDS_H
#define KILL_WORDS_H

#include <stdbool.h>
#include <sys/types.h>

/* Whoever links it says how a message gets out: one line, without the newline. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Passes [-SIGNAL | -s SIGNAL] [--] by, and gives the signal, SIGTERM if none is named. False if it is none, or nothing
 * follows. */
bool kill_options(char ***words, int *signal);
/* A process's number, or a group's with a minus; false with a message. */
bool kill_number(const char *word, pid_t *pid);
/* kill(2) for what the word stands for; false with a message. */
bool kill_send(const char *word, pid_t pid, int signal);
/* Behind -l: the names of all signals; of words that are numbers, those of these signals, or of those that end a command
 * with such a status. Returns the status of kill. */
int kill_list(char **words);

#endif
