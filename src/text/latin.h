/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/arena.h"

/*
 * A name in plain Latin letters, in `a`: what addresses and search keys are
 * made of. Lower case; digits as 0-9; one "-" for each run of spaces,
 * punctuation and signs, none at either end; apostrophes and accents dropped.
 * Letters of scripts other than Latin and Cyrillic stay as they are.
 *
 * Cyrillic follows MNS 5217:2012 without its diacritics (ө to o, ү to u, х to
 * kh, ц to ts, ь to i), but ъ is dropped. Letters that stand in for ө and ү on
 * old keyboards (є, ѳ, ї) and Kazakh's own are read as what they mean. Any
 * text will do; "" when nothing of it is a letter or a digit.
 */
const char *latin_show(struct arena *a, const char *text);
