/* init: the first program (/init, process 1). It opens the console and does one of two things.
 *
 * With a file /.synos/cmd (make run CMD=...): runs its text by /bin/sh -c, with an empty standard input and one pipe as
 * output and errors, and copies that pipe to the serial line unchanged, between a line "synos: running" and a line
 * "synos: exit N"; then it powers off. When the shell has ended, whatever it left behind is killed, and what is still
 * in the pipe comes out first.
 *
 * Without it: a shell on the console, and a new one whenever it ends, until there is none; one that is stopped goes on,
 * since nobody else could let it. Orphans come to process 1 and are waited for. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define SHELL		"/bin/sh"
#define COMMAND_FILE	"/.synos/cmd"
#define TERMINAL	"/dev/ttyS0"	/* the console by the name under which it can be a session's */
#define COMMAND_MAX	(128 * 1024 - 1)	/* one argument of execve */

static char *const environment[] = { "PATH=/bin", "HOME=/root", "TERM=vt100", "PWD=/", NULL };

/* All of it or nothing is left to be done: process 1 has nobody to tell. */
static void write_all(const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t count = write(1, bytes, size);

		if (count < 0 && errno != EINTR)
			return;
		if (count > 0) {
			bytes += count;
			size -= count;
		}
	}
}

static void say(const char *text)
{
	write_all(text, strlen(text));
}

static _Noreturn void power_off(void)
{
	tcdrain(1);
	reboot(RB_POWER_OFF);
	for (;;)
		sleep(1);
}

/* The shell with the command; output and errors go to out. */
static _Noreturn void command_shell(const char *command, int out)
{
	char *const arguments[] = { "sh", "-c", (char *)command, NULL };
	int in = open("/dev/null", O_RDONLY | O_CLOEXEC);

	dup2(in, 0);
	dup2(out, 2);
	dup2(out, 1);
	execve(SHELL, arguments, environment);
	say("init: cannot run " SHELL "\n");
	_exit(127);
}

static int status_of(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* Runs the shell, kills what it has left behind, and exits with the shell's status. It is a process of its own so that
 * init can read the pipe meanwhile, and orphans come to it, so that somebody waits for them at once. The pipe ends when
 * the last of them is gone. */
static _Noreturn void command_keeper(const char *command, int out)
{
	int status = 0, other;
	bool ended = false;
	pid_t shell, child;

	prctl(PR_SET_CHILD_SUBREAPER, 1);
	shell = fork();
	if (shell == 0)
		command_shell(command, out);
	if (shell < 0)
		_exit(126);
	close(out);
	while ((child = waitpid(-1, &other, 0)) > 0 || errno == EINTR) {
		if (child == shell)
			status = other, ended = true;
		if (ended)
			kill(-1, SIGKILL);	/* each time: one may have been forking */
	}
	_exit(status_of(status));
}

/* Copies the pipe to the console until it ends; true if the last byte was a newline, or there was none. */
static bool command_copy(int in)
{
	static char buffer[16 * 1024];
	bool line_start = true;
	ssize_t count;

	/* All its pages from the beginning: how much a command says at once is no use of memory that stays. */
	memset(buffer, 1, sizeof(buffer));
	while ((count = read(in, buffer, sizeof(buffer))) != 0) {
		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			break;
		write_all(buffer, count);
		line_start = buffer[count - 1] == '\n';
	}
	return line_start;
}

static _Noreturn void command_run(const char *command)
{
	struct termios raw;
	int ends[2], status = 0;
	pid_t keeper, child;
	char text[32];

	if (tcgetattr(1, &raw) == 0) {
		raw.c_oflag &= ~OPOST;
		tcsetattr(1, TCSANOW, &raw);
	}
	say("synos: running\n");
	if (pipe2(ends, O_CLOEXEC) < 0 || (keeper = fork()) < 0) {
		say("init: cannot start the command\nsynos: exit 126\n");
		power_off();
	}
	if (keeper == 0) {
		close(ends[0]);
		command_keeper(command, ends[1]);
	}
	close(ends[1]);
	if (!command_copy(ends[0]))
		say("\n");
	do {
		child = waitpid(-1, &status, 0);
	} while (child != keeper && (child > 0 || errno == EINTR));
	snprintf(text, sizeof(text), "synos: exit %d\n", status_of(status));
	say(text);
	power_off();
}

/* The text of COMMAND_FILE, or NULL if there is none. */
static char *command_read(void)
{
	int fd = open(COMMAND_FILE, O_RDONLY | O_CLOEXEC);
	size_t length = 0;
	ssize_t count = 0;
	char *text;

	if (fd < 0)
		return NULL;
	text = malloc(COMMAND_MAX + 1);
	while (text && length < COMMAND_MAX && (count = read(fd, text + length, COMMAND_MAX - length)) > 0)
		length += count;
	close(fd);
	if (!text || count < 0) {
		say("init: cannot read " COMMAND_FILE "\n");
		return NULL;
	}
	text[length] = '\0';
	return text;
}

/* The shell leads a session, with the terminal as its own, so that it can give it to one job at a time. */
static _Noreturn void session_shell(void)
{
	char *const arguments[] = { "sh", NULL };
	int terminal;

	setsid();
	terminal = open(TERMINAL, O_RDWR | O_CLOEXEC);
	if (terminal < 0)
		say("init: cannot open " TERMINAL ": no job control\n");
	for (int fd = 0; terminal >= 0 && fd <= 2; fd++)
		dup2(terminal, fd);
	execve(SHELL, arguments, environment);
	say("init: cannot run " SHELL "\n");
	_exit(127);
}

/* The terminal begins as it was at the boot, whatever the shell before has left. */
static void console_shell(const struct termios *modes)
{
	pid_t shell, child;
	int status = 0;

	if (access(SHELL, X_OK) < 0) {
		say("init: there is no " SHELL " any more\n");
		power_off();
	}
	tcsetattr(0, TCSANOW, modes);
	shell = fork();
	if (shell == 0)
		session_shell();
	do {
		child = waitpid(-1, &status, WUNTRACED);
		if (child == shell && WIFSTOPPED(status))
			kill(shell, SIGCONT);
	} while (child != shell || WIFSTOPPED(status));
}

int main(void)
{
	int console = open("/dev/console", O_RDWR);
	struct termios modes;
	char *command;

	if (getpid() != 1) {
		fprintf(stderr, "init: only for process 1\n");
		return 1;
	}
	while (console >= 0 && console < 2)
		console = dup(console);
	command = command_read();
	if (command)
		command_run(command);
	say("\nWelcome to SynOS. Type help for help, poweroff to leave.\n");
	tcgetattr(0, &modes);
	for (;;) {
		console_shell(&modes);
		say("The shell has ended; here is another.\n");
		sleep(1);
	}
}
