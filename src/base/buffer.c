/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/buffer.h"

#include "base/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The one growing run of bytes of the program. */

void
buffer_init(struct buffer *b)
{
	*b = (struct buffer){ 0 };
}

void
buffer_done(struct buffer *b)
{
	free(b->bytes);
	*b = (struct buffer){ 0 };
}

void
buffer_clear(struct buffer *b)
{
	b->size = 0;
	if (b->bytes != NULL)
		b->bytes[0] = '\0';
}

void
buffer_reserve(struct buffer *b, size_t more)
{
	size_t need = b->size + more + 1;
	size_t room = b->room == 0 ? 256 : b->room;

	check(more <= BUFFER_LIMIT && need <= BUFFER_LIMIT);
	if (need <= b->room)
		return;
	while (room < need)
		room *= 2;
	b->bytes = realloc(b->bytes, room);
	check(b->bytes != NULL);
	b->room = room;
}

void
buffer_add(struct buffer *b, const void *bytes, size_t size)
{
	buffer_reserve(b, size);
	if (size > 0)
		memcpy(b->bytes + b->size, bytes, size);
	b->size += size;
	b->bytes[b->size] = '\0';
}

void
buffer_add_text(struct buffer *b, const char *text)
{
	buffer_add(b, text, strlen(text));
}

void
buffer_add_byte(struct buffer *b, char byte)
{
	buffer_add(b, &byte, 1);
}

void
buffer_print(struct buffer *b, const char *format, ...)
{
	va_list args, again;
	int size;

	va_start(args, format);
	va_copy(again, args);
	size = vsnprintf(NULL, 0, format, again);
	va_end(again);
	check(size >= 0);
	buffer_reserve(b, (size_t)size);
	vsnprintf(b->bytes + b->size, (size_t)size + 1, format, args);
	va_end(args);
	b->size += (size_t)size;
}

const char *
buffer_text(const struct buffer *b)
{
	return b->bytes == NULL ? "" : b->bytes;
}
