/* Tokens: lex.c reads them from the source, parse.c makes a tree of them. A word comes with its parts; what is between
 * $( and ) is parsed on the way, by parse.c again. */
#ifndef LEX_H
#define LEX_H

#include "tree.h"

enum token {
	TOKEN_WORD,
	TOKEN_REDIRECT,
	TOKEN_OPERATOR,
	TOKEN_NEWLINE,
	TOKEN_END,
};

struct here {
	struct here *next;
	struct redirect *redirect;
	char *delimiter;
	bool quoted, tabs;	/* nothing in it is expanded; leading tabs go */
};

struct parser {
	struct source *source;
	struct program *program;
	struct arena *arena;
	size_t begin;			/* where the program's text begins in the source */
	bool failed;			/* and that has been said */
	int depth;
	struct here *here;		/* whose text begins behind the next newline */

	enum token token;
	size_t start, end, last_end;	/* of this token and of the one before, in the source */
	struct word *word;		/* TOKEN_WORD */
	char operator[4];		/* TOKEN_OPERATOR and TOKEN_REDIRECT: its characters */
	int fd;				/* TOKEN_REDIRECT: the number before it, or -1 */
};

void lex(struct parser *parser);
/* The current token's text, as it was typed. */
bool token_is(const struct parser *parser, const char *text);
/* The token, or the text before it, is an error. */
void parse_error(struct parser *parser, const char *what, size_t length);
void parse_unexpected(struct parser *parser);
/* A command or word within another: counted in depth, and an error if there are too many. */
void parse_deeper(struct parser *parser);
/* The next line holds the text of a here-document, to the delimiter that the current token is. */
void lex_here(struct parser *parser, struct redirect *redirect, bool tabs);
/* What is between brackets, up to the ) that ends it, of which the last character has then been read. */
struct node *parse_substitution(struct parser *parser);
/* A program for text that is kept by the one it is a part of, in whose arena it lies. */
struct program *program_part(struct parser *parser, const char *text, size_t length);
/* As parse_substitution, for the text between backquotes. */
struct node *parse_text(struct parser *parser, const char *text, size_t length);

#endif
