/* The first serial port (16550) as the terminal of the machine: /dev/console and /dev/ttyS0. It
 * receives by interrupt. It sends by polling, as many bytes for each look at the status as the port
 * takes, so that everything written has left when write returns, and nothing is lost when the
 * machine ends. */
#include "core/printk.h"
#include "core/random.h"
#include "dev/driver.h"
#include "dev/tty.h"
#include "fs/fs.h"
#include "x86/insn.h"
#include "x86/trap.h"
#include "x86/uart.h"

/* Registers (PC16550D), from the port's base. */
#define REG_DATA	0
#define REG_INTERRUPTS	1
#define REG_STATUS	5

#define INTERRUPT_RECEIVED 0x01
#define STATUS_RECEIVED	0x01
#define STATUS_HOLD_EMPTY 0x20
#define STATUS_ABSENT	0xff	/* what a bus without the device reads */

#define SERIAL_IRQ	4

static struct tty console;

static u8 serial_status(void)
{
	return insn_inb(UART_CONSOLE + REG_STATUS);
}

/* Called with the tty's line_lock held: no two threads send at once. */
static void serial_send(struct tty *tty, const char *bytes, size_t size)
{
	(void)tty;
	while (size) {
		while (!(serial_status() & STATUS_HOLD_EMPTY))
			if (sched_relax())
				return;		/* killed while the other end takes nothing */
		for (u32 i = 0; i < uart_room(UART_CONSOLE) && size; i++, size--)
			insn_outb(UART_CONSOLE + REG_DATA, *bytes++);
	}
}

/* A byte that the tty has no room for stays in the device, and the interrupt off, until there
 * is. */
static struct spinlock receive_lock = SPINLOCK_INIT("serial", LOCK_SERIAL);
static u8 held_byte;
static bool byte_is_held;

static void serial_receive_locked(void)
{
	if (byte_is_held && !tty_receive(&console, held_byte))
		return;
	byte_is_held = false;
	for (u8 status; (status = serial_status()) & STATUS_RECEIVED && status != STATUS_ABSENT;) {
		held_byte = insn_inb(UART_CONSOLE + REG_DATA);
		byte_is_held = !tty_receive(&console, held_byte);
		if (byte_is_held) {
			insn_outb(UART_CONSOLE + REG_INTERRUPTS, 0);
			return;
		}
	}
	insn_outb(UART_CONSOLE + REG_INTERRUPTS, INTERRUPT_RECEIVED);
}

static void serial_resume(struct tty *tty)
{
	bool irqs = spin_lock_irq(&receive_lock);

	(void)tty;
	serial_receive_locked();
	spin_unlock_irq(&receive_lock, irqs);
}

static bool serial_interrupt(struct trap_frame *frame)
{
	(void)frame;
	random_stir(insn_rdtsc());
	serial_resume(&console);
	return true;
}

static int serial_open(struct file *file)
{
	return tty_open(&console, file);
}

static int console_open(struct file *file)
{
	return tty_open_console(&console, file);
}

static const struct file_ops serial_ops = {
	.open = serial_open,
};

static const struct file_ops console_ops = {
	.open = console_open,
};

static const struct tty_driver serial_driver = {
	.send = serial_send,
	.resume = serial_resume,
};

static int serial_init(void)
{
	console.device = device_number(4, 64);
	int error = tty_init(&console, "console", &serial_driver);

	if (!error)
		error = devfs_register("console", 0600, device_number(5, 1), &console_ops);
	if (!error)
		error = devfs_register("ttyS0", 0600, console.device, &serial_ops);
	if (error)
		return error;
	trap_register_irq(SERIAL_IRQ, serial_interrupt);
	serial_resume(&console);
	return 0;
}

DRIVER(serial, serial_init);
