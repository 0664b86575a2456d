/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "publish/publish_run.h"

#include "assessment/analysis_load.h"
#include "assessment/plan_store.h"
#include "library/library.h"
#include "organisation/organisation_store.h"
#include "organisation/pledge_store.h"
#include "publish/report_store.h"

/* Gathers what a report is made of, and publishes it. */

static enum outcome
gather_organisation(struct db *db, struct arena *a, int64_t id,
    struct publish_input *input)
{
	struct organisation o;
	struct pledge pledge;
	enum outcome got = organisation_find(db, a, id, &o);

	if (got != OK)
		return got;
	input->slug = o.slug;
	input->name = organisation_name(o.name_mn, o.name_en);
	input->bichig = o.name_bichig;
	input->people = o.people;
	for (size_t i = 0; i < LANGUAGES; i++)
		input->place.text[i] = unit_show((enum language)i, o.unit);
	got = pledge_find(db, a, id, &pledge);
	if (got == OK) {
		input->signed_day = pledge.day;
		input->signed_until = pledge.expires;
	}
	return got == NOT_FOUND ? OK : got;
}

static enum outcome
gather_analysis(struct db *db, struct arena *a, const struct assessment *run,
    struct publish_input *input)
{
	struct analysis *analysis = ARENA_NEW(a, struct analysis);
	struct assessment *previous;
	enum outcome got = analysis_load(db, a, run, analysis);

	if (got != OK)
		return got;
	input->analysis = analysis;
	LIST_EACH(item, &analysis->items)
		input->questions += item->item->is_public;
	if (run->previous == 0)
		return OK;
	previous = ARENA_NEW(a, struct assessment);
	input->previous = previous;
	return assessment_find_id(db, a, run->organisation, run->previous,
	    previous);
}

static enum outcome
gather_counts(struct db *db, struct arena *a, const struct assessment *run,
    struct publish_input *input)
{
	struct run_counts counts;
	enum outcome got = run_counts_load(db, a, run, &counts);

	if (got != OK)
		return got;
	input->raters = counts.raters;
	input->responses = counts.responses;
	input->evidence = counts.evidence;
	input->invited = counts.invited;
	return OK;
}

static enum outcome
gather_indicators(struct db *db, struct arena *a,
    const struct assessment *run, struct publish_input *input)
{
	struct indicator_list list;
	enum outcome got = indicator_list(db, a, run->organisation, run->id,
	    &list);

	if (got != OK)
		return got;
	LIST_EACH(indicator, &list) {
		struct publish_indicator *entry = LIST_ADD(a,
		    &input->indicators);

		entry->indicator = *indicator;
		got = measurement_list(db, a, run->organisation, run->id,
		    indicator->id, &entry->measurements);
		if (got != OK)
			return got;
	}
	return OK;
}

enum outcome
publish_gather(struct db *db, struct arena *a, const struct assessment *run,
    struct publish_input *input_out)
{
	struct publish_input input = { .run = run, .detail = "full",
		.objectives = &library()->objectives,
		.criteria = &library()->criteria,
		.charter = &library()->charter, .reason = "" };
	enum outcome got = gather_organisation(db, a, run->organisation,
	    &input);

	if (got == OK)
		got = gather_analysis(db, a, run, &input);
	if (got == OK)
		got = gather_counts(db, a, run, &input);
	if (got == OK)
		got = finding_list(db, a, run->organisation, run->id,
		    &input.findings);
	if (got == OK)
		got = action_list(db, a, run->organisation, run->id,
		    &input.actions);
	if (got == OK)
		got = gather_indicators(db, a, run, &input);
	if (got == OK)
		*input_out = input;
	return got;
}

/* --- Publishing ---------------------------------------------------------- */

static enum outcome
publish_next(struct tx *tx, struct arena *a, const struct assessment *run,
    const struct publish_order *order, const struct authored *by,
    int64_t revision, int64_t *report_out)
{
	struct publish_input input;
	struct report_new new = { .assessment = run->id,
		.revision = revision, .detail = order->detail,
		.reason = revision == 1 ? "" : order->reason,
		.published = by->now, .person = by->person,
		.once = by->once };
	enum outcome got = publish_gather(tx->db, a, run, &input);

	if (got != OK)
		return got;
	input.detail = new.detail;
	input.revision = revision;
	input.reason = new.reason;
	input.published = by->now;
	got = publish_document(a, &input, &new.document);
	if (got == OK)
		got = report_add(tx, a, run->organisation, &new, report_out);
	return got;
}

enum outcome
publish_run(struct tx *tx, struct arena *a, int64_t organisation,
    const struct publish_order *order, const struct authored *by,
    int64_t *report_out)
{
	struct assessment run;
	int64_t revision;
	enum outcome got;

	if (by->once != NULL && report_find_once(tx->db, a, organisation,
	    by->once, report_out) == OK)
		return OK;
	got = assessment_find_id(tx->db, a, organisation, order->assessment,
	    &run);
	if (got == OK)
		got = report_next(tx->db, a, organisation, run.id, &revision);
	if (got != OK)
		return got;
	if (!detail_is_valid(order->detail) ||
	    (revision > 1 && order->reason[0] == '\0'))
		return INVALID;
	if (revision != order->after + 1)
		return CONFLICT;
	return publish_next(tx, a, &run, order, by, revision, report_out);
}
