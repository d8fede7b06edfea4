/* The kernel's log (syslog(2)). */
#ifndef _SYS_KLOG_H
#define _SYS_KLOG_H

/* action 3: the last `size` bytes of the log into buffer, and how many they are; 10: how large the log is.
 * -1 with EINVAL or EFAULT. */
int klogctl(int action, char *buffer, int size);

#endif
