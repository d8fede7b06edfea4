/* scanf(3), fscanf(3), sscanf(3). */
#include "scan_format.h"

int vfscanf(FILE *restrict file, const char *restrict format, va_list arguments)
{
	struct scan_source source = { .file = file, .limit = SIZE_MAX };

	return __scan(&source, format, arguments);
}

int vscanf(const char *restrict format, va_list arguments)
{
	return vfscanf(stdin, format, arguments);
}

int vsscanf(const char *restrict text, const char *restrict format, va_list arguments)
{
	struct scan_source source = scan_string(text);

	return __scan(&source, format, arguments);
}

int fscanf(FILE *restrict file, const char *restrict format, ...)
{
	va_list arguments;
	int assigned;

	va_start(arguments, format);
	assigned = vfscanf(file, format, arguments);
	va_end(arguments);
	return assigned;
}

int scanf(const char *restrict format, ...)
{
	va_list arguments;
	int assigned;

	va_start(arguments, format);
	assigned = vfscanf(stdin, format, arguments);
	va_end(arguments);
	return assigned;
}

int sscanf(const char *restrict text, const char *restrict format, ...)
{
	va_list arguments;
	int assigned;

	va_start(arguments, format);
	assigned = vsscanf(text, format, arguments);
	va_end(arguments);
	return assigned;
}
