/* The one core under all functions of the scanf family. */
#ifndef INTERNAL_SCAN_FORMAT_H
#define INTERNAL_SCAN_FORMAT_H

#include <stdarg.h>

#include "scan.h"

/* Reads as the format says (scanf(3)) and returns how many arguments got a value, or EOF if the
 * input ended before the first. %ls, %lc and %ms are not there. */
int __scan(const struct scan_source *source, const char *format, va_list arguments);

#endif
