/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "html/escape.h"

#include <stdbool.h>

/*
 * Both escapes look for the next byte that needs care in a table of 256 and
 * copy all before it at once: pages are mostly harmless bytes.
 */

static const char REPLACEMENT[] = "\xEF\xBF\xBD";

/* What takes a byte's place in HTML; NULL for a byte that may stand. */
static const char *const html_references[256] = {
	[0x00] = REPLACEMENT, [0x01] = REPLACEMENT, [0x02] = REPLACEMENT,
	[0x03] = REPLACEMENT, [0x04] = REPLACEMENT, [0x05] = REPLACEMENT,
	[0x06] = REPLACEMENT, [0x07] = REPLACEMENT, [0x08] = REPLACEMENT,
	[0x0B] = REPLACEMENT, [0x0C] = REPLACEMENT, [0x0E] = REPLACEMENT,
	[0x0F] = REPLACEMENT, [0x10] = REPLACEMENT, [0x11] = REPLACEMENT,
	[0x12] = REPLACEMENT, [0x13] = REPLACEMENT, [0x14] = REPLACEMENT,
	[0x15] = REPLACEMENT, [0x16] = REPLACEMENT, [0x17] = REPLACEMENT,
	[0x18] = REPLACEMENT, [0x19] = REPLACEMENT, [0x1A] = REPLACEMENT,
	[0x1B] = REPLACEMENT, [0x1C] = REPLACEMENT, [0x1D] = REPLACEMENT,
	[0x1E] = REPLACEMENT, [0x1F] = REPLACEMENT, [0x7F] = REPLACEMENT,
	['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;",
	['"'] = "&quot;", ['\''] = "&#39;",
};

void
escape_html(struct buffer *out, const char *text, size_t size)
{
	size_t done = 0;

	buffer_reserve(out, size);
	for (size_t i = 0; i < size; i++) {
		const char *reference =
		    html_references[(unsigned char)text[i]];

		if (reference == NULL)
			continue;
		buffer_add(out, text + done, i - done);
		buffer_add_text(out, reference);
		done = i + 1;
	}
	buffer_add(out, text + done, size - done);
}

static bool
is_unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	    c == '~';
}

void
escape_percent(struct buffer *out, const char *text, size_t size)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t done = 0;

	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];

		if (is_unreserved(c))
			continue;
		buffer_add(out, text + done, i - done);
		buffer_add(out, (char[]){ '%', digits[c >> 4], digits[c & 15] },
		    3);
		done = i + 1;
	}
	buffer_add(out, text + done, size - done);
}
