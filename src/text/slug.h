/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>

#include "base/arena.h"

/*
 * The part of an address that names a thing: 1 to 60 of a-z, 0-9 and single
 * hyphens, none at either end. Words that routes use ("new") and slugs that
 * are taken are the caller's to refuse.
 */
#define SLUG_LIMIT 60

/*
 * A slug from a name (latin.h), cut between words where it is too long:
 * "Өвөрхангай аймгийн усны хоршоо" gives "ovorkhangai-aimgiin-usny-khorshoo".
 * "" when the name has no Latin or Cyrillic letter and no digit.
 */
const char *slug_make(struct arena *a, const char *text);

bool slug_is_valid(const char *slug);
