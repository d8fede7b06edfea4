/* sleep(3), usleep(3). */
#include <time.h>
#include <unistd.h>

#include "syscall.h"

unsigned sleep(unsigned seconds)
{
	struct timespec time = { .tv_sec = seconds };

	return __nanosleep(&time, &time) < 0 ? (unsigned)time.tv_sec : 0;
}

int usleep(useconds_t microseconds)
{
	struct timespec time = { microseconds / 1000000, microseconds % 1000000 * 1000 };

	return __nanosleep(&time, NULL);
}
