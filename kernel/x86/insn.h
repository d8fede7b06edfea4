/* Single instructions that C has no word for. Inline only; any layer may include it. */
#ifndef X86_INSN_H
#define X86_INSN_H

#include "lib/types.h"

static inline u8 insn_inb(u16 port)
{
	u8 value;
	__asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
	return value;
}

static inline void insn_outb(u16 port, u8 value)
{
	__asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static inline u16 insn_inw(u16 port)
{
	u16 value;
	__asm__ volatile("inw %1, %0" : "=a"(value) : "Nd"(port));
	return value;
}

static inline void insn_outw(u16 port, u16 value)
{
	__asm__ volatile("outw %0, %1" : : "a"(value), "Nd"(port));
}

static inline u32 insn_inl(u16 port)
{
	u32 value;
	__asm__ volatile("inl %1, %0" : "=a"(value) : "Nd"(port));
	return value;
}

static inline void insn_outl(u16 port, u32 value)
{
	__asm__ volatile("outl %0, %1" : : "a"(value), "Nd"(port));
}

static inline u64 insn_rdmsr(u32 msr)
{
	u32 low, high;
	__asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(msr));
	return (u64)high << 32 | low;
}

static inline void insn_wrmsr(u32 msr, u64 value)
{
	__asm__ volatile("wrmsr" : : "c"(msr), "a"((u32)value), "d"((u32)(value >> 32)) : "memory");
}

static inline u64 insn_rdtsc(void)
{
	u32 low, high;
	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
	return (u64)high << 32 | low;
}

/* After the loads before it: without that the CPU may read the counter earlier than it seems. */
static inline u64 insn_rdtsc_ordered(void)
{
	__asm__ volatile("lfence" : : : "memory");
	return insn_rdtsc();
}

#define INSN_CR(n)								\
	static inline u64 insn_read_cr##n(void)					\
	{									\
		u64 value;							\
		__asm__ volatile("mov %%cr" #n ", %0" : "=r"(value));		\
		return value;							\
	}									\
	static inline void insn_write_cr##n(u64 value)				\
	{									\
		__asm__ volatile("mov %0, %%cr" #n : : "r"(value) : "memory");	\
	}
INSN_CR(0)
INSN_CR(2)
INSN_CR(3)
INSN_CR(4)
#undef INSN_CR

static inline void insn_invlpg(u64 address)
{
	__asm__ volatile("invlpg (%0)" : : "r"(address) : "memory");
}

static inline void insn_cpuid(u32 leaf, u32 subleaf, u32 out[4])
{
	__asm__ volatile("cpuid"
			 : "=a"(out[0]), "=b"(out[1]), "=c"(out[2]), "=d"(out[3])
			 : "a"(leaf), "c"(subleaf));
}

static inline void insn_pause(void)
{
	__asm__ volatile("pause");
}

/* Interrupts on and wait for one: sti's shadow closes the gap between the two. */
static inline void insn_sti_hlt(void)
{
	__asm__ volatile("sti; hlt" : : : "memory");
}

#define RFLAGS_IF	0x200ul

static inline u64 insn_read_flags(void)
{
	u64 flags;
	__asm__ volatile("pushfq; pop %0" : "=r"(flags) : : "memory");
	return flags;
}

static inline bool insn_irqs_enabled(void)
{
	return insn_read_flags() & RFLAGS_IF;
}

static inline void insn_cli(void)
{
	__asm__ volatile("cli" : : : "memory");
}

static inline void insn_sti(void)
{
	__asm__ volatile("sti" : : : "memory");
}

/* Turns interrupts off and says whether they were on, for insn_irq_restore. */
static inline bool insn_irq_save(void)
{
	bool were_on = insn_irqs_enabled();
	insn_cli();
	return were_on;
}

static inline void insn_irq_restore(bool were_on)
{
	if (were_on)
		insn_sti();
}

#endif
