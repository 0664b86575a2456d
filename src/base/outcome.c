/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/outcome.h"

/* Names of outcomes, for logs and tests; what people read is in the pages. */

const char *
outcome_name(enum outcome outcome)
{
	static const char *const names[] = {
		[OK] = "OK",
		[NOT_FOUND] = "NOT_FOUND",
		[FORBIDDEN] = "FORBIDDEN",
		[INVALID] = "INVALID",
		[CONFLICT] = "CONFLICT",
		[BUSY] = "BUSY",
		[FAILED] = "FAILED",
	};

	return names[outcome];
}
