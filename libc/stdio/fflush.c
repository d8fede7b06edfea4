/* fflush(3). */
#include "file.h"

int fflush(FILE *file)
{
	return file ? __file_flush(file) : __file_flush_all();
}
