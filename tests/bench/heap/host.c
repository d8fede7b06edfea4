/* The heap over glibc: threads of glibc's end without __malloc_thread_exit, so a key's destructor
 * calls it. */
#include <pthread.h>

#include "libc/internal/malloc_fork.h"
#include "libc/malloc/glue.h"

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void thread_ends(void *unused)
{
	(void)unused;
	__malloc_thread_exit();
}

static void key_make(void)
{
	pthread_key_create(&key, thread_ends);
}

void __heap_thread_begins(void)
{
	pthread_once(&once, key_make);
	pthread_setspecific(key, &key);
}
