/* What a thread gets whose attributes say nothing. */
#ifndef INTERNAL_ATTR_H
#define INTERNAL_ATTR_H

#define STACK_SIZE_DEFAULT	(1ul << 20)
#define GUARD_SIZE_DEFAULT	4096ul

#endif
