/* Natural numbers of many words, by the methods learnt at school. */
#include "bignum.h"

#include <string.h>

static void trim(struct bignum *number)
{
	while (number->count > 0 && number->word[number->count - 1] == 0)
		number->count--;
}

void __bignum_set(struct bignum *number, uint64_t value)
{
	number->word[0] = (uint32_t)value;
	number->word[1] = (uint32_t)(value >> 32);
	number->count = 2;
	trim(number);
}

void __bignum_multiply_add(struct bignum *number, uint32_t factor, uint32_t addend)
{
	uint64_t carry = addend;

	for (unsigned i = 0; i < number->count; i++) {
		carry += (uint64_t)number->word[i] * factor;
		number->word[i] = (uint32_t)carry;
		carry >>= 32;
	}
	if (carry)
		number->word[number->count++] = (uint32_t)carry;
}

uint32_t __bignum_divide(struct bignum *number, uint32_t divisor)
{
	uint64_t rest = 0;

	for (unsigned i = number->count; i-- > 0;) {
		rest = rest << 32 | number->word[i];
		number->word[i] = (uint32_t)(rest / divisor);
		rest %= divisor;
	}
	trim(number);
	return (uint32_t)rest;
}

void __bignum_shift_left(struct bignum *number, unsigned bits)
{
	unsigned words = bits / 32;

	if (number->count == 0)
		return;
	if (words > 0) {
		memmove(number->word + words, number->word,
			number->count * sizeof(number->word[0]));
		memset(number->word, 0, words * sizeof(number->word[0]));
		number->count += words;
	}
	if (bits % 32 > 0)
		__bignum_multiply_add(number, 1u << bits % 32, 0);
}

uint32_t __bignum_cut(struct bignum *number, unsigned bits)
{
	unsigned word = bits / 32;
	uint64_t top = 0;

	if (word >= number->count)
		return 0;
	top = number->word[word];
	if (word + 1 < number->count)
		top |= (uint64_t)number->word[word + 1] << 32;
	number->word[word] &= (1u << bits % 32) - 1;
	number->count = word + 1;
	trim(number);
	return (uint32_t)(top >> bits % 32);
}

int __bignum_compare(const struct bignum *left, const struct bignum *right)
{
	if (left->count != right->count)
		return left->count < right->count ? -1 : 1;
	for (unsigned i = left->count; i-- > 0;)
		if (left->word[i] != right->word[i])
			return left->word[i] < right->word[i] ? -1 : 1;
	return 0;
}

void __bignum_subtract(struct bignum *number, const struct bignum *less)
{
	int64_t borrow = 0;

	for (unsigned i = 0; i < number->count; i++) {
		borrow += number->word[i];
		if (i < less->count)
			borrow -= less->word[i];
		number->word[i] = (uint32_t)borrow;
		borrow >>= 32;
	}
	trim(number);
}

unsigned __bignum_bits(const struct bignum *number)
{
	if (number->count == 0)
		return 0;
	return number->count * 32 - __builtin_clz(number->word[number->count - 1]);
}
