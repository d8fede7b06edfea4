/* See stack_guard.h. */
#include "core/stack_guard.h"

#include "core/panic.h"

SEALED u64 __stack_chk_guard = 0x9d5c71e8a3f4b200;

void __stack_chk_fail(void)
{
	panic("an array has been written beyond its end, over its function's return address");
}
