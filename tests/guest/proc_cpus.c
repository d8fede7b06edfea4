/* /proc/stat, system-wide (proc(5)): the time of the CPUs, together and one by one; switches, processes, interrupts. */
#include "test.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <time.h>

#define PARTS	10	/* user nice system idle iowait irq softirq steal guest guest_nice */
#define FORKS	20
#define ROUNDS	200
#define TICKS	100	/* a second */

static char text[65536];

static void take(const char *path)
{
	int fd = open(path, O_RDONLY);
	size_t size = 0;
	ssize_t got;

	CHECK(fd >= 0);
	while ((got = read(fd, text + size, sizeof(text) - 1 - size)) > 0)
		size += got;
	CHECK_EQ(got, 0);
	close(fd);
	text[size] = 0;
}

/* The numbers behind the label at the start of a line; how many. */
static int numbers(const char *label, unsigned long long *to, int most)
{
	const char *at = text;
	int count = 0;
	char *end;

	while (strncmp(at, label, strlen(label)) != 0 || at[strlen(label)] != ' ') {
		at = strchr(at, '\n');
		if (!at++)
			return 0;
	}
	for (at += strlen(label); count < most && *at != '\n'; at = end) {
		to[count] = strtoull(at, &end, 10);
		CHECK(end != at);
		count++;
	}
	return count;
}

static unsigned long long number(const char *label)
{
	unsigned long long value = 0;

	take("/proc/stat");
	CHECK_EQ(numbers(label, &value, 1), 1);
	return value;
}

static unsigned long long total(const unsigned long long *parts)
{
	unsigned long long sum = 0;

	for (int i = 0; i < 8; i++)	/* a guest's time is in user and nice as well */
		sum += parts[i];
	return sum;
}

/* The line of all CPUs is the sum of the others, each of which is rounded down. */
static void parts_and_sum(void)
{
	unsigned long long all[PARTS], one[PARTS], sum[PARTS] = { 0 };
	char label[16];
	int cpus;

	take("/proc/stat");
	CHECK_EQ(numbers("cpu", all, PARTS), PARTS);
	for (cpus = 0; cpus < 4096; cpus++) {
		snprintf(label, sizeof(label), "cpu%d", cpus);
		int found = numbers(label, one, PARTS);
		if (found == 0)
			break;
		CHECK_EQ(found, PARTS);
		for (int i = 0; i < PARTS; i++)
			sum[i] += one[i];
	}
	CHECK(cpus >= 1);
	CHECK(all[0] >= sum[0] && all[0] <= sum[0] + cpus + 1);
	CHECK(all[2] >= sum[2] && all[2] <= sum[2] + cpus + 1);
}

static long own_ms(void)
{
	struct rusage usage;

	CHECK_EQ(getrusage(RUSAGE_SELF, &usage), 0);
	return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
		(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

static void burn(long ms)
{
	long end = own_ms() + ms;

	while (own_ms() < end)
		for (volatile int i = 0; i < 100000; i++)
			;
}

/* Until that part of the CPUs' time is so long; for ever if nobody counts. */
static void burn_until(int part, unsigned long long end)
{
	unsigned long long now[PARTS];

	do {
		burn(20);
		take("/proc/stat");
		CHECK_EQ(numbers("cpu", now, PARTS), PARTS);
	} while (now[part] < end);
}

/* What this process has used, the CPUs have spent, in user mode too; and nothing shrinks. */
static void busy_time(void)
{
	unsigned long long before[PARTS], after[PARTS], last[PARTS];

	take("/proc/stat");
	CHECK_EQ(numbers("cpu", before, PARTS), PARTS);
	memcpy(last, before, sizeof(last));
	burn(500);
	for (int i = 0; i < 200; i++) {
		take("/proc/stat");
		CHECK_EQ(numbers("cpu", after, PARTS), PARTS);
		CHECK(after[0] >= last[0] && after[2] >= last[2]);
		memcpy(last, after, sizeof(last));
	}
	CHECK(after[0] + after[1] + after[2] - before[0] - before[1] - before[2] >= TICKS / 4);
	/* While a CPU that is emulated stands still, all time may be the kernel's. */
	burn_until(0, before[0] + TICKS / 4);
}

static void nice_burn(void)
{
	unsigned long long before[PARTS];

	CHECK_EQ(setpriority(PRIO_PROCESS, 0, 5), 0);
	take("/proc/stat");
	CHECK_EQ(numbers("cpu", before, PARTS), PARTS);
	burn_until(1, before[1] + TICKS / 10);
}

/* The CPUs' time goes on while all sleep. */
static void idle_time(void)
{
	struct timespec third = { .tv_nsec = 333000000 };
	unsigned long long before[PARTS], after[PARTS];

	take("/proc/stat");
	CHECK_EQ(numbers("cpu", before, PARTS), PARTS);
	CHECK_EQ(nanosleep(&third, NULL), 0);
	take("/proc/stat");
	CHECK_EQ(numbers("cpu", after, PARTS), PARTS);
	CHECK(total(after) - total(before) >= TICKS / 5);
}

static void nothing(void)
{
}

static void processes(void)
{
	unsigned long long before = number("processes");

	for (int i = 0; i < FORKS; i++)
		CHECK_EXIT(nothing, 0);
	CHECK(number("processes") >= before + FORKS);
	CHECK(number("procs_running") >= 1);
	CHECK(number("procs_blocked") < 100000);
}

static void switches(void)
{
	unsigned long long before = number("ctxt");
	int there[2], back[2], status;
	char byte = 0;

	CHECK(pipe(there) == 0 && pipe(back) == 0);
	pid_t child = fork();
	if (child == 0) {
		close(there[1]);
		while (read(there[0], &byte, 1) == 1)
			CHECK_EQ(write(back[1], &byte, 1), 1);
		_exit(0);
	}
	for (int i = 0; i < ROUNDS; i++)
		CHECK(write(there[1], &byte, 1) == 1 && read(back[0], &byte, 1) == 1);
	close(there[1]);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK(number("ctxt") >= before + ROUNDS);
}

static void interrupts(void)
{
	unsigned long long counts[17];

	CHECK(number("intr") > 0);
	CHECK_EQ(numbers("intr", counts, 17), 17);
	for (int i = 1; i < 17; i++)
		CHECK(counts[i] <= counts[0]);
}

/* When the machine was booted: now, less how long it is up; each is told in whole seconds. */
static void boot_time(void)
{
	long booted = number("btime"), before = time(NULL);

	take("/proc/uptime");
	long up = strtol(text, NULL, 10);
	CHECK(booted >= before - up - 2 && booted <= time(NULL) - up + 2);
}

int main(void)
{
	parts_and_sum();
	busy_time();
	CHECK_EXIT(nice_burn, 0);	/* the time of who is nice is told beside */
	idle_time();
	processes();
	switches();
	interrupts();
	boot_time();
	PASS();
}
