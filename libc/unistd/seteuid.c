/* seteuid(3), setegid(3). */
#include <unistd.h>

#include "syscall.h"

int seteuid(uid_t user)
{
	return __setresuid(-1, user, -1);
}

int setegid(gid_t group)
{
	return __setresgid(-1, group, -1);
}
