/* Supplementary groups (setgroups(2)). There is no database of groups. */
#ifndef _GRP_H
#define _GRP_H

#include <sys/types.h>

int setgroups(size_t size, const gid_t *groups);

#endif
