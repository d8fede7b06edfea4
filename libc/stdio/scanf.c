/* scanf(3), fscanf(3), sscanf(3). */
#include "file.h"
#include "scan_format.h"

int vfscanf(FILE *restrict file, const char *restrict format, va_list arguments)
{
	struct scan_source source = { .file = file, .limit = SIZE_MAX };
	int assigned;

	file_lock(file);
	assigned = __scan(&source, format, arguments);
	file_unlock(file);
	return assigned;
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
