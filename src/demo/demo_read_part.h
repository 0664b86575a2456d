/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "demo/demo_content.h"

/* What the files that read runs.yaml share; for them alone. */

/* An entry of a list of numbers, 0 .. most. */
int64_t demo_read_integer(const struct yaml_node *node, int64_t most,
    struct content_faults *faults);

/* The list "stories". */
void demo_stories_read(struct arena *a, const struct yaml_node *root,
    struct content_faults *faults, struct demo_stories *stories);
