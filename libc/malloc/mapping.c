/* See mapping.h. Descriptors come from an array that needs no pages, then from pages of their
 * own, 64 to a page; they are reused and not given back, so what they hold is at most 64 bytes
 * for each mapping of the busiest moment. */
#include "mapping.h"

#include "glue.h"

#define FIRST_MAPPINGS	32

size_t __heap_mapped;

static struct mapping first[FIRST_MAPPINGS];
static struct mapping *root, *unused;		/* unused ones are linked through left */

static void descriptors_add(struct mapping *array, size_t count)
{
	for (size_t i = count; i--;) {
		array[i].left = unused;
		unused = &array[i];
	}
}

static struct mapping *descriptor_get(void)
{
	struct mapping *m;

	if (!unused && !__heap_mapped) {
		descriptors_add(first, FIRST_MAPPINGS);
	} else if (!unused) {
		struct mapping *page = __heap_pages_map(HEAP_PAGE, HEAP_PAGE);

		if (!page)
			return NULL;
		__heap_mapped += HEAP_PAGE;
		descriptors_add(page, HEAP_PAGE / sizeof *page);
	}
	m = unused;
	unused = m->left;
	return m;
}

/* A mix of all bits, so that neighbours in memory do not make neighbours in rank. */
static uint64_t priority(const struct mapping *m)
{
	uint64_t x = m->base ^ __heap_key;

	x = (x ^ x >> 32) * SEAL_FACTOR;
	x = (x ^ x >> 29) * SEAL_FACTOR;
	return x ^ x >> 32;
}

/* Goes down to where m's priority belongs, and splits what hangs there into what is left and
 * right of m. */
static void tree_insert(struct mapping *m)
{
	struct mapping **at = &root, **low = &m->left, **high = &m->right, *rest;

	while (*at && priority(*at) >= priority(m))
		at = m->base < (*at)->base ? &(*at)->left : &(*at)->right;
	rest = *at;
	*at = m;
	while (rest) {
		if (rest->base < m->base) {
			*low = rest;
			low = &rest->right;
			rest = *low;
		} else {
			*high = rest;
			high = &rest->left;
			rest = *high;
		}
	}
	*low = *high = NULL;
}

/* Puts m's two subtrees, merged, in its place. */
static void tree_remove(struct mapping *m)
{
	struct mapping **at = &root, *low = m->left, *high = m->right;

	while (*at != m)
		at = m->base < (*at)->base ? &(*at)->left : &(*at)->right;
	while (low && high) {
		if (priority(low) > priority(high)) {
			*at = low;
			at = &low->right;
			low = *at;
		} else {
			*at = high;
			at = &high->left;
			high = *at;
		}
	}
	*at = low ? low : high;
}

struct mapping *__heap_mapping_create(enum mapping_kind kind, size_t bytes, size_t alignment)
{
	struct mapping *m = descriptor_get();
	void *pages;

	if (!m)
		return NULL;
	pages = __heap_pages_map(bytes, alignment);
	if (!pages) {
		descriptors_add(m, 1);
		return NULL;
	}
	*m = (struct mapping){
		.base = (uintptr_t)pages, .size = bytes, .kind = kind,
		.fresh = (uintptr_t)pages,
	};
	tree_insert(m);
	__heap_mapped += bytes;
	return m;
}

bool __heap_mapping_destroy(struct mapping *m)
{
	if (!__heap_pages_unmap((void *)m->base, m->size))
		return false;
	tree_remove(m);
	__heap_mapped -= m->size;
	descriptors_add(m, 1);
	return true;
}

bool __heap_mapping_resize(struct mapping *m, size_t bytes)
{
	void *pages = (void *)m->base;

	if (bytes < m->size) {
		if (!__heap_pages_unmap((char *)pages + bytes, m->size - bytes))
			return false;
	} else {
		pages = __heap_pages_grow(pages, m->size, bytes);
		if (!pages)
			return false;
		tree_remove(m);
		m->base = (uintptr_t)pages;
		tree_insert(m);
	}
	__heap_mapped += bytes - m->size;
	m->size = bytes;
	return true;
}

struct mapping *__heap_mapping_search(uintptr_t address)
{
	struct mapping *m = root;

	while (m && address - m->base >= m->size)
		m = address < m->base ? m->left : m->right;
	return m;
}

struct mapping *__heap_mapping_from(uintptr_t address)
{
	struct mapping *m = root, *found = NULL;

	while (m) {
		if (m->base >= address)
			found = m;
		m = m->base >= address ? m->left : m->right;
	}
	return found;
}
