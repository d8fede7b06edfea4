/* Threads that go from CPU to CPU all the time keep their registers, FPU and SSE ones too, and find time never go
 * backwards, neither in one of them nor from one to another. */
#define _GNU_SOURCE
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>

#include "test.h"

#define CHILDREN 4
#define ROUNDS	400

static cpu_set_t all;
static volatile unsigned long *latest;	/* what any has seen of the clock */

static unsigned long now(void)
{
	struct timespec time;

	CHECK_EQ(clock_gettime(CLOCK_MONOTONIC, &time), 0);
	return time.tv_sec * 1000000000ul + time.tv_nsec;
}

static void check_time(void)
{
	unsigned long before = *latest, own = now();

	CHECK(own >= before);
	while (before < own && !__atomic_compare_exchange_n(
		latest, &before, own, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
		;
}

/* Goes to a CPU, with values in registers of every kind. */
static void go_to(int number, unsigned long mark)
{
	cpu_set_t one;
	int cpu = 0;
	long double x87 = mark;
	unsigned long sse;
	long result;

	for (number %= CPU_COUNT(&all); !CPU_ISSET(cpu, &all) || number-- > 0; cpu++)
		;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	__asm__ volatile("movq %[mark], %%xmm15\n\t"
			 "fldt %[x87]\n\t"
			 "syscall\n\t"
			 "fstpt %[x87]\n\t"
			 "movq %%xmm15, %[sse]"
			 : "=a"(result), [sse] "=r"(sse), [x87] "+m"(x87)
			 : "a"(SYS_sched_setaffinity), "D"(0), "S"(sizeof(one)), "d"(&one), [mark] "r"(mark)
			 : "rcx", "r11", "xmm15", "memory");
	CHECK_EQ(result, 0);
	CHECK_EQ(sse, mark);
	CHECK(x87 == (long double)mark);
	CHECK_EQ(sched_getcpu(), cpu);
}

static void travel(int self)
{
	unsigned mxcsr = 0x1f80 | (self % 4) << 13, read;	/* a rounding of its own */

	__asm__ volatile("ldmxcsr %0" : : "m"(mxcsr));
	for (int i = 0; i < ROUNDS; i++) {
		go_to(self + i * (1 + self), self * 1000003ul + i);
		check_time();
		__asm__ volatile("stmxcsr %0" : "=m"(read));
		CHECK_EQ(read & 0x6000, mxcsr & 0x6000);
	}
	_exit(0);
}

int main(void)
{
	int status;

	latest = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(latest != MAP_FAILED);
	CHECK_EQ(sched_getaffinity(0, sizeof(all), &all), 0);
	for (int i = 0; i < CHILDREN; i++) {
		pid_t child = fork();
		CHECK(child >= 0);
		if (child == 0)
			travel(i);
	}
	for (int i = 0; i < CHILDREN; i++) {
		CHECK(wait(&status) > 0);
		CHECK_EQ(status, 0);
	}
	PASS();
}
