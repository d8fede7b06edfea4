/* The order in which the kernel comes up. Each layer registers with those below it what they call
 * upwards. */
#include "core/panic.h"
#include "core/printk.h"
#include "core/random.h"
#include "core/selftest.h"
#include "core/stack_guard.h"
#include "core/watchdog.h"
#include "dev/driver.h"
#include "fs/fs.h"
#include "mem/bootmem.h"
#include "mem/frame.h"
#include "proc/process.h"
#include "sched/cpus.h"
#include "sched/jitter.h"
#include "sched/stack.h"
#include "sched/thread.h"
#include "sched/time.h"
#include "sys/dispatch.h"
#include "vm/fault.h"
#include "x86/acpi.h"
#include "x86/apic.h"
#include "x86/boot_info.h"
#include "x86/clock.h"
#include "x86/clock_reference.h"
#include "x86/cpu.h"
#include "x86/descriptors.h"
#include "x86/paging.h"
#include "x86/trap.h"
#include "x86/uart.h"

/* boot/boot.asm calls it on the boot stack, with interrupts off and the boot tables loaded. */
NORETURN void kernel_main(u32 magic, paddr_t information);

static void log_machine(void)
{
	const char *acpi = acpi_info.found ? "found" : "none, going by the conventions of a PC";
	u64 bytes = 0;
	for (u32 i = 0; i < boot_info.usable_count; i++)
		bytes += boot_info.usable[i].end - boot_info.usable[i].start;
	printk("memory: %lu KiB in %u ranges; %u boot modules\n", bytes / 1024,
		boot_info.usable_count, boot_info.module_count);
	printk("acpi: %s; %u CPUs; %u I/O APICs\n", acpi, acpi_info.cpu_count,
		acpi_info.io_apic_count);
}

static void start_interrupts_and_clock(void)
{
	if (!apic_init() || !clock_hw_start())
		panic("no memory to map the interrupt controllers and timers");
}

static void finish_clock(void)
{
	clock_hw_init();
	printk("clock: counter at %lu kHz by %s; boot at %lu seconds since 1970\n",
		clock_hw_tsc_khz(), clock_reference.name, clock_hw_boot_time());
}

void kernel_main(u32 magic, paddr_t information)
{
	/* What must work before anything can go wrong: a fault is caught, and can be told. */
	panic_init();				/* who prints a fault of the kernel */
	trap_init();				/* descriptors, and every vector */
	uart_init(UART_LOG);			/* the kernel log's port */
	uart_init(UART_CONSOLE);		/* for panics, until its driver comes */
	printk("SynOS starts on x86-64\n");	/* a second such line in a log is a second boot */

	/* What loader and firmware know, while the boot tables still map the first 4 GiB. */
	if (!multiboot_read(magic, information))	/* memory, modules, command line */
		panic("not started by a multiboot loader (%#x), or without memory", magic);
	selftest_panic_early();			/* panic=early */
	acpi_init(&boot_info);			/* CPUs, interrupt controllers, timers, power */
	log_machine();

	/* The CPU, and what needs only it. */
	cpu_detect();				/* features; SMAP instructions into the code */
	cpu_init();				/* control registers, SYSCALL, FPU */
	random_init();				/* seeds the generator */
	stack_guard_init();			/* a random canary; this function never returns */

	/* Memory. */
	bootmem_init(&boot_info);		/* free ranges without image and modules */
	cpus_prepare();				/* a page below 1 MiB where the others begin */
	paging_init(&boot_info);		/* the final tables; the boot tables are gone */
	descriptors_guard_stacks();		/* below those of NMI, #DF and #MC */
	start_interrupts_and_clock();		/* masked; the clock's measurement begins */
	frame_init(&boot_info);			/* struct page, and the buddy takes over */

	/* Threads, address spaces, files, processes, system calls. */
	jitter_init();				/* jitter=SEED, in debug builds */
	sched_init();				/* this becomes CPU 0's idle thread */
	time_init();				/* timers over the clock's interrupt */
	space_init();				/* page faults */
	fs_init(&boot_info);			/* the root file system from the archives */
	proc_init();				/* signals for faults, work on the way out */
	driver_init_all();			/* dev/: each registers itself */
	sys_init();				/* the table of system calls */
	finish_clock();				/* time runs from here on */
	cpus_start();				/* all CPUs run; this one alone has work yet */
	watchdog_start(THREAD_WORK_RESCHED);	/* who is stuck from here on is named */
	selftest_prepare();			/* panic=stuck-other */
	paging_seal();				/* what only boot writes is read-only */
	selftest_panic();			/* panic=KIND */
	stack_selftest();			/* panic=kernel-stack */

	process_start_init("/init");		/* process 1, ready to run */
	sched_idle();				/* lets it */
}
