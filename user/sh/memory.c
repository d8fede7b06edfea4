/* Memory: what cannot be had ends the shell. */
#include "sh.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE	1000

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	char data[] __attribute__((aligned(16)));
};

static void must(const void *memory)
{
	if (memory)
		return;
	complain("out of memory");
	_Exit(STATUS_USAGE);
}

void *allocate(size_t size)
{
	void *memory = calloc(1, size);

	must(memory);
	return memory;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->blocks;
	void *memory;

	size = (size + 15) & ~(size_t)15;
	if (!block || block->size - block->used < size) {
		size_t room = size > BLOCK_SIZE / 4 ? size : BLOCK_SIZE;
		struct arena_block *new = malloc(sizeof(*new) + room);

		must(new);
		new->used = 0;
		new->size = room;
		/* A large piece has a block of its own, behind the one that has room. */
		if (block && room == size) {
			new->next = block->next;
			block->next = new;
		} else {
			new->next = block;
			arena->blocks = new;
		}
		block = new;
	}
	memory = block->data + block->used;
	block->used += size;
	return memset(memory, 0, size);
}

char *arena_copy(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);

	memcpy(copy, text, length);
	return copy;
}

void arena_free(struct arena *arena)
{
	while (arena->blocks) {
		struct arena_block *block = arena->blocks;

		arena->blocks = block->next;
		free(block);
	}
}

void text_append(struct text *text, const char *bytes, size_t length)
{
	if (text->length + length + 1 > text->room) {
		size_t room = text->room ? text->room * 2 : 64;

		while (room < text->length + length + 1)
			room *= 2;
		text->bytes = realloc(text->bytes, room);
		must(text->bytes);
		text->room = room;
	}
	memcpy(text->bytes + text->length, bytes, length);
	text->length += length;
	text->bytes[text->length] = '\0';
}

void text_add(struct text *text, char c)
{
	text_append(text, &c, 1);
}

void text_free(struct text *text)
{
	free(text->bytes);
	*text = (struct text){ 0 };
}
