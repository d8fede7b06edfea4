/* The line discipline. Echoes of editing depend on how wide the erased characters are shown: a
 * control character as ^X, a tab up to the next multiple of 8, the further bytes of a UTF-8
 * character not at all. */
#include "dev/tty_line.h"

#include "lib/string.h"
#include <abi/signal.h>

#define DEL		0x7f
#define BACKSPACE	'\b'
#define END_OF_FILE	0	/* as it lies in the ring, with its bit in ends */

static const struct abi_termios termios_initial = {
	.c_iflag = ABI_ICRNL | ABI_IUTF8,
	.c_oflag = ABI_OPOST | ABI_ONLCR,
	.c_cflag = ABI_B115200 | ABI_CS8 | ABI_CREAD,
	.c_lflag = ABI_ISIG | ABI_ICANON | ABI_ECHO | ABI_ECHOE | ABI_ECHOK | ABI_ECHOCTL |
		ABI_ECHOKE | ABI_IEXTEN,
	.c_cc = {
		[ABI_VINTR] = 0x03,	/* ^C */
		[ABI_VQUIT] = 0x1c,	/* ^\ */
		[ABI_VERASE] = DEL,
		[ABI_VKILL] = 0x15,	/* ^U */
		[ABI_VEOF] = 0x04,	/* ^D */
		[ABI_VMIN] = 1,
		[ABI_VSTART] = 0x11,	/* ^Q */
		[ABI_VSTOP] = 0x13,	/* ^S */
		[ABI_VSUSP] = 0x1a,	/* ^Z */
		[ABI_VREPRINT] = 0x12,	/* ^R */
		[ABI_VDISCARD] = 0x0f,	/* ^O */
		[ABI_VWERASE] = 0x17,	/* ^W */
		[ABI_VLNEXT] = 0x16,	/* ^V */
	},
};

void tty_line_init(struct tty_line *line,
	void (*emit)(struct tty_line *line, const char *bytes, size_t size),
	void (*signal)(struct tty_line *line, int signal))
{
	memset(line, 0, sizeof(*line));
	line->termios = termios_initial;
	line->emit = emit;
	line->signal = signal;
}

void tty_line_set(struct tty_line *line, const struct abi_termios *termios)
{
	bool was_canonical = tty_line_is_canonical(line);

	line->termios = *termios;
	if (was_canonical != tty_line_is_canonical(line))
		line->committed = line->head;
}

void tty_line_flush(struct tty_line *line)
{
	WRITE_ONCE(line->committed, line->head);
	WRITE_ONCE(line->tail, line->head);
}

static bool has_local(const struct tty_line *line, u32 flag)
{
	return line->termios.c_lflag & flag;
}

/* Is it the control character of that place? 0 there means that it is turned off. */
static bool is_control(const struct tty_line *line, u32 place, u8 byte)
{
	return byte && byte == line->termios.c_cc[place];
}

static bool is_continuation(const struct tty_line *line, u8 byte)
{
	return line->termios.c_iflag & ABI_IUTF8 && (byte & 0xc0) == 0x80;
}

static bool shown_with_caret(const struct tty_line *line, u8 byte)
{
	return has_local(line, ABI_ECHOCTL) && (byte < 0x20 || byte == DEL) && byte != '\t' &&
		byte != '\n';
}

/* The column behind a character shown at `column`. */
static u32 column_behind(const struct tty_line *line, u32 column, u8 byte)
{
	if (byte == '\t')
		return (column | 7) + 1;
	if (shown_with_caret(line, byte))
		return column + 2;
	return byte < 0x20 || byte == DEL || is_continuation(line, byte) ? column : column + 1;
}

/* Follows the cursor over output. */
static void column_track(struct tty_line *line, u8 byte)
{
	if (byte == '\r' || byte == '\n')
		line->column = 0;
	else if (byte == BACKSPACE)
		line->column -= line->column > 0;
	else if (byte == '\t')
		line->column = (line->column | 7) + 1;
	else if (byte >= 0x20 && byte != DEL && !is_continuation(line, byte))
		line->column++;
}

void tty_line_output(struct tty_line *line, const char *bytes, size_t size)
{
	size_t start = 0;

	if (!(line->termios.c_oflag & ABI_OPOST)) {
		line->emit(line, bytes, size);
		return;
	}
	for (size_t i = 0; i < size; i++) {
		column_track(line, bytes[i]);
		if (bytes[i] != '\n' || !(line->termios.c_oflag & ABI_ONLCR))
			continue;
		line->emit(line, bytes + start, i - start);
		line->emit(line, "\r\n", 2);
		start = i + 1;
	}
	line->emit(line, bytes + start, size - start);
}

static void echo(struct tty_line *line, u8 byte)
{
	char shown[2] = { '^', byte ^ 0x40 };

	if (shown_with_caret(line, byte))
		tty_line_output(line, shown, 2);
	else
		tty_line_output(line, (const char *)&byte, 1);
}

static bool end_test(const struct tty_line *line, u64 at)
{
	at %= TTY_LINE_SIZE;
	return line->ends[at / 64] >> (at % 64) & 1;
}

static void line_append(struct tty_line *line, u8 byte, bool is_end)
{
	u64 at = line->head % TTY_LINE_SIZE;

	if (line->head == line->committed)
		line->start_column = line->column;
	line->bytes[at] = byte;
	line->ends[at / 64] =
		(line->ends[at / 64] & ~(1ul << (at % 64))) | (u64)is_end << (at % 64);
	line->head++;
}

/* The column behind the edited line, as it is now. */
static u32 line_column(const struct tty_line *line)
{
	u32 column = line->start_column;

	for (u64 at = line->committed; at < line->head; at++)
		column = column_behind(line, column, line->bytes[at % TTY_LINE_SIZE]);
	return column;
}

/* Moves the cursor back over what `byte` has shown. */
static void echo_erase(struct tty_line *line, u8 byte)
{
	u32 before = line_column(line);
	u32 width = column_behind(line, before, byte) - before;

	while (width--)
		tty_line_output(line, byte == '\t' ? "\b" : "\b \b", byte == '\t' ? 1 : 3);
}

/* Takes the last character off the edited line, which is not empty. */
static void line_erase(struct tty_line *line)
{
	u8 byte;

	do {
		line->head--;
		byte = line->bytes[line->head % TTY_LINE_SIZE];
	} while (is_continuation(line, byte) && line->head != line->committed);
	if (!has_local(line, ABI_ECHO))
		return;
	if (has_local(line, ABI_ECHOE))
		echo_erase(line, byte);
	else
		echo(line, line->termios.c_cc[ABI_VERASE]);
}

/* Letters, digits, underscores, and all that is not ASCII. */
static bool is_word(u8 byte)
{
	u8 lower = byte | 0x20;

	return byte >= 0x80 || byte == '_' || (byte >= '0' && byte <= '9') ||
		(lower >= 'a' && lower <= 'z');
}

static void word_erase(struct tty_line *line)
{
	bool in_word = false;

	while (line->head != line->committed) {
		bool word = is_word(line->bytes[(line->head - 1) % TTY_LINE_SIZE]);

		if (in_word && !word)
			break;
		in_word = word;
		line_erase(line);
	}
}

static void line_kill(struct tty_line *line)
{
	if (has_local(line, ABI_ECHOE) && has_local(line, ABI_ECHOKE)) {
		while (line->head != line->committed)
			line_erase(line);
		return;
	}
	line->head = line->committed;
	if (!has_local(line, ABI_ECHO))
		return;
	echo(line, line->termios.c_cc[ABI_VKILL]);
	if (has_local(line, ABI_ECHOK))
		tty_line_output(line, "\n", 1);
}

/* The editing characters. True if it was one. */
static bool input_edit(struct tty_line *line, u8 byte)
{
	if (is_control(line, ABI_VERASE, byte) || byte == BACKSPACE) {
		if (line->head != line->committed)
			line_erase(line);
		return true;
	}
	if (is_control(line, ABI_VWERASE, byte) && has_local(line, ABI_IEXTEN)) {
		word_erase(line);
		return true;
	}
	if (is_control(line, ABI_VKILL, byte)) {
		line_kill(line);
		return true;
	}
	return false;
}

static void input_canonical(struct tty_line *line, u8 byte)
{
	bool is_eof = is_control(line, ABI_VEOF, byte);
	bool is_end = byte == '\n' || is_eof || is_control(line, ABI_VEOL, byte);

	if (input_edit(line, byte))
		return;
	/* The last place is kept for the end of the line; what does not fit is lost. */
	if (line->head - line->tail >= TTY_LINE_SIZE - (is_end ? 0u : 1u))
		return;
	line_append(line, is_eof ? END_OF_FILE : byte, is_end);
	if (!is_eof && (has_local(line, ABI_ECHO) || (byte == '\n' && has_local(line, ABI_ECHONL))))
		echo(line, byte);
	if (is_end)
		line->committed = line->head;
}

static void input_raw(struct tty_line *line, u8 byte)
{
	if (line->head - line->tail >= TTY_LINE_SIZE)
		return;
	line_append(line, byte, false);
	line->committed = line->head;
	if (has_local(line, ABI_ECHO))
		echo(line, byte);
}

/* The signal that a character stands for, or 0. */
static int signal_of(const struct tty_line *line, u8 byte)
{
	if (!has_local(line, ABI_ISIG))
		return 0;
	if (is_control(line, ABI_VINTR, byte))
		return ABI_SIGINT;
	if (is_control(line, ABI_VQUIT, byte))
		return ABI_SIGQUIT;
	return is_control(line, ABI_VSUSP, byte) ? ABI_SIGTSTP : 0;
}

/* Such a character throws away what has been typed, unless NOFLSH says otherwise. */
static bool input_signal(struct tty_line *line, u8 byte)
{
	int signal = signal_of(line, byte);

	if (!signal)
		return false;
	if (!has_local(line, ABI_NOFLSH))
		tty_line_flush(line);
	line->signal(line, signal);
	if (has_local(line, ABI_ECHO))
		echo(line, byte);
	return true;
}

void tty_line_input(struct tty_line *line, u8 byte)
{
	u32 flags = line->termios.c_iflag;

	if (byte == '\r') {
		if (flags & ABI_IGNCR)
			return;
		if (flags & ABI_ICRNL)
			byte = '\n';
	} else if (byte == '\n' && flags & ABI_INLCR) {
		byte = '\r';
	}
	if (input_signal(line, byte))
		return;
	if (tty_line_is_canonical(line))
		input_canonical(line, byte);
	else
		input_raw(line, byte);
}

/* In canonical mode a full ring with no whole line in it takes characters all the same, to find the
 * end of the line. */
bool tty_line_has_room(const struct tty_line *line)
{
	return line->head - line->tail < TTY_LINE_SIZE - 1 ||
	       (tty_line_is_canonical(line) && tty_line_available(line) == 0);
}

size_t tty_line_read(struct tty_line *line, u8 *to, size_t size, bool *ended)
{
	bool canonical = tty_line_is_canonical(line);
	size_t done = 0;

	*ended = false;
	while (tty_line_available(line) && !*ended) {
		u8 byte = line->bytes[line->tail % TTY_LINE_SIZE];
		bool is_end = end_test(line, line->tail);
		bool is_eof = is_end && byte == END_OF_FILE;

		/* An end of file behind the last character that fits goes with it, or it would end
		 * the next read. */
		if (done == size && !(canonical && is_eof))
			break;
		if (!is_eof || !canonical)
			to[done++] = byte;
		line->tail++;
		*ended = canonical && is_end;
	}
	return done;
}
