/* The 16550 (National Semiconductor PC16550D), as far as sending goes. */
#include "x86/uart.h"

#include "x86/insn.h"

/* Registers, from the port's base. */
#define REG_DATA	0	/* divisor low, while DLAB is set */
#define REG_INTERRUPTS	1	/* divisor high */
#define REG_FIFO	2
#define REG_LINE	3
#define REG_MODEM	4
#define REG_STATUS	5

#define LINE_8N1	0x03
#define LINE_DLAB	0x80
#define FIFO_ON_CLEAR	0x07
#define MODEM_DTR_RTS_OUT2 0x0b
#define STATUS_RECEIVED	0x01
#define STATUS_HOLD_EMPTY 0x20
#define STATUS_ALL_EMPTY 0x40
#define STATUS_ABSENT	0xff	/* what a bus without the device reads */

#define FIFO_SIZE	16
#define SPINS_MAX	1000000u

static bool console_fifo, log_fifo;

static bool is_received(u16 port)
{
	u8 status = insn_inb(port + REG_STATUS);
	return status != STATUS_ABSENT && status & STATUS_RECEIVED;
}

static bool *fifo_of(u16 port)
{
	return port == UART_CONSOLE ? &console_fifo : &log_fifo;
}

u32 uart_room(u16 port)
{
	return *fifo_of(port) ? FIFO_SIZE : 1;
}

void uart_init(u16 port)
{
	insn_outb(port + REG_INTERRUPTS, 0);
	insn_outb(port + REG_LINE, LINE_DLAB);
	insn_outb(port + REG_DATA, 1);
	insn_outb(port + REG_INTERRUPTS, 0);
	insn_outb(port + REG_LINE, LINE_8N1);
	*fifo_of(port) = !is_received(port);
	if (*fifo_of(port))
		insn_outb(port + REG_FIFO, FIFO_ON_CLEAR);
	insn_outb(port + REG_MODEM, MODEM_DTR_RTS_OUT2);
}

/* False if there is no device, or none that makes progress. */
static bool wait_for(u16 port, u8 condition)
{
	for (u32 spins = 0; spins < SPINS_MAX; spins++) {
		u8 status = insn_inb(port + REG_STATUS);
		if (status == STATUS_ABSENT)
			return false;
		if (status & condition)
			return true;
		insn_pause();
	}
	return false;
}

void uart_write(u16 port, const char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (i % uart_room(port) == 0 && !wait_for(port, STATUS_HOLD_EMPTY))
			return;
		insn_outb(port + REG_DATA, bytes[i]);
	}
}

void uart_flush(u16 port)
{
	wait_for(port, STATUS_ALL_EMPTY);
}
