/* Signals: "--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=5, si_uid=0, si_status=0} ---". */
#include "strace.h"

#include <gen/abi.h>

#define NAMED(name) {#name, ABI_##name, 0}
#define OF(signal, name) {#name, ABI_##name, ABI_##signal}

/* What a code says, of any signal (0) or of one. */
static const struct code {
	const char *name;
	int value, signal;
} codes[] = {
	NAMED(SI_USER), NAMED(SI_KERNEL), NAMED(SI_QUEUE), NAMED(SI_TIMER), NAMED(SI_MESGQ),
	NAMED(SI_ASYNCIO), NAMED(SI_TKILL),
	OF(SIGCHLD, CLD_EXITED), OF(SIGCHLD, CLD_KILLED), OF(SIGCHLD, CLD_DUMPED),
	OF(SIGCHLD, CLD_STOPPED), OF(SIGCHLD, CLD_CONTINUED),
	OF(SIGSEGV, SEGV_MAPERR), OF(SIGSEGV, SEGV_ACCERR),
	OF(SIGBUS, BUS_ADRALN), OF(SIGBUS, BUS_ADRERR),
	OF(SIGILL, ILL_ILLOPN), OF(SIGTRAP, TRAP_BRKPT), OF(SIGTRAP, TRAP_TRACE),
	OF(SIGFPE, FPE_INTDIV), OF(SIGFPE, FPE_FLTDIV), OF(SIGFPE, FPE_FLTOVF),
	OF(SIGFPE, FPE_FLTUND), OF(SIGFPE, FPE_FLTRES), OF(SIGFPE, FPE_FLTINV),
};

static const struct code *code_of(int signal, int value)
{
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (codes[i].value == value && (!codes[i].signal || codes[i].signal == signal))
			return &codes[i];
	return NULL;
}

static void print_status(FILE *out, int code, int status)
{
	fputs(", si_status=", out);
	if (code == ABI_CLD_EXITED)
		fprintf(out, "%d", status);
	else
		set_print(out, SYSCALL_KIND_SIG, status);
}

/* What else there is follows from the code: who sent it, or where it happened. */
static void print_details(FILE *out, const struct abi_trace_record *record)
{
	const struct code *code = code_of(record->number, record->result);
	unsigned long first = record->arguments[0], second = record->arguments[1];
	bool sent = record->result <= ABI_SI_USER;

	if (sent || (code && code->signal == ABI_SIGCHLD))
		fprintf(out, ", si_pid=%d, si_uid=%u", (int)first, (unsigned)(first >> 32));
	else if (code && code->signal)
		fprintf(out, first ? ", si_addr=%#lx" : ", si_addr=NULL", first);
	if (code && code->signal == ABI_SIGCHLD)
		print_status(out, record->result, second);
	else if (record->result == ABI_SI_QUEUE)
		fprintf(out, ", si_value=%#lx", second);
}

void signal_print(FILE *out, const struct abi_trace_record *record)
{
	const struct code *code = code_of(record->number, record->result);

	fputs("--- ", out);
	if (record->kind == ABI_TRACE_STOPPED)
		fputs("stopped by ", out);
	set_print(out, SYSCALL_KIND_SIG, record->number);
	if (record->kind == ABI_TRACE_SIGNAL) {
		fputs(" {si_signo=", out);
		set_print(out, SYSCALL_KIND_SIG, record->number);
		if (code)
			fprintf(out, ", si_code=%s", code->name);
		else
			fprintf(out, ", si_code=%d", (int)record->result);
		print_details(out, record);
		putc('}', out);
	}
	fputs(" ---\n", out);
}
