/* $((...)): long integers, the operators of C but for ++, -- and the comma; a name stands for its variable's number. What
 * && || and ?: pass over is read, but not calculated. */
#include "sh.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ASSIGNMENT	1
#define CONDITIONAL	2
#define UNARY		13
#define DEPTH_MAX	1000

struct arithmetic {
	const char *text, *at;
	bool failed;
	int skipped;		/* >0: nothing is calculated */
	int depth;
};

/* The longer before those they begin with. */
static const struct operator {
	const char *text;
	int level;		/* how tightly it binds */
} operators[] = {
	{ "<<=", ASSIGNMENT }, { ">>=", ASSIGNMENT }, { "+=", ASSIGNMENT }, { "-=", ASSIGNMENT },
	{ "*=", ASSIGNMENT }, { "/=", ASSIGNMENT }, { "%=", ASSIGNMENT }, { "&=", ASSIGNMENT },
	{ "^=", ASSIGNMENT }, { "|=", ASSIGNMENT }, { "||", 3 }, { "&&", 4 }, { "==", 8 }, { "!=", 8 },
	{ "<<", 10 }, { ">>", 10 }, { "<=", 9 }, { ">=", 9 }, { "=", ASSIGNMENT }, { "?", CONDITIONAL },
	{ "|", 5 }, { "^", 6 }, { "&", 7 }, { "<", 9 }, { ">", 9 }, { "+", 11 }, { "-", 11 },
	{ "*", 12 }, { "/", 12 }, { "%", 12 },
};

static long evaluate(struct arithmetic *state, int level);

static long fail(struct arithmetic *state, const char *why)
{
	if (!state->failed)
		complain("arithmetic: %s: \"%s\"", why, state->text);
	state->failed = true;
	return 0;
}

static void blanks(struct arithmetic *state)
{
	while (isspace((unsigned char)*state->at))
		state->at++;
}

static const struct operator *operator_here(struct arithmetic *state)
{
	blanks(state);
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++)
		if (strncmp(state->at, operators[i].text, strlen(operators[i].text)) == 0)
			return &operators[i];
	return NULL;
}

/* Two's complement, as the machine has it: nothing overflows into nonsense. */
static long calculate(struct arithmetic *state, const char *operator, long left, long right)
{
	unsigned long a = left, b = right;

	switch (operator[0]) {
	case '+': return (long)(a + b);
	case '-': return (long)(a - b);
	case '*': return (long)(a * b);
	case '/':
	case '%':
		if (right == 0)
			return state->skipped ? 0 : fail(state, "division by zero");
		if (right == -1)
			return operator[0] == '/' ? (long)-a : 0;
		return operator[0] == '/' ? left / right : left % right;
	case '<': return operator[1] == '<' ? (long)(a << (b & 63)) : operator[1] == '=' ? left <= right : left < right;
	case '>': return operator[1] == '>' ? left >> (b & 63) : operator[1] == '=' ? left >= right : left > right;
	case '=': return left == right;
	case '!': return left != right;
	case '&': return left & right;
	case '^': return left ^ right;
	default: return left | right;
	}
}

static long number(struct arithmetic *state, const char *text, const char **end)
{
	char *stop;
	long value;

	errno = 0;
	value = strtol(text, &stop, 0);
	if (errno == ERANGE)
		return fail(state, "a number is too large");
	*end = stop;
	return value;
}

static long variable_value(struct arithmetic *state, const char *name, size_t length)
{
	char *copy = strndup(name, length);
	const char *text = copy && !state->skipped ? var_get(copy) : NULL, *end = "";
	long value = 0;

	if (!text && shell.options['u'] && !state->skipped) {
		complain("%s: parameter not set", copy);
		state->failed = true;
	}
	free(copy);
	while (text && isspace((unsigned char)*text))
		text++;
	if (text && *text)
		value = number(state, text, &end);
	return end[strspn(end, " \t\n")] ? fail(state, "a variable is not a number") : value;
}

/* A name, and what is assigned to it: name = value, name += value... */
static long variable(struct arithmetic *state, int level)
{
	const char *name = state->at;
	size_t length = name_length(name);
	const struct operator *operator;
	bool assigns;
	char digits[24];
	long value = 0;

	state->at += length;
	operator = operator_here(state);
	assigns = operator && operator->level == ASSIGNMENT && level == ASSIGNMENT;
	if (!assigns || operator->text[1])
		value = variable_value(state, name, length);
	if (!assigns)
		return value;
	state->at += strlen(operator->text);
	if (operator->text[1])
		value = calculate(state, operator->text, value, evaluate(state, ASSIGNMENT));
	else
		value = evaluate(state, ASSIGNMENT);
	snprintf(digits, sizeof(digits), "%ld", value);
	if (!state->failed && !state->skipped && !var_set(name, length, digits))
		state->failed = true;
	return value;
}

static long operand(struct arithmetic *state, int level)
{
	char c;
	long value;

	blanks(state);
	c = *state->at;
	if (c == '(') {
		state->at++;
		value = evaluate(state, ASSIGNMENT);
		blanks(state);
		if (*state->at != ')')
			return fail(state, "a ) is missing");
		state->at++;
		return value;
	}
	if (c && strchr("+-!~", c)) {
		state->at++;
		value = evaluate(state, UNARY);
		return c == '-' ? (long)-(unsigned long)value : c == '!' ? !value : c == '~' ? ~value : value;
	}
	if (isdigit((unsigned char)c))
		return number(state, state->at, &state->at);
	if (name_length(state->at) > 0)
		return variable(state, level);
	return fail(state, "not an expression");
}

static long choice(struct arithmetic *state, long condition)
{
	long yes, no;

	state->skipped += !condition;
	yes = evaluate(state, ASSIGNMENT);
	state->skipped -= !condition;
	blanks(state);
	if (*state->at != ':')
		return fail(state, "a : is missing");
	state->at++;
	state->skipped += !!condition;
	no = evaluate(state, CONDITIONAL);
	state->skipped -= !!condition;
	return condition ? yes : no;
}

/* An expression of operators that bind at least so tightly. */
static long evaluate(struct arithmetic *state, int level)
{
	const struct operator *operator;
	long value;

	if (++state->depth > DEPTH_MAX)
		fail(state, "too much in one another");
	value = state->failed ? 0 : operand(state, level);
	while (!state->failed && (operator = operator_here(state)) && operator->level >= level &&
	       operator->level > ASSIGNMENT) {
		bool settled = (operator->text[0] == '&' && operator->level == 4 && !value) ||
			(operator->text[0] == '|' && operator->level == 3 && value);
		long right;

		state->at += strlen(operator->text);
		if (operator->level == CONDITIONAL) {
			value = choice(state, value);
			continue;
		}
		state->skipped += settled;
		right = evaluate(state, operator->level + 1);
		state->skipped -= settled;
		if (operator->level == 3)
			value = value || right;
		else if (operator->level == 4)
			value = value && right;
		else
			value = calculate(state, operator->text, value, right);
	}
	state->depth--;
	return value;
}

bool arithmetic(const char *text, long *value)
{
	struct arithmetic state = { .text = text, .at = text };

	*value = evaluate(&state, ASSIGNMENT);
	blanks(&state);
	if (*state.at && !state.failed)
		fail(&state, "not an expression");
	return !state.failed;
}
