/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/outcome.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A pool whose memory is given back all at once. What is born for a request
 * lives in its arena and dies with it; nothing from an arena is ever freed
 * alone. Memory comes zeroed and aligned for any type.
 *
 * The limit is a last line: limits at the door (body size, field length, rows
 * per query) keep members far below it. Allocation never returns NULL: past
 * the limit, or when the system has no memory, the process aborts through
 * check() and the parent starts another.
 */
struct arena {
	struct arena_block *blocks;	/* newest first */
	size_t used;			/* bytes handed out, all blocks */
	size_t limit;			/* most bytes it may hand out */
};

#define ARENA_LIMIT ((size_t)64 * 1024 * 1024)

/* An empty arena; it takes its first block on first use. */
void arena_init(struct arena *a, size_t limit);

/* Gives everything back. The arena may be used again. */
void arena_done(struct arena *a);

/* Like arena_done, but keeps one block for the next use: no malloc per turn. */
void arena_reset(struct arena *a);

void *arena_take(struct arena *a, size_t size);

/* count * size bytes; the product is checked. */
void *arena_take_many(struct arena *a, size_t count, size_t size);

#define ARENA_NEW(a, type) ((type *)arena_take((a), sizeof(type)))
#define ARENA_MANY(a, count, type) \
	((type *)arena_take_many((a), (count), sizeof(type)))

char *arena_copy(struct arena *a, const char *text);
char *arena_copy_bytes(struct arena *a, const void *bytes, size_t size);
char *arena_print(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);
char *arena_vprint(struct arena *a, const char *format, va_list args)
    PRINTF_LIKE(2, 0);

/* arena_done for AUTO variables: `AUTO_ARENA struct arena a;` after init. */
#define AUTO_ARENA __attribute__((cleanup(arena_done)))
