/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "assessment/assessment_view.h"
#include "base/decimal.h"
#include "base/list.h"
#include "html/chart.h"
#include "html/html_view.h"
#include "text/language.h"

/* What the templates of stages 3 to 5 show: analysis, plan, monitoring. */

/* --- Analysis ------------------------------------------------------------ */

struct figures_row {
	const char *id;		/* of the item or the principle */
	struct label title;
	bool not_applicable;
	bool split;
	struct decimal self, raters, spread, agreement;
	struct decimal stakeholders, last, gap;
	int64_t n, stakeholders_n;
	int64_t self_percent, stakeholders_percent;
};
struct figures_rows LIST_OF(struct figures_row);

struct heat_cell {
	const char *kind;	/* of t-heat--: "0".."4", "gap", "hid" */
	struct decimal mean;
};
struct heat_cells LIST_OF(struct heat_cell);

struct principle_row {
	struct figures_row figures;
	struct figures_rows items;
	struct heat_cells cells;
};
struct principle_rows LIST_OF(struct principle_row);

struct criterion_row {
	struct label label;
	int64_t weight;
	struct decimal self, stakeholders;
};
struct criterion_rows LIST_OF(struct criterion_row);

struct finding_row {
	int64_t id;
	const char *kind;	/* "strength", "weakness", "disagreement" */
	const char *kind_words;	/* msgid */
	const char *place;	/* "3", "3.2" */
	struct label title;	/* of the principle */
	const char *body, *reply, *owner;
};
struct finding_rows LIST_OF(struct finding_row);

struct proposal_row {
	const char *kind;
	const char *kind_words;	/* msgid */
	const char *place;
	struct label title;
	const char *words;	/* the short reason */
};
struct proposal_rows LIST_OF(struct proposal_row);

struct column_labels LIST_OF(struct label);

struct analysis_view {
	struct run_head head;
	bool open;		/* stage 3: findings may be written */
	const char *summary;	/* strongest, weakest, change */
	bool has_radar;
	struct radar radar;
	int64_t previous_year;	/* 0: nothing to compare with */
	int64_t scale_least, scale_most;
	struct principle_rows principles;
	struct column_labels columns;
	struct criterion_rows criteria;
	struct decimal plain, weighted;
	struct proposal_rows proposals;	/* not yet taken over */
	struct finding_rows findings;
	int64_t actions;
	const char *close_error;	/* "" none */
};

struct finding_view {
	struct run_head head;
	int64_t finding;	/* 0: a new one */
	bool open;		/* stage 3; later only the reply */
	struct finding_row row;	/* as stored */
	struct form form;
};

/* --- Plan ---------------------------------------------------------------- */

struct action_row {
	int64_t id;
	const char *title, *owner, *progress;
	const char *kind;	/* msgid */
	const char *state;	/* msgid */
	const char *tag;	/* of t-state-- */
	int64_t due, first_due;	/* days */
	const char *moved_because;
	int64_t cost;
	const char *finding;	/* its words; "" none */
	int64_t indicators;
};
struct action_rows LIST_OF(struct action_row);

struct plan_view {
	struct run_head head;
	struct action_rows actions;
	struct finding_rows findings;	/* that no action answers yet */
	bool open;		/* the asker may add and change */
	int64_t cost;		/* of all actions */
	struct form next;	/* day of the next run, closes stage 4 */
};

struct action_view {
	struct run_head head;
	int64_t action;		/* 0: a new one */
	bool fixed;		/* a date moves once, with a reason */
	struct action_row row;	/* as stored */
	struct form form;
};

/* --- Monitoring ---------------------------------------------------------- */

struct measurement_row {
	int64_t id;
	int64_t day;
	struct decimal value;
	const char *note;
};
struct measurement_rows LIST_OF(struct measurement_row);

struct indicator_row {
	int64_t id;
	const char *title, *unit;
	const char *action;	/* title of its action; "" none */
	struct decimal baseline, target;
	int64_t target_day;
	bool measured;
	struct measurement_row last;
	bool is_due;		/* a measurement is asked for */
};
struct indicator_rows LIST_OF(struct indicator_row);

struct monitoring_view {
	struct run_head head;
	bool open;		/* the asker may change */
	struct indicator_rows indicators;
	struct action_rows actions;
	int64_t kept;		/* of the actions */
	int64_t next_due;	/* day; 0 */
	struct form next;
	const char *calendar;	/* its address; "" not made yet */
	int64_t revision;	/* published; 0 not yet */
	int64_t published;
};

struct indicator_view {
	struct run_head head;
	struct indicator_row row;
	bool open;
	bool has_trend;
	struct trend trend;
	struct measurement_rows measurements;
	struct form form;	/* a new measurement */
};

struct indicator_form_view {
	struct run_head head;
	int64_t indicator;	/* 0: a new one */
	struct form form;
};
