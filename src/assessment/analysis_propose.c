/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/analysis.h"

#include <stdlib.h>

/* Which findings the figures suggest; people decide. */

enum { AGREEMENT_LOW = 6000 };

struct ranked {
	const struct analysis_principle *principle;
	int64_t good;		/* hundredths above the scale's worst end */
};
struct ranking LIST_OF(struct ranked);

static int64_t
range_of(const struct scale *scale)
{
	return ((int64_t)scale->max - scale->min) * 100;
}

static int64_t
goodness(const struct scale *scale, struct decimal value)
{
	if (scale->direction == SCALE_DOWN)
		return (int64_t)scale->max * 100 - value.hundredths;
	return value.hundredths - (int64_t)scale->min * 100;
}

/* The best first, equal ones in the instrument's order. */
static int
ranked_order(const void *left, const void *right)
{
	const struct ranked *one = left, *other = right;

	if (one->good != other->good)
		return one->good > other->good ? -1 : 1;
	return one->principle < other->principle ? -1 : 1;
}

static struct ranking
rank(struct arena *a, const struct analysis *analysis)
{
	struct ranking ranking = { 0 };

	LIST_EACH(principle, &analysis->principles)
		if (principle->figures.self.known)
			*LIST_ADD(a, &ranking) = (struct ranked){ principle,
				goodness(&analysis->instrument->scale,
				    principle->figures.self) };
	if (ranking.count > 1)
		qsort(ranking.items, ranking.count, sizeof(*ranking.items),
		    ranked_order);
	return ranking;
}

/* The item that carries the principle up, or holds it down. */
static const struct analysis_item *
example_of(const struct analysis *analysis,
    const struct analysis_principle *principle, bool best)
{
	const struct scale *scale = &analysis->instrument->scale;
	const struct analysis_item *found = NULL;

	for (size_t i = 0; i < principle->count; i++) {
		const struct analysis_item *item =
		    &analysis->items.items[principle->first + i];
		int64_t good;

		if (!item->figures.self.known)
			continue;
		good = goodness(scale, item->figures.self);
		if (found == NULL || (best
		    ? good > goodness(scale, found->figures.self)
		    : good < goodness(scale, found->figures.self)))
			found = item;
	}
	return found;
}

static void
ends_propose(struct arena *a, const struct analysis *analysis,
    struct proposals *list)
{
	struct ranking ranking = rank(a, analysis);
	int64_t range = range_of(&analysis->instrument->scale);
	size_t most = ranking.count / 2;

	if (most > PROPOSALS_OF_KIND)
		most = PROPOSALS_OF_KIND;
	if (ranking.count == 0 || ranking.items[0].good ==
	    ranking.items[ranking.count - 1].good)
		return;
	for (size_t i = 0; i < most; i++) {
		const struct ranked *at = &ranking.items[i];

		if (at->good * 2 >= range)
			*LIST_ADD(a, list) = (struct proposal){ "strength",
				REASON_HIGHEST, at->principle->dimension, NULL,
				&at->principle->figures,
				example_of(analysis, at->principle, true) };
	}
	for (size_t i = 0; i < most; i++) {
		const struct ranked *at =
		    &ranking.items[ranking.count - 1 - i];

		if (at->good * 4 < range * 3)
			*LIST_ADD(a, list) = (struct proposal){ "weakness",
				REASON_LOWEST, at->principle->dimension, NULL,
				&at->principle->figures,
				example_of(analysis, at->principle, false) };
	}
}

/* --- Disagreements ------------------------------------------------------- */

static int64_t
size_of(struct decimal gap)
{
	return gap.hundredths < 0 ? -gap.hundredths : gap.hundredths;
}

/* How much a disagreement weighs within its reason; larger first. */
static int64_t
weight_of(const struct proposal *proposal)
{
	return proposal->reason == REASON_GAP
	    ? size_of(proposal->figures->gap)
	    : -proposal->figures->agreement.hundredths;
}

static int
disagreement_order(const void *left, const void *right)
{
	const struct proposal *one = left, *other = right;
	int64_t first = weight_of(one), second = weight_of(other);

	if (one->reason != other->reason)
		return one->reason == REASON_GAP ? -1 : 1;
	if ((one->item == NULL) != (other->item == NULL))
		return one->item == NULL ? -1 : 1;
	if (first != second)
		return first > second ? -1 : 1;
	if (one->item != NULL)
		return one->item < other->item ? -1 : 1;
	return one->dimension < other->dimension ? -1 : 1;
}

static void
items_split(struct arena *a, const struct analysis *analysis,
    const struct analysis_principle *principle, struct proposals *list)
{
	for (size_t i = 0; i < principle->count; i++) {
		const struct analysis_item *item =
		    &analysis->items.items[principle->first + i];

		if (item->figures.split)
			*LIST_ADD(a, list) = (struct proposal){
				"disagreement", REASON_GAP,
				principle->dimension, item->item,
				&item->figures, NULL };
	}
}

static struct proposals
disagreements(struct arena *a, const struct analysis *analysis)
{
	struct proposals list = { 0 };

	LIST_EACH(principle, &analysis->principles) {
		const struct figures *f = &principle->figures;

		if (f->split)
			*LIST_ADD(a, &list) = (struct proposal){
				"disagreement", REASON_GAP,
				principle->dimension, NULL, f, NULL };
		else
			items_split(a, analysis, principle, &list);
		if (!f->split && f->agreement.known &&
		    f->agreement.hundredths < AGREEMENT_LOW)
			*LIST_ADD(a, &list) = (struct proposal){
				"disagreement", REASON_AGREEMENT,
				principle->dimension, NULL, f, NULL };
	}
	if (list.count > 1)
		qsort(list.items, list.count, sizeof(*list.items),
		    disagreement_order);
	return list;
}

struct proposals
analysis_propose(struct arena *a, const struct analysis *analysis)
{
	struct proposals list = { 0 }, differ = disagreements(a, analysis);

	ends_propose(a, analysis, &list);
	for (size_t i = 0; i < differ.count && i < PROPOSALS_OF_KIND; i++)
		*LIST_ADD(a, &list) = differ.items[i];
	return list;
}
