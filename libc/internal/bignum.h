/* Natural numbers as large as the conversions between binary and decimal floating point need, for
 * exact results: the fraction of the smallest long double when printing, and when reading as many
 * decimal digits as can make a difference. They live on the stack, in no more words than the number
 * at hand can need: a thread may have PTHREAD_STACK_MIN of it. */
#ifndef INTERNAL_BIGNUM_H
#define INTERNAL_BIGNUM_H

#include <stdint.h>

/* The value is the sum of word[i] * 2^(32 i) for i < count; the topmost word is not 0. The words
 * are the caller's, who knows how many it takes; at least two. */
struct bignum {
	unsigned count;
	uint32_t *word;
};

/* Words for a number of so many bits. */
#define BIGNUM_WORDS(bits) ((bits) / 32 + 2)

void __bignum_set(struct bignum *number, uint64_t value);

/* number = number * factor + addend */
void __bignum_multiply_add(struct bignum *number, uint32_t factor, uint32_t addend);

/* number = number / divisor; returns the remainder. */
uint32_t __bignum_divide(struct bignum *number, uint32_t divisor);

void __bignum_shift_left(struct bignum *number, unsigned bits);

/* Returns number / 2^bits, which must fit in 32 bits, and leaves the remainder. */
uint32_t __bignum_cut(struct bignum *number, unsigned bits);

/* Negative, 0 or positive, as left is less than, equal to or greater than right. */
int __bignum_compare(const struct bignum *left, const struct bignum *right);

/* number = number - less, which must not be greater. */
void __bignum_subtract(struct bignum *number, const struct bignum *less);

/* How many bits the number has, without leading zeros. */
unsigned __bignum_bits(const struct bignum *number);

#endif
