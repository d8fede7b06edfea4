/* test and [: what an expression means depends on how many arguments it has (POSIX, test). */
#include "sh.h"

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

static int test_two(const char *left, const char *operator, const char *right)
{
	if (strcmp(operator, "=") == 0)
		return answer(strcmp(left, right) == 0);
	if (strcmp(operator, "!=") == 0)
		return answer(strcmp(left, right) != 0);
	return test_numbers(left, operator, right);
}

static bool is_binary(const char *operator)
{
	static const char *const operators[] = { "=", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge" };

	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++)
		if (strcmp(operator, operators[i]) == 0)
			return true;
	return false;
}

static int test_some(char **arguments, int count)
{
	if (count == 0)
		return FALSE;
	if (count == 1)
		return answer(*arguments[0]);
	if (count == 3 && is_binary(arguments[1]))
		return test_two(arguments[0], arguments[1], arguments[2]);
	if (strcmp(arguments[0], "!") == 0) {
		int result = test_some(arguments + 1, count - 1);
		return result == WRONG ? WRONG : !result;
	}
	return count == 2 ? test_one(arguments[0], arguments[1]) : wrong(arguments[1]);
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
