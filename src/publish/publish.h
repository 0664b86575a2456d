/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "assessment/analysis.h"
#include "assessment/finding_store.h"
#include "assessment/plan.h"
#include "base/arena.h"
#include "charter/charter.h"
#include "content/vocabulary.h"
#include "publish/publish_view.h"
#include "text/language.h"

/*
 * The published report: a frozen document that holds all that its page shows,
 * so that later changes of the run, of content or of the organisation's name
 * don't reach it. A correction is the next revision. No SQL, HTML or HTTP.
 *
 * The document is JSON in canonical form (RFC 8785): keys sorted, ASCII names,
 * integers and strings only (scores are strings such as "3.40", days such as
 * "2026-10-14", instants end in "Z"), no blanks; texts hold no control
 * characters but tab and line feed. Its SHA-256 is the report's hash. What is
 * not known or left out has no key.
 */
enum { REPORT_REASON_MOST = 500, PUBLISH_HASH = 32 };

/*
 * How much is public, the organisation's choice: "full"; "levels", whole
 * levels by principle and nothing finer; "findings", words and plan only.
 */
bool detail_is_valid(const char *detail);

/* A piece of the plan with its indicators and their values. */
struct publish_indicator {
	struct indicator indicator;
	struct measurement_list measurements;
};
struct publish_indicators LIST_OF(struct publish_indicator);

/* All that a report is made of; borrowed while it is built. */
struct publish_input {
	const char *slug;
	struct label name;
	const char *bichig;	/* name in traditional script; "" */
	struct label place;	/* first-level unit; "" unknown */
	int64_t people;		/* 0 unknown */
	int64_t signed_day, signed_until;	/* pledge; 0 none */
	const struct assessment *run;
	const struct assessment *previous;	/* NULL none */
	const struct analysis *analysis;
	const struct vocabulary *objectives, *criteria;
	const struct charter *charter;
	int64_t raters, responses, evidence;
	int64_t questions;	/* of the stakeholders' survey */
	const char *invited;	/* how people were; "" no survey */
	struct finding_list findings;
	struct action_list actions;
	struct publish_indicators indicators;
	const char *detail;
	int64_t revision;	/* from 1 */
	const char *reason;	/* of a correction; "" for the first */
	int64_t published;	/* instant */
};

/*
 * The document in `a`. INVALID: a text can't stand in it (control characters,
 * not UTF-8).
 */
MUST_CHECK enum outcome publish_document(struct arena *a,
    const struct publish_input *input, const char **document_out);

void publish_hash(const char *document, uint8_t hash_out[PUBLISH_HASH]);

/* In hexadecimal, as it is shown to people. */
const char *publish_hash_show(struct arena *a,
    const uint8_t hash[PUBLISH_HASH]);

/*
 * OK: the document is in canonical form and of this hash. INVALID: it is not.
 * For `tulga check` and for what comes from elsewhere.
 */
MUST_CHECK enum outcome publish_check(const char *document,
    const uint8_t hash[PUBLISH_HASH]);

/*
 * The document as its page shows it. INVALID when it is no report. Texts live
 * in `a`. What is not in the document (hash, other revisions, PDF) stays zero.
 */
MUST_CHECK enum outcome publish_parse(struct arena *a, enum language language,
    const char *document, struct report_view *view_out);

/* The document with its "hash": what …/assessments/:number.json sends. */
MUST_CHECK enum outcome publish_json(struct arena *a, const char *document,
    const char **json_out);

/*
 * The items as a table: id, principle, agreed, raters_mean, spread, agreement, n,
 * stakeholder_mean, stakeholder_n. Cells of small groups are empty; only the
 * head when the report leaves items out.
 */
MUST_CHECK enum outcome publish_csv(struct arena *a, const char *document,
    const char **csv_out, size_t *size_out);

/* The day an assessment no longer speaks for the present: two years on. */
int64_t assessed_until(int64_t day);
