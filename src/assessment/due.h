/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/list.h"
#include "db/db.h"
#include "text/language.h"

#include <stdint.h>

/*
 * What is due: open runs, actions whose day is near or past, measurements that
 * are asked for, the next run. For the dashboard of somebody who works in
 * organisations, and for reminders by mail. Nothing here is ever shown to
 * others, and nobody is called late: a day that has passed is only marked.
 */
enum due_kind {
	DUE_RUN,		/* an open run; day: its target */
	DUE_ACTION,		/* an action not yet kept */
	DUE_MEASUREMENT,	/* an indicator without a recent value */
	DUE_NEXT_RUN,		/* the next self-assessment should begin */
};

struct due {
	enum due_kind kind;
	int64_t organisation;
	const char *slug;
	struct label name;	/* of the organisation */
	int64_t id;		/* of run, action or indicator */
	int64_t number;		/* of the run, for addresses */
	int64_t stage;		/* of the run */
	const char *title;	/* of action or indicator; "" for runs */
	int64_t day;		/* 0: no day */
};
struct due_list LIST_OF(struct due);

enum {
	DUE_DAYS = 30,		/* how far ahead the dashboard looks */
	DUE_MOST = 60,		/* of each kind */
};

/*
 * For the organisations in which `person` is editor or administrator, what is
 * due up to `today` + DUE_DAYS; by day, things without one last.
 */
MUST_CHECK enum outcome due_list(struct db *db, struct arena *a,
    int64_t person, int64_t today, struct due_list *list_out);

/* One sentence about it: "Action: …", in a language. */
const char *due_words(struct arena *a, enum language language,
    const struct due *due);

/* Its page, without a language: "/o/…". */
const char *due_address(struct arena *a, const struct due *due);
