/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stddef.h>

#include "base/arena.h"
#include "base/outcome.h"
#include "content/fault.h"
#include "instrument/instrument.h"
#include "instrument/sheet.h"

/*
 * Ratings that were collected elsewhere: a table with the columns rater, group,
 * item and value in any order, one row per answer. A value is a number of the
 * scale, NA (not applicable) or DK (don't know). Blanks around fields don't
 * count.
 *
 * Faults name the row's line and the field's place in it: unknown columns,
 * items and groups, values off the scale, a rater who answers an item twice.
 * INVALID when there is one; nothing is then counted. `name` stands for the
 * file. `a` holds some 100 bytes per row.
 */
MUST_CHECK enum outcome ratings_csv_read(struct arena *a, const char *name,
    const char *bytes, size_t size, const struct instrument *instrument,
    struct content_faults *faults, struct score_sheet *sheet_out);
