/* Values that have names: the low bits of some are one choice, all other bits are one each, or some
 * together (O_SYNC has two). The names are those of the abi headers (gen/syscall_sets.h). */
#include "strace.h"

#include <gen/abi.h>
#include <gen/syscall_sets.h>

struct set {
	unsigned char kind, choice_bits;
};

struct constant {
	unsigned char kind;
	const char *name;
	unsigned long value;
};

#define SET(kind, low)          {kind, low},
#define NAME(kind, name, value) {kind, name, value},
static const struct set sets[] = {SYSCALL_SETS(SET)};
static const struct constant constants[] = {SYSCALL_CONSTANTS(NAME)};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Arguments have 32 bits unless said otherwise, and no set says so. */
static unsigned long value_of(const struct constant *constant)
{
	return (unsigned)constant->value;
}

static const char *choice_name(unsigned kind, unsigned long value)
{
	for (size_t i = 0; i < COUNT(constants); i++)
		if (constants[i].kind == kind && value_of(&constants[i]) == value)
			return constants[i].name;
	return NULL;
}

/* The name that has the most bits, all of them in value. */
static const struct constant *largest_part(unsigned kind, unsigned long value)
{
	const struct constant *best = NULL;

	for (size_t i = 0; i < COUNT(constants); i++) {
		unsigned long bits = value_of(&constants[i]);
		if (constants[i].kind == kind && bits && (bits & ~value) == 0 &&
			(!best || __builtin_popcountl(bits) > __builtin_popcountl(value_of(best))))
			best = &constants[i];
	}
	return best;
}

static void print_bits(FILE *out, unsigned kind, unsigned long value, bool first)
{
	const struct constant *part;

	for (; (part = largest_part(kind, value)) != NULL; first = false) {
		fprintf(out, "%s%s", first ? "" : "|", part->name);
		value &= ~value_of(part);
	}
	if (value)
		fprintf(out, "%s%#lx", first ? "" : "|", value);
}

static void print_value(FILE *out, const struct set *set, unsigned long value)
{
	unsigned long mask = set->choice_bits ? ~0ul >> (64 - set->choice_bits) : 0;
	const char *name = choice_name(set->kind, value & mask);

	if (set->choice_bits == 64 && name)
		fputs(name, out);
	else if (set->choice_bits == 64)
		fprintf(out, value > 0xffff ? "%#lx" : "%ld", value);
	else if (value == 0)
		fputs(name ? name : "0", out);
	else if (set->choice_bits && name)
		fputs(name, out), print_bits(out, set->kind, value & ~mask, false);
	else
		print_bits(out, set->kind, value, true);
}

bool set_print(FILE *out, unsigned kind, unsigned long value)
{
	for (size_t i = 0; i < COUNT(sets); i++) {
		if (sets[i].kind == kind) {
			print_value(out, &sets[i], (unsigned)value);
			return true;
		}
	}
	return false;
}
