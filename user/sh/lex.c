/* From characters to tokens (lex.h). A word is made by one function for every place where text with quotes and $ can
 * stand; where it ends and what a quote means there is its mode. */
#include "lex.h"

#include <ctype.h>
#include <string.h>

enum mode {
	MODE_WORD,		/* ends before a blank or an operator */
	MODE_BRACE,		/* of ${x:-...}: ends before } */
	MODE_BRACE_QUOTED,	/* the same between double quotes */
	MODE_QUOTED,		/* ends before " */
	MODE_ARITHMETIC,	/* ends before the ) that has no ( */
	MODE_HERE,		/* ends with the text */
};

/* A word that is being made: what is in text becomes a part when something else begins. */
struct maker {
	struct parser *parser;
	struct part **tail;
	struct text text;
	bool quoted;
};

/* The character so far ahead, without its meaning; -1 at the end, and after an error. */
static int raw(struct parser *parser, size_t ahead)
{
	struct source *source = parser->source;

	if (parser->failed)
		return -1;
	while (source->at + ahead >= source->length)
		if (source->interrupted || !source->more || !source->more(source))
			return -1;
	return (unsigned char)source->text[source->at + ahead];
}

static void skip(struct parser *parser)
{
	struct source *source = parser->source;

	if (source->line && source->text[source->at] == '\n')
		source->line++;
	source->at++;
}

/* The next character: \ and a newline are nothing. */
static int peek(struct parser *parser)
{
	int c;

	while ((c = raw(parser, 0)) == '\\' && raw(parser, 1) == '\n') {
		skip(parser);
		skip(parser);
	}
	return c;
}

static void unexpected_end(struct parser *parser)
{
	parse_error(parser, NULL, 0);
}

static bool expect(struct parser *parser, int c)
{
	if (peek(parser) == c) {
		skip(parser);
		return true;
	}
	unexpected_end(parser);
	return false;
}

static struct part *maker_part(struct maker *maker, enum part_kind kind, bool quoted)
{
	struct part *part = arena_alloc(maker->parser->arena, sizeof(*part));

	part->kind = kind;
	part->quoted = quoted;
	*maker->tail = part;
	maker->tail = &part->next;
	return part;
}

/* What was gathered becomes a part; if there is nothing, only if an empty one is wanted. */
static void maker_flush(struct maker *maker, bool empty)
{
	if (maker->text.length > 0 || empty)
		maker_part(maker, PART_TEXT, maker->quoted)->text = arena_copy(
			maker->parser->arena, maker->text.length ? maker->text.bytes : "", maker->text.length);
	maker->text.length = 0;
}

static void maker_add(struct maker *maker, int c, bool quoted)
{
	if (maker->quoted != quoted)
		maker_flush(maker, false);
	maker->quoted = quoted;
	text_add(&maker->text, (char)c);
}

static void scan(struct maker *maker, enum mode mode);

static struct word *scan_word(struct parser *parser, enum mode mode)
{
	struct word *word = arena_alloc(parser->arena, sizeof(*word));
	struct maker maker = { .parser = parser, .tail = &word->parts };

	parse_deeper(parser);
	scan(&maker, mode);
	maker_flush(&maker, false);
	text_free(&maker.text);
	parser->depth--;
	return word;
}

static char *scan_name(struct parser *parser, bool brace)
{
	struct text name = { 0 };
	int c = peek(parser);
	char *copy;

	if (c >= 0 && is_special_parameter(c) && !(brace && isdigit(c))) {
		text_add(&name, (char)c);
		skip(parser);
	} else {
		bool digits = c >= 0 && isdigit(c);

		for (; c == '_' || (c >= 0 && (digits ? isdigit(c) : isalnum(c))); c = peek(parser)) {
			text_add(&name, (char)c);
			skip(parser);
		}
	}
	copy = name.length ? arena_copy(parser->arena, name.bytes, name.length) : NULL;
	text_free(&name);
	return copy;
}

/* The operator and the word behind the name in ${name...}. */
static void scan_operator(struct parser *parser, struct part *part, bool quoted)
{
	int c = peek(parser);
	bool pattern = c == '#' || c == '%';

	if (c == ':') {
		part->second = true;
		skip(parser);
		c = peek(parser);
	}
	if (c < 0 || !strchr("-=?+", c) ? !pattern || part->second : false) {
		if (c < 0)
			unexpected_end(parser);
		else
			parse_error(parser, "bad substitution", 0);
		return;
	}
	part->operator = (char)c;
	skip(parser);
	if (pattern && peek(parser) == c) {
		part->second = true;
		skip(parser);
	}
	part->word = scan_word(parser, quoted && !pattern ? MODE_BRACE_QUOTED : MODE_BRACE);
}

static void scan_brace(struct maker *maker, bool quoted)
{
	struct parser *parser = maker->parser;
	struct part *part = maker_part(maker, PART_PARAMETER, quoted);

	if (peek(parser) == '#') {
		int c = raw(parser, 1);

		skip(parser);
		part->text = "#";
		if (c >= 0 && (isalnum(c) || c == '_' || (is_special_parameter(c) && raw(parser, 1) == '}'))) {
			part->operator = 'l';
			part->text = scan_name(parser, true);
		}
	} else {
		part->text = scan_name(parser, true);
	}
	if (!part->text)
		parse_error(parser, "bad substitution", 0);
	else if (!part->operator && peek(parser) != '}')
		scan_operator(parser, part, quoted);
	expect(parser, '}');
}

static void scan_arithmetic(struct maker *maker, bool quoted)
{
	struct part *part = maker_part(maker, PART_ARITHMETIC, quoted);

	skip(maker->parser);
	skip(maker->parser);
	part->word = scan_word(maker->parser, MODE_ARITHMETIC);
	if (expect(maker->parser, ')'))
		expect(maker->parser, ')');
}

static void scan_dollar(struct maker *maker, bool quoted)
{
	struct parser *parser = maker->parser;
	int c;

	skip(parser);
	c = peek(parser);
	if (c != '{' && c != '(' && c != '_' && !(c >= 0 && (isalpha(c) || is_special_parameter(c)))) {
		maker_add(maker, '$', quoted);
		return;
	}
	maker_flush(maker, false);
	if (c == '{') {
		skip(parser);
		scan_brace(maker, quoted);
	} else if (c == '(' && raw(parser, 1) == '(') {
		scan_arithmetic(maker, quoted);
	} else if (c == '(') {
		skip(parser);
		maker_part(maker, PART_COMMAND, quoted)->command = parse_substitution(parser);
	} else {
		maker_part(maker, PART_PARAMETER, quoted)->text = scan_name(parser, false);
	}
}

/* `...`: \ takes the meaning of $ ` and \, and of " between double quotes. */
static void scan_backquote(struct maker *maker, bool quoted, enum mode mode)
{
	struct parser *parser = maker->parser;
	struct text text = { 0 };
	int c;

	maker_flush(maker, false);
	skip(parser);
	while ((c = peek(parser)) != '`' && c >= 0) {
		skip(parser);
		if (c == '\\') {
			int next = raw(parser, 0);

			if (next == '$' || next == '`' || next == '\\' || (next == '"' && mode == MODE_QUOTED)) {
				c = next;
				skip(parser);
			}
		}
		text_add(&text, (char)c);
	}
	if (expect(parser, '`') && text.length > 0)
		maker_part(maker, PART_COMMAND, quoted)->command = parse_text(parser, text.bytes, text.length);
	text_free(&text);
}

static void scan_single(struct maker *maker)
{
	int c;

	maker_flush(maker, false);
	maker->quoted = true;
	skip(maker->parser);
	while ((c = raw(maker->parser, 0)) >= 0 && c != '\'') {
		text_add(&maker->text, (char)c);
		skip(maker->parser);
	}
	if (c < 0)
		unexpected_end(maker->parser);
	else
		skip(maker->parser);
	maker_flush(maker, true);
}

static void scan_double(struct maker *maker)
{
	struct part **begin;

	maker_flush(maker, false);
	begin = maker->tail;
	skip(maker->parser);
	scan(maker, MODE_QUOTED);
	maker->quoted = true;
	maker_flush(maker, maker->tail == begin);
	expect(maker->parser, '"');
}

static void scan_escape(struct maker *maker, bool quoted, enum mode mode)
{
	int c;

	skip(maker->parser);
	c = raw(maker->parser, 0);
	if (c < 0) {
		maker_add(maker, '\\', true);
		return;
	}
	if (quoted && !strchr("$`\\", c) && !(c == '"' && (mode == MODE_QUOTED || mode == MODE_BRACE_QUOTED)) &&
	    !(c == '}' && mode == MODE_BRACE_QUOTED)) {
		maker_add(maker, '\\', true);
		return;
	}
	maker_add(maker, c, true);
	skip(maker->parser);
}

static bool mode_ends(enum mode mode, int c, int *brackets)
{
	switch (mode) {
	case MODE_WORD: return strchr(" \t\n;|&<>()", c);
	case MODE_BRACE:
	case MODE_BRACE_QUOTED: return c == '}';
	case MODE_QUOTED: return c == '"';
	case MODE_ARITHMETIC:
		*brackets += (c == '(') - (c == ')');
		return *brackets < 0;
	default: return false;
	}
}

static void scan(struct maker *maker, enum mode mode)
{
	bool quoted = mode != MODE_WORD && mode != MODE_BRACE;
	int brackets = 0, c;

	while ((c = peek(maker->parser)) >= 0 && !mode_ends(mode, c, &brackets)) {
		if (c == '\\') {
			scan_escape(maker, quoted, mode);
		} else if (c == '$') {
			scan_dollar(maker, quoted);
		} else if (c == '`') {
			scan_backquote(maker, quoted, mode);
		} else if (c == '\'' && !quoted) {
			scan_single(maker);
		} else if (c == '"' && (!quoted || mode == MODE_BRACE_QUOTED)) {
			scan_double(maker);
		} else {
			maker_add(maker, c, quoted);
			skip(maker->parser);
		}
	}
}

void lex_here(struct parser *parser, struct redirect *redirect, bool tabs)
{
	struct here **tail = &parser->here, *here = arena_alloc(parser->arena, sizeof(*here));
	struct text delimiter = { 0 };

	for (const struct part *part = parser->word->parts; part; part = part->next) {
		here->quoted |= part->quoted;
		if (part->kind == PART_TEXT)
			text_append(&delimiter, part->text, strlen(part->text));
		else
			parse_unexpected(parser);
	}
	here->delimiter = arena_copy(parser->arena, delimiter.length ? delimiter.bytes : "", delimiter.length);
	text_free(&delimiter);
	here->tabs = tabs;
	here->redirect = redirect;
	redirect->target = arena_alloc(parser->arena, sizeof(*redirect->target));
	while (*tail)
		tail = &(*tail)->next;
	*tail = here;
}

/* Adds a line to the text, with its newline; false if it is the delimiter, or there is none. */
static bool here_line(struct parser *parser, const struct here *here, struct text *text)
{
	size_t begin = text->length;
	int c;

	while (here->tabs && raw(parser, 0) == '\t')
		skip(parser);
	while ((c = raw(parser, 0)) >= 0 && c != '\n') {
		/* Where quotes do not keep it, \ and a newline are nothing: the line goes on. */
		if (c == '\\' && !here->quoted && raw(parser, 1) >= 0) {
			text_add(text, (char)c);
			skip(parser);
		}
		text_add(text, (char)raw(parser, 0));
		skip(parser);
	}
	if (text->length - begin == strlen(here->delimiter) &&
	    memcmp(text->length > begin ? text->bytes + begin : "", here->delimiter, text->length - begin) == 0) {
		text->length = begin;
		if (c == '\n')
			skip(parser);
		return false;
	}
	if (c < 0)
		return false;
	text_add(text, '\n');
	skip(parser);
	return true;
}

static struct word *scan_here(struct parser *outer, const struct text *text)
{
	struct source source = { .text = text->bytes, .length = text->length };
	struct parser parser = {
		.source = &source, .program = program_part(outer, text->bytes, text->length), .arena = outer->arena,
		.depth = outer->depth,
	};
	struct word *word = scan_word(&parser, MODE_HERE);

	outer->failed |= parser.failed;
	return word;
}

/* The texts of the here-documents whose operators stand in the line that has just ended. */
static void lex_here_texts(struct parser *parser)
{
	struct here *here = parser->here;

	parser->here = NULL;
	for (; here && !parser->failed; here = here->next) {
		struct text text = { 0 };

		while (here_line(parser, here, &text))
			;
		if (text.length == 0)
			continue;
		if (here->quoted) {
			struct part *part = arena_alloc(parser->arena, sizeof(*part));

			part->quoted = true;
			part->text = arena_copy(parser->arena, text.bytes, text.length);
			here->redirect->target->parts = part;
		} else {
			here->redirect->target = scan_here(parser, &text);
		}
		text_free(&text);
	}
}

/* The longest operator that begins here. */
static void lex_operator(struct parser *parser)
{
	static const char *const longer[] = { "&&", "||", ";;", "<<", "<<-", "<&", "<>", ">>", ">&", ">|" };
	size_t length = 0;
	bool found = true;

	memset(parser->operator, 0, sizeof(parser->operator));
	while (found) {
		int c;

		parser->operator[length++] = parser->source->text[parser->source->at];
		skip(parser);
		c = peek(parser);
		found = false;
		if (c < 0)
			break;
		parser->operator[length] = (char)c;
		for (size_t i = 0; i < sizeof(longer) / sizeof(longer[0]); i++)
			found |= strcmp(longer[i], parser->operator) == 0;
		parser->operator[length] = '\0';
		if (length == 2 && !found)
			break;
	}
	parser->token = parser->operator[0] == '<' || parser->operator[0] == '>' ? TOKEN_REDIRECT : TOKEN_OPERATOR;
}

/* n< n>: whether a number stands here that belongs to a redirection; it is read. It has one digit. */
static bool lex_number(struct parser *parser)
{
	size_t digits = 0;
	int c;

	while ((c = raw(parser, digits)) >= 0 && isdigit(c))
		digits++;
	parser->fd = -1;
	if (digits == 0 || (c != '<' && c != '>'))
		return c == '<' || c == '>';
	if (digits > 1) {
		parse_error(parser, parser->source->text + parser->source->at, digits + 1);
		return false;
	}
	parser->fd = raw(parser, 0) - '0';
	skip(parser);
	return true;
}

void lex(struct parser *parser)
{
	struct source *source = parser->source;
	int c;

	parser->last_end = parser->end;
	while ((c = peek(parser)) == ' ' || c == '\t')
		skip(parser);
	if (c == '#')
		while ((c = raw(parser, 0)) >= 0 && c != '\n')
			skip(parser);
	parser->start = source->at;
	if (c < 0) {
		parser->token = TOKEN_END;
	} else if (c == '\n') {
		parser->token = TOKEN_NEWLINE;
		skip(parser);
		lex_here_texts(parser);
	} else if (lex_number(parser) || strchr("&|;()", c)) {
		lex_operator(parser);
	} else {
		parser->token = TOKEN_WORD;
		parser->word = scan_word(parser, MODE_WORD);
	}
	if (parser->failed)
		parser->token = TOKEN_END;
	parser->end = source->at;
}
