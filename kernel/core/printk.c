/* The ring holds the last PRINTK_LOG_SIZE bytes ever written; a position in the log is the number of bytes
 * before it. */
#include "core/printk.h"

#include "core/spinlock.h"
#include "lib/format.h"
#include "x86/clock.h"
#include "x86/uart.h"

#define NS_PER_SEC	1000000000ul
#define NS_PER_US	1000ul

static struct spinlock log_lock = SPINLOCK_INIT("log", LOCK_LOG);
static char log_ring[PRINTK_LOG_SIZE];		/* log_lock */
static u64 log_end;			/* log_lock */
static bool log_in_line;		/* log_lock: the last byte was not a newline */
static bool log_emergency;

/* A terminal wants a carriage return before each newline. */
static void console_write(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (text[i] == '\n')
			uart_write(UART_CONSOLE, "\r", 1);
		uart_write(UART_CONSOLE, &text[i], 1);
	}
}

static void log_append(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		log_ring[log_end++ % PRINTK_LOG_SIZE] = text[i];
	uart_write(UART_LOG, text, size);
}

static void log_append_time(void)
{
	char stamp[32];
	u64 ns = clock_hw_ns();
	int length = format(stamp, sizeof(stamp), "[%5lu.%06lu] ", ns / NS_PER_SEC,
			    ns % NS_PER_SEC / NS_PER_US);
	log_append(stamp, length);
}

static size_t line_length(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (text[i] == '\n')
			return i + 1;
	return size;
}

static void log_append_lines(const char *text, size_t size)
{
	while (size > 0) {
		size_t length = line_length(text, size);
		if (!log_in_line)
			log_append_time();
		log_append(text, length);
		if (log_emergency)
			console_write(text, length);
		log_in_line = text[length - 1] != '\n';
		text += length;
		size -= length;
	}
}

void vprintk(const char *text, __builtin_va_list arguments)
{
	char buffer[PRINTK_MAX];
	int length = format_v(buffer, sizeof(buffer), text, arguments);
	size_t size = MIN((size_t)length, sizeof(buffer) - 1);
	if (READ_ONCE(log_emergency)) {
		log_append_lines(buffer, size);
		return;
	}
	bool irqs = spin_lock_irq(&log_lock);
	log_append_lines(buffer, size);
	spin_unlock_irq(&log_lock, irqs);
}

void printk(const char *text, ...)
{
	__builtin_va_list arguments;
	__builtin_va_start(arguments, text);
	vprintk(text, arguments);
	__builtin_va_end(arguments);
}

bool printk_allowed(struct printk_limit *limit)
{
	u64 now = clock_hw_ns();
	u32 left_out = 0;

	bool irqs = spin_lock_irq(&log_lock);
	if (now - limit->since >= NS_PER_SEC) {
		left_out = limit->left_out;
		*limit = (struct printk_limit){ .since = now };
	}
	bool allowed = limit->printed < PRINTK_BURST;
	if (allowed)
		limit->printed++;
	else
		limit->left_out++;
	spin_unlock_irq(&log_lock, irqs);
	if (left_out)
		printk("%u more like this suppressed\n", left_out);
	return allowed;
}

u64 printk_end(void)
{
	bool irqs = spin_lock_irq(&log_lock);
	u64 end = log_end;
	spin_unlock_irq(&log_lock, irqs);
	return end;
}

size_t printk_read(u64 *position, char *buffer, size_t size)
{
	size_t done = 0;
	bool irqs = spin_lock_irq(&log_lock);
	if (*position > log_end)
		*position = log_end;
	if (log_end - *position > PRINTK_LOG_SIZE)
		*position = log_end - PRINTK_LOG_SIZE;
	while (done < size && *position < log_end)
		buffer[done++] = log_ring[(*position)++ % PRINTK_LOG_SIZE];
	spin_unlock_irq(&log_lock, irqs);
	return done;
}

void printk_emergency(void)
{
	static const char newline = '\n';
	console_write(&newline, 1);	/* the console may stand in the middle of a line */
	if (log_in_line)
		log_append_lines(&newline, 1);
	WRITE_ONCE(log_emergency, true);
}
