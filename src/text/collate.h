/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/arena.h"

/*
 * Sort keys for names and titles, stored beside them. Both engines then sort
 * plain text by bytes (SQLite's BINARY, PostgreSQL's C.UTF-8) and get the
 * order of a Mongolian dictionary: Cyrillic before Latin, Ё after Е, Ө after
 * О, Ү after У, each a letter of its own; small before capital, punctuation
 * and the rest as in Unicode's root order (CLDR).
 *
 * Keys of different ICU versions do not compare: after an upgrade of ICU the
 * stored keys are to be made anew.
 */

/* Loads the rules; once, before the first key, and before the sandbox. */
MUST_CHECK enum outcome collate_open(void);
void collate_close(void);

/* Longest key, in bytes: it fits an index of either engine. */
#define COLLATE_KEY_LIMIT 1024

/*
 * The key of a text, in `a`: lower-case hexadecimal, "" for "". Texts that
 * differ only past some 400 letters may have the same key. INVALID when the
 * text is not valid UTF-8.
 */
MUST_CHECK enum outcome collate_key(struct arena *a, const char *text,
    const char **key_out);
