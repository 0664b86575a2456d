/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/outcome.h"
#include "instrument/scale.h"

/*
 * Answers (struct rating) as forms send them and as columns hold them: a value
 * of the scale, "na" (does not apply) or "dk" (don't know). The last two are
 * kept apart everywhere.
 */

/* Reads "0".."4" (what the scale has), "na", "dk". INVALID: anything else. */
MUST_CHECK enum outcome answer_parse(const struct scale *scale,
    const char *text, struct rating *answer_out);

/* The same texts. */
const char *answer_text(struct arena *a, struct rating answer);

/* The column of the kind: "value", "na", "dk". */
const char *answer_column(enum rating_kind kind);
struct rating answer_of_columns(const char *kind, int64_t value);

bool answer_same(struct rating one, struct rating other);
