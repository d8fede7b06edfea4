/* /proc/loadavg (proc(5)) and the loads of sysinfo(2): averages of the threads that run, which rise while one does. */
#include "test.h"

#include <fcntl.h>
#include <sys/sysinfo.h>

struct load {
	double averages[3];
	int running, threads, last;
};

static struct load take(void)
{
	struct load load;
	char text[128], rest;
	int fd = open("/proc/loadavg", O_RDONLY);
	ssize_t size = read(fd, text, sizeof(text) - 1);

	CHECK(fd >= 0 && size > 0);
	close(fd);
	text[size] = 0;
	CHECK_EQ(sscanf(text, "%lf %lf %lf %d/%d %d%c", &load.averages[0], &load.averages[1], &load.averages[2],
		&load.running, &load.threads, &load.last, &rest), 7);
	CHECK_EQ(rest, '\n');
	return load;
}

/* The same from both, when no average changes between. */
static void same_from_sysinfo(void)
{
	struct load before, after;
	struct sysinfo info;

	do {
		before = take();
		CHECK_EQ(sysinfo(&info), 0);
		after = take();
	} while (memcmp(before.averages, after.averages, sizeof(before.averages)) != 0);
	for (int i = 0; i < 3; i++) {
		double difference = info.loads[i] / 65536.0 - after.averages[i];
		CHECK(difference > -0.011 && difference < 0.011);
	}
}

int main(void)
{
	struct load load = take();
	int status;

	CHECK(load.running >= 1 && load.running <= load.threads);
	pid_t child = fork();
	if (child == 0)
		_exit(0);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK(take().last > 0);
	same_from_sysinfo();
	/* After five seconds at most, and never if nobody looks. */
	while (take().averages[0] < 0.05)
		for (volatile int i = 0; i < 1000000; i++)
			;
	CHECK(take().averages[0] < 1000);
	same_from_sysinfo();
	PASS();
}
