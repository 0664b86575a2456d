/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo_nation.h"

#include "assessment/collect_store.h"
#include "assessment/finding_store.h"
#include "assessment/plan_store.h"
#include "library/library.h"
#include "publish/publish_run.h"

#include <inttypes.h>

/*
 * A run of the national scale: a short track, two raters, one finding, one
 * action, published.
 */

static enum outcome
setup_make(struct national_run *r)
{
	struct nation *n = r->nation;
	const struct assessment_setup setup = {
		.instrument = LIBRARY_INSTRUMENT,
		.edition = LIBRARY_EDITION,
		.track = "short",
		.objectives = "participation transparency",
		.scope = n->demo->words.scope,
		.period_from = demo_day(n->demo, r->begins - 365),
		.period_to = demo_day(n->demo, r->begins - 1),
		.target = demo_day(n->demo, r->begins + NATION_RUN_DAYS),
		.groups = n->groups,
	};
	enum outcome got = assessment_add(r->tx, &n->arena, r->organisation,
	    &setup, &r->by, &r->id);

	if (got == OK)
		got = assessment_move(r->tx, &n->arena, r->organisation,
		    r->id, STAGE_COLLECTING, r->by.now);
	return got;
}

static enum outcome
rating_make(struct national_run *r, int64_t rater, const struct item *item,
    int tenths)
{
	const struct scale *scale = &r->nation->instrument->scale;
	const struct rating_new new = { .rater = rater, .item = item->id,
		.answer = { RATING_VALUE,
		    demo_draw_level(&r->draw, tenths, scale->max) },
		.scale = scale, .now = r->by.now };

	return rating_put(r->tx, &r->nation->arena, &new);
}

/* Every other item, then those between: so all principles have some. */
static const struct item *
item_at(const struct nation *n, size_t first, size_t turn)
{
	size_t half = (n->item_count + 1) / 2;
	size_t place = turn < half ? 2 * turn : 2 * (turn - half) + 1;

	return n->items[(first + place) % n->item_count];
}

/* Both answer the same items, so that there are means. */
static enum outcome
ratings_make(struct national_run *r, const int64_t raters[NATION_RATERS])
{
	size_t first = (size_t)demo_draw(&r->draw, 2);
	int least = 10 + (int)demo_draw(&r->draw, 12);
	enum outcome got = OK;

	for (size_t i = 0; i < DEMO_NATIONAL_RATINGS && got == OK; i++) {
		const struct item *item = item_at(r->nation, first,
		    i / NATION_RATERS);

		got = rating_make(r, raters[i % NATION_RATERS], item,
		    least + (int)item->dimension * 7 % 16);
	}
	return got;
}

static enum outcome
collect(struct national_run *r)
{
	static const char *const groups[NATION_RATERS] = { "board", "staff" };
	int64_t raters[NATION_RATERS];
	enum outcome got = OK;

	for (int64_t i = 0; i < NATION_RATERS && got == OK; i++) {
		struct rater_new new = { .assessment = r->id,
			.respondents = groups[i], .now = r->by.now };
		char token[LINK_TOKEN_SIZE];

		link_token_make(arena_print(&r->nation->arena,
		    "nation %" PRId64, r->id), i, token);
		link_token_hash(token, new.token_hash);
		got = rater_add(r->tx, &r->nation->arena, r->organisation,
		    &new, &raters[i]);
	}
	if (got == OK)
		got = ratings_make(r, raters);
	return got == OK ? assessment_move(r->tx, &r->nation->arena,
	    r->organisation, r->id, STAGE_ANALYSIS, r->by.now) : got;
}

static enum outcome
plan(struct national_run *r)
{
	const struct demo_words *w = &r->nation->demo->words;
	struct arena *a = &r->nation->arena;
	const struct finding finding = { .kind = "weakness",
		.principle = r->nation->instrument->dimensions.items[
		    demo_draw(&r->draw, DEMO_PRINCIPLES)].id,
		.item = "", .body = w->finding, .reply = "" };
	struct action action = { .kind = "activity", .title = w->action,
		.owner = w->owner, .state = "open", .progress = "",
		.due = demo_day(r->nation->demo, r->begins + 180) };
	int64_t id;
	enum outcome got = finding_add(r->tx, a, r->organisation, r->id,
	    &finding, &r->by, &action.finding);

	if (got == OK)
		got = action_add(r->tx, a, r->organisation, r->id, &action,
		    &r->by, &id);
	return got == OK ? analysis_close(r->tx, a, r->organisation, r->id,
	    r->by.now) : got;
}

static enum outcome
publish(struct national_run *r)
{
	const struct publish_order order = { .assessment = r->id,
		.detail = "full", .reason = "" };
	int64_t report;

	r->by.now = demo_instant(r->nation->demo,
	    r->begins + NATION_RUN_DAYS, 11);
	return publish_run(r->tx, &r->nation->arena, r->organisation, &order,
	    &r->by, &report);
}

enum outcome
demo_nation_run_make(struct national_run *r)
{
	enum outcome got;

	r->by.now = demo_instant(r->nation->demo, r->begins, 10);
	got = setup_make(r);
	if (got == OK)
		got = collect(r);
	if (got == OK)
		got = plan(r);
	return got == OK ? publish(r) : got;
}
