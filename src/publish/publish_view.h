/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/decimal.h"
#include "base/list.h"
#include "html/chart.h"
#include "html/html_view.h"
#include "text/language.h"

/* What the templates of published reports show: plain data. */

struct report_texts LIST_OF(struct label);

struct report_cell {
	const char *kind;	/* of t-heat--: "0".."4", "gap", "hid" */
	struct decimal mean;
};
struct report_cells LIST_OF(struct report_cell);

struct report_principle {
	const char *id;
	struct label title, short_title;
	bool not_applicable;
	struct decimal self, raters, stakeholders, last, agreement;
	struct label self_level, stakeholders_level, last_level;
	int64_t self_percent, stakeholders_percent;	/* for bars */
	bool split;
	struct report_cells cells;
};
struct report_principles LIST_OF(struct report_principle);

struct report_criterion {
	struct label label;
	int64_t weight;
	struct decimal self, stakeholders;
};
struct report_criteria LIST_OF(struct report_criterion);

struct report_finding {
	const char *principle;	/* its number */
	struct label title;	/* of the principle, short */
	const char *item;	/* "" the whole principle */
	const char *body, *reply;
};
struct report_findings LIST_OF(struct report_finding);

struct report_measurement {
	int64_t day;
	struct decimal value;
	const char *note;
};
struct report_measurements LIST_OF(struct report_measurement);

struct report_indicator {
	const char *title, *unit;
	struct decimal baseline, target;
	int64_t target_day;
	bool measured;
	struct report_measurement last;	/* when measured */
	struct report_measurements measurements;
};
struct report_indicators LIST_OF(struct report_indicator);

struct report_action {
	const char *title, *owner, *progress;
	const char *kind, *state;	/* msgids */
	const char *tag;	/* of t-state-- */
	int64_t due, first_due;	/* days */
	const char *moved_because;	/* "" not moved */
	int64_t cost;
	const char *finding;	/* what it answers; "" */
	struct report_indicators indicators;
};
struct report_actions LIST_OF(struct report_action);

/* A revision in the list of them. */
struct report_revision {
	int64_t revision;
	int64_t published;	/* instant */
	const char *reason;	/* "" the first */
	bool shown;		/* the one on this page */
};
struct report_revisions LIST_OF(struct report_revision);

struct report_view {
	const char *slug;
	struct label organisation;
	const char *bichig;
	struct label place;
	int64_t people;
	int64_t number, year;
	struct label instrument, track;
	const char *edition;
	const char *scope;
	int64_t period_from, period_to;
	int64_t signed_day, signed_until;	/* days; 0 none */
	bool signed_old;
	int64_t assessed_day, assessed_until;
	bool assessed_old;
	int64_t raters, responses, evidence, questions;
	const char *invited;
	int64_t previous, previous_year;	/* 0 none */
	struct label previous_track;	/* when it was another; else "" */
	const char *detail;
	bool full, levels;
	int64_t scale_least, scale_most;
	struct report_texts objectives;
	struct report_principles principles;
	bool has_radar, has_stakeholders;
	struct radar radar;
	struct report_texts columns;	/* of the table by group */
	bool has_hidden;	/* a cell of it is hidden */
	struct report_criteria criteria;
	struct decimal plain, weighted;
	struct report_findings strengths, weaknesses, disagreements;
	struct report_actions actions;
	struct report_indicators indicators;	/* of no single action */
	int64_t next_due;
	int64_t revision;
	int64_t published;	/* instant */
	const char *reason;
	struct report_texts omitted;	/* what is left out, in words */

	/* Beside the document: */
	const char *hash;	/* hex; "" in a preview */
	bool newest;		/* of the revisions */
	bool preview;
	struct report_revisions revisions;
	int64_t pdf_size;	/* bytes; 0 not made yet */
	const char *address;	/* whole, for paper; "" not known */
};

/* The page on which an organisation chooses and publishes. */
struct publish_view {
	const char *slug;
	struct label organisation;
	int64_t number;
	bool may_publish;	/* the asker is an administrator */
	bool is_correction;
	const char *detail;
	struct form form;
	struct report_view report;
	struct report_revisions revisions;
};

/* While the printed form is made. */
struct report_wait_view {
	const char *slug;
	struct label organisation;
	int64_t number;
};
