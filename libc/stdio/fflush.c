/* fflush(3). */
#include "alias.h"
#include "file.h"

int __fflush_unlocked(FILE *file)
{
	return file ? __file_flush(file) : __file_flush_all();
}

weak_alias(__fflush_unlocked, fflush_unlocked);

int fflush(FILE *file)
{
	int result;

	if (!file)
		return __file_flush_all();
	file_lock(file);
	result = __file_flush(file);
	file_unlock(file);
	return result;
}
