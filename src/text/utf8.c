/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/utf8.h"

#include "base/check.h"
#include "text/utf16.h"

#include <stdint.h>
#include <string.h>

/* The walk over UTF-8 is ours; normal forms are ICU's. */

/* Bytes of the sequence that starts with this byte; 0 when none does. */
static size_t
sequence_size(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead >= 0xc2 && lead <= 0xdf)
		return 2;
	if (lead >= 0xe0 && lead <= 0xef)
		return 3;
	if (lead >= 0xf0 && lead <= 0xf4)
		return 4;
	return 0;
}

/* Four leads narrow their second byte: overlong, surrogate or too large. */
static bool
second_fits(unsigned char lead, unsigned char second)
{
	switch (lead) {
	case 0xe0:
		return second >= 0xa0;
	case 0xed:
		return second <= 0x9f;
	case 0xf0:
		return second >= 0x90;
	case 0xf4:
		return second <= 0x8f;
	default:
		return true;
	}
}

/* The size of the well-formed sequence at `at`, its code point, or 0. */
static size_t
point_read(const unsigned char *at, size_t left, uint32_t *point_out)
{
	static const unsigned char masks[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	size_t size = sequence_size(at[0]);
	uint32_t point = at[0] & masks[size];

	if (size == 0 || size > left)
		return 0;
	if (size > 1 && !second_fits(at[0], at[1]))
		return 0;
	for (size_t i = 1; i < size; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
		point = point << 6 | (at[i] & 0x3f);
	}
	*point_out = point;
	return size;
}

bool
utf8_is_valid(const char *bytes, size_t size)
{
	const unsigned char *at = (const unsigned char *)bytes;
	uint32_t point;

	while (size > 0) {
		size_t step = point_read(at, size, &point);

		if (step == 0)
			return false;
		at += step;
		size -= step;
	}
	return true;
}

size_t
utf8_length(const char *text)
{
	size_t length = 0;

	for (; *text != '\0'; text++)
		length += ((unsigned char)*text & 0xc0) != 0x80;
	return length;
}

static bool
point_is_clean(uint32_t point)
{
	if (point < 0x20)
		return point == '\t' || point == '\n';
	if (point >= 0x7f && point <= 0x9f)
		return false;
	if (point >= 0xfdd0 && point <= 0xfdef)
		return false;
	return (point & 0xfffe) != 0xfffe;
}

bool
text_is_clean(const char *bytes, size_t size)
{
	const unsigned char *at = (const unsigned char *)bytes;
	uint32_t point = 0;

	while (size > 0) {
		size_t step = point_read(at, size, &point);

		if (step == 0 || !point_is_clean(point))
			return false;
		at += step;
		size -= step;
	}
	return true;
}

static char *
with_line_feeds(struct arena *a, const char *text)
{
	char *copy = arena_copy(a, text);
	char *end = copy;

	for (const char *at = copy; *at != '\0'; at++) {
		if (at[0] == '\r' && at[1] == '\n')
			continue;
		*end++ = *at == '\r' ? '\n' : *at;
	}
	*end = '\0';
	return copy;
}

static bool
text_is_ascii(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

const char *
utf8_normalize(struct arena *a, const char *text)
{
	const char *lines = with_line_feeds(a, text);

	check(utf8_is_valid(text, strlen(text)));
	if (text_is_ascii(lines))
		return lines;
	return utf16_show(a, utf16_normalize(a, UTF16_NFC, utf16_of(a, lines)));
}
