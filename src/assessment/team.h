/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"

/*
 * The team as people type it: a line each, the name, then what they do after a
 * comma: "Б. Сарнай, ярилцлага". Empty lines are nothing. INVALID: more than
 * TEAM_MOST, or a line longer than TEAM_NAME_MOST letters.
 */
MUST_CHECK enum outcome team_parse(struct arena *a, const char *text,
    struct team_list *team_out);

/* The same lines. */
const char *team_print(struct arena *a, const struct team_list *team);
