/* The kernel log: lines with a time stamp in a ring that dmesg can read, and on the second serial
 * port. Never on the console: that stream belongs to programs. Callable in any context, from the
 * first line of C on. */
#ifndef CORE_PRINTK_H
#define CORE_PRINTK_H

#include "lib/types.h"

/* A text that ends without a newline is continued by the next. Longer texts than PRINTK_MAX are
 * cut. */
#define PRINTK_MAX	512
void printk(const char *format, ...) PRINTF_LIKE(1, 2);
void vprintk(const char *format, __builtin_va_list arguments);

/* For messages that programs can bring about as often as they like, which would push all others out
 * of the log: whether one more may be printed now, PRINTK_BURST of a kind in a second. How many were
 * left out is told before the next that is not. */
#define PRINTK_BURST	10
struct printk_limit {
	u64 since;			/* the log's lock, all */
	u32 printed, left_out;
};
MUST_CHECK bool printk_allowed(struct printk_limit *limit);

/* How many bytes of the log are kept, and the position behind the last byte. */
#define PRINTK_LOG_SIZE	(64 * 1024ul)
u64 printk_end(void);

/* Copies up to size bytes of the log from position on to buffer and returns how many; *position
 * moves behind them. A position that has been overwritten is moved to the oldest byte. */
size_t printk_read(u64 *position, char *buffer, size_t size);

/* From now on everything appears on the console as well, without time stamps, and no lock is waited
 * for (panic). */
void printk_emergency(void);

#endif
