/* The registers that a signal has interrupted: what signal.h says. */
#ifndef _UCONTEXT_H
#define _UCONTEXT_H

#include <signal.h>

#endif
