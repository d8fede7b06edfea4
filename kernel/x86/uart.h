/* The two serial ports by polling, for whoever cannot wait for a driver: the kernel log, panics,
 * the last bytes before the machine ends. The first port is the console, which dev/serial.c drives;
 * the second is the log's. No locking; any context. A port that is not there swallows what it is
 * given. */
#ifndef X86_UART_H
#define X86_UART_H

#include "lib/types.h"

#define UART_CONSOLE	0x3f8
#define UART_LOG	0x2f8

/* 115200 baud, 8N1, interrupts off. Turning the FIFO on throws away what has been received, and
 * QEMU then receives nothing more; so it stays off if somebody has typed already. */
void uart_init(u16 port);
/* How many bytes the port takes at once when it is empty. */
u32 uart_room(u16 port);
void uart_write(u16 port, const char *bytes, size_t size);
/* Waits until the last bit has left, for a bounded time. */
void uart_flush(u16 port);

#endif
