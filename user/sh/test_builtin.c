/* test and [: what an expression means depends on how many arguments it has (POSIX, test). */
#include "builtins.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TRUE	0
#define FALSE	1
#define WRONG	STATUS_USAGE

static int answer(bool is_true)
{
	return is_true ? TRUE : FALSE;
}

static int wrong(const char *text)
{
	complain("test: %s: cannot be understood", text);
	return WRONG;
}

static bool has_type(const char *path, mode_t type)
{
	struct stat status;

	return stat(path, &status) == 0 && (status.st_mode & S_IFMT) == type;
}

static int test_file(char operator, const char *path)
{
	struct stat status;

	switch (operator) {
	case 'b': return answer(has_type(path, S_IFBLK));
	case 'c': return answer(has_type(path, S_IFCHR));
	case 'd': return answer(has_type(path, S_IFDIR));
	case 'f': return answer(has_type(path, S_IFREG));
	case 'p': return answer(has_type(path, S_IFIFO));
	case 'e': return answer(stat(path, &status) == 0);
	case 's': return answer(stat(path, &status) == 0 && status.st_size > 0);
	case 'g': return answer(stat(path, &status) == 0 && status.st_mode & S_ISGID);
	case 'u': return answer(stat(path, &status) == 0 && status.st_mode & S_ISUID);
	case 'h':
	case 'L': return answer(lstat(path, &status) == 0 && S_ISLNK(status.st_mode));
	case 'r': return answer(access(path, R_OK) == 0);
	case 'w': return answer(access(path, W_OK) == 0);
	case 'x': return answer(access(path, X_OK) == 0);
	case 't': return answer(isatty(atoi(path)));
	default: return WRONG;
	}
}

static int test_one(const char *operator, const char *operand)
{
	int result = WRONG;

	if (strcmp(operator, "-n") == 0)
		return answer(*operand);
	if (strcmp(operator, "-z") == 0)
		return answer(!*operand);
	if (operator[0] == '-' && operator[1] && !operator[2])
		result = test_file(operator[1], operand);
	return result == WRONG ? wrong(operator) : result;
}

static int test_numbers(const char *left, const char *operator, const char *right)
{
	static const char *const operators[] = { "-eq", "-ne", "-lt", "-le", "-gt", "-ge" };
	char *end_left, *end_right;
	long a = strtol(left, &end_left, 10), b = strtol(right, &end_right, 10);
	const bool answers[] = { a == b, a != b, a < b, a <= b, a > b, a >= b };

	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		if (strcmp(operator, operators[i]) != 0)
			continue;
		if (!*left || *end_left)
			return wrong(left);
		if (!*right || *end_right)
			return wrong(right);
		return answer(answers[i]);
	}
	return wrong(operator);
}

/* A file that is not there is older than any. */
static int compare_times(const char *left, const char *right)
{
	struct stat first, second;
	bool has_first = stat(left, &first) == 0, has_second = stat(right, &second) == 0;

	if (!has_first || !has_second)
		return has_first - has_second;
	if (first.st_mtim.tv_sec != second.st_mtim.tv_sec)
		return first.st_mtim.tv_sec < second.st_mtim.tv_sec ? -1 : 1;
	return (first.st_mtim.tv_nsec > second.st_mtim.tv_nsec) - (first.st_mtim.tv_nsec < second.st_mtim.tv_nsec);
}

static int test_two(const char *left, const char *operator, const char *right)
{
	struct stat first, second;

	if (strcmp(operator, "=") == 0)
		return answer(strcmp(left, right) == 0);
	if (strcmp(operator, "!=") == 0)
		return answer(strcmp(left, right) != 0);
	if (strcmp(operator, "<") == 0)
		return answer(strcmp(left, right) < 0);
	if (strcmp(operator, ">") == 0)
		return answer(strcmp(left, right) > 0);
	if (strcmp(operator, "-a") == 0)
		return answer(*left && *right);
	if (strcmp(operator, "-o") == 0)
		return answer(*left || *right);
	if (strcmp(operator, "-nt") == 0)
		return answer(compare_times(left, right) > 0);
	if (strcmp(operator, "-ot") == 0)
		return answer(compare_times(left, right) < 0);
	if (strcmp(operator, "-ef") == 0)
		return answer(stat(left, &first) == 0 && stat(right, &second) == 0 &&
			      first.st_dev == second.st_dev && first.st_ino == second.st_ino);
	return test_numbers(left, operator, right);
}

static bool is_binary(const char *operator)
{
	static const char *const operators[] = {
		"=", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef", "-a", "-o",
	};

	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++)
		if (strcmp(operator, operators[i]) == 0)
			return true;
	return false;
}

static int not(int result)
{
	return result == WRONG ? WRONG : !result;
}

static bool is(char **at, char **end, const char *text)
{
	return at < end && strcmp(*at, text) == 0;
}

static int test_or(char ***at, char **end);

static int test_primary(char ***at, char **end)
{
	char **word = *at;
	int result;

	if (word == end)
		return wrong(word[-1]);
	if (end - word >= 3 && is_binary(word[1]) && strcmp(word[1], "-a") != 0 && strcmp(word[1], "-o") != 0) {
		*at += 3;
		return test_two(word[0], word[1], word[2]);
	}
	++*at;
	if (strcmp(*word, "!") == 0)
		return not(test_primary(at, end));
	if (strcmp(*word, "(") == 0) {
		result = test_or(at, end);
		if (!is(*at, end, ")"))
			return wrong("( without )");
		++*at;
		return result;
	}
	if (*at < end && word[0][0] == '-' && word[0][1] && !word[0][2] && !is(*at, end, "-a") && !is(*at, end, "-o"))
		return test_one(word[0], *(*at)++);
	return answer(**word);
}

static int test_and(char ***at, char **end)
{
	int result = test_primary(at, end);

	while (result != WRONG && is(*at, end, "-a")) {
		++*at;
		int right = test_primary(at, end);

		result = right == WRONG ? WRONG : result || right;
	}
	return result;
}

static int test_or(char ***at, char **end)
{
	int result = test_and(at, end);

	while (result != WRONG && is(*at, end, "-o")) {
		++*at;
		int right = test_and(at, end);

		result = right == WRONG ? WRONG : result && right;
	}
	return result;
}

/* Up to four arguments their number says what they are; more of them are an expression of -a -o ! ( ). */
static int test_some(char **arguments, int count)
{
	char **at = arguments, **end = arguments + count;
	int result;

	if (count == 0)
		return FALSE;
	if (count == 1)
		return answer(*arguments[0]);
	if (count == 3 && is_binary(arguments[1]))
		return test_two(arguments[0], arguments[1], arguments[2]);
	if (count <= 4 && strcmp(arguments[0], "!") == 0)
		return not(test_some(arguments + 1, count - 1));
	if ((count == 3 || count == 4) && strcmp(arguments[0], "(") == 0 && strcmp(end[-1], ")") == 0)
		return test_some(arguments + 1, count - 2);
	if (count == 2)
		return test_one(arguments[0], arguments[1]);
	result = test_or(&at, end);
	return result != WRONG && at < end ? wrong(*at) : result;
}

int builtin_test(char **arguments)
{
	int count = 0;

	while (arguments[count + 1])
		count++;
	if (arguments[0][0] == '[' && (count == 0 || strcmp(arguments[count--], "]") != 0))
		return wrong("[ without ]");
	return test_some(arguments + 1, count);
}
