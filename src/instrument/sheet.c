/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "instrument/sheet.h"

#include "base/check.h"
#include "base/list.h"

/* A table of tallies; all arithmetic is score.c's. */

static size_t
columns(const struct instrument *instrument)
{
	return instrument->groups.count + 1;
}

void
score_sheet_init(struct score_sheet *sheet, struct arena *a,
    const struct instrument *instrument)
{
	sheet->instrument = instrument;
	sheet->tallies = ARENA_MANY(a,
	    instrument->items.count * columns(instrument), struct tally);
}

static struct tally *
tally_at(const struct score_sheet *sheet, const struct item *item,
    const struct respondent_group *group)
{
	const struct instrument *instrument = sheet->instrument;
	size_t column = 0;

	if (group != NULL)
		column = (size_t)(group - instrument->groups.items) + 1;
	check(item->index < instrument->items.count);
	check(column < columns(instrument));
	return &sheet->tallies[item->index * columns(instrument) + column];
}

void
score_sheet_add(struct score_sheet *sheet, const struct item *item,
    const struct respondent_group *group, struct rating rating)
{
	const struct scale *scale = &sheet->instrument->scale;

	tally_add(tally_at(sheet, item, NULL), scale, rating);
	tally_add(tally_at(sheet, item, group), scale, rating);
}

const struct tally *
score_sheet_tally(const struct score_sheet *sheet, const struct item *item,
    const struct respondent_group *group)
{
	return tally_at(sheet, item, group);
}

/* A dimension's items as parts of equal weight, in `room`. */
static struct score_parts
dimension_parts(const struct score_sheet *sheet,
    const struct dimension *dimension, const struct respondent_group *group,
    struct score_part room[ITEMS_MOST])
{
	size_t count = 0;

	check(dimension->items.count <= ITEMS_MOST);
	LIST_EACH(item, &dimension->items)
		room[count++] = (struct score_part){
		    .tally = tally_at(sheet, item, group), .weight = 1 };
	return (struct score_parts){ .items = room, .count = count };
}

struct decimal
score_sheet_mean(const struct score_sheet *sheet,
    const struct dimension *dimension, const struct respondent_group *group)
{
	struct score_part room[ITEMS_MOST];

	return score_parts_mean(dimension_parts(sheet, dimension, group, room));
}

struct decimal
score_sheet_agreement(const struct score_sheet *sheet,
    const struct dimension *dimension, const struct respondent_group *group)
{
	struct score_part room[ITEMS_MOST];

	return score_parts_agreement(&sheet->instrument->scale,
	    dimension_parts(sheet, dimension, group, room));
}
