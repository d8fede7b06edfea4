/* syslog(2): the kernel's log. */
#ifndef ABI_SYSLOG_H
#define ABI_SYSLOG_H

#define ABI_SYSLOG_CLOSE	0
#define ABI_SYSLOG_OPEN		1
#define ABI_SYSLOG_READ_ALL	3
#define ABI_SYSLOG_SIZE_BUFFER	10

#endif
