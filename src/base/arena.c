/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/arena.h"

#include "base/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Blocks of growing size, each zeroed when it is taken from the system or
 * kept by arena_reset, so that arena_take has nothing to clear.
 */

struct arena_block {
	struct arena_block *older;
	size_t size;	/* of `bytes` */
	size_t used;
	_Alignas(max_align_t) char bytes[];
};

enum { FIRST_BLOCK = 16 * 1024, LARGEST_STEP = 1024 * 1024 };

void
arena_init(struct arena *a, size_t limit)
{
	*a = (struct arena){ .limit = limit };
}

void
arena_done(struct arena *a)
{
	while (a->blocks != NULL) {
		struct arena_block *older = a->blocks->older;

		free(a->blocks);
		a->blocks = older;
	}
	a->used = 0;
}

void
arena_reset(struct arena *a)
{
	struct arena_block *kept = a->blocks;

	if (kept == NULL)
		return;
	while (kept->older != NULL) {
		struct arena_block *older = kept->older;

		free(kept);
		kept = older;
	}
	memset(kept->bytes, 0, kept->used);
	kept->used = 0;
	a->blocks = kept;
	a->used = 0;
}

static struct arena_block *
block_add(struct arena *a, size_t least)
{
	size_t size = a->blocks == NULL ? FIRST_BLOCK : a->blocks->size * 2;
	struct arena_block *block;

	if (size > LARGEST_STEP)
		size = LARGEST_STEP;
	if (size < least)
		size = least;
	block = calloc(1, sizeof(*block) + size);
	check(block != NULL);
	block->size = size;
	block->older = a->blocks;
	a->blocks = block;
	return block;
}

void *
arena_take(struct arena *a, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	struct arena_block *block = a->blocks;
	void *taken;

	check(size <= a->limit);
	size = (size + align - 1) / align * align;
	check(size <= a->limit - a->used);
	if (block == NULL || size > block->size - block->used)
		block = block_add(a, size);
	taken = block->bytes + block->used;
	block->used += size;
	a->used += size;
	return taken;
}

void *
arena_take_many(struct arena *a, size_t count, size_t size)
{
	size_t bytes;

	check(!__builtin_mul_overflow(count, size, &bytes));
	return arena_take(a, bytes);
}

char *
arena_copy_bytes(struct arena *a, const void *bytes, size_t size)
{
	char *copy = arena_take(a, size + 1);

	if (size > 0)
		memcpy(copy, bytes, size);
	return copy;
}

char *
arena_copy(struct arena *a, const char *text)
{
	return arena_copy_bytes(a, text, strlen(text));
}

char *
arena_vprint(struct arena *a, const char *format, va_list args)
{
	va_list again;
	char *text;
	int size;

	va_copy(again, args);
	size = vsnprintf(NULL, 0, format, again);
	va_end(again);
	check(size >= 0);
	text = arena_take(a, (size_t)size + 1);
	vsnprintf(text, (size_t)size + 1, format, args);
	return text;
}

char *
arena_print(struct arena *a, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprint(a, format, args);
	va_end(args);
	return text;
}
