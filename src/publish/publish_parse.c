/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "publish/publish.h"

#include "base/check.h"
#include "base/time.h"
#include "organisation/organisation.h"
#include "publish/publish_json.h"
#include "text/catalogue.h"

#include <inttypes.h>
#include <string.h>

/*
 * From the document to the view that templates show. Tolerant of what is not
 * there, so that reports of older formats stay readable.
 */

struct reader {
	struct arena *a;
	enum language language;
	const json_t *root;
	struct report_view *view;
	struct radar_scale scale;	/* hundredths */
};

/* Walks the values of an array that is a member of `object`. */
#define EACH_OF(at, value, object, key) \
	for (size_t at = 0; at < json_array_size(json_object_get((object), \
	    (key))) && ((value) = json_array_get(json_object_get((object), \
	    (key)), at)) != NULL; at++)

static struct label
message_both(const char *msgid)
{
	return (struct label){ {
	    [LANGUAGE_MN] = catalogue_text(LANGUAGE_MN, msgid),
	    [LANGUAGE_EN] = catalogue_text(LANGUAGE_EN, msgid) } };
}

/* --- Scores -------------------------------------------------------------- */

static struct label
level_label(const struct reader *r, struct decimal score)
{
	const json_t *scale = json_object_get(r->root, "scale");
	const json_t *level;

	if (score.known)
		EACH_OF(i, level, scale, "levels")
			if (report_get_number(level, "value") ==
			    score.hundredths / 100)
				return report_get_label(r->a, level, "label");
	return (struct label){ { "", "" } };
}

/* "3.40", or the whole level 3. */
static struct decimal
score_of(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	if (json_is_integer(value))
		return (struct decimal){ true,
			json_integer_value(value) % 10000 * 100 };
	return report_get_decimal(object, key);
}

static const char *
heat_of(const struct reader *r, struct decimal mean)
{
	int64_t part = bar_percent(mean, r->scale) / 25;

	return arena_print(r->a, "%" PRId64, part > 4 ? 4 : part);
}

static struct report_cells
cells_of(const struct reader *r, const json_t *principle, size_t columns)
{
	struct report_cells cells = { 0 };
	const json_t *groups = json_object_get(principle, "groups");

	for (size_t i = 0; i < columns; i++) {
		const json_t *of = json_array_get(groups, i);
		struct report_cell *cell = LIST_ADD(r->a, &cells);

		cell->mean = report_get_decimal(of, "mean");
		if (cell->mean.known)
			cell->kind = heat_of(r, cell->mean);
		else if (report_get_number(of, "hidden") != 0)
			cell->kind = "hid";
		else
			cell->kind = "gap";
		if (strcmp(cell->kind, "hid") == 0)
			r->view->has_hidden = true;
	}
	return cells;
}

static struct report_principle
principle_of(const struct reader *r, const json_t *of)
{
	struct report_principle p = {
		.id = report_get_text(r->a, of, "id"),
		.title = report_get_label(r->a, of, "title"),
		.short_title = report_get_label(r->a, of, "short"),
		.not_applicable = report_get_number(of,
		    "not_applicable") != 0,
		.self = score_of(of, "self"),
		.raters = report_get_decimal(of, "raters"),
		.stakeholders = score_of(of, "stakeholders"),
		.last = score_of(of, "last"),
		.agreement = report_get_decimal(of, "agreement"),
		.split = report_get_number(of, "split") != 0,
	};

	p.self_level = level_label(r, p.self);
	p.stakeholders_level = level_label(r, p.stakeholders);
	p.last_level = level_label(r, p.last);
	p.self_percent = bar_percent(p.self, r->scale);
	p.stakeholders_percent = bar_percent(p.stakeholders, r->scale);
	p.cells = cells_of(r, of, r->view->columns.count);
	return p;
}

static void
columns_read(struct reader *r)
{
	const json_t *column;

	EACH_OF(i, column, r->root, "groups") {
		const char *id = report_get_text(r->a, column, "id");
		struct label *label = LIST_ADD(r->a, &r->view->columns);

		if (json_object_get(column, "label") != NULL)
			*label = report_get_label(r->a, column, "label");
		else if (strcmp(id, "inside") == 0)
			*label = message_both(N_("Inside"));
		else
			*label = message_both(N_("Outside"));
	}
}

static void
radar_read(struct reader *r)
{
	struct report_view *view = r->view;
	struct radar_axes axes = { 0 };

	view->has_radar = view->principles.count >= RADAR_AXES_LEAST &&
	    view->principles.count <= RADAR_AXES_MOST;
	if (!view->has_radar)
		return;
	LIST_EACH(p, &view->principles)
		*LIST_ADD(r->a, &axes) = (struct radar_axis){ p->id,
			p->short_title.text[r->language], p->self,
			p->stakeholders, p->last };
	view->radar = radar_make(r->a, catalogue_text(r->language,
	    N_("By principle: self-assessment, stakeholders, last run")),
	    &axes, r->scale);
}

static void
scores_read(struct reader *r)
{
	const json_t *of;

	columns_read(r);
	EACH_OF(i, of, r->root, "principles") {
		struct report_principle p = principle_of(r, of);

		*LIST_ADD(r->a, &r->view->principles) = p;
		if (p.stakeholders.known)
			r->view->has_stakeholders = true;
	}
	radar_read(r);
	EACH_OF(j, of, r->root, "criteria")
		*LIST_ADD(r->a, &r->view->criteria) =
		    (struct report_criterion){
			report_get_label(r->a, of, "label"),
			report_get_number(of, "weight"),
			report_get_decimal(of, "self"),
			report_get_decimal(of, "stakeholders") };
	r->view->plain = report_get_decimal(r->root, "plain");
	r->view->weighted = report_get_decimal(r->root, "weighted");
}

/* --- Findings and plan --------------------------------------------------- */

static void
findings_read(struct reader *r)
{
	const json_t *of;

	EACH_OF(i, of, r->root, "findings") {
		const char *kind = report_get_text(r->a, of, "kind");
		struct report_findings *list =
		    strcmp(kind, "strength") == 0 ? &r->view->strengths
		    : strcmp(kind, "weakness") == 0 ? &r->view->weaknesses
		    : &r->view->disagreements;

		*LIST_ADD(r->a, list) = (struct report_finding){
			.principle = report_get_text(r->a, of, "principle"),
			.title = report_get_label(r->a, of, "title"),
			.item = report_get_text(r->a, of, "item"),
			.body = report_get_text(r->a, of, "body"),
			.reply = report_get_text(r->a, of, "reply") };
	}
}

static struct report_indicators
indicators_of(const struct reader *r, const json_t *object)
{
	struct report_indicators list = { 0 };
	const json_t *of, *measured;

	EACH_OF(i, of, object, "indicators") {
		struct report_indicator *in = LIST_ADD(r->a, &list);

		in->title = report_get_text(r->a, of, "title");
		in->unit = report_get_text(r->a, of, "unit");
		in->baseline = report_get_decimal(of, "baseline");
		in->target = report_get_decimal(of, "target");
		in->target_day = report_get_day(of, "target_day");
		EACH_OF(j, measured, of, "measurements") {
			struct report_measurement m = {
				report_get_day(measured, "day"),
				report_get_decimal(measured, "value"),
				report_get_text(r->a, measured, "note") };

			*LIST_ADD(r->a, &in->measurements) = m;
			in->measured = true;
			in->last = m;
		}
	}
	return list;
}

/* What the action answers: the finding's words. */
static const char *
finding_words(const struct reader *r, int64_t place)
{
	const json_t *findings = json_object_get(r->root, "findings");

	if (place < 1)
		return "";
	return report_get_text(r->a, json_array_get(findings,
	    (size_t)place - 1), "body");
}

static const char *
known(const char *words)
{
	return words == NULL ? "" : words;
}

static void
plan_read(struct reader *r)
{
	const json_t *of;

	EACH_OF(i, of, r->root, "actions") {
		const char *kind = report_get_text(r->a, of, "kind");
		const char *state = report_get_text(r->a, of, "state");

		*LIST_ADD(r->a, &r->view->actions) = (struct report_action){
			.title = report_get_text(r->a, of, "title"),
			.owner = report_get_text(r->a, of, "owner"),
			.progress = report_get_text(r->a, of, "progress"),
			.kind = known(action_kind_words(kind)),
			.state = known(action_state_words(state)),
			.tag = known(action_state_tag(state)),
			.due = report_get_day(of, "due"),
			.first_due = report_get_day(of, "first_due"),
			.moved_because = report_get_text(r->a, of,
			    "moved_because"),
			.cost = report_get_number(of, "cost"),
			.finding = finding_words(r,
			    report_get_number(of, "finding")),
			.indicators = indicators_of(r, of) };
	}
	r->view->indicators = indicators_of(r, r->root);
}

/* --- The frame ----------------------------------------------------------- */

static void
organisation_read(struct reader *r)
{
	const json_t *of = json_object_get(r->root, "organisation");
	const json_t *pledge = json_object_get(r->root, "signed");
	struct report_view *view = r->view;
	int64_t today = day_of(time_now());

	view->slug = report_get_text(r->a, of, "slug");
	view->organisation = report_get_label(r->a, of, "name");
	view->bichig = report_get_text(r->a, of, "bichig");
	view->place = report_get_label(r->a, of, "place");
	view->people = report_get_number(of, "people");
	view->signed_day = report_get_day(pledge, "day");
	view->signed_until = report_get_day(pledge, "until");
	view->signed_old = view->signed_until < today;
	view->assessed_day = day_of(view->published);
	view->assessed_until = assessed_until(view->assessed_day);
	view->assessed_old = view->assessed_until < today;
}

static void
previous_read(struct reader *r)
{
	const json_t *of = json_object_get(r->root, "previous");
	const json_t *track = json_object_get(of, "track");
	const json_t *own = json_object_get(r->root, "track");

	r->view->previous = report_get_number(of, "number");
	r->view->previous_year = report_get_number(of, "year");
	r->view->previous_track = (struct label){ { "", "" } };
	if (strcmp(report_get_text(r->a, track, "id"),
	    report_get_text(r->a, own, "id")) != 0)
		r->view->previous_track = report_get_label(r->a, track,
		    "label");
}

static void
run_read(struct reader *r)
{
	const json_t *root = r->root, *of;
	const json_t *counts = json_object_get(root, "counts");
	const json_t *period = json_object_get(root, "period");
	struct report_view *view = r->view;

	view->number = report_get_number(root, "number");
	view->instrument = report_get_label(r->a, root, "instrument_title");
	view->edition = report_get_text(r->a, root, "edition");
	view->track = report_get_label(r->a,
	    json_object_get(root, "track"), "label");
	view->scope = report_get_text(r->a, root, "scope");
	view->period_from = report_get_day(period, "from");
	view->period_to = report_get_day(period, "to");
	view->year = date_of_day(view->period_to).year;
	view->raters = report_get_number(counts, "raters");
	view->responses = report_get_number(counts, "responses");
	view->evidence = report_get_number(counts, "evidence");
	view->questions = report_get_number(counts, "questions");
	view->invited = report_get_text(r->a, root, "invited");
	view->next_due = report_get_day(root, "next_due");
	EACH_OF(i, of, root, "objectives")
		*LIST_ADD(r->a, &view->objectives) = report_get_label(r->a,
		    of, "label");
	previous_read(r);
}

static void
revision_read(struct reader *r)
{
	static const struct {
		const char *id, *words;
	} pieces[] = {
		{ "scores", N_("exact scores") },
		{ "items", N_("single questions") },
		{ "groups", N_("respondent groups") },
		{ "criteria", N_("the criteria view") },
		{ "principles", N_("levels by principle") },
	};
	struct report_view *view = r->view;
	const json_t *of;

	view->detail = report_get_text(r->a, r->root, "detail");
	view->full = strcmp(view->detail, "full") == 0;
	view->levels = strcmp(view->detail, "levels") == 0;
	view->revision = report_get_number(r->root, "revision");
	view->published = report_get_instant(r->root, "published");
	view->reason = report_get_text(r->a, r->root, "reason");
	EACH_OF(i, of, r->root, "omitted")
		for (size_t j = 0; j < sizeof(pieces) / sizeof(pieces[0]); j++)
			if (json_is_string(of) &&
			    strcmp(json_string_value(of), pieces[j].id) == 0)
				*LIST_ADD(r->a, &view->omitted) =
				    message_both(pieces[j].words);
}

/* INVALID: the scale is none, so that nothing could be drawn. */
static enum outcome
scale_read(struct reader *r)
{
	const json_t *scale = json_object_get(r->root, "scale");
	int64_t least = report_get_number(scale, "least");
	int64_t most = report_get_number(scale, "most");

	if (least < SCALE_LEAST || most > SCALE_MOST || least >= most)
		return INVALID;
	r->view->scale_least = least;
	r->view->scale_most = most;
	r->scale = (struct radar_scale){ least * 100, most * 100 };
	return OK;
}

int64_t
assessed_until(int64_t day)
{
	return pledge_expiry(day);
}

enum outcome
publish_parse(struct arena *a, enum language language, const char *document,
    struct report_view *view_out)
{
	AUTO_JSON json_t *root = NULL;
	struct report_view view = { .hash = "", .address = "" };
	struct reader r = { .a = a, .language = language, .view = &view };

	if (report_read(document, &root) != OK)
		return INVALID;
	r.root = root;
	if (report_get_number(root, "format") != 1 || scale_read(&r) != OK)
		return INVALID;
	revision_read(&r);
	organisation_read(&r);
	run_read(&r);
	scores_read(&r);
	findings_read(&r);
	plan_read(&r);
	*view_out = view;
	return OK;
}
