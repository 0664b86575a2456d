/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/list.h"
#include "charter/charter.h"

/* What the pages about the principles show. */
struct principles_view {
	struct principles principles;
};

struct principle_view {
	struct principle principle;
	bool has_previous, has_next;
	const char *previous, *next;	/* ids */
};
