/* What needs little of the kernel and much of the processor: floating point, sorting, searching, conversion. */
#include <fnmatch.h>
#include <locale.h>
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void match(const char *pattern, const char *text)
{
	regmatch_t found[3];
	regex_t regex;

	if (regcomp(&regex, pattern, REG_EXTENDED) != 0) {
		printf("bad pattern %s\n", pattern);
	} else if (regexec(&regex, text, 3, found, 0) != 0) {
		printf("%s: not in %s\n", pattern, text);
		regfree(&regex);
	} else {
		printf("%s: %d to %d, first group at %d\n", pattern, (int)found[0].rm_so,
		       (int)found[0].rm_eo, (int)found[1].rm_so);
		regfree(&regex);
	}
}

int main(void)
{
	double value[1000], sum = 0;
	wchar_t wide[16];

	for (int i = 0; i < 1000; i++)
		value[i] = sin(i) * exp(i / 100.0);
	qsort(value, 1000, sizeof(*value), compare);
	for (int i = 0; i < 1000; i++)
		sum += value[i] * i;
	printf("%.10g %.10g %.10g\n", value[0], value[999], sum);
	printf("%a %Lg %g %g\n", 0.1, 1.0L / 3, strtod("1e308", NULL), strtod("0x1.8p3", NULL));
	printf("%g %g %d\n", sqrt(2), pow(2, 0.5), (int)lround(2.5));
	match("([a-z]+)@([a-z.]+)", "write to someone@example.org now");
	match("^$", "x");
	match("(a|b)*c{2,3}", "ababcc");
	printf("%d %d\n", fnmatch("*.[ch]", "main.c", 0), fnmatch("*.[ch]", "main.o", 0) != 0);
	printf("%s %d\n", setlocale(LC_ALL, "C"), (int)mbstowcs(wide, "wide", 16));
	srandom(7);
	printf("%ld %ld\n", random(), random());
	return 0;
}
