/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "publish/publish.h"

#include "base/check.h"
#include "publish/publish_build.h"
#include "publish/publish_json.h"
#include "text/date.h"

#include <string.h>

/*
 * From the run, its analysis and its plan to the document. What a level of
 * detail leaves out is not built at all, so that it can't leak.
 */

/* The whole level of a mean: what is full of it. */
static int64_t
level_of(struct decimal mean)
{
	int64_t whole = mean.hundredths / 100;

	return mean.hundredths < 0 && mean.hundredths % 100 != 0
	    ? whole - 1 : whole;
}

/* A score as the detail allows: "3.40", or the level 3. */
static void
put_score(const struct builder *b, json_t *object, const char *key,
    struct decimal score)
{
	if (!score.known)
		return;
	if (b->full)
		report_put_decimal(object, key, score);
	else if (b->levels)
		report_put_number(object, key, level_of(score));
}

/* --- Principles ---------------------------------------------------------- */

static const struct principle *
principle_of(const struct builder *b, const struct dimension *dimension)
{
	return charter_find_principle(b->in->charter, dimension->principle);
}

struct label
build_title(const struct builder *b, const struct dimension *dimension,
    bool is_short)
{
	const struct principle *principle = principle_of(b, dimension);

	if (dimension->title.text[LANGUAGE_MN] != NULL)
		return dimension->title;
	check(principle != NULL);
	return is_short ? principle->short_title : principle->title;
}

static json_t *
cells_json(const struct analysis_cells *cells)
{
	json_t *array = json_array();

	LIST_EACH(cell, cells) {
		json_t *object = json_object();

		if (cell->mean.known)
			report_put_decimal(object, "mean", cell->mean);
		else if (cell->hidden)
			report_put_number(object, "hidden", 1);
		report_append(array, object);
	}
	return array;
}

static json_t *
principle_json(const struct builder *b,
    const struct analysis_principle *principle)
{
	const struct figures *f = &principle->figures;
	json_t *object = json_object();

	report_put_text(object, "id", principle->dimension->id);
	report_put_label(object, "title",
	    build_title(b, principle->dimension, false));
	report_put_label(object, "short",
	    build_title(b, principle->dimension, true));
	if (f->not_applicable) {
		report_put_number(object, "not_applicable", 1);
		return object;
	}
	put_score(b, object, "self", f->self);
	put_score(b, object, "stakeholders", f->stakeholders);
	put_score(b, object, "last", f->last);
	if (!b->full)
		return object;
	if (f->raters.known)
		report_put_decimal(object, "raters", f->raters);
	if (f->agreement.known)
		report_put_decimal(object, "agreement", f->agreement);
	if (f->gap.known)
		report_put_decimal(object, "gap", f->gap);
	if (f->split)
		report_put_number(object, "split", 1);
	report_put(object, "groups", cells_json(&principle->cells));
	return object;
}

static json_t *
principles_json(const struct builder *b)
{
	json_t *array = json_array();

	LIST_EACH(principle, &b->in->analysis->principles)
		report_append(array, principle_json(b, principle));
	return array;
}

static json_t *
columns_json(const struct builder *b)
{
	json_t *array = json_array();

	LIST_EACH(column, &b->in->analysis->columns) {
		json_t *object = json_object();

		report_put_text(object, "id", column->id);
		if (column->group != NULL)
			report_put_label(object, "label", column->group->label);
		report_append(array, object);
	}
	return array;
}

/* --- Items, criteria ----------------------------------------------------- */

/* The agreed answer as forms send it: "3", "na", "dk". */
static void
put_agreed(json_t *object, const struct analysis_item *item)
{
	if (!item->has_agreed)
		return;
	switch (item->agreed.kind) {
	case RATING_VALUE:
		report_put_number(object, "agreed", item->agreed.value);
		break;
	case RATING_NOT_APPLICABLE:
		report_put_number(object, "not_applicable", 1);
		break;
	case RATING_DONT_KNOW:
		report_put_number(object, "dont_know", 1);
		break;
	}
}

static json_t *
item_json(const struct builder *b, const struct analysis_item *item)
{
	const struct figures *f = &item->figures;
	const struct dimension *dimension =
	    &b->in->analysis->instrument->dimensions.items[
	    item->item->dimension];
	json_t *object = json_object();

	report_put_text(object, "id", item->item->id);
	report_put_text(object, "principle", dimension->id);
	put_agreed(object, item);
	if (f->not_applicable)
		return object;
	report_put_decimal(object, "self", f->self);
	report_put_decimal(object, "raters", f->raters);
	report_put_decimal(object, "spread", f->spread);
	report_put_decimal(object, "agreement", f->agreement);
	report_put_decimal(object, "stakeholders", f->stakeholders);
	report_put_decimal(object, "last", f->last);
	report_put_number(object, "n", f->n);
	if (item->item->is_public)
		report_put_number(object, "stakeholders_n", f->stakeholders_n);
	return object;
}

static json_t *
items_json(const struct builder *b)
{
	json_t *array = json_array();

	LIST_EACH(item, &b->in->analysis->items)
		report_append(array, item_json(b, item));
	return array;
}

static json_t *
criteria_json(const struct builder *b)
{
	json_t *array = json_array();

	LIST_EACH(criterion, &b->in->analysis->criteria) {
		const struct term *term = vocabulary_find(b->in->criteria,
		    criterion->id);
		json_t *object = json_object();

		check(term != NULL);
		report_put_text(object, "id", criterion->id);
		report_put_label(object, "label", term->label);
		report_put_number(object, "weight", criterion->weight);
		report_put_decimal(object, "self", criterion->self);
		report_put_decimal(object, "stakeholders",
		    criterion->stakeholders);
		report_append(array, object);
	}
	return array;
}

/* --- The frame ----------------------------------------------------------- */

static json_t *
organisation_json(const struct builder *b)
{
	json_t *object = json_object();

	report_put_text(object, "slug", b->in->slug);
	report_put_label(object, "name", b->in->name);
	report_put_given(object, "bichig", b->in->bichig);
	if (b->in->place.text[LANGUAGE_MN][0] != '\0')
		report_put_label(object, "place", b->in->place);
	if (b->in->people > 0)
		report_put_number(object, "people", b->in->people);
	return object;
}

static json_t *
scale_json(const struct builder *b)
{
	const struct scale *scale = &b->in->analysis->instrument->scale;
	json_t *object = json_object(), *levels = json_array();

	report_put_number(object, "least", scale->min);
	report_put_number(object, "most", scale->max);
	for (size_t i = 0; i < scale->levels.count; i++) {
		json_t *level = json_object();

		report_put_number(level, "value", scale->levels.items[i].value);
		report_put_label(level, "label", scale->levels.items[i].label);
		report_append(levels, level);
	}
	report_put(object, "levels", levels);
	return object;
}

static json_t *
objectives_json(const struct builder *b)
{
	struct id_list ids = ids_split(b->a, b->in->run->objectives);
	json_t *array = json_array();

	LIST_EACH(id, &ids) {
		const struct term *term = vocabulary_find(b->in->objectives,
		    *id);
		json_t *object;

		if (term == NULL)
			continue;
		object = json_object();
		report_put_text(object, "id", *id);
		report_put_label(object, "label", term->label);
		report_append(array, object);
	}
	return array;
}

static json_t *
omitted_json(const struct builder *b)
{
	static const char *const pieces[] = { "scores", "items", "groups",
		"criteria", "principles" };
	size_t count = b->full ? 0 : b->levels ? 4 : 5;
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		report_append(array, json_string(pieces[i]));
	return array;
}

static json_t *
track_json(const struct builder *b, const char *id)
{
	const struct track *track = instrument_find_track(
	    b->in->analysis->instrument, id);
	json_t *object = json_object();

	check(track != NULL);
	report_put_text(object, "id", id);
	report_put_label(object, "label", track->label);
	return object;
}

static json_t *
days_json(const struct builder *b, const char *first, int64_t from,
    const char *second, int64_t to)
{
	json_t *object = json_object();

	report_put_text(object, first, day_show_iso(b->a, from));
	report_put_text(object, second, day_show_iso(b->a, to));
	return object;
}

static json_t *
previous_json(const struct builder *b)
{
	const struct assessment *previous = b->in->previous;
	json_t *object = json_object();

	report_put_number(object, "number", previous->number);
	report_put_number(object, "year",
	    date_of_day(previous->period_to).year);
	report_put(object, "track", track_json(b, previous->track));
	return object;
}

static void
put_run(const struct builder *b, json_t *root)
{
	const struct assessment *run = b->in->run;
	json_t *counts = json_object();

	report_put_number(root, "number", run->number);
	report_put_text(root, "instrument", run->instrument);
	report_put_text(root, "edition", run->edition);
	report_put_label(root, "instrument_title",
	    b->in->analysis->instrument->title);
	report_put(root, "track", track_json(b, run->track));
	report_put(root, "objectives", objectives_json(b));
	report_put_given(root, "scope", run->scope);
	report_put(root, "period", days_json(b, "from", run->period_from, "to",
	    run->period_to));
	report_put(root, "scale", scale_json(b));
	report_put_number(counts, "raters", b->in->raters);
	report_put_number(counts, "responses", b->in->responses);
	report_put_number(counts, "evidence", b->in->evidence);
	report_put_number(counts, "questions", b->in->questions);
	report_put(root, "counts", counts);
	report_put_given(root, "invited", b->in->invited);
	if (b->in->previous != NULL)
		report_put(root, "previous", previous_json(b));
	if (run->next_due > 0)
		report_put_text(root, "next_due",
		    day_show_iso(b->a, run->next_due));
}

static void
put_revision(const struct builder *b, json_t *root)
{
	report_put_number(root, "format", 1);
	report_put_text(root, "detail", b->in->detail);
	report_put_number(root, "revision", b->in->revision);
	report_put_given(root, "reason", b->in->reason);
	report_put_text(root, "published", instant_iso(b->a, b->in->published));
	report_put(root, "omitted", omitted_json(b));
	report_put(root, "organisation", organisation_json(b));
	if (b->in->signed_day > 0)
		report_put(root, "signed", days_json(b, "day",
		    b->in->signed_day, "until", b->in->signed_until));
}

static void
put_scores(const struct builder *b, json_t *root)
{
	if (b->full || b->levels)
		report_put(root, "principles", principles_json(b));
	if (!b->full)
		return;
	report_put(root, "items", items_json(b));
	report_put(root, "groups", columns_json(b));
	if (b->in->analysis->weights_differ) {
		report_put(root, "criteria", criteria_json(b));
		report_put_decimal(root, "plain", b->in->analysis->plain);
		report_put_decimal(root, "weighted", b->in->analysis->weighted);
	}
}

bool
detail_is_valid(const char *detail)
{
	return strcmp(detail, "full") == 0 || strcmp(detail, "levels") == 0 ||
	    strcmp(detail, "findings") == 0;
}

enum outcome
publish_document(struct arena *a, const struct publish_input *input,
    const char **document_out)
{
	struct builder b = { .a = a, .in = input,
		.full = strcmp(input->detail, "full") == 0,
		.levels = strcmp(input->detail, "levels") == 0 };
	AUTO_JSON json_t *root = json_object();

	check(detail_is_valid(input->detail));
	put_revision(&b, root);
	put_run(&b, root);
	put_scores(&b, root);
	report_put(root, "findings", build_findings(&b));
	report_put(root, "actions", build_actions(&b));
	report_put(root, "indicators", build_indicators(&b, 0));
	return report_canonical(a, root, document_out);
}
