/* The line discipline of a terminal (termios(3)): turns what is typed into lines that can be read,
 * with echo and editing, and what is written into what the device gets. Pure: characters in,
 * characters out. No locking.
 *
 * Typed characters lie in a ring, at counts that only rise:
 *	tail <= committed <= head <= tail + TTY_LINE_SIZE
 * What lies below committed can be read; what lies above is the line that is still edited (in
 * non-canonical mode nothing does). An end of file is kept as a character of its own. */
#ifndef DEV_TTY_LINE_H
#define DEV_TTY_LINE_H

#include <abi/ioctl.h>

#include "lib/types.h"

#define TTY_LINE_SIZE	4096	/* a line has at most so many characters, with its newline */

struct tty_line {
	struct abi_termios termios;
	/* Where echoes and output go. */
	void (*emit)(struct tty_line *line, const char *bytes, size_t size);
	/* A character that stands for a signal has come. */
	void (*signal)(struct tty_line *line, int signal);
	u64 tail, committed, head;
	u8 bytes[TTY_LINE_SIZE];
	u64 ends[TTY_LINE_SIZE / 64];	/* bit: this character is the last of a line */
	u32 column;			/* of the cursor, as far as can be known */
	u32 start_column;		/* where the edited line begins */
};

/* A line in canonical mode, with the settings that a new terminal of Linux has. */
void tty_line_init(struct tty_line *line,
	void (*emit)(struct tty_line *line, const char *bytes, size_t size),
	void (*signal)(struct tty_line *line, int signal));
/* Changes the settings; leaving canonical mode commits the edited line. */
void tty_line_set(struct tty_line *line, const struct abi_termios *termios);
/* Forgets what has been typed and not read. */
void tty_line_flush(struct tty_line *line);

/* False if a further character would be lost though a reader could make room. */
bool tty_line_has_room(const struct tty_line *line);
/* A character from the device. */
void tty_line_input(struct tty_line *line, u8 byte);

/* Characters that can be read now. */
static inline size_t tty_line_available(const struct tty_line *line)
{
	return line->committed - line->tail;
}

/* Takes up to size of them; in canonical mode not beyond the end of a line, and then *ended says
 * whether the end was reached. An end of file is an end without a character. */
size_t tty_line_read(struct tty_line *line, u8 *to, size_t size, bool *ended);

/* Output from a program. */
void tty_line_output(struct tty_line *line, const char *bytes, size_t size);

static inline bool tty_line_is_canonical(const struct tty_line *line)
{
	return line->termios.c_lflag & ABI_ICANON;
}

#endif
