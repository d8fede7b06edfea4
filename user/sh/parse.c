/* From tokens to a tree: recursive descent, one function for each rule of POSIX's grammar (2.10). After an error all
 * tokens are TOKEN_END, so that every loop ends by itself. */
#include "lex.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX	1000	/* of commands and words in one another */

static struct node *parse_list(struct parser *parser);
static struct node *parse_compound(struct parser *parser);

size_t name_length(const char *text)
{
	size_t length = 0;

	while (text[length] == '_' || isalpha((unsigned char)text[length]) ||
	       (length > 0 && isdigit((unsigned char)text[length])))
		length++;
	return length;
}

bool is_name(const char *text)
{
	return *text && text[name_length(text)] == '\0';
}

bool is_special_parameter(int c)
{
	return c > 0 && strchr("?$!#@*-0123456789", c);
}

void parse_error(struct parser *parser, const char *what, size_t length)
{
	char line[32] = "";

	if (parser->failed)
		return;
	parser->failed = true;
	parser->token = TOKEN_END;
	if (parser->source->interrupted)
		return;
	if (parser->source->line)
		snprintf(line, sizeof(line), "line %d: ", parser->source->line);
	if (!what)
		complain("%ssyntax error: unexpected end of file", line);
	else if (length == 0)
		complain("%ssyntax error: %s", line, what);
	else
		complain("%ssyntax error near \"%.*s\"", line, (int)length, what);
}

/* Something else was expected here. */
void parse_unexpected(struct parser *parser)
{
	if (parser->token == TOKEN_END)
		parse_error(parser, NULL, 0);
	else if (parser->token == TOKEN_NEWLINE)
		parse_error(parser, "unexpected end of line", 0);
	else
		parse_error(parser, parser->source->text + parser->start, parser->end - parser->start);
}

void parse_deeper(struct parser *parser)
{
	if (++parser->depth > DEPTH_MAX)
		parse_error(parser, "too much in one another", 0);
}

/* The text of the current word if nothing in it is quoted or expanded, else "". */
static char *token_text(const struct parser *parser)
{
	const struct part *part = parser->word->parts;

	return part && !part->next && part->kind == PART_TEXT && !part->quoted ? part->text : "";
}

bool token_is(const struct parser *parser, const char *text)
{
	if (parser->token == TOKEN_OPERATOR)
		return strcmp(parser->operator, text) == 0;
	return parser->token == TOKEN_WORD && strcmp(token_text(parser), text) == 0;
}

static bool accept(struct parser *parser, const char *text)
{
	if (!token_is(parser, text))
		return false;
	lex(parser);
	return true;
}

static void expect(struct parser *parser, const char *text)
{
	if (!accept(parser, text))
		parse_unexpected(parser);
}

static void skip_newlines(struct parser *parser)
{
	while (parser->token == TOKEN_NEWLINE)
		lex(parser);
}

static struct node *node_new(struct parser *parser, enum node_kind kind)
{
	struct node *node = arena_alloc(parser->arena, sizeof(*node));

	node->kind = kind;
	node->program = parser->program;
	node->start = parser->start;
	return node;
}

/* Its text ends before the current token. */
static void node_end(struct parser *parser, struct node *node)
{
	node->start -= parser->begin;
	node->length = parser->last_end - parser->begin - node->start;
}

/* A list where there has to be one. */
static struct node *parse_body(struct parser *parser)
{
	struct node *list = parse_list(parser);

	if (!list)
		parse_unexpected(parser);
	return list;
}

static void parse_redirect(struct parser *parser, struct redirect ***tail)
{
	static const struct {
		const char *operator;
		enum redirect_kind kind;
	} kinds[] = {
		{ "<", REDIRECT_READ }, { ">", REDIRECT_WRITE }, { ">|", REDIRECT_CLOBBER }, { ">>", REDIRECT_APPEND },
		{ "<>", REDIRECT_BOTH }, { "<&", REDIRECT_DUP }, { ">&", REDIRECT_DUP }, { "<<", REDIRECT_HERE },
		{ "<<-", REDIRECT_HERE },
	};
	struct redirect *redirect = arena_alloc(parser->arena, sizeof(*redirect));
	bool tabs = strcmp(parser->operator, "<<-") == 0;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].operator, parser->operator) == 0)
			redirect->kind = kinds[i].kind;
	redirect->fd = parser->fd >= 0 ? parser->fd : parser->operator[0] == '>';
	lex(parser);
	if (parser->token != TOKEN_WORD) {
		parse_unexpected(parser);
		return;
	}
	if (redirect->kind == REDIRECT_HERE)
		lex_here(parser, redirect, tabs);
	else
		redirect->target = parser->word;
	**tail = redirect;
	*tail = &redirect->next;
	lex(parser);
}

static void parse_redirects(struct parser *parser, struct node *node)
{
	struct redirect **tail = &node->redirects;

	while (parser->token == TOKEN_REDIRECT)
		parse_redirect(parser, &tail);
}

/* If the word is NAME=value, it becomes an assignment. What is before the = is plain, or it would not be a name. */
static bool word_assigns(struct parser *parser, struct word *word)
{
	const struct part *part = word->parts;
	size_t length;

	if (!part || part->kind != PART_TEXT || part->quoted)
		return false;
	length = name_length(part->text);
	if (length == 0 || part->text[length] != '=')
		return false;
	word->assigns = arena_copy(parser->arena, part->text, length);
	return true;
}

/* name ( ) command */
static struct node *parse_function(struct parser *parser, struct node *node, char *name)
{
	expect(parser, "(");
	expect(parser, ")");
	skip_newlines(parser);
	if (!is_name(name))
		parse_error(parser, name, strlen(name));
	node->kind = NODE_FUNCTION;
	node->name = name;
	node->words = NULL;
	node->child = parse_compound(parser);
	if (node->child)
		parse_redirects(parser, node->child);
	else
		parse_unexpected(parser);
	return node;
}

static struct node *parse_simple(struct parser *parser)
{
	struct node *node = node_new(parser, NODE_SIMPLE);
	struct word **assignments = &node->assignments, **words = &node->words;
	struct redirect **redirects = &node->redirects;

	while (parser->token == TOKEN_WORD || parser->token == TOKEN_REDIRECT) {
		struct word *word = parser->word;
		char *name = "";

		if (parser->token == TOKEN_REDIRECT) {
			parse_redirect(parser, &redirects);
			continue;
		}
		/* An assignment behind the name matters to export and its like. */
		if (word_assigns(parser, word) && !node->words) {
			*assignments = word;
			assignments = &word->next;
		} else {
			if (!node->words && !node->assignments && !node->redirects)
				name = token_text(parser);
			*words = word;
			words = &word->next;
		}
		lex(parser);
		if (*name && token_is(parser, "(") && parser->token == TOKEN_OPERATOR)
			return parse_function(parser, node, name);
	}
	if (!node->assignments && !node->words && !node->redirects)
		parse_unexpected(parser);
	return node;
}

/* Behind if or elif. */
static struct node *parse_if(struct parser *parser)
{
	struct node *node = node_new(parser, NODE_IF);

	lex(parser);
	node->condition = parse_body(parser);
	expect(parser, "then");
	node->child = parse_body(parser);
	if (token_is(parser, "elif")) {
		parse_deeper(parser);
		node->otherwise = parse_if(parser);
		parser->depth--;
		return node;
	}
	if (accept(parser, "else"))
		node->otherwise = parse_body(parser);
	expect(parser, "fi");
	return node;
}

static struct node *parse_do(struct parser *parser)
{
	struct node *body;

	expect(parser, "do");
	body = parse_body(parser);
	expect(parser, "done");
	return body;
}

static struct node *parse_while(struct parser *parser, enum node_kind kind)
{
	struct node *node = node_new(parser, kind);

	lex(parser);
	node->condition = parse_body(parser);
	node->child = parse_do(parser);
	return node;
}

static struct node *parse_for(struct parser *parser)
{
	struct node *node = node_new(parser, NODE_FOR);
	struct word **tail = &node->words;

	lex(parser);
	if (parser->token != TOKEN_WORD || !is_name(node->name = token_text(parser)))
		parse_unexpected(parser);
	lex(parser);
	skip_newlines(parser);
	if (accept(parser, "in")) {
		for (node->listed = true; parser->token == TOKEN_WORD; lex(parser)) {
			*tail = parser->word;
			tail = &parser->word->next;
		}
		if (!accept(parser, ";") && parser->token != TOKEN_NEWLINE)
			parse_unexpected(parser);
	} else {
		accept(parser, ";");
	}
	skip_newlines(parser);
	node->child = parse_do(parser);
	return node;
}

/* [(] pattern [| pattern]... ) [list] */
static struct case_item *parse_case_item(struct parser *parser)
{
	struct case_item *item = arena_alloc(parser->arena, sizeof(*item));
	struct word **tail = &item->patterns;

	accept(parser, "(");
	do {
		if (parser->token != TOKEN_WORD) {
			parse_unexpected(parser);
			return item;
		}
		*tail = parser->word;
		tail = &parser->word->next;
		lex(parser);
	} while (accept(parser, "|"));
	expect(parser, ")");
	item->body = parse_list(parser);
	return item;
}

static struct node *parse_case(struct parser *parser)
{
	struct node *node = node_new(parser, NODE_CASE);
	struct case_item **tail = &node->items;

	lex(parser);
	if (parser->token != TOKEN_WORD)
		parse_unexpected(parser);
	node->words = parser->word;
	lex(parser);
	skip_newlines(parser);
	expect(parser, "in");
	skip_newlines(parser);
	while (!parser->failed && !token_is(parser, "esac")) {
		*tail = parse_case_item(parser);
		tail = &(*tail)->next;
		if (!accept(parser, ";;"))
			break;
		skip_newlines(parser);
	}
	expect(parser, "esac");
	return node;
}

static struct node *parse_brackets(struct parser *parser, enum node_kind kind, const char *end)
{
	struct node *node = node_new(parser, kind);

	lex(parser);
	node->child = parse_body(parser);
	expect(parser, end);
	return node;
}

static struct node *parse_compound(struct parser *parser)
{
	if (token_is(parser, "if"))
		return parse_if(parser);
	if (token_is(parser, "while"))
		return parse_while(parser, NODE_WHILE);
	if (token_is(parser, "until"))
		return parse_while(parser, NODE_UNTIL);
	if (token_is(parser, "for"))
		return parse_for(parser);
	if (token_is(parser, "case"))
		return parse_case(parser);
	if (token_is(parser, "{"))
		return parse_brackets(parser, NODE_GROUP, "}");
	if (token_is(parser, "("))
		return parse_brackets(parser, NODE_SUBSHELL, ")");
	return NULL;
}

/* Whether no command can begin here: a reserved word that ends or continues one. */
static bool token_ends_list(const struct parser *parser)
{
	static const char *const words[] = {
		"then", "elif", "else", "fi", "do", "done", "in", "esac", "}", ")", ";;",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (token_is(parser, words[i]))
			return true;
	return parser->token == TOKEN_END;
}

static struct node *parse_command(struct parser *parser)
{
	struct node *node;

	parse_deeper(parser);
	if (token_ends_list(parser) || token_is(parser, "!")) {
		parse_unexpected(parser);
		return NULL;
	}
	node = parse_compound(parser);
	if (node)
		parse_redirects(parser, node);
	else
		node = parse_simple(parser);
	node_end(parser, node);
	parser->depth--;
	return node;
}

/* pipeline := ["!"] command ("|" command)* */
static struct node *parse_pipeline(struct parser *parser)
{
	struct node *pipe = node_new(parser, NODE_PIPE), **tail = &pipe->child, *not = NULL;

	if (token_is(parser, "!")) {
		not = node_new(parser, NODE_NOT);
		lex(parser);
	}
	for (;;) {
		*tail = parse_command(parser);
		if (parser->failed)
			return NULL;
		tail = &(*tail)->next;
		if (!accept(parser, "|"))
			break;
		skip_newlines(parser);
	}
	node_end(parser, pipe);
	if (!pipe->child->next)
		pipe = pipe->child;
	if (not)
		not->child = pipe;
	return not ? not : pipe;
}

/* and-or := pipeline (("&&" | "||") pipeline)* */
static struct node *parse_and_or(struct parser *parser)
{
	struct node *node = node_new(parser, NODE_AND_OR), **tail = &node->child;
	bool or = false;

	while ((*tail = parse_pipeline(parser))) {
		(*tail)->or = or;
		tail = &(*tail)->next;
		or = token_is(parser, "||");
		if (!or && !token_is(parser, "&&"))
			break;
		lex(parser);
		skip_newlines(parser);
	}
	if (parser->failed)
		return NULL;
	node_end(parser, node);
	return node->child->next ? node : node->child;
}

/* One element of a list, with the ; or & behind it; *more says whether another may follow in the line. */
static struct node *parse_element(struct parser *parser, bool *more)
{
	struct node *node = node_new(parser, NODE_BACKGROUND), *command = parse_and_or(parser);

	*more = true;
	if (!command)
		return NULL;
	node_end(parser, node);
	if (token_is(parser, "&") && parser->token == TOKEN_OPERATOR) {
		lex(parser);
		node->child = command;
		return node;
	}
	*more = accept(parser, ";");
	return command;
}

/* Elements between newlines, ; and &. NULL: there are none. */
static struct node *parse_list(struct parser *parser)
{
	struct node *list = node_new(parser, NODE_LIST), **tail = &list->child;
	bool more = true;

	skip_newlines(parser);
	while (more && !token_ends_list(parser)) {
		*tail = parse_element(parser, &more);
		if (!*tail)
			return NULL;
		tail = &(*tail)->next;
		more |= parser->token == TOKEN_NEWLINE;
		skip_newlines(parser);
	}
	return list->child && !list->child->next ? list->child : list->child ? list : NULL;
}

struct node *parse_substitution(struct parser *parser)
{
	struct parser outer = *parser;
	struct node *list;

	parse_deeper(parser);
	parser->here = NULL;
	lex(parser);
	list = parse_list(parser);
	if (!token_is(parser, ")") || parser->token != TOKEN_OPERATOR)
		parse_unexpected(parser);
	outer.failed = parser->failed;
	*parser = outer;
	return list;
}

struct program *program_part(struct parser *parser, const char *text, size_t length)
{
	struct program *program = arena_alloc(parser->arena, sizeof(*program));

	program->references = 1;
	program->text = arena_copy(parser->arena, text, length);
	return program;
}

struct node *parse_text(struct parser *outer, const char *text, size_t length)
{
	struct program *program = program_part(outer, text, length);
	struct source source = { .text = text, .length = length };
	struct parser parser = {
		.source = &source, .program = program, .arena = outer->arena, .depth = outer->depth,
	};
	struct node *list;

	parse_deeper(&parser);
	lex(&parser);
	list = parse_list(&parser);
	if (parser.token != TOKEN_END)
		parse_unexpected(&parser);
	outer->failed |= parser.failed;
	return list;
}

void program_release(struct program *program)
{
	if (--program->references > 0)
		return;
	arena_free(&program->arena);
	free(program);
}

/* Elements up to the end of the line. */
static struct node *parse_line(struct parser *parser)
{
	struct node *list = node_new(parser, NODE_LIST), **tail = &list->child;
	bool more = true;

	while (more && parser->token != TOKEN_NEWLINE && parser->token != TOKEN_END) {
		*tail = parse_element(parser, &more);
		if (!*tail)
			return NULL;
		tail = &(*tail)->next;
	}
	if (parser->token != TOKEN_NEWLINE && parser->token != TOKEN_END)
		parse_unexpected(parser);
	return list->child->next ? list : list->child;
}

enum parse_result parse_program(struct source *source, struct program **result)
{
	struct program *program = allocate(sizeof(*program));
	struct parser parser = {
		.source = source, .program = program, .arena = &program->arena, .begin = source->at,
	};
	enum parse_result answer;

	program->references = 1;
	lex(&parser);
	answer = parser.token == TOKEN_END ? PARSE_END : PARSE_EMPTY;
	if (!parser.failed && parser.token != TOKEN_END && parser.token != TOKEN_NEWLINE) {
		program->tree = parse_line(&parser);
		answer = PARSE_OK;
	}
	program->text = arena_copy(&program->arena, source->text + parser.begin, source->at - parser.begin);
	*result = program;
	if (source->interrupted)
		answer = PARSE_INTERRUPTED;
	else if (parser.failed)
		answer = PARSE_ERROR;
	if (answer != PARSE_OK) {
		program_release(program);
		*result = NULL;
	}
	return answer;
}
