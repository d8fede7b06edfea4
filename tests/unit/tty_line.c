// unit: sources kernel/dev/tty_line.c flags -Ikernel
/* dev/tty_line.c: what is typed, what is echoed, what is read. The echo is checked byte for byte,
 * and for random typing by a model of a screen line: the cursor has to be where the edited line
 * ends. */
#include "unit.h"

#include <string.h>

#include "dev/tty_line.h"
#include <abi/signal.h>

static struct tty_line line;
static char shown[65536];
static size_t shown_size;

static void show(struct tty_line *from, const char *bytes, size_t size)
{
	UNIT_CHECK(from == &line && shown_size + size < sizeof(shown));
	memcpy(shown + shown_size, bytes, size);
	shown_size += size;
	shown[shown_size] = 0;
}

static int signals[8];
static size_t signal_count;

static void note_signal(struct tty_line *from, int signal)
{
	UNIT_CHECK(from == &line && signal_count < 8);
	signals[signal_count++] = signal;
}

static void start(void)
{
	tty_line_init(&line, show, note_signal);
	signal_count = 0;
	shown_size = 0;
	shown[0] = 0;
}

static void type(const char *bytes)
{
	for (; *bytes; bytes++)
		tty_line_input(&line, *bytes);
}

/* One read of up to size bytes gives just that. */
static void check_read(size_t size, const char *expected, bool expected_end)
{
	u8 buffer[8192];
	bool ended;
	size_t done = tty_line_read(&line, buffer, size, &ended);

	if (done != strlen(expected) || memcmp(buffer, expected, done) || ended != expected_end)
		unit_fail("read \"%.*s\"%s, not \"%s\"", (int)done, (char *)buffer,
			ended ? " (end)" : "", expected);
}

static void check_shown(const char *expected)
{
	if (strcmp(shown, expected))
		unit_fail("shown \"%s\", not \"%s\"", shown, expected);
	shown_size = 0;
	shown[0] = 0;
}

static void plain_lines(void)
{
	start();
	type("one");
	UNIT_CHECK(tty_line_available(&line) == 0);
	type("\rtwo\n");
	check_shown("one\r\ntwo\r\n");
	check_read(100, "one\n", true);
	check_read(100, "two\n", true);
	UNIT_CHECK(tty_line_available(&line) == 0);
}

static void short_reads(void)
{
	start();
	type("abcdef\n");
	check_read(2, "ab", false);
	check_read(4, "cdef", false);
	check_read(4, "\n", true);
}

static void erasing(void)
{
	start();
	type("\x7fx\by\x7f\x7f\x7fz\n");
	check_shown("x\b \by\b \bz\r\n");
	check_read(10, "z\n", true);
	type("a\x01\x7f" "b\n");
	check_shown("a^A\b \b\b \bb\r\n");
	check_read(10, "ab\n", true);
	type("\xc3\xa9\x7f" "e\n");
	check_shown("\xc3\xa9\b \be\r\n");
	check_read(10, "e\n", true);
}

static void erasing_tabs(void)
{
	start();
	tty_line_output(&line, "# ", 2);
	check_shown("# ");
	type("a\tb\x7f\x7f" "c\n");	/* the tab went from column 3 to 8 */
	check_shown("a\tb\b \b\b\b\b\b\bc\r\n");
	check_read(10, "ac\n", true);
}

static void words_and_lines(void)
{
	start();
	type("one two  \x17" "x\n");
	check_shown("one two  \b \b\b \b\b \b\b \b\b \bx\r\n");
	check_read(10, "one x\n", true);
	type("abc\x15" "d\n");
	check_shown("abc\b \b\b \b\b \bd\r\n");
	check_read(10, "d\n", true);
	type("\x17\x15\n");
	check_shown("\r\n");
	check_read(10, "\n", true);
}

static void end_of_file(void)
{
	start();
	type("\x04");
	UNIT_CHECK(tty_line_available(&line) == 1);
	check_read(10, "", true);
	UNIT_CHECK(tty_line_available(&line) == 0);
	type("abc\x04" "def\n\x04");
	check_read(3, "abc", true);	/* the end goes with the last character */
	check_read(10, "def\n", true);
	check_read(10, "", true);
	check_shown("abcdef\r\n");
}

static void no_echo(void)
{
	struct abi_termios termios;

	start();
	termios = line.termios;
	termios.c_lflag &= ~ABI_ECHO;
	tty_line_set(&line, &termios);
	type("pass\x7f\x15word\n");
	check_shown("");
	check_read(10, "word\n", true);
	termios.c_lflag |= ABI_ECHONL;
	tty_line_set(&line, &termios);
	type("x\n");
	check_shown("\r\n");
}

static void raw_mode(void)
{
	struct abi_termios termios;

	start();
	type("half");
	check_shown("half");
	termios = line.termios;
	termios.c_lflag &= ~(ABI_ICANON | ABI_ECHO | ABI_ISIG);
	termios.c_iflag = 0;
	tty_line_set(&line, &termios);
	check_read(10, "half", false);
	type("\x03\r\x7f\x04");
	check_read(3, "\x03\r\x7f", false);
	check_read(3, "\x04", false);
	check_shown("");
}

static void set_local(u32 on, u32 off)
{
	struct abi_termios termios = line.termios;

	termios.c_lflag = (termios.c_lflag | on) & ~off;
	tty_line_set(&line, &termios);
}

/* ^C and its kind: the signal, what was typed is gone, and the echo without a new line. */
static void signals_flush(void)
{
	start();
	type("gone\nhalf\x03");
	check_shown("gone\r\nhalf^C");
	UNIT_CHECK(tty_line_available(&line) == 0);
	type("new\n\x1a\x1c");
	check_shown("new\r\n^Z^\\");
	UNIT_CHECK(tty_line_available(&line) == 0);
	UNIT_CHECK(signal_count == 3 && signals[0] == ABI_SIGINT && signals[1] == ABI_SIGTSTP &&
		signals[2] == ABI_SIGQUIT);
}

/* Each can be turned off or be another character; NOFLSH keeps what was typed; without ECHO they
 * are not shown, without ECHOCTL as they are; without ISIG they are characters as any other. */
static void signals_as_set(void)
{
	struct abi_termios termios;

	start();
	termios = line.termios;
	termios.c_cc[ABI_VINTR] = 'i';
	termios.c_cc[ABI_VQUIT] = 0;
	tty_line_set(&line, &termios);
	type("a\x03\x1ci");
	UNIT_CHECK(signal_count == 1 && signals[0] == ABI_SIGINT);
	check_shown("a^C^\\i");
	set_local(ABI_NOFLSH, 0);
	type("one\ntwoione\n");
	check_read(10, "one\n", true);
	check_read(10, "twoone\n", true);
	UNIT_CHECK(signal_count == 2);
	check_shown("one\r\ntwoione\r\n");
	set_local(0, ABI_ECHO);
	type("i");
	check_shown("");
	set_local(ABI_ECHO, ABI_ECHOCTL | ABI_NOFLSH);
	type("\x1a");
	check_shown("\x1a");
	set_local(0, ABI_ISIG | ABI_ICANON);
	type("\x1ai");
	check_read(10, "\x1ai", false);
	UNIT_CHECK(signal_count == 4);
}

/* They act in non-canonical mode too. */
static void signals_raw(void)
{
	start();
	set_local(0, ABI_ICANON | ABI_ECHO);
	type("ab\x03" "c");
	check_read(10, "c", false);
	UNIT_CHECK(signal_count == 1);
}

static void output(void)
{
	struct abi_termios termios;

	start();
	tty_line_output(&line, "a\nb\n\nc", 6);
	check_shown("a\r\nb\r\n\r\nc");
	termios = line.termios;
	termios.c_oflag &= ~ABI_OPOST;
	tty_line_set(&line, &termios);
	tty_line_output(&line, "a\nb\r\n", 5);
	check_shown("a\nb\r\n");
}

static void longest_line(void)
{
	u8 buffer[8192];
	bool ended;

	start();
	for (int i = 0; i < 5000; i++) {
		UNIT_CHECK(tty_line_has_room(&line));
		tty_line_input(&line, 'x');
		shown_size = 0;
	}
	type("\n");
	UNIT_CHECK(!tty_line_has_room(&line));
	UNIT_CHECK(tty_line_read(&line, buffer, sizeof(buffer), &ended) == TTY_LINE_SIZE && ended);
	UNIT_CHECK(buffer[TTY_LINE_SIZE - 2] == 'x' && buffer[TTY_LINE_SIZE - 1] == '\n');
	UNIT_CHECK(tty_line_has_room(&line));
}

/* Whole lines that nobody reads: what does not fit is refused before it is lost. */
static void lines_wait(void)
{
	int typed = 0, got = 0;
	u8 byte;
	bool ended;

	start();
	while (tty_line_has_room(&line)) {
		tty_line_input(&line, typed % 10 == 9 ? '\n' : 'a' + typed % 10);
		typed++;
		shown_size = 0;
	}
	while (tty_line_available(&line)) {
		UNIT_CHECK(tty_line_read(&line, &byte, 1, &ended) == 1);
		UNIT_CHECK(byte == (got % 10 == 9 ? '\n' : 'a' + got % 10));
		got++;
	}
	UNIT_CHECK(got == typed - typed % 10 && typed >= TTY_LINE_SIZE - 1);
}

/* A screen line: what it shows after `bytes`, without trailing blanks. */
static void screen_draw(const char *bytes, size_t size, char *screen, u32 *cursor)
{
	u32 column = 0, end = 0;

	memset(screen, ' ', 4096);
	for (size_t i = 0; i < size; i++) {
		u8 byte = bytes[i];

		if (byte == '\b') {
			column--;
		} else if (byte == '\t') {
			column = (column | 7) + 1;
		} else if ((byte & 0xc0) != 0x80) {
			UNIT_CHECK(byte >= 0x20 && byte != 0x7f);
			screen[column++] = byte;
		}
		UNIT_CHECK(column < 4000);
		end = end > column ? end : column;
	}
	while (end && screen[end - 1] == ' ')
		end--;
	screen[end] = 0;
	*cursor = column;
}

/* After any typing, the screen shows what typing only the line that is left would have shown. */
static void random_typing(void)
{
	static const char *const keys[] = {
		"a", "b_", "\t", " ", "\x7f", "\b", "\x17", "\x15", "\x02", "\xc3\xa9", "7", "-"};
	static char screens[2][4097];
	char left[4097];
	u32 cursors[2];

	for (int round = 0; round < 3000; round++) {
		start();
		tty_line_output(&line, "prompt: ", unit_random(9));
		u32 prompt = shown_size;
		for (u64 n = unit_random(60); n > 0; n--)
			type(keys[unit_random(12 - 5 * (n % 3 == 0))]);
		screen_draw(shown, shown_size, screens[0], &cursors[0]);
		size_t length = line.head - line.committed;
		memcpy(left, line.bytes, length);
		left[length] = 0;
		start();
		tty_line_output(&line, "prompt: ", prompt);
		type(left);
		screen_draw(shown, shown_size, screens[1], &cursors[1]);
		UNIT_CHECK(strcmp(screens[0], screens[1]) == 0 && cursors[0] == cursors[1]);
	}
}

int main(void)
{
	UNIT_CASE(plain_lines);
	UNIT_CASE(short_reads);
	UNIT_CASE(erasing);
	UNIT_CASE(erasing_tabs);
	UNIT_CASE(words_and_lines);
	UNIT_CASE(end_of_file);
	UNIT_CASE(no_echo);
	UNIT_CASE(raw_mode);
	UNIT_CASE(signals_flush);
	UNIT_CASE(signals_as_set);
	UNIT_CASE(signals_raw);
	UNIT_CASE(output);
	UNIT_CASE(longest_line);
	UNIT_CASE(lines_wait);
	UNIT_CASE(random_typing);
	return unit_done();
}
