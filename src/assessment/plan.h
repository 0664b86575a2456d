/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/list.h"
#include "base/outcome.h"

/*
 * Stages 4 and 5: actions, indicators and their measurements, and their rules.
 * No SQL, HTML or HTTP. Nothing here is ever called overdue: in public an
 * action is not begun, under way, kept, or needs help; its date may be moved
 * once, with a reason.
 */
enum {
	ACTION_TITLE_MOST = 200,
	ACTION_OWNER_MOST = 120,
	ACTION_REASON_MOST = 300,
	ACTION_PROGRESS_MOST = 1000,
	ACTIONS_MOST = 60,	/* of a run */
	INDICATOR_TITLE_MOST = 200,
	INDICATOR_UNIT_MOST = 40,
	INDICATORS_MOST = 40,	/* of a run */
	MEASUREMENT_NOTE_MOST = 300,
	MEASUREMENTS_MOST = 60,	/* of an indicator, the newest are shown */
};

struct action {
	int64_t id;
	int64_t finding;	/* 0 none */
	const char *kind;	/* "policy", "training", "structure", "rules",
				 * "activity", "keep", "help" */
	const char *title;
	const char *owner;	/* an office, not a name */
	int64_t due;		/* day */
	int64_t first_due;	/* day before it was moved */
	const char *moved_because;	/* "" not moved */
	int64_t cost;		/* tögrög; 0 none */
	const char *state;	/* "open", "under-way", "kept", "needs-help" */
	const char *progress;	/* last word on it; "" */
	int64_t version;
};
struct action_list LIST_OF(struct action);

/* The words of a kind and a state; msgids, NULL for what is none. */
const char *action_kind_words(const char *kind);
const char *action_state_words(const char *state);

/* The state as docs/components.md colours it: "wait", "go", "done", "help". */
const char *action_state_tag(const char *state);

/* Not yet kept, so that it is worth a reminder. */
bool action_is_open(const struct action *action);
bool action_is_moved(const struct action *action);

enum action_fault {
	ACTION_FINE,
	ACTION_MOVED_TWICE,	/* the date was moved before */
	ACTION_REASON,		/* it is moved without a reason */
};

/*
 * The rules that one field alone can't tell, for changing `now` into `new`.
 * `fixed`: the plan stands (stage 5, or it was published): dates count as moved
 * from here on.
 */
enum action_fault action_check(const struct action *new,
    const struct action *now, bool fixed);

/*
 * What is stored of a change that is ACTION_FINE: first_due and moved_because
 * follow from the rules, whatever `new` says of them.
 */
struct action action_changed(const struct action *new,
    const struct action *now, bool fixed);

/* --- Indicators ---------------------------------------------------------- */

/* Values are hundredths of the unit, within plus or minus HUNDREDTHS_MOST. */
#define HUNDREDTHS_MOST INT64_C(100000000000000)

struct indicator {
	int64_t id;
	int64_t action;		/* 0: of the run as a whole */
	const char *title;
	const char *unit;	/* "households", "%" */
	int64_t baseline, target;
	int64_t target_day;
	int64_t version;
};
struct indicator_list LIST_OF(struct indicator);

struct measurement {
	int64_t id;
	int64_t indicator;
	int64_t day;
	int64_t value;
	const char *note;	/* "" none */
};
struct measurement_list LIST_OF(struct measurement);

/*
 * Reads "12", "1 250.5", "-0,25" as typed: groups of three by blanks, a full
 * stop or comma before one or two decimals. INVALID for anything else.
 */
MUST_CHECK enum outcome hundredths_parse(const char *text,
    int64_t *hundredths_out);

/* A measurement is asked for when the last one is older than this. */
enum { MEASUREMENT_DAYS = 90 };
bool measurement_is_due(int64_t last_day, int64_t today);

/* The day the next run should begin when nobody said otherwise. */
int64_t next_run_default(int64_t period_to);
