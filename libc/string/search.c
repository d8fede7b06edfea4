/* Two-way string matching; search.h says more. The part is cut into a left and a right piece at a
 * critical place: the right piece is compared first, upward, and tells how far to shift when it
 * differs; then the left one, downward. */
#include "search.h"

#include "names.h"

#define GROW_STEP 256

/* True if the haystack has at least size bytes. */
static bool reaches(struct haystack *haystack, size_t size)
{
	while (haystack->size < size && haystack->growing) {
		size_t step = size - haystack->size > GROW_STEP ? size - haystack->size : GROW_STEP;
		size_t found = __strnlen((const char *)haystack->bytes + haystack->size, step);

		haystack->size += found;
		haystack->growing = found == step;
	}
	return haystack->size >= size;
}

/* Where the greatest suffix begins, by the order of bytes or the reverse order, and its period. */
static size_t greatest_suffix(
	const unsigned char *part, size_t size, bool any_case, bool reverse, size_t *period)
{
	size_t start = 0, candidate = 1, matched = 0;

	*period = 1;
	while (candidate + matched < size) {
		unsigned char known = search_fold(part[start + matched], any_case);
		unsigned char other = search_fold(part[candidate + matched], any_case);

		if (known == other) {
			if (++matched == *period) {
				candidate += *period;
				matched = 0;
			}
		} else if ((known > other) != reverse) {
			candidate += matched + 1;
			matched = 0;
			*period = candidate - start;
		} else {
			start = candidate++;
			matched = 0;
			*period = 1;
		}
	}
	return start;
}

/* The critical place is the later one of the two greatest suffixes' starts. */
static size_t critical_place(
	const unsigned char *part, size_t size, bool any_case, size_t *period)
{
	size_t other_period;
	size_t place = greatest_suffix(part, size, any_case, false, period);
	size_t other = greatest_suffix(part, size, any_case, true, &other_period);

	if (other <= place)
		return place;
	*period = other_period;
	return other;
}

static bool repeats(const unsigned char *part, size_t size, size_t period, bool any_case)
{
	for (size_t i = 0; i < size; i++)
		if (search_fold(part[i], any_case) != search_fold(part[period + i], any_case))
			return false;
	return true;
}

/* One copy for each case, so that the usual one looks at bytes as they are. */
static inline __attribute__((always_inline)) void *search(
	struct haystack *haystack, const unsigned char *part, size_t size, bool any_case)
{
	size_t period;
	size_t place = critical_place(part, size, any_case, &period);
	bool periodic = place + period <= size && repeats(part, place, period, any_case);
	size_t remembered = 0;	/* bytes at the part's start known to match, thanks to its period */
	size_t at = 0;

	/* If the part does not repeat, a full match of the right piece lets it move by more than
	 * either piece. */
	if (!periodic)
		period = (place > size - place ? place : size - place) + 1;

	while (reaches(haystack, at + size)) {
		const unsigned char *window = haystack->bytes + at;
		size_t i = place > remembered ? place : remembered;

		while (i < size &&
				search_fold(part[i], any_case) == search_fold(window[i], any_case))
			i++;
		if (i < size) {
			at += i - place + 1;
			remembered = 0;
			continue;
		}
		i = place;
		while (i > remembered &&
				search_fold(part[i - 1], any_case) ==
					search_fold(window[i - 1], any_case))
			i--;
		if (i <= remembered)
			return (void *)window;
		at += period;
		remembered = periodic ? size - period : 0;
	}
	return NULL;
}

void *__search(struct haystack *haystack, const unsigned char *part, size_t size)
{
	if (haystack->any_case)
		return search(haystack, part, size, true);
	return search(haystack, part, size, false);
}
