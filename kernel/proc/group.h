/* Process groups (setpgid(2)): each process is in one, whose number is the PID of the process that
 * began it. All processes are in one session, that of process 1. */
#ifndef PROC_GROUP_H
#define PROC_GROUP_H

/* Moves a process (0: the caller), which is the caller or a child of it that has not yet called
 * exec, to a group (0: one of its own). -EINVAL, -ESRCH, -EACCES, -EPERM. */
int group_set(int pid, int group);
/* The group of a process (0: the caller); -ESRCH. */
int group_get(int pid);

#endif
