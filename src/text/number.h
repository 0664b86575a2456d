/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdint.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "text/language.h"

/*
 * Numbers as people read and type them. Both languages group by threes with
 * commas (CLDR, mn and en); every function takes the language all the same,
 * so that templates need not know. No floating point anywhere.
 */

/* "1,234,567", "-20" */
const char *number_show(struct arena *a, enum language language,
    int64_t number);

/* Whole tögrög, "1,234,567 ₮", with a no-break space before the sign. */
const char *money_show(struct arena *a, enum language language,
    int64_t tugrug);

/*
 * A size of 0 bytes or more: "512 B", "340 KB", "3.4 MB" ("3.4 МБ"). A unit
 * is 1,024 of the one below; one decimal from MB on unless it is 0, rounded
 * half up.
 */
const char *size_show(struct arena *a, enum language language, int64_t bytes);

/* "3.00", "-0.50", "1234.50" (not grouped); "–" when it is not known. */
const char *decimal_show(struct arena *a, struct decimal decimal);

/*
 * Reads a whole number as typed: digits, or digits in groups of three between
 * commas, spaces or no-break spaces (U+00A0, U+202F), the same ones
 * throughout; "-" or "−" before it; blanks around it. INVALID for anything
 * else ("1,23" and "1.5" among it) and outside min..max.
 */
MUST_CHECK enum outcome number_parse(const char *text, int64_t min,
    int64_t max, int64_t *number_out);
