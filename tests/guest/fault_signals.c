/* Accesses that nothing can serve: each ends its process with SIGSEGV, wherever it goes. */
#include "mapping.h"

#define CHECK_FAULT(function, address)							\
	do {										\
		touched = (volatile char *)(address);					\
		CHECK_SIGNAL(function, SIGSEGV);					\
	} while (0)

int main(void)
{
	static const unsigned long places[] = {
		0,
		8,
		0xfff,
		0x7fffffffeff8,
		0x7ffffffff000,
		0x7fffffffffff,
		0x800000000000,
		0x1234567812345678,
		0xffff7fffffffffff,
		0xffff800000000000,
		0xffffc00000000000,
		0xffffd00000000000,
		0xffffffff80100000,
		0xffffffffffffffff,
	};

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		/* The kernel of a Linux host may have put the stack up to the very end. */
		if (places[i] == 0x7fffffffeff8)
			continue;
		CHECK_FAULT(touch_read, places[i]);
		CHECK_FAULT(touch_write, places[i]);
		CHECK_FAULT(touch_execute, places[i]);
	}
	PASS();
}
