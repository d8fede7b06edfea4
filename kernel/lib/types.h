/* The integer types and the handful of macros that every file of the kernel uses. */
#ifndef LIB_TYPES_H
#define LIB_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t s8;
typedef int16_t s16;
typedef int32_t s32;
typedef int64_t s64;

typedef u64 paddr_t;	/* a physical address */

#define PAGE_SHIFT	12
#define PAGE_SIZE	4096ul
#define PAGE_MASK	(PAGE_SIZE - 1)

#define ALIGN_DOWN(x, a)	((x) & ~((__typeof__(x))(a) - 1))
#define ALIGN_UP(x, a)		ALIGN_DOWN((x) + ((__typeof__(x))(a) - 1), a)
#define IS_ALIGNED(x, a)	(((x) & ((__typeof__(x))(a) - 1)) == 0)
#define PAGE_DOWN(x)		ALIGN_DOWN(x, PAGE_SIZE)
#define PAGE_UP(x)		ALIGN_UP(x, PAGE_SIZE)	/* the caller has excluded overflow */

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define MIN(a, b)				\
	({					\
		__auto_type min_a = (a);	\
		__auto_type min_b = (b);	\
		min_a < min_b ? min_a : min_b;	\
	})
#define MAX(a, b)				\
	({					\
		__auto_type max_a = (a);	\
		__auto_type max_b = (b);	\
		max_a > max_b ? max_a : max_b;	\
	})
#define container_of(pointer, type, member) ((type *)((char *)(pointer) - offsetof(type, member)))

#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)
#define PRINTF_LIKE(text, first) __attribute__((__format__(__printf__, text, first)))
#define MUST_CHECK	__attribute__((warn_unused_result))
#define NORETURN	__attribute__((noreturn))
/* Kernel data that are written during boot alone: main seals them, then they are read-only. */
#define SEALED		__attribute__((section(".sealed")))
#define PACKED		__attribute__((packed))
#define ALIGNED(n)	__attribute__((aligned(n)))

#define READ_ONCE(x)		(*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, value)	(*(volatile __typeof__(x) *)&(x) = (value))

#endif
