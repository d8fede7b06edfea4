/* The shell's background jobs in scripts, without a terminal: & $! wait jobs kill, and what such a job is spared. */
#include "shell.h"

int main(void)
{
	CHECK_SHELL("echo a & wait; echo b & wait; echo c", "a\nb\nc\n", 0);
	CHECK_SHELL("sh -c 'exit 3' & wait $!; echo $?", "3\n", 0);
	CHECK_SHELL("sh -c 'exit 3' & sh -c 'exit 4' & wait %1; echo $?; wait %2; echo $?; wait; echo $?",
		    "3\n4\n0\n", 0);
	CHECK_SHELL("false & echo $?; wait", "0\n", 0);
	CHECK_SHELL("wait 999999; echo $?; true & wait 1 $!; echo $?", "127\n0\n", 0);
	/* A group is one job, a pipe too, and its status that of its end. */
	CHECK_SHELL("false && echo no || echo group & wait", "group\n", 0);
	CHECK_SHELL("true && sh -c 'exit 5' & wait $!; echo $?", "5\n", 0);
	CHECK_SHELL("echo a b | wc -w | cat & wait $!; echo $?", "2\n0\n", 0);
	/* Its input is empty, unless it is told otherwise; ^C is not for it. */
	CHECK_SHELL("echo data | sh -c 'cat & wait; echo end; cat'", "end\ndata\n", 0);
	CHECK_SHELL("echo data | sh -c 'cat | cat & wait; cat'", "data\n", 0);
	CHECK_SHELL("sh -c 'kill -INT $$; kill -QUIT $$; echo alive' & wait", "alive\n", 0);
	CHECK_SHELL("trap : INT QUIT USR1; ${SYNOS_SH:-sh} -c 'kill -INT $$; kill -QUIT $$; echo alive; kill -USR1 $$' & wait $!; echo $?",
		    "alive\n138\n", 0);
	CHECK_SHELL("sh -c 'kill -INT $$; echo dead'; echo $?", "130\n", 0);
	CHECK_SHELL("trap '' CHLD; sh -c 'exit 3'; echo $?; sh -c 'exit 4' & wait $!; echo $?; (sh -c 'exit 5'; echo $?)", "3\n4\n5\n", 0);
	/* kill. */
	CHECK_SHELL("sleep 100 & kill $!; wait $!; echo $?", "143\n", 0);
	CHECK_SHELL("sleep 100 & kill -KILL $!; wait $!; echo $?", "137\n", 0);
	CHECK_SHELL("sleep 100 & kill -SIGHUP -- %1; wait $!; echo $?", "129\n", 0);
	CHECK_SHELL("sleep 100 & kill -9 %sle; wait %?eep; echo $?", "137\n", 0);
	CHECK_SHELL("sleep 100 & kill -s KILL $!; wait $!; kill -l $?", "KILL\n", 0);
	CHECK_SHELL("kill -l 1 15 129 TERM; echo $?; kill -l 0 200; echo $?",
		    "HUP\nTERM\nHUP\nsh: kill: TERM: no such signal\n1\n"
		    "sh: kill: 0: no such signal\nsh: kill: 200: no such signal\n1\n", 0);
	CHECK_SHELL("for name in $(kill -l); do trap '' $name || echo $name; done | cat;"
		    "set -- $(kill -l); echo $1 $2 $9 $#", "HUP INT KILL 31\n", 0);
	CHECK_SHELL("kill -0 $$; echo $?; kill -0 99999999; echo $?",
		    "0\nsh: kill: 99999999: No such process\n1\n", 0);
	CHECK_SHELL("kill 2>/dev/null || kill -NOSUCH 1; echo $?",
		    "sh: usage: kill [-SIGNAL | -s SIGNAL] PID|%JOB... | -l [NUMBER]...\n2\n", 0);
	CHECK_SHELL("kill %1; kill x; echo $?",
		    "sh: kill: %1: no such job\nsh: kill: x: not a process number\n1\n", 0);
	/* jobs. */
	CHECK_SHELL("sleep 100 & sleep 200 | cat & jobs; kill %1 %2; wait",
		    "[1]- Running                sleep 100 &\n[2]+ Running                sleep 200 | cat &\n", 0);
	CHECK_SHELL("sleep 100 & jobs -p >file; read pid <file; rm file; [ $pid = $! ]; echo $?; kill %1; wait", "0\n", 0);
	CHECK_SHELL("sleep 100 & jobs -l >file; read n pid rest <file; rm file; [ $pid = $! ]; echo $? $n $rest; kill %1; wait",
		    "0 [1]+ Running sleep 100 &\n", 0);
	CHECK_SHELL("sleep 100 & sleep 200 & jobs %1; jobs -- 2; jobs %3; echo $?; kill %1 %2; wait",
		    "[1]- Running                sleep 100 &\n[2]+ Running                sleep 200 &\n"
		    "sh: jobs: %3: no such job\n1\n", 0);
	/* A substitution, and a part of a pipeline, tell of those that run in the shell that it is a part of. */
	CHECK_SHELL("sleep 100 & [ \"$(jobs -p)\" = $! ]; echo $?; echo $(jobs -p | wc -l) \"$(jobs %sle)\"; kill $(jobs -p) || kill %1; wait",
		    "0\n1 [1]+ Running                sleep 100 &\n", 0);
	CHECK_SHELL("sleep 100 & first=$!; sh -c 'exit 5' & wait $!; echo $?; [ \"$(echo $(jobs -p))\" = $first ]; echo $?; kill %1; wait; jobs -p | wc -l",
		    "5\n0\n0\n", 0);
	CHECK_SHELL("sleep 100 & jobs | cat; jobs -p | wc -l & wait $!; (jobs -p); (jobs -p) | wc -l; kill %1; wait",
		    "[1]+ Running                sleep 100 &\n1\n0\n", 0);
	CHECK_SHELL("sleep 100 & echo $(sleep 200 & jobs; kill %1); kill %1; wait", "[1]+ Running sleep 200 &\n", 0);
	/* Whose end was not told stays; -p tells nothing of it. */
	CHECK_SHELL("true & wait %1; sleep 0.1 & p=$!; while read -r x </proc/$p/stat && case $x in *') Z '*) false;; esac; do sleep 0.01; done 2>/dev/null;"
		    "jobs -p >/dev/null; jobs; jobs",
		    "[1]+ Done                   sleep 0.1\n", 0);
	CHECK_SHELL("jobs -x; echo $?", "sh: jobs: -x: unknown option\n2\n", 0);
	CHECK_SHELL("jobs; fg; bg; echo $?", "sh: fg: no job control\nsh: bg: no job control\n1\n", 0);
	CHECK_SHELL("echo -$!-; true & echo $$ >/dev/null; wait", "--\n", 0);
	/* Syntax. */
	CHECK_SHELL("& echo a", "sh: syntax error near \"&\"\n", 2);
	CHECK_SHELL("echo a & & echo b", "sh: syntax error near \"&\"\n", 2);
	CHECK_SHELL("echo a &; echo b", "sh: syntax error near \";\"\n", 2);
	PASS();
}
