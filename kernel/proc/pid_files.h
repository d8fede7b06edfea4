/* The directory of each process in /proc, and /proc/self (proc(5)). */
#ifndef PROC_PID_FILES_H
#define PROC_PID_FILES_H

/* Boot. */
void pid_files_init(void);

#endif
