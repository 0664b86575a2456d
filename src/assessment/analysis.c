/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/analysis.h"

#include "assessment/analysis_part.h"
#include "base/check.h"

#include <string.h>

/*
 * From tallies and agreed scores to the figures of items, principles and
 * criteria. The table by group is in analysis_group.c.
 */

/* --- Items --------------------------------------------------------------- */

static const struct analysis_agreed *
agreed_of(const struct analysis_agreed_list *list, const char *item)
{
	LIST_EACH(agreed, list)
		if (strcmp(agreed->item, item) == 0)
			return agreed;
	return NULL;
}

static void
tallies_of(struct analysis_item *item, const struct tally_rows *rows)
{
	LIST_EACH(row, rows) {
		if (strcmp(row->item, item->item->id) != 0)
			continue;
		tally_merge(strcmp(row->source, "survey") == 0 ? &item->survey
		    : &item->raters, &row->tally);
	}
}

/* What counts: see the header. */
static void
item_count(struct analysis_item *item, const struct scale *scale)
{
	if (item->has_agreed)
		tally_add(&item->self, scale, item->agreed);
	else if (shows_mean(item->raters.n))
		item->self = item->raters;
	if (!item->figures.not_applicable && shows_mean(item->survey.n))
		item->stakeholders = item->survey;
}

static void
item_figures(struct analysis_item *item, const struct scale *scale)
{
	struct figures *f = &item->figures;
	struct score_part self, other;
	struct decimal gap = { true, ANALYSIS_GAP };
	int sign;

	if (f->not_applicable)
		return;
	f->n = item->raters.n;
	f->stakeholders_n = item->survey.n;
	f->self = score_mean(&item->self);
	f->stakeholders = score_mean(&item->stakeholders);
	if (shows_mean(item->raters.n))
		f->raters = score_mean(&item->raters);
	if (shows_distribution(item->raters.n)) {
		f->spread = score_spread(&item->raters);
		f->agreement = score_agreement(scale, &item->raters);
	}
	f->gap = score_gap(score_part_of(&self, &item->self),
	    score_part_of(&other, &item->stakeholders));
	f->split = score_gap_compare(score_part_of(&self, &item->self),
	    score_part_of(&other, &item->stakeholders), gap, &sign) == OK &&
	    sign >= 0;
}

static struct analysis_item
item_make(const struct analysis_input *input, const struct item *item)
{
	const struct analysis_agreed *agreed = agreed_of(input->agreed,
	    item->id);
	struct analysis_item made = { .item = item,
		.has_agreed = agreed != NULL };

	if (agreed != NULL) {
		made.agreed = agreed->answer;
		made.figures.not_applicable =
		    agreed->answer.kind == RATING_NOT_APPLICABLE;
	}
	tallies_of(&made, input->tallies);
	item_count(&made, &input->instrument->scale);
	item_figures(&made, &input->instrument->scale);
	return made;
}

/* --- Several items as one ------------------------------------------------ */

struct score_parts
analysis_parts(struct arena *a, const struct analysis_item *items,
    size_t count, enum analysis_what what)
{
	struct score_part *parts = ARENA_MANY(a, count, struct score_part);
	size_t used = 0;

	for (size_t i = 0; i < count; i++) {
		const struct analysis_item *item = &items[i];
		const struct tally *tally = &item->self;

		if (item->figures.not_applicable)
			continue;
		if (what == WHAT_STAKEHOLDERS)
			tally = &item->stakeholders;
		else if (what != WHAT_SELF)
			tally = &item->raters;
		if (what == WHAT_RATERS && !shows_mean(tally->n))
			continue;
		if (what == WHAT_AGREEMENT && !shows_distribution(tally->n))
			continue;
		parts[used++] = (struct score_part){ tally, 1 };
	}
	return (struct score_parts){ parts, used };
}

static void
principle_counts(struct figures *f, const struct analysis_item *items,
    size_t count)
{
	f->not_applicable = count > 0;
	for (size_t i = 0; i < count; i++) {
		const struct figures *of = &items[i].figures;

		if (!of->not_applicable)
			f->not_applicable = false;
		if (of->n > f->n)
			f->n = of->n;
		if (of->stakeholders_n > f->stakeholders_n)
			f->stakeholders_n = of->stakeholders_n;
	}
}

static struct figures
principle_figures(struct arena *a, const struct scale *scale,
    const struct analysis_item *items, size_t count)
{
	struct score_parts self = analysis_parts(a, items, count, WHAT_SELF);
	struct score_parts others = analysis_parts(a, items, count,
	    WHAT_STAKEHOLDERS);
	struct decimal gap = { true, ANALYSIS_GAP };
	struct figures f = {
		.self = score_parts_mean(self),
		.raters = score_parts_mean(analysis_parts(a, items, count,
		    WHAT_RATERS)),
		.agreement = score_parts_agreement(scale,
		    analysis_parts(a, items, count, WHAT_AGREEMENT)),
		.stakeholders = score_parts_mean(others),
		.gap = score_gap(self, others),
	};
	int sign;

	f.split = score_gap_compare(self, others, gap, &sign) == OK &&
	    sign >= 0;
	principle_counts(&f, items, count);
	return f;
}

static void
principles_make(struct arena *a, struct analysis *analysis)
{
	const struct instrument *instrument = analysis->instrument;
	size_t at = 0;

	for (size_t i = 0; i < instrument->dimensions.count; i++) {
		size_t count = 0;
		struct analysis_principle *principle;

		while (at + count < analysis->items.count &&
		    analysis->items.items[at + count].item->dimension == i)
			count++;
		if (count == 0)
			continue;
		principle = LIST_ADD(a, &analysis->principles);
		principle->dimension = &instrument->dimensions.items[i];
		principle->first = at;
		principle->count = count;
		principle->figures = principle_figures(a, &instrument->scale,
		    &analysis->items.items[at], count);
		at += count;
	}
}

/* --- The run before ------------------------------------------------------ */

static void
last_take(struct analysis *analysis, const struct analysis *last)
{
	if (last == NULL)
		return;
	LIST_EACH(item, &analysis->items)
		LIST_EACH(old, &last->items)
			if (strcmp(item->item->id, old->item->id) == 0)
				item->figures.last = old->figures.self;
	LIST_EACH(principle, &analysis->principles)
		LIST_EACH(old, &last->principles)
			if (strcmp(principle->dimension->id,
			    old->dimension->id) == 0)
				principle->figures.last = old->figures.self;
}

/* --- Criteria ------------------------------------------------------------ */

static int64_t
weight_of(const struct weight_list *weights, const char *criterion)
{
	LIST_EACH(weight, weights)
		if (strcmp(weight->criterion, criterion) == 0)
			return weight->weight;
	return 1;
}

static bool
criterion_is_listed(const struct analysis_criteria *list, const char *id)
{
	LIST_EACH(criterion, list)
		if (strcmp(criterion->id, id) == 0)
			return true;
	return false;
}

/* The mean over the items that speak of a criterion. */
static struct decimal
criterion_mean(struct arena *a, const struct analysis *analysis,
    const char *id, enum analysis_what what)
{
	struct analysis_items of = { 0 };

	LIST_EACH(item, &analysis->items)
		if (item_has_criterion(item->item, id))
			*LIST_ADD(a, &of) = *item;
	return score_parts_mean(analysis_parts(a, of.items, of.count, what));
}

static void
criterion_add(struct arena *a, struct analysis *analysis, const char *id,
    const struct weight_list *weights)
{
	if (criterion_is_listed(&analysis->criteria, id))
		return;
	*LIST_ADD(a, &analysis->criteria) = (struct analysis_criterion){
		.id = id,
		.weight = weight_of(weights, id),
		.self = criterion_mean(a, analysis, id, WHAT_SELF),
		.stakeholders = criterion_mean(a, analysis, id,
		    WHAT_STAKEHOLDERS),
	};
}

/* An item counts as often as its criteria weigh together. */
static struct decimal
weighted_mean(struct arena *a, const struct analysis *analysis,
    const struct weight_list *weights)
{
	struct score_part *parts = ARENA_MANY(a, analysis->items.count,
	    struct score_part);
	size_t used = 0;

	LIST_EACH(item, &analysis->items) {
		int64_t weight = 0;

		for (size_t i = 0; i < item->item->criteria.count; i++)
			weight += weight_of(weights,
			    item->item->criteria.items[i]);
		parts[used++] = (struct score_part){ &item->self, weight };
	}
	return score_parts_mean((struct score_parts){ parts, used });
}

static void
criteria_make(struct arena *a, struct analysis *analysis,
    const struct weight_list *weights)
{
	LIST_EACH(item, &analysis->items)
		for (size_t i = 0; i < item->item->criteria.count; i++)
			criterion_add(a, analysis,
			    item->item->criteria.items[i], weights);
	LIST_EACH(criterion, &analysis->criteria)
		if (criterion->weight != analysis->criteria.items[0].weight)
			analysis->weights_differ = true;
	analysis->plain = score_parts_mean(analysis_parts(a,
	    analysis->items.items, analysis->items.count, WHAT_SELF));
	analysis->weighted = weighted_mean(a, analysis, weights);
}

struct analysis
analysis_make(struct arena *a, const struct analysis_input *input)
{
	struct analysis analysis = { .instrument = input->instrument };
	const struct track *track = instrument_find_track(input->instrument,
	    input->track);

	check(track != NULL);
	for (size_t i = 0; i < input->instrument->items.count; i++) {
		const struct item *item = &input->instrument->items.items[i];

		if (item_is_in_track(input->instrument, item, track))
			*LIST_ADD(a, &analysis.items) = item_make(input, item);
	}
	principles_make(a, &analysis);
	last_take(&analysis, input->last);
	analysis_columns_make(a, &analysis, input);
	criteria_make(a, &analysis, input->weights);
	return analysis;
}
