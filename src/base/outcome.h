/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

/*
 * What a call that may not succeed reports. OK, NOT_FOUND, FORBIDDEN, INVALID
 * and CONFLICT are ordinary outcomes that a page answers in words. BUSY says
 * that nothing was done and trying again may help. FAILED says that disk,
 * memory or database let us down; whoever saw it first has logged it once.
 * A mistake of ours is none of these: it aborts through check().
 */
enum outcome { OK, NOT_FOUND, FORBIDDEN, INVALID, CONFLICT, BUSY, FAILED };

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(format, first) \
	__attribute__((__format__(__printf__, format, first)))

/* The outcome's name for logs and tests: "OK", "NOT_FOUND", ... */
const char *outcome_name(enum outcome outcome);
