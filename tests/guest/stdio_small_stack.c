/* A thread with the smallest stack there may be prints and reads floating-point numbers, the greatest and the longest of a
 * double included, and the greatest long double; a handler has room besides. */
#include "test.h"

#include <float.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define TEXT_SIZE	8192
#define SPARE		6144	/* of the stack, for the handler and the frames of the thread */

static char text[TEXT_SIZE];

/* So much less of the stack is left for what follows. */
static void *use_numbers(void *argument)
{
	volatile char spare[SPARE];
	char *end;

	(void)argument;
	for (size_t i = 0; i < sizeof(spare); i += 512)
		spare[i] = 1;
	CHECK_EQ(snprintf(text, sizeof(text), "%f %Lf", DBL_MAX, LDBL_MAX), 309 + 7 + 1 + 4933 + 7);
	CHECK(strtod(text, &end) == DBL_MAX);
	CHECK_EQ(end - text, 309 + 7);
	CHECK_EQ(snprintf(text, sizeof(text), "%.1074f", DBL_TRUE_MIN), 1076);
	CHECK(strtod(text, &end) == DBL_TRUE_MIN);
	CHECK_EQ(end - text, 1076);
	CHECK_EQ(snprintf(text, sizeof(text), "%.3Le", LDBL_TRUE_MIN), 11);
	CHECK_STR(text, "3.645e-4951");
	CHECK_EQ(sscanf("0.1000000000000000055511151231257827", "%le", &(double) { 0 }), 1);
	return NULL;
}

int main(void)
{
	pthread_attr_t attributes;
	pthread_t thread;

	CHECK_EQ(pthread_attr_init(&attributes), 0);
	CHECK_EQ(pthread_attr_setstacksize(&attributes, PTHREAD_STACK_MIN), 0);
	CHECK_EQ(pthread_create(&thread, &attributes, use_numbers, NULL), 0);
	CHECK_EQ(pthread_join(thread, NULL), 0);
	PASS();
}
