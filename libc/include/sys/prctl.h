/* Properties of a process (prctl(2)). */
#ifndef _SYS_PRCTL_H
#define _SYS_PRCTL_H

#define PR_SET_PDEATHSIG		1	/* the signal for when the parent's thread ends; 0: none */
#define PR_GET_PDEATHSIG		2
#define PR_SET_NAME			15
#define PR_GET_NAME			16
#define PR_SET_CHILD_SUBREAPER		36
#define PR_GET_CHILD_SUBREAPER		37

int prctl(int option, ...);

#endif
