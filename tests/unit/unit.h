/* What a unit test is written with: cases that run one after the other and report in TAP, a check
 * that ends the test at the first failure, and random numbers that are the same in every run.
 *
 *	int main(void)
 *	{
 *		UNIT_CASE(empty_list);
 *		return unit_done();
 *	} */
#ifndef UNIT_H
#define UNIT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static struct {
	const char *name;
	int number;
} unit_case;

#define UNIT_CASE(function)								\
	do {										\
		unit_case.name = #function;						\
		unit_case.number++;							\
		function();								\
		printf("ok %d - %s\n", unit_case.number, unit_case.name);		\
	} while (0)

/* unit_fail takes a message as printf does. */
#define unit_fail(...)									\
	do {										\
		printf("# %s:%d: ", __FILE__, __LINE__);				\
		printf(__VA_ARGS__);							\
		printf("\nnot ok %d - %s\n", unit_case.number, unit_case.name);		\
		fflush(stdout);								\
		exit(1);								\
	} while (0)

#define UNIT_CHECK(condition)								\
	do {										\
		if (!(condition))							\
			unit_fail("%s", #condition);					\
	} while (0)

static inline int unit_done(void)
{
	printf("1..%d\n", unit_case.number);
	return 0;
}

static uint64_t unit_seed = 0x2545f4914f6cdd1d;

/* Below bound, which is not 0 (xorshift64*; Vigna 2016). */
static inline uint64_t unit_random(uint64_t bound)
{
	unit_seed ^= unit_seed >> 12;
	unit_seed ^= unit_seed << 25;
	unit_seed ^= unit_seed >> 27;
	return (unit_seed * 0x2545f4914f6cdd1dul >> 11) % bound;
}

#endif
