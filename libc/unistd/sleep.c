/* sleep(3), usleep(3). */
#include <time.h>
#include <unistd.h>

#include "cancel.h"

static int sleep_for(const struct timespec *time, struct timespec *left)
{
	return (int)syscall_return(cancel_call6(SYS_nanosleep, time, left, 0, 0, 0, 0));
}

unsigned sleep(unsigned seconds)
{
	struct timespec time = { .tv_sec = seconds };

	return sleep_for(&time, &time) < 0 ? (unsigned)time.tv_sec : 0;
}

int usleep(useconds_t microseconds)
{
	struct timespec time = { microseconds / 1000000, microseconds % 1000000 * 1000 };

	return sleep_for(&time, NULL);
}
