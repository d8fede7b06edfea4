/* /dev/trace (docs/tracing.md): each opening is a trace of its own. A thread joins it by ioctl with
 * ABI_TRACE_ATTACH, and so do the threads and processes that it makes; read gives whole records, of
 * the calls that they have made, and 0 when all have ended. SynOS's own. */
#ifndef ABI_TRACE_H
#define ABI_TRACE_H

#include <abi/types.h>

#define ABI_TRACE_ATTACH	0x5354

#define ABI_TRACE_CALL		1	/* a call has come back, with result */
#define ABI_TRACE_LAST_CALL	2	/* one that does not come back: exit, rt_sigreturn */
#define ABI_TRACE_END		3	/* a thread has ended; result is a status as wait4's */
#define ABI_TRACE_SIGNAL	4	/* it takes a signal, of that number; result is si_code, and two
					 * arguments what follows that in struct abi_siginfo */
#define ABI_TRACE_STOPPED	5	/* it stops, by the signal of that number */

#define ABI_TRACE_TEXTS		4	/* at most so many in a record */
#define ABI_TRACE_TEXT_SIZE	128	/* of each */
#define ABI_TRACE_BYTES		32	/* of what is read or written */

/* text_count texts follow: what pointers among the arguments point to. */
struct abi_trace_record {
	abi_u32 size;			/* with its texts */
	abi_u16 kind;
	abi_u16 text_count;
	abi_s32 pid, tid;
	abi_u32 threads;		/* traced now */
	abi_u32 number;
	abi_u64 lost;			/* records before this one that are not here */
	abi_u64 time;			/* ns since the machine's start */
	abi_s64 result;
	abi_u64 arguments[6];
};
ABI_LAYOUT(abi_trace_record, arguments, 48, 96);

struct abi_trace_text {
	abi_u8 argument;
	abi_u8 cut;			/* 1: there is more */
	abi_u16 length;
	char bytes[ABI_TRACE_TEXT_SIZE];	/* length of them, and up to three zeros */
};
ABI_LAYOUT(abi_trace_text, bytes, 4, 132);

#endif
