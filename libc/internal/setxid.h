/* A system call that changes the IDs of the calling thread, made by all threads of the process;
 * returns what the kernel gave the caller. */
#ifndef INTERNAL_SETXID_H
#define INTERNAL_SETXID_H

long __setxid(long number, long a, long b, long c);

#endif
