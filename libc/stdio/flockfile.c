/* flockfile(3): the lock of a stream, which its owner may take again. */
#include <stdio.h>

#include "alias.h"
#include "file.h"
#include "lock.h"

static bool take_again(FILE *file)
{
	if (__atomic_load_n(&file->owner, __ATOMIC_RELAXED) != thread_self())
		return false;
	file->depth++;
	return true;
}

static void set_owner(FILE *file, struct thread *owner)
{
	__atomic_store_n(&file->owner, owner, __ATOMIC_RELAXED);
}

void __file_lock(FILE *file)
{
	if (take_again(file))
		return;
	lock_always(&file->lock);
	set_owner(file, thread_self());
}

bool __file_try_lock(FILE *file)
{
	if (take_again(file))
		return true;
	if (!try_lock_always(&file->lock))
		return false;
	set_owner(file, thread_self());
	return true;
}

void __file_unlock(FILE *file)
{
	if (file->depth > 0) {
		file->depth--;
		return;
	}
	set_owner(file, NULL);
	unlock_always(&file->lock);
}

/* What a program locks stays so when there are more threads. */
weak_alias(__file_lock, flockfile);
weak_alias(__file_unlock, funlockfile);

int __ftrylockfile(FILE *file)
{
	return __file_try_lock(file) ? 0 : -1;
}

weak_alias(__ftrylockfile, ftrylockfile);
