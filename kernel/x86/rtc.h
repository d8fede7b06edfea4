/* The real-time clock of the PC (Motorola MC146818). It is taken to run on UTC. One caller at a
 * time. */
#ifndef X86_RTC_H
#define X86_RTC_H

#include "lib/types.h"

/* Seconds since 1970. */
u64 rtc_read(void);

#endif
