/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/buffer.h"

#include <stddef.h>

/*
 * Bytes made harmless for the place where they will stand. Input is UTF-8 and
 * passes through byte by byte; nothing here fails.
 */

/*
 * For text between tags and for quoted attribute values: & < > " ' become
 * references. Bytes that HTML forbids (controls other than tab, line feed and
 * carriage return) become U+FFFD.
 */
void escape_html(struct buffer *out, const char *text, size_t size);

/*
 * For one segment of a path, or one value of a query: every byte but
 * A-Z a-z 0-9 - . _ ~ becomes %XX (RFC 3986, 2.3). The result needs no
 * further escaping anywhere in HTML.
 */
void escape_percent(struct buffer *out, const char *text, size_t size);
