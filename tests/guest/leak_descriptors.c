/* Where the CPU has UMIP, a program cannot ask where the kernel's descriptor tables are.
 * guest-only: Linux answers such an instruction in the CPU's place, with a constant */
#include "test.h"

static void ask_gdt(void)
{
	unsigned char table[10];

	__asm__ volatile("sgdt %0" : "=m"(table));
}

static void ask_idt(void)
{
	unsigned char table[10];

	__asm__ volatile("sidt %0" : "=m"(table));
}

static void ask_task(void)
{
	unsigned short selector;

	__asm__ volatile("str %0" : "=m"(selector));
}

static void ask_status(void)
{
	unsigned long cr0;

	__asm__ volatile("smsw %0" : "=r"(cr0));
}

int main(void)
{
	unsigned a = 7, b, c = 0, d;

	__asm__ volatile("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
	if (!(c & 1u << 2)) {
		puts("this CPU has no UMIP");
		PASS();
	}
	CHECK_SIGNAL(ask_gdt, SIGSEGV);
	CHECK_SIGNAL(ask_idt, SIGSEGV);
	CHECK_SIGNAL(ask_task, SIGSEGV);
	CHECK_SIGNAL(ask_status, SIGSEGV);
	PASS();
}
