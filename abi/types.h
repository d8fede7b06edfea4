/* The integer types of the contract. Every abi_ struct is made of these, so that its layout is the same for every
 * compiler and for both sides; each is checked by ABI_LAYOUT. */
#ifndef ABI_TYPES_H
#define ABI_TYPES_H

typedef signed char abi_s8;
typedef short abi_s16;
typedef int abi_s32;
typedef long abi_s64;
typedef unsigned char abi_u8;
typedef unsigned short abi_u16;
typedef unsigned int abi_u32;
typedef unsigned long abi_u64;

/* States where a field lies and how large its struct is: ABI_LAYOUT(abi_iovec, iov_len, 8, 16). */
#define ABI_LAYOUT(type, last_field, offset, size) \
	_Static_assert(__builtin_offsetof(struct type, last_field) == (offset) && sizeof(struct type) == (size), \
		       "layout of struct " #type)

#endif
