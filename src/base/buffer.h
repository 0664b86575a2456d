/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/outcome.h"

#include <stdarg.h>
#include <stddef.h>

/*
 * One growing run of bytes on the heap, always followed by a NUL that is not
 * counted. It owns its memory: init, then done. Growing past BUFFER_LIMIT is a
 * mistake of ours and aborts.
 */
struct buffer {
	char *bytes;	/* NULL while empty */
	size_t size;
	size_t room;
};

#define BUFFER_LIMIT ((size_t)256 * 1024 * 1024)

void buffer_init(struct buffer *b);
void buffer_done(struct buffer *b);
void buffer_clear(struct buffer *b);
void buffer_add(struct buffer *b, const void *bytes, size_t size);
void buffer_add_text(struct buffer *b, const char *text);
void buffer_add_byte(struct buffer *b, char byte);
void buffer_print(struct buffer *b, const char *format, ...) PRINTF_LIKE(2, 3);

/* Makes room for `more` bytes beyond the present size. */
void buffer_reserve(struct buffer *b, size_t more);

/* The text so far; "" while empty. Valid until the next change. */
const char *buffer_text(const struct buffer *b);

#define AUTO_BUFFER __attribute__((cleanup(buffer_done)))
