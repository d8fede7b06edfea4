/* /proc/stat and /proc/loadavg, in the form of proc(5): what the CPUs do, and how many threads
 * there are to run. */
#ifndef PROC_STAT_FILE_H
#define PROC_STAT_FILE_H

#include "fs/procfs.h"

void stat_file_print(struct proc_text *text, void *argument);
void load_file_print(struct proc_text *text, void *argument);

#endif
