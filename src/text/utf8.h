/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/*
 * What bytes must be before the program calls them a text. At the door, in
 * this order: utf8_is_valid, utf8_normalize, text_is_clean; what passed all
 * three is stored, hashed and compared byte by byte.
 */

/*
 * True when all bytes are well-formed UTF-8 (Unicode, table 3-7): nothing
 * overlong, no surrogates, nothing above U+10FFFF. A NUL is well-formed.
 */
bool utf8_is_valid(const char *bytes, size_t size);

/* The number of code points in valid UTF-8: what limits on lengths count. */
size_t utf8_length(const char *text);

/*
 * The same text in one form, in `a`: NFC, so that equal words are equal bytes,
 * and LF for each CRLF or lone CR. The text must be valid UTF-8.
 */
const char *utf8_normalize(struct arena *a, const char *text);

/*
 * True for valid UTF-8 that XML, JSON and a terminal can carry: no control
 * characters (U+0000-001F, U+007F-009F) but tab and line feed, and no
 * noncharacters (U+FDD0-FDEF, U+xxFFFE, U+xxFFFF).
 */
bool text_is_clean(const char *bytes, size_t size);
