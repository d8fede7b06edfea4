/* The list of robust futexes: a thread that ends, whichever way, marks those it holds and wakes one waiter of each; what it
 * does not hold stays, and a list that is no list harms nobody. */
#include "proc_stat.h"
#include "thread.h"

#include <sys/mman.h>

#define WAITERS		0x80000000u
#define OWNER_DIED	0x40000000u
#define LOCKS		5
#define MANY		3000

struct lock {
	struct lock *next;
	volatile unsigned word;
};

struct list {
	struct lock *next;
	long offset;
	struct lock *pending;
};

#define OFFSET	((long)offsetof(struct lock, word))

static struct thread thread, sleeper;
static struct list list;
static struct lock locks[LOCKS], many[MANY];
static volatile int woken;

static void set_list(struct list *head)
{
	if (syscall(SYS_set_robust_list, head, sizeof(*head)) != 0)
		_exit(1);
}

static void link_locks(struct lock *first, int count)
{
	list.next = first;
	list.offset = OFFSET;
	list.pending = NULL;
	for (int i = 0; i < count; i++)
		first[i].next = i == count - 1 ? (struct lock *)&list : &first[i + 1];
}

static void holds(void *argument)
{
	unsigned tid = own_tid();

	(void)argument;
	link_locks(locks, LOCKS - 1);
	list.pending = &locks[4];
	locks[0].word = tid;
	locks[1].word = tid | WAITERS;
	locks[2].word = 1;		/* another's */
	locks[3].word = tid | OWNER_DIED;
	locks[4].word = tid | WAITERS;
	set_list(&list);
}

static void check_marks(void)
{
	CHECK_EQ(locks[0].word, OWNER_DIED);
	CHECK_EQ(locks[1].word, OWNER_DIED | WAITERS);
	CHECK_EQ(locks[2].word, 1);
	CHECK_EQ(locks[3].word, OWNER_DIED);
	CHECK_EQ(locks[4].word, OWNER_DIED | WAITERS);
}

static void sleeps(void *argument)
{
	volatile unsigned *word = argument;

	while (!(*word & OWNER_DIED))
		futex((volatile int *)word, FUTEX_WAIT, *word, NULL);
	woken = 1;
}

/* Takes the lock, tells who will sleep, and ends a little later. */
static void holds_a_while(void *argument)
{
	(void)argument;
	locks[0].word = own_tid() | WAITERS;
	link_locks(locks, 1);
	set_list(&list);
	CHECK(thread_start(&sleeper, sleeps, (void *)&locks[0].word) > 0);
	usleep(20000);
}

/* The lock was given up already, but the waiter not yet woken. */
static void had_given_up(void *argument)
{
	(void)argument;
	locks[0].word = 0;
	list.next = (struct lock *)&list;
	list.pending = &locks[0];
	set_list(&list);
}

static void sleeps_once(void *argument)
{
	(void)argument;
	woken = futex((volatile int *)&locks[0].word, FUTEX_WAIT, 0, NULL) == 0;
}

static void holds_many(void *argument)
{
	(void)argument;
	for (int i = 0; i < MANY; i++)
		many[i].word = own_tid();
	link_locks(many, MANY);
	set_list(&list);
}

/* Lists that lead nowhere, or round and round. */
static void bad_lists(void)
{
	struct lock *beyond = (struct lock *)(1ul << 63);
	struct list bad[] = {
		{ (struct lock *)8, OFFSET, NULL }, { beyond, OFFSET, beyond },
		{ &locks[0], 1, NULL }, { &locks[0], OFFSET, (struct lock *)9 },
		{ &locks[0], 1l << 62, &locks[1] }, { NULL, 0, NULL },
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		pid_t child = fork();

		CHECK(child >= 0);
		if (child == 0) {
			locks[0].next = &locks[0];
			set_list(&bad[i]);
			_exit(7);
		}
		int status;
		CHECK_EQ(waitpid(child, &status, 0), child);
		CHECK_EQ(status, 7 << 8);
	}
	void *const places[] = { (void *)8, (void *)-8, (void *)(1ul << 47) };
	for (int i = 0; i < 3; i++) {
		pid_t child = fork();

		if (child == 0) {
			set_list(places[i]);
			_exit(7);
		}
		int status;
		CHECK_EQ(waitpid(child, &status, 0), child);
		CHECK_EQ(status, 7 << 8);
	}
}

static void calls(void)
{
	struct list *head;
	size_t size;

	set_list(&list);
	CHECK_EQ(syscall(SYS_get_robust_list, 0, &head, &size), 0);
	CHECK_EQ(head, &list);
	CHECK_EQ(size, 24);
	CHECK_EQ(syscall(SYS_get_robust_list, getpid(), &head, &size), 0);
	CHECK_ERRNO(syscall(SYS_get_robust_list, -1, &head, &size), ESRCH);
	CHECK_ERRNO(syscall(SYS_get_robust_list, 0, 8, &size), EFAULT);
	CHECK_ERRNO(syscall(SYS_get_robust_list, 0, &head, 8), EFAULT);
	CHECK_ERRNO(syscall(SYS_set_robust_list, &list, 23), EINVAL);
	set_list(NULL);
	CHECK_EQ(syscall(SYS_get_robust_list, 0, &head, &size), 0);
	CHECK_EQ(head, NULL);
}

/* A process that dies with its locks in memory that others share. */
static void killed(void)
{
	struct list *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct lock *lock = (struct lock *)(shared + 1);

	CHECK(shared != MAP_FAILED);
	pid_t child = vfork();
	if (child == 0) {
		lock->word = own_tid();
		lock->next = (struct lock *)shared;
		shared->next = lock;
		shared->offset = OFFSET;
		set_list(shared);
		kill(getpid(), SIGKILL);
	}
	CHECK_EQ(waitpid(child, NULL, 0), child);
	CHECK_EQ(lock->word, OWNER_DIED);
}

int main(void)
{
	calls();
	CHECK(thread_start(&thread, holds, NULL) > 0);
	thread_join(&thread);
	check_marks();

	memset(locks, 0, sizeof(locks));
	CHECK(thread_start(&thread, holds_a_while, NULL) > 0);
	thread_join(&thread);
	thread_join(&sleeper);
	CHECK_EQ(woken, 1);

	woken = 0;
	locks[0].word = 0;
	CHECK(thread_start(&sleeper, sleeps_once, NULL) > 0);
	proc_await_thread(sleeper.given, 'S');
	CHECK(thread_start(&thread, had_given_up, NULL) > 0);
	thread_join(&thread);
	thread_join(&sleeper);
	CHECK_EQ(woken, 1);

	CHECK(thread_start(&thread, holds_many, NULL) > 0);
	thread_join(&thread);
	int marked = 0;
	for (int i = 0; i < MANY; i++)
		marked += many[i].word == OWNER_DIED;
	CHECK_EQ(marked, 2048);

	bad_lists();
	killed();
	PASS();
}
