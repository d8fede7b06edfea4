/* The texts of /proc/PID (proc(5)): made from a view of the process. May sleep. */
#ifndef PROC_PID_PRINT_H
#define PROC_PID_PRINT_H

#include "proc/pid_view.h"

typedef void (*pid_print_t)(struct proc_text *text, const struct pid_view *view);

void pid_print_cmdline(struct proc_text *text, const struct pid_view *view);
void pid_print_comm(struct proc_text *text, const struct pid_view *view);
/* -EACCES, as maps: for the process's own user only. */
void pid_print_environ(struct proc_text *text, const struct pid_view *view);
void pid_print_oom_score(struct proc_text *text, const struct pid_view *view);
void pid_print_maps(struct proc_text *text, const struct pid_view *view);
void pid_print_stat(struct proc_text *text, const struct pid_view *view);
void pid_print_statm(struct proc_text *text, const struct pid_view *view);
void pid_print_status(struct proc_text *text, const struct pid_view *view);

#endif
