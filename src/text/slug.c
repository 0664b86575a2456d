/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/slug.h"

#include "text/latin.h"

#include <stddef.h>
#include <string.h>

/* The Latin form of a name, narrowed to what an address may hold. */

static bool
byte_is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Leaves out letters of other scripts, and hyphens that then stand alone. */
static size_t
keep_plain(char *text)
{
	size_t size = 0;

	for (const char *at = text; *at != '\0'; at++)
		if (byte_is_plain(*at) ||
		    (*at == '-' && size > 0 && text[size - 1] != '-'))
			text[size++] = *at;
	if (size > 0 && text[size - 1] == '-')
		size--;
	text[size] = '\0';
	return size;
}

/* Where to cut: after a whole word, unless that leaves less than half. */
static size_t
cut_at(const char *text)
{
	for (size_t at = SLUG_LIMIT; at >= SLUG_LIMIT / 2; at--)
		if (text[at] == '-')
			return at;
	return SLUG_LIMIT;
}

const char *
slug_make(struct arena *a, const char *text)
{
	char *slug = arena_copy(a, latin_show(a, text));

	if (keep_plain(slug) > SLUG_LIMIT)
		slug[cut_at(slug)] = '\0';
	return slug;
}

bool
slug_is_valid(const char *slug)
{
	size_t size = strlen(slug);

	if (size == 0 || size > SLUG_LIMIT || slug[size - 1] == '-')
		return false;
	for (size_t i = 0; i < size; i++) {
		if (slug[i] == '-' && (i == 0 || slug[i - 1] == '-'))
			return false;
		if (slug[i] != '-' && !byte_is_plain(slug[i]))
			return false;
	}
	return true;
}
