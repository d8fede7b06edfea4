/* A program may have functions of its own by any name that the C standard does not have, also by those that the libc has in
 * one file with a standard function; no standard function calls them. */
#include "test.h"

#include <ctype.h>
#include <threads.h>
#include <time.h>

/* Whatever it is declared as: nobody is to call it. */
#define OWN(name) __asm__(".globl " #name "\n" #name ":\n\tud2\n");

__asm__(".text\n");
OWN(clock_nanosleep)
OWN(execvp)
OWN(ftrylockfile)
OWN(getauxval)
OWN(getchar_unlocked)
OWN(heap_trim)
OWN(isascii)
OWN(malloc_usable_size)
OWN(memalign)
OWN(mkdtemp)
OWN(mkstemp)
OWN(posix_memalign)
OWN(posix_spawnp)
OWN(pthread_cancel)
OWN(pthread_clockjoin_np)
OWN(pthread_cond_clockwait)
OWN(pthread_equal)
OWN(pthread_kill)
OWN(pthread_mutex_clocklock)
OWN(pthread_mutex_consistent)
OWN(pthread_setcanceltype)
OWN(pthread_timedjoin_np)
OWN(pthread_tryjoin_np)
OWN(putchar_unlocked)
OWN(reallocarray)
OWN(setlinebuf)
OWN(siginterrupt)
OWN(sigpending)
OWN(sigsuspend)
OWN(sigtimedwait)
OWN(sigwait)
OWN(sigwaitinfo)
OWN(strerror_r)
OWN(toascii)

static mtx_t mutex;
static cnd_t condition;

static int wait_a_little(void *argument)
{
	struct timespec until = { 0 };

	CHECK(mtx_lock(&mutex) == thrd_success);
	CHECK(cnd_timedwait(&condition, &mutex, &until) == thrd_timedout);
	CHECK(mtx_unlock(&mutex) == thrd_success);
	return *(int *)argument;
}

int main(void)
{
	int given = 5, result = 0;
	FILE *file = tmpfile();
	void *block = calloc(1, 100);
	thrd_t thread;

	CHECK(block && (block = realloc(block, 1 << 20)));
	free(block);
	CHECK(!malloc(PTRDIFF_MAX));
	CHECK(file && setvbuf(file, NULL, _IOFBF, BUFSIZ) == 0);
	CHECK(fputc('x', file) == 'x');
	rewind(file);
	CHECK(fgetc(file) == 'x' && fclose(file) == 0);
	CHECK(isdigit('5') && clock() >= 0);
	CHECK(strcmp(strerror(9999), "Unknown error 9999") == 0);
	CHECK(system("exit 3") == 3 << 8);
	CHECK(mtx_init(&mutex, mtx_timed) == thrd_success && cnd_init(&condition) == thrd_success);
	CHECK(thrd_create(&thread, wait_a_little, &given) == thrd_success);
	CHECK(thrd_join(thread, &result) == thrd_success && result == 5);
	PASS();
}
