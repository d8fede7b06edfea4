/* The small programs on files: ln, mv, cp, touch, rm -r. */
#include "shell.h"

#include "scratch.h"

int main(void)
{
	scratch_enter();
	CHECK_SHELL("touch a && echo text > a && ln a b && ln -s a c && cat b c", "text\ntext\n", 0);
	CHECK_SHELL("cp a d && echo more >> d && cat a d", "text\ntext\nmore\n", 0);
	CHECK_SHELL("mkdir e && mv a b e && mv d f && cp f e && cat e/a e/f", "text\ntext\nmore\n", 0);
	CHECK(!exists("a") && !exists("d") && exists("e/b"));
	CHECK_SHELL("mkdir e/g && touch e/g/h && rm -r e && rm -f c f missing", "", 0);
	CHECK(!exists("e"));
	/* Along PATH, a file that may not be run hides none behind it, and is named if there is no other. */
	CHECK_SHELL("mkdir a b c; touch a/x; ln -s /bin/echo c/x; PATH=a:b:c; x found; PATH=a:b; x; echo $?",
		    "found\nsh: x: Permission denied\n126\n", 0);
	CHECK_SHELL("rm -r a b c", "", 0);
	scratch_leave();
	PASS();
}
