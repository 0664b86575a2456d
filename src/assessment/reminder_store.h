/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/list.h"
#include "db/db.h"
#include "text/language.h"

#include <stdbool.h>
#include <stdint.h>

/* One letter that is not yet written. */
struct reminder {
	int64_t person;
	const char *email;
	enum language language;
	const char *kind;	/* "action", "next-run" */
	int64_t subject;	/* id of the action or the run */
	int64_t due, days;
	const char *title;	/* of the action; "" for a run */
	const char *name_mn, *name_en, *slug;	/* of the organisation */
	int64_t number;		/* of the run */
};
struct reminder_list LIST_OF(struct reminder);

enum { REMINDERS_AT_ONCE = 200 };

/*
 * Those whose day is `days` ahead or nearer (not past) and that were not
 * written for these `days`, at most REMINDERS_AT_ONCE.
 */
MUST_CHECK enum outcome reminder_list(struct db *db, struct arena *a,
    const char *kind, int64_t today, int64_t days,
    struct reminder_list *list_out);

/* Remembers it; OK with *new_out false when it was written before. */
MUST_CHECK enum outcome reminder_add(struct tx *tx, struct arena *a,
    const struct reminder *reminder, int64_t today, bool *new_out);
