/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/analysis_part.h"

#include "base/check.h"

#include <string.h>

/*
 * The table by respondent group. Answers of raters and of the survey count
 * alike: a group is who people are, not how they were asked. Small groups merge
 * into their side; see analysis.h.
 */

static struct tally
tally_of_group(const struct tally_rows *rows, const char *item,
    const char *group)
{
	struct tally sum = { 0 };

	LIST_EACH(row, rows)
		if (strcmp(row->item, item) == 0 &&
		    strcmp(row->respondents, group) == 0)
			tally_merge(&sum, &row->tally);
	return sum;
}

/* All answers of a column to an item. */
static struct tally
tally_of_column(const struct analysis_input *input, const char *item,
    const struct analysis_column *column)
{
	const struct respondent_groups *groups = &input->instrument->groups;
	struct tally sum = { 0 };

	if (column->group != NULL)
		return tally_of_group(input->tallies, item, column->id);
	for (size_t i = 0; i < groups->count; i++) {
		struct tally of;

		if (groups->items[i].side != column->side)
			continue;
		of = tally_of_group(input->tallies, item,
		    groups->items[i].id);
		tally_merge(&sum, &of);
	}
	return sum;
}

/* Whether a group has answers, but too few to some item. */
static bool
group_is_small(const struct analysis *analysis,
    const struct analysis_input *input, const char *group)
{
	LIST_EACH(item, &analysis->items) {
		struct tally of = tally_of_group(input->tallies,
		    item->item->id, group);

		if (of.n > 0 && !shows_distribution(of.n))
			return true;
	}
	return false;
}

/* A side is merged when one of its groups is small. */
static bool
side_is_merged(const struct analysis *analysis,
    const struct analysis_input *input, enum group_side side)
{
	const struct respondent_groups *groups = &input->instrument->groups;

	for (size_t i = 0; i < groups->count; i++)
		if (groups->items[i].side == side &&
		    group_is_small(analysis, input, groups->items[i].id))
			return true;
	return false;
}

/* Keeps the column when anybody in it answered. */
static void
column_add(struct arena *a, struct analysis *analysis,
    const struct analysis_input *input, struct analysis_column column)
{
	LIST_EACH(item, &analysis->items) {
		struct tally of = tally_of_column(input, item->item->id,
		    &column);

		if (of.n > column.answers)
			column.answers = of.n;
	}
	if (column.answers > 0)
		*LIST_ADD(a, &analysis->columns) = column;
}

static void
side_add(struct arena *a, struct analysis *analysis,
    const struct analysis_input *input, enum group_side side)
{
	const struct respondent_groups *groups = &input->instrument->groups;

	if (side_is_merged(analysis, input, side)) {
		column_add(a, analysis, input, (struct analysis_column){
			.id = side == SIDE_INSIDE ? "inside" : "outside",
			.side = side });
		return;
	}
	for (size_t i = 0; i < groups->count; i++)
		if (groups->items[i].side == side)
			column_add(a, analysis, input,
			    (struct analysis_column){
				.id = groups->items[i].id,
				.group = &groups->items[i],
				.side = side });
}

/*
 * Whether cells of this item would tell a single answer: all raters, all of
 * the survey and the sides stand in one report, so that one can be taken from
 * another.
 */
static bool
item_tells_one(const struct analysis_input *input, const char *item)
{
	int64_t inside = 0, outside = 0, survey = 0;	/* raters: the first two */

	LIST_EACH(row, input->tallies) {
		const struct respondent_group *group = instrument_find_group(
		    input->instrument, row->respondents);

		if (strcmp(row->item, item) != 0 || group == NULL)
			continue;
		if (strcmp(row->source, "survey") == 0)
			survey += row->tally.n;
		else if (group->side == SIDE_INSIDE)
			inside += row->tally.n;
		else
			outside += row->tally.n;
	}
	return outside == 1 || (inside == 1 && outside > 0) ||
	    (survey == 1 && outside > 0);
}

/* A principle's mean in a column, over the items that may show one. */
static struct analysis_cell
cell_make(struct arena *a, const struct analysis *analysis,
    const struct analysis_input *input,
    const struct analysis_principle *principle,
    const struct analysis_column *column)
{
	struct tally *tallies = ARENA_MANY(a, principle->count, struct tally);
	struct score_part *parts = ARENA_MANY(a, principle->count,
	    struct score_part);
	struct analysis_cell cell = { .hidden = false };
	size_t used = 0;

	for (size_t i = 0; i < principle->count; i++) {
		const struct analysis_item *item =
		    &analysis->items.items[principle->first + i];

		if (item->figures.not_applicable)
			continue;
		tallies[i] = tally_of_column(input, item->item->id, column);
		if (shows_mean(tallies[i].n) &&
		    !item_tells_one(input, item->item->id))
			parts[used++] = (struct score_part){ &tallies[i], 1 };
		else if (tallies[i].n > 0)
			cell.hidden = true;
	}
	cell.mean = score_parts_mean((struct score_parts){ parts, used });
	cell.hidden = cell.hidden && !cell.mean.known;
	return cell;
}

void
analysis_columns_make(struct arena *a, struct analysis *analysis,
    const struct analysis_input *input)
{
	side_add(a, analysis, input, SIDE_INSIDE);
	side_add(a, analysis, input, SIDE_OUTSIDE);
	LIST_EACH(principle, &analysis->principles)
		LIST_EACH(column, &analysis->columns)
			*LIST_ADD(a, &principle->cells) = cell_make(a,
			    analysis, input, principle, column);
}
