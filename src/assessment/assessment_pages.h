/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "http/route.h"

/* The pages of runs: stages 1 and 2, lists, the coalition's overview. */
extern const struct route assessment_routes[];

/* Pages whose address is a rater's secret, and those of members who rate. */
extern const struct route rater_routes[];

/* Evidence of an organisation, and of items. */
extern const struct route evidence_routes[];
