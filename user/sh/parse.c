/* From text to a tree: a hand-written lexer that knows quotes only so far as to find the end of a word, and a parser
 * by recursive descent, one function for each rule of the grammar. */
#include "sh.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
	struct arena_block *next;
	char data[];
};

void *arena_alloc(struct arena *arena, size_t size)
{
	struct arena_block *block = calloc(1, sizeof(*block) + size);

	if (!block) {
		complain("out of memory");
		exit(STATUS_USAGE);
	}
	block->next = arena->blocks;
	arena->blocks = block;
	return block->data;
}

char *arena_copy(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);

	memcpy(copy, text, length);
	return copy;
}

void arena_free(struct arena *arena)
{
	while (arena->blocks) {
		struct arena_block *block = arena->blocks;

		arena->blocks = block->next;
		free(block);
	}
}

enum token_kind {
	TOKEN_WORD,
	TOKEN_REDIRECT,
	TOKEN_PIPE,
	TOKEN_AND,
	TOKEN_OR,
	TOKEN_SEMICOLON,
	TOKEN_BACKGROUND,
	TOKEN_LINE_END,		/* a newline, or the end of the text */
	TOKEN_INCOMPLETE,	/* the text ends inside a quote */
	TOKEN_UNKNOWN,		/* an operator or expansion that this shell does not have */
};

struct parser {
	const char *at;			/* behind the current token */
	struct arena *arena;
	enum token_kind token;
	const char *start;		/* the current token's text */
	size_t length;
	const char *last_end;		/* the end of the token before it */
	enum redirect_kind redirect;	/* TOKEN_REDIRECT */
	int redirect_fd;
	enum parse_result result;	/* PARSE_OK until something is wrong */
};

size_t name_length(const char *text)
{
	size_t length = 0;

	while (text[length] == '_' || (text[length] >= 'a' && text[length] <= 'z') ||
	       (text[length] >= 'A' && text[length] <= 'Z') || (length > 0 && text[length] >= '0' && text[length] <= '9'))
		length++;
	return length;
}

size_t parameter_length(const char *text)
{
	return *text && strchr("?$!#@*0123456789", *text) ? 1 : name_length(text);
}

/* The end of the quoted part that begins at text, or NULL if the text ends first. */
static const char *quote_end(const char *text)
{
	char quote = *text++;

	if (quote == '\\')
		return *text ? text + 1 : NULL;
	while (*text && *text != quote) {
		if (quote == '"' && *text == '\\' && text[1])
			text++;
		text++;
	}
	return *text ? text + 1 : NULL;
}

/* Whether a word wants an expansion that this shell does not have: `...`, $(...), or ${...} with more than a name. */
static bool word_is_unknown(const char *at, const char *end)
{
	bool quoted = false;	/* in double quotes */

	for (; at < end; at++) {
		if (*at == '\\') {
			at++;
		} else if (*at == '"') {
			quoted = !quoted;
		} else if (*at == '\'' && !quoted) {
			at = quote_end(at) - 1;
		} else if (*at == '`' || (at[0] == '$' && at[1] == '(')) {
			return true;
		} else if (at[0] == '$' && at[1] == '{') {
			size_t length = parameter_length(at + 2);

			if (length == 0 || at[2 + length] != '}')
				return true;
		}
	}
	return false;
}

static void lex_word(struct parser *parser)
{
	const char *at = parser->start;

	while (*at && !strchr(" \t\n;|&<>()", *at)) {
		at = strchr("'\"\\", *at) ? quote_end(at) : at + 1;
		if (!at) {
			parser->token = TOKEN_INCOMPLETE;
			return;
		}
	}
	parser->token = word_is_unknown(parser->start, at) ? TOKEN_UNKNOWN : TOKEN_WORD;
	parser->length = at - parser->start;
	parser->at = at;
}

/* [n]< [n]> [n]>> [n]<& [n]>&: true if that is what stands here. n has one digit. */
static bool lex_redirect(struct parser *parser)
{
	const char *at = parser->start + strspn(parser->start, "0123456789");
	size_t digits = at - parser->start;
	int fd = digits == 1 ? parser->start[0] - '0' : -1;

	if (*at != '<' && *at != '>')
		return false;
	if (digits > 1) {
		parser->token = TOKEN_UNKNOWN;
		parser->length = digits + 1;
		return true;
	}
	parser->redirect = *at == '<' ? REDIRECT_READ : REDIRECT_WRITE;
	parser->redirect_fd = fd >= 0 ? fd : *at == '>';
	at++;
	if (*at == '&') {
		parser->redirect = REDIRECT_DUP;
		at++;
	} else if (*at == '>' && at[-1] == '>') {
		parser->redirect = REDIRECT_APPEND;
		at++;
	}
	parser->token = TOKEN_REDIRECT;
	parser->length = at - parser->start;
	parser->at = at;
	return true;
}

/* Reads the next token. An escaped newline joins lines; # begins a comment where a word could begin. */
static void lex(struct parser *parser)
{
	static const struct {
		const char *text;
		enum token_kind token;
	} operators[] = {
		{ "&&", TOKEN_AND }, { "||", TOKEN_OR }, { ";;", TOKEN_UNKNOWN }, { "|", TOKEN_PIPE },
		{ ";", TOKEN_SEMICOLON }, { "&", TOKEN_BACKGROUND }, { "(", TOKEN_UNKNOWN }, { ")", TOKEN_UNKNOWN },
	};
	const char *at = parser->at;

	parser->last_end = at;
	while (*at == ' ' || *at == '\t' || (at[0] == '\\' && at[1] == '\n'))
		at += *at == '\\' ? 2 : 1;
	if (*at == '#')
		at += strcspn(at, "\n");
	parser->start = at;
	if (*at == '\0' || *at == '\n') {
		parser->token = TOKEN_LINE_END;
		parser->length = 0;
		parser->at = at + (*at == '\n');
		return;
	}
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		size_t length = strlen(operators[i].text);

		if (strncmp(at, operators[i].text, length) == 0) {
			parser->token = operators[i].token;
			parser->length = length;
			parser->at = at + length;
			return;
		}
	}
	if (!lex_redirect(parser))
		lex_word(parser);
}

/* Something else was expected here: it is an error, or the text may go on. */
static void parse_unexpected(struct parser *parser)
{
	if (parser->result != PARSE_OK)
		return;
	if (parser->token == TOKEN_INCOMPLETE || (parser->token == TOKEN_LINE_END && *parser->start == '\0')) {
		parser->result = PARSE_INCOMPLETE;
		return;
	}
	if (parser->token == TOKEN_LINE_END)
		complain("syntax error: unexpected end of line");
	else
		complain("syntax error near \"%.*s\"", (int)parser->length, parser->start);
	parser->result = PARSE_ERROR;
}

static void parse_redirect(struct parser *parser, struct redirect ***tail)
{
	struct redirect *redirect = arena_alloc(parser->arena, sizeof(*redirect));

	redirect->kind = parser->redirect;
	redirect->fd = parser->redirect_fd;
	lex(parser);
	if (parser->token != TOKEN_WORD) {
		parse_unexpected(parser);
		return;
	}
	redirect->target = arena_copy(parser->arena, parser->start, parser->length);
	**tail = redirect;
	*tail = &redirect->next;
	lex(parser);
}

/* Whether the current token is a word that begins, continues or ends what this shell does not have. */
static bool parse_reserved(const struct parser *parser)
{
	static const char *const words[] = {
		"!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "then", "until", "while",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == parser->length && memcmp(words[i], parser->start, parser->length) == 0)
			return true;
	return false;
}

/* command := (NAME=value | redirection)* (word | redirection)*, not empty */
static struct command *parse_command(struct parser *parser)
{
	struct command *command = arena_alloc(parser->arena, sizeof(*command));
	struct word **assignments = &command->assignments, **words = &command->words;
	struct redirect **redirects = &command->redirects;

	if (parser->token == TOKEN_WORD && parse_reserved(parser)) {
		parser->token = TOKEN_UNKNOWN;
		parse_unexpected(parser);
	}
	while (parser->result == PARSE_OK && (parser->token == TOKEN_WORD || parser->token == TOKEN_REDIRECT)) {
		if (parser->token == TOKEN_REDIRECT) {
			parse_redirect(parser, &redirects);
			continue;
		}
		struct word *word = arena_alloc(parser->arena, sizeof(*word));
		size_t name = name_length(parser->start);
		bool assignment = !command->words && name > 0 && parser->start[name] == '=';
		struct word ***tail = assignment ? &assignments : &words;

		word->text = arena_copy(parser->arena, parser->start, parser->length);
		**tail = word;
		*tail = &word->next;
		lex(parser);
	}
	if (!command->assignments && !command->words && !command->redirects)
		parse_unexpected(parser);
	return command;
}

/* Newlines may stand behind | && and ||. */
static void parse_operator(struct parser *parser)
{
	do {
		lex(parser);
	} while (parser->token == TOKEN_LINE_END && *parser->start == '\n');
}

/* pipeline := ["!"] command ("|" command)* */
static void parse_pipeline(struct parser *parser, struct pipeline *pipeline)
{
	struct command **tail = &pipeline->commands;

	if (parser->token == TOKEN_WORD && parser->length == 1 && *parser->start == '!') {
		pipeline->negated = true;
		lex(parser);
	}
	for (;;) {
		*tail = parse_command(parser);
		tail = &(*tail)->next;
		if (parser->result != PARSE_OK || parser->token != TOKEN_PIPE)
			return;
		parse_operator(parser);
	}
}

/* group := pipeline (("&&" | "||") pipeline)*; appended where *tail is the end, which is the result. */
static struct list **parse_group(struct parser *parser, struct list **tail)
{
	struct list *first = NULL;
	enum list_operator before = LIST_ALWAYS;
	const char *begin = parser->start;

	while (parser->result == PARSE_OK) {
		struct list *list = arena_alloc(parser->arena, sizeof(*list));
		const char *start = parser->start;

		list->before = before;
		parse_pipeline(parser, &list->pipeline);
		if (parser->result == PARSE_OK)
			list->text = arena_copy(parser->arena, start, parser->last_end - start);
		*tail = list;
		tail = &list->next;
		if (!first)
			first = list;
		if (parser->token != TOKEN_AND && parser->token != TOKEN_OR)
			break;
		before = parser->token == TOKEN_AND ? LIST_AND : LIST_OR;
		parse_operator(parser);
	}
	if (parser->token == TOKEN_BACKGROUND && parser->result == PARSE_OK) {
		first->background = true;
		first->text = arena_copy(parser->arena, begin, parser->last_end - begin);
	}
	return tail;
}

/* list := group ((";" | "&") group)* [";" | "&"] */
static struct list *parse_list(struct parser *parser)
{
	struct list *first = NULL, **tail = &first;

	while (parser->result == PARSE_OK) {
		tail = parse_group(parser, tail);
		if (parser->token != TOKEN_SEMICOLON && parser->token != TOKEN_BACKGROUND)
			break;
		lex(parser);
		if (parser->token == TOKEN_LINE_END)
			break;
	}
	if (parser->token != TOKEN_LINE_END)
		parse_unexpected(parser);
	return first;
}

enum parse_result parse_line(const char **text, struct arena *arena, struct list **list)
{
	struct parser parser = { .at = *text, .arena = arena, .result = PARSE_OK };

	*list = NULL;
	lex(&parser);
	if (parser.token == TOKEN_LINE_END)
		parser.result = PARSE_EMPTY;
	else
		*list = parse_list(&parser);
	*text = parser.at;
	return parser.result;
}
