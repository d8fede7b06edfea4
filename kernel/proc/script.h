/* The first line of a script (execve(2), "Interpreter scripts"). Pure. */
#ifndef PROC_SCRIPT_H
#define PROC_SCRIPT_H

#include "lib/types.h"

#define SCRIPT_LINE_MAX	256u	/* bytes of the file that are looked at */

/* head is the start of a file: SCRIPT_LINE_MAX bytes (zeros where the file is shorter) and a
 * NUL. */
bool script_is(const char *head);
/* Cuts the line "#! interpreter argument" of a script into the two; both point into head, and
 * argument is NULL if there is none. -ENOEXEC if it names no interpreter, or not all of its name is
 * there. */
int script_read_line(char *head, char **interpreter, char **argument);

#endif
