// unit: sources kernel/mem/slab.c kernel/mem/slots.c kernel/mem/kmalloc.c kernel/mem/buddy.c
// unit: flags -Ikernel -DDEBUG -DDIRECT_BASE=0x200000000000ul -DFRAMES_BASE=0x210000000000ul
/* The slab test on a debug build: patterns in free objects and behind allocated ones. */
#include "slab.c"
