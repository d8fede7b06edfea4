/* Streams and threads: what one call writes stays together, and so do several under flockfile; one
 * that reads and waits keeps nobody from flushing all streams, nor the process from its end. */
#define _GNU_SOURCE
#include "test.h"
#include <pthread.h>
#include <stdbool.h>

#define THREADS	4
#define LINES	400

static FILE *file;
static pthread_barrier_t barrier;

static void *write_lines(void *argument)
{
	int own = (int)(long)argument;

	for (int i = 0; i < LINES; i++) {
		if (i % 3 == 0) {
			CHECK(fprintf(file, "%d %d %s\n", own, i, "abcdefghijklmnopqrstuvwxyz") > 0);
			continue;
		}
		flockfile(file);
		if (i % 3 == 1) {
			fprintf(file, "%d ", own);
			fprintf(file, "%d", i);
			sched_yield();
			fputs(" abcdefghijklmnopqrstuvwxyz\n", file);
		} else {
			fprintf(file, "%d %d ", own, i);
			for (char c = 'a'; c <= 'z'; c++)
				putc_unlocked(c, file);
			flockfile(file);
			putc_unlocked('\n', file);
			funlockfile(file);
		}
		funlockfile(file);
	}
	return NULL;
}

static void test_lines(int mode)
{
	int next[THREADS] = { 0 }, own, line;
	pthread_t threads[THREADS];
	char text[64];

	CHECK((file = fopen(scratch_path("lines"), "w+")));
	CHECK_EQ(setvbuf(file, NULL, mode, 0), 0);
	for (long i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, write_lines, (void *)i), 0);
	for (int i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
	rewind(file);
	for (int i = 0; i < THREADS * LINES; i++) {
		CHECK_EQ(fscanf(file, "%d %d %60s\n", &own, &line, text), 3);
		CHECK(own >= 0 && own < THREADS);
		CHECK_EQ(line, next[own]++);
		CHECK_STR(text, "abcdefghijklmnopqrstuvwxyz");
	}
	CHECK_EQ(getc(file), EOF);
	CHECK_EQ(fclose(file), 0);
	CHECK_EQ(unlink(scratch_path("lines")), 0);
}

static void *read_all(void *argument)
{
	long sum = 0;
	int c;

	(void)argument;
	while ((c = getc(file)) != EOF)
		sum += c;
	return (void *)sum;
}

/* Each byte is read by one. */
static void test_reading(void)
{
	pthread_t threads[THREADS];
	long total = 0, expected = 0;
	void *sum;

	CHECK((file = fopen(scratch_path("bytes"), "w+")));
	for (int i = 0; i < 20000; i++) {
		fputc(i % 251, file);
		expected += i % 251;
	}
	rewind(file);
	for (int i = 0; i < THREADS; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, read_all, NULL), 0);
	for (int i = 0; i < THREADS; i++) {
		CHECK_EQ(pthread_join(threads[i], &sum), 0);
		total += (long)sum;
	}
	CHECK_EQ(total, expected);
	CHECK_EQ(fclose(file), 0);
	CHECK_EQ(unlink(scratch_path("bytes")), 0);
}

static void *try(void *argument)
{
	int result = ftrylockfile(file);

	(void)argument;
	if (result == 0)
		funlockfile(file);
	return (void *)(long)result;
}

static void *wait_for_input(void *argument)
{
	char c;

	pthread_barrier_wait(&barrier);
	fread(&c, 1, 1, argument);
	return NULL;
}

/* A reader waits for what never comes, or for what is written here. */
static FILE *streams[2];
static pthread_t reader;

static void start_reader(void)
{
	int ends[2];

	CHECK_EQ(pipe(ends), 0);
	CHECK((streams[0] = fdopen(ends[0], "r")));
	CHECK((streams[1] = fdopen(ends[1], "w")));
	CHECK_EQ(pthread_barrier_init(&barrier, NULL, 2), 0);
	CHECK_EQ(pthread_create(&reader, NULL, wait_for_input, streams[0]), 0);
	pthread_barrier_wait(&barrier);
	usleep(2000);
}

static void exit_with_reader(void)
{
	start_reader();
	exit(17);
}

static void test_locks(void)
{
	pthread_t thread;
	void *result;

	CHECK((file = fopen("/dev/null", "w")));
	for (int locked = 0; locked < 2; locked++) {
		if (locked)
			flockfile(file);
		CHECK_EQ(pthread_create(&thread, NULL, try, NULL), 0);
		CHECK_EQ(pthread_join(thread, &result), 0);
		CHECK_EQ(result != NULL, locked);
	}
	CHECK_EQ(ftrylockfile(file), 0);
	funlockfile(file);
	funlockfile(file);
	CHECK_EQ(fclose(file), 0);

	start_reader();
	CHECK_EQ(fputc('x', streams[1]), 'x');
	CHECK_EQ(fflush(NULL), 0);
	CHECK_EQ(pthread_join(reader, NULL), 0);
	CHECK_EXIT(exit_with_reader, 17);
}

/* Streams come and go while all are flushed. */
static volatile bool stop;

static void *flush(void *argument)
{
	while (!stop)
		CHECK_EQ(fflush(NULL), 0);
	return argument;
}

static void *open_and_close(void *argument)
{
	for (int i = 0; i < 300; i++) {
		FILE *own = fopen("/dev/null", "w");

		CHECK(own);
		CHECK(fputs("text", own) >= 0);
		CHECK_EQ(fclose(own), 0);
	}
	return argument;
}

static void test_flush(void)
{
	pthread_t flusher, threads[2];

	CHECK_EQ(pthread_create(&flusher, NULL, flush, NULL), 0);
	for (int i = 0; i < 2; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, open_and_close, NULL), 0);
	for (int i = 0; i < 2; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
	stop = true;
	CHECK_EQ(pthread_join(flusher, NULL), 0);
}

int main(void)
{
	test_lines(_IOFBF);
	test_lines(_IOLBF);
	test_lines(_IONBF);
	test_reading();
	test_locks();
	test_flush();
	PASS();
}
