/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "publish/publish.h"

#include <jansson.h>

/* What the files that build a document share; for them alone. */
struct builder {
	struct arena *a;
	const struct publish_input *in;
	bool full, levels;
};

/* The title of a principle, or of a dimension that has its own. */
struct label build_title(const struct builder *b,
    const struct dimension *dimension, bool is_short);

/* Of publish_build_plan.c; `action` 0: the indicators of no action. */
json_t *build_findings(const struct builder *b);
json_t *build_actions(const struct builder *b);
json_t *build_indicators(const struct builder *b, int64_t action);
