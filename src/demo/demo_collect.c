/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo_part.h"

#include "assessment/collect_store.h"
#include "base/time.h"

#include <string.h>

/* Stage 2: raters and their ratings, what the team agreed on, notes. */

enum { AT_RATERS = 8, AT_RATED = 45, AT_AGREED = 60, AT_NOTES = 40,
	ITEM_SECONDS = 95,
	RATING_SECONDS = 3 * 3600,	/* enough for all items */
	NOTES_OF_RUN = 2 };

/* What the raters of a run have before them. */
struct rating_plan {
	int levels[ITEMS_MOST];	/* agreed, by the item's index */
	int64_t items;		/* how many the track has */
};

/* --- Levels -------------------------------------------------------------- */

void
demo_levels_draw(struct demo_making *m, int levels_out[ITEMS_MOST])
{
	LIST_EACH(dimension, &m->instrument->dimensions) {
		size_t which = (size_t)(dimension -
		    m->instrument->dimensions.items);
		size_t places[ITEMS_MOST], count = 0;
		int levels[ITEMS_MOST];

		LIST_EACH(item, &dimension->items)
			if (demo_asks(m, item) && !demo_not_our_field(m, item))
				places[count++] = item->index;
		demo_draw_levels(&m->draw, m->run->self[which],
		    m->instrument->scale.max, levels, count);
		for (size_t i = 0; i < count; i++)
			levels_out[places[i]] = levels[i];
	}
}

/* Somebody's own view of what the team later agrees on. */
static struct rating
view_draw(struct demo_making *m, const struct item *item, int level)
{
	int64_t aside = demo_draw(&m->draw, 10);
	struct rating rating = { .kind = RATING_VALUE, .value = level };

	if (demo_not_our_field(m, item))
		return (struct rating){ .kind = RATING_NOT_APPLICABLE };
	if (demo_draw_chance(&m->draw, 3))
		return (struct rating){ .kind = RATING_DONT_KNOW };
	if (aside < 2 && level > m->instrument->scale.min)
		rating.value--;
	else if (aside > 7 && level < m->instrument->scale.max)
		rating.value++;
	return rating;
}

/* --- Raters -------------------------------------------------------------- */

/*
 * How many items a rater has answered: all of them, or while collecting is
 * open some have begun and the last one has not.
 */
static int64_t
answered_by(const struct demo_making *m, const struct rating_plan *plan,
    int64_t rater)
{
	int64_t others = m->run->raters - 2, share;

	if (m->run->stage > STAGE_COLLECTING || others < 1)
		return plan->items;
	share = plan->items * (others + 1 - rater) / others;
	return share < plan->items ? share : plan->items;
}

static enum outcome
ratings_put(struct demo_making *m, const struct rating_plan *plan,
    int64_t rater, int64_t wanted, int64_t begins)
{
	struct rating_new new = { .rater = rater,
		.scale = &m->instrument->scale, .now = begins };
	enum outcome got = OK;

	LIST_EACH(item, &m->instrument->items) {
		if (got != OK || wanted == 0)
			return got;
		if (!demo_asks(m, item))
			continue;
		new.item = item->id;
		new.answer = view_draw(m, item, plan->levels[item->index]);
		new.now += ITEM_SECONDS;
		got = rating_put(m->tx, m->arena, &new);
		m->demo->made.ratings++;
		wanted--;
	}
	return got;
}

/* The groups inside take turns. */
static const char *
group_of(const struct demo_making *m, int64_t rater)
{
	const char *inside[8];
	int64_t count = 0;

	LIST_EACH(group, &m->instrument->groups)
		if (group->side == SIDE_INSIDE && count < 8)
			inside[count++] = group->id;
	return inside[rater % count];
}

/* The member with an account is the third, who is one of the staff. */
static struct rater_new
rater_of(const struct demo_making *m, int64_t rater, const char *token)
{
	enum { MEMBER = 2 };
	struct rater_new new = { .assessment = m->id,
		.respondents = group_of(m, rater),
		.person = rater == MEMBER ? demo_person(m->demo,
		    m->run->member) : 0,
		.now = demo_moment(m, AT_RATERS) };

	link_token_hash(token, new.token_hash);
	return new;
}

static enum outcome
rater_make(struct demo_making *m, const struct rating_plan *plan,
    int64_t rater)
{
	int64_t wanted = answered_by(m, plan, rater), id;
	int64_t begins = demo_moment(m, AT_RATERS + (AT_RATED - AT_RATERS) *
	    rater / m->run->raters) - RATING_SECONDS;
	char token[LINK_TOKEN_SIZE];
	struct rater_new new;
	enum outcome got;

	link_token_make(m->name, rater, token);
	new = rater_of(m, rater, token);
	got = rater_add(m->tx, m->arena, m->organisation, &new, &id);
	if (got == OK)
		got = ratings_put(m, plan, id, wanted, begins);
	if (got == OK && wanted == plan->items)
		got = rater_change_finished(m->tx, m->arena, id,
		    begins + (wanted + 1) * ITEM_SECONDS);
	if (got == OK && wanted == 0)
		m->demo->made.rater = arena_print(m->demo->arena,
		    "/mn/r/%s", token);
	return got;
}

/* --- Agreed scores ------------------------------------------------------- */

static enum outcome
agreed_make(struct demo_making *m, const struct item *item, int level)
{
	struct agreed agreed = { .item = item->id, .rationale = "" };
	enum outcome got = OK;

	m->editor.now = demo_moment(m, AT_AGREED);
	if (demo_not_our_field(m, item)) {
		agreed.answer.kind = RATING_NOT_APPLICABLE;
	} else {
		got = demo_evidence_link(m, item, &level);
		agreed.answer = (struct rating){ RATING_VALUE, level };
		agreed.rationale = m->demo->book.rationales[level];
	}
	if (got != OK)
		return got;
	return agreed_put(m->tx, m->arena, m->organisation, m->id, &agreed,
	    &m->editor);
}

/* All of them, or the first third while collecting is open. */
static enum outcome
agreed_make_all(struct demo_making *m, const struct rating_plan *plan)
{
	int64_t wanted = m->run->stage > STAGE_COLLECTING ? plan->items
	    : plan->items / 3;
	enum outcome got = OK;

	LIST_EACH(item, &m->instrument->items) {
		if (got != OK || wanted == 0)
			return got;
		if (!demo_asks(m, item))
			continue;
		got = agreed_make(m, item, plan->levels[item->index]);
		wanted--;
	}
	return got;
}

/* --- Notes --------------------------------------------------------------- */

static enum outcome
note_make(struct demo_making *m, const struct demo_note_text *text)
{
	const struct note note = { .kind = text->kind, .item = text->item,
		.respondents = text->respondents, .title = text->title,
		.body = text->body, .day = day_of(m->editor.now) };
	int64_t id;

	return note_add(m->tx, m->arena, m->organisation, m->id, &note,
	    &m->editor, &id);
}

/* The first run takes the first two, the next one goes on from there. */
static enum outcome
notes_make(struct demo_making *m)
{
	int64_t at = 0;
	enum outcome got = OK;

	m->editor.now = demo_moment(m, AT_NOTES);
	LIST_EACH(text, &m->demo->book.notes) {
		if (text->organisation != m->run->organisation)
			continue;
		at++;
		if (got == OK && at >= m->number &&
		    at < m->number + NOTES_OF_RUN)
			got = note_make(m, text);
	}
	return got;
}

enum outcome
demo_collect(struct demo_making *m)
{
	struct rating_plan *plan = ARENA_NEW(m->arena, struct rating_plan);
	enum outcome got = OK;

	LIST_EACH(item, &m->instrument->items)
		plan->items += demo_asks(m, item);
	demo_levels_draw(m, plan->levels);
	for (int64_t i = 0; i < m->run->raters && got == OK; i++)
		got = rater_make(m, plan, i);
	if (got == OK)
		got = agreed_make_all(m, plan);
	return got == OK ? notes_make(m) : got;
}
