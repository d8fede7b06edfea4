/* The tree that a command's text becomes, and the parser that makes it. A program is one complete command: its tree and
 * its text live in its arena, and it is kept as long as something refers to it: a run, or a function it has defined. */
#ifndef TREE_H
#define TREE_H

#include "sh.h"

enum part_kind { PART_TEXT, PART_PARAMETER, PART_COMMAND, PART_ARITHMETIC };

/* A part of a word: text without its quotes, or something that is expanded when the command runs. */
struct part {
	struct part *next;
	enum part_kind kind;
	bool quoted;
	char *text;		/* or the parameter's name */
	char operator;		/* of ${name...}: one of - = ? + # %, l for the length, 0 for none */
	bool second;		/* it is :- and so on, or ## or %% */
	struct word *word;	/* what follows the operator; the expression */
	struct node *command;
};

struct word {
	struct word *next;
	struct part *parts;
	char *assigns;		/* in an assignment NAME=value: the name; the parts are the value */
};

enum redirect_kind {
	REDIRECT_READ, REDIRECT_WRITE, REDIRECT_CLOBBER, REDIRECT_APPEND, REDIRECT_BOTH, REDIRECT_DUP, REDIRECT_HERE,
};

struct redirect {
	struct redirect *next;
	enum redirect_kind kind;
	int fd;
	struct word *target;	/* a path, the other descriptor's number, or the text of a here-document */
};

enum node_kind {
	NODE_SIMPLE,		/* words with assignments before them */
	NODE_PIPE,		/* children side by side */
	NODE_NOT,		/* ! child */
	NODE_AND_OR,		/* children: each says what joins it to the one before */
	NODE_LIST,		/* children one after the other */
	NODE_BACKGROUND,	/* child & */
	NODE_SUBSHELL,		/* ( child ) */
	NODE_GROUP,		/* { child } */
	NODE_IF,		/* condition, child, otherwise */
	NODE_WHILE, NODE_UNTIL,	/* condition, child */
	NODE_FOR,		/* name, words (or $@, if not listed), child */
	NODE_CASE,		/* words: one; items */
	NODE_FUNCTION,		/* name, child */
};

struct case_item {
	struct case_item *next;
	struct word *patterns;
	struct node *body;	/* may be NULL, as every list between brackets can */
};

struct node {
	struct node *next;		/* brother */
	enum node_kind kind;
	bool or;			/* joined by || to the one before, else by && */
	bool listed;
	struct redirect *redirects;
	struct node *child, *condition, *otherwise;
	struct word *assignments, *words;
	struct case_item *items;
	char *name;
	struct program *program;
	size_t start, length;		/* of its text in the program's */
};

struct program {
	int references;
	struct arena arena;
	char *text;
	struct node *tree;
};

void program_release(struct program *program);

/* Where commands come from. */
struct source {
	const char *text;
	size_t length, at;
	bool (*more)(struct source *source);	/* adds a line at the end; false if there is none. NULL: all is there */
	int line;				/* where `at` is, for messages; 0: not said */
	bool interrupted;			/* ^C was typed instead of the end of a line */
};

enum parse_result { PARSE_OK, PARSE_EMPTY, PARSE_END, PARSE_ERROR, PARSE_INTERRUPTED };

/* Parses one complete command, up to the end of its line. Nothing behind that line is read. An error has been
 * reported. */
enum parse_result parse_program(struct source *source, struct program **program);

/* The fields that words become: appended to fields, which grow (NULL-terminated). Errors have set shell.unwind. */
struct fields {
	char **items;
	size_t count, room;
};
void fields_add(struct fields *fields, const char *text, struct arena *arena);	/* the text is copied */
void expand_word(const struct word *word, struct arena *arena, struct fields *fields);
/* The one field that a word becomes where nothing is split: EXPAND_ASSIGNMENT knows ~ behind colons too, and
 * EXPAND_PATTERN leaves \ before what was quoted. */
enum expand_mode { EXPAND_FIELDS, EXPAND_ASSIGNMENT, EXPAND_SINGLE, EXPAND_PATTERN };
char *expand_single(const struct word *word, struct arena *arena, enum expand_mode mode);
/* pattern.c: the paths that match, sorted; false if there are none. */
bool pattern_paths(const char *pattern, struct arena *arena, struct fields *fields);

/* Runs a tree; the status is left in shell.status too. last: nothing follows, this process may become the command. */
int node_run(const struct node *node, bool last);
int simple_run(const struct node *node, bool last);
/* This process is a new child of the shell; with_jobs: `jobs` in it tells of the shell's. */
void child_begin(bool with_jobs);
/* What the command writes to its standard output. */
void substitute(const struct node *command, struct text *output);

/* Replaces this process by the command, found along PATH, or along other folders if
 * those are named. Returns only on failure, with the status, after a message. */
int exec_search(const char *along, char **arguments);
/* Finds a command likewise: its path in path, or false. */
bool path_search(const char *along, const char *name, int access, char *path, size_t size);

/* redirect.c: redirections of what runs in the shell itself are taken back by redirects_undo, also if one has failed (which
 * has been said); keep: they stay. */
#define SAVED_FDS	10	/* redirections name 0..9; what the shell keeps lies above */
struct saved {
	struct saved *outer;
	int fds[SAVED_FDS];
	bool used[SAVED_FDS];
};
bool redirects_apply(const struct redirect *redirect);
bool redirects_begin(const struct redirect *redirect, struct saved *saved);
void redirects_undo(struct saved *saved, bool keep);
void redirects_child(void);	/* what is saved is the parent's to put back */

struct function {
	struct function *next;
	struct program *program;
	const struct node *body;
	char name[];
};
struct function *function_find(const char *name);
void function_define(const struct node *node);
bool function_unset(const char *name);
int function_call(struct function *function, char **arguments, bool last);

#endif
