/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo_part.h"

#include "assessment/collect_store.h"
#include "assessment/finding_store.h"
#include "assessment/plan_store.h"
#include "base/check.h"
#include "base/log.h"
#include "demo/demo_store.h"
#include "library/library.h"
#include "organisation/organisation_store.h"
#include "organisation/pledge_store.h"
#include "publish/publish_run.h"
#include "text/catalogue.h"

#include <inttypes.h>

/*
 * The national scale: as many organisations as a country has, each with short
 * runs that are published. One write is one organisation, 64 are a batch.
 */

enum {
	RATERS = 2,
	NAME_STEP = 7919,	/* a prime: names follow one another far apart */
	FIRST_NUMBER = 9100001,	/* of registrations */
	JOINED_BEFORE = 700,	/* days before today; both runs fit between */
	JOINING_DAYS = 200,
	RUN_SPAN = 30,		/* days */
	WAL_MOST = 64 * 1024 * 1024,
};

/* What all of them share. */
struct nation {
	struct demo *demo;
	struct arena arena;	/* of one write at a time */
	const struct instrument *instrument;
	const struct item *items[ITEMS_MOST];	/* of the short track */
	size_t item_count;
	const char *groups;
};

/* One organisation, the argument of its write. */
struct citizen {
	struct nation *nation;
	int64_t index;
};

/* One run of it. */
struct national_run {
	struct nation *nation;
	struct tx *tx;
	struct demo_draw draw;
	int64_t organisation, id;
	int64_t begins;		/* day of content */
	struct authored by;
};

/* --- Organisations ----------------------------------------------------------- */

static const char *
words_fill(struct nation *n, enum language language,
    const struct label *pattern, int64_t index)
{
	const struct demo_words *w = &n->demo->words;
	size_t first = w->first.count, second = w->second.count;
	size_t all = first * second * w->fields.count;
	size_t place = (size_t)index * NAME_STEP % all;

	return catalogue_print(&n->arena, language, pattern->text[language],
	    WORDS(word_text("first",
		      w->first.items[place % first].text[language]),
		word_text("second",
		    w->second.items[place / first % second].text[language]),
		word_text("field", w->fields.items[place / first / second]
		    .text[language])));
}

static struct organisation
organisation_draw(struct nation *n, int64_t index)
{
	const struct demo_words *w = &n->demo->words;
	const struct vocabulary *units = &library()->units;
	const struct term *unit = &units->items[(size_t)index % units->count];

	return (struct organisation){
		.slug = "",
		.name_mn = words_fill(n, LANGUAGE_MN, &w->name, index),
		.name_en = words_fill(n, LANGUAGE_EN, &w->name, index),
		.name_bichig = "",
		.registration = arena_print(&n->arena, "%" PRId64,
		    FIRST_NUMBER + index),
		.legal_form = w->legal_form,
		.unit = unit->id,
		.place = "",
		.field = "",
		.purpose_mn = words_fill(n, LANGUAGE_MN, &w->purpose, index),
		.purpose_en = words_fill(n, LANGUAGE_EN, &w->purpose, index),
		.website = "",
		.email = "",
		.phone = "",
		.people = 2 + index % 9,
		.founded = 1996 + index % 27,
		.standing = "registered",
		.source = "",
	};
}

/* It joined somewhen in the year before its first run. */
static enum outcome
organisation_join_make(struct tx *tx, struct nation *n, int64_t id,
    int64_t day)
{
	const struct pledge pledge = {
		.edition = n->demo->coalition.edition,
		.signed_by = n->demo->words.owner,
		.day = demo_day(n->demo, day),
		.expires = pledge_expiry(demo_day(n->demo, day)),
	};
	enum outcome got = pledge_add(tx, &n->arena, id, &pledge, NULL);

	return got == OK ? organisation_join(tx, &n->arena, id, pledge.day,
	    demo_instant(n->demo, day, 10)) : got;
}

/* --- Runs ---------------------------------------------------------------------- */

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
		.target = demo_day(n->demo, r->begins + RUN_SPAN),
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
ratings_make(struct national_run *r, const int64_t raters[RATERS])
{
	size_t first = (size_t)demo_draw(&r->draw, 2);
	int least = 10 + (int)demo_draw(&r->draw, 12);
	enum outcome got = OK;

	for (size_t i = 0; i < DEMO_NATIONAL_RATINGS && got == OK; i++) {
		const struct item *item = item_at(r->nation, first,
		    i / RATERS);

		got = rating_make(r, raters[i % RATERS], item,
		    least + (int)item->dimension * 7 % 16);
	}
	return got;
}

static enum outcome
collect(struct national_run *r)
{
	static const char *const groups[RATERS] = { "board", "staff" };
	int64_t raters[RATERS];
	enum outcome got = OK;

	for (int64_t i = 0; i < RATERS && got == OK; i++) {
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

	r->by.now = demo_instant(r->nation->demo, r->begins + RUN_SPAN, 11);
	return publish_run(r->tx, &r->nation->arena, r->organisation, &order,
	    &r->by, &report);
}

static enum outcome
run_make(struct national_run *r)
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

static enum outcome
citizen_write(struct tx *tx, void *arg)
{
	const struct citizen *c = arg;
	struct nation *n = c->nation;
	struct national_run r = { .nation = n, .tx = tx };
	int64_t joined = n->demo->coalition.today - JOINED_BEFORE +
	    c->index % JOINING_DAYS;
	struct organisation o;
	enum outcome got;

	arena_reset(&n->arena);
	o = organisation_draw(n, c->index);
	r.draw = demo_draw_begin(o.registration);
	got = organisation_add(tx, &n->arena, &o, NULL,
	    demo_instant(n->demo, joined, 9), &r.organisation);
	if (got == OK)
		got = organisation_join_make(tx, n, r.organisation, joined);
	for (int64_t i = 0; i < DEMO_NATIONAL_RUNS && got == OK; i++) {
		r.begins = joined + 20 + i * 365;
		got = run_make(&r);
	}
	return got;
}

/* --- Batches --------------------------------------------------------------------- */

static void
batch_count(struct demo_made *made, int64_t count)
{
	made->organisations += count;
	made->runs += count * DEMO_NATIONAL_RUNS;
	made->reports += count * DEMO_NATIONAL_RUNS;
	made->ratings += count * DEMO_NATIONAL_RUNS * DEMO_NATIONAL_RATINGS;
}

/* Nobody else moves it while the lock is held; BUSY is for the next batch. */
static enum outcome
log_shrink(struct db *db)
{
	enum outcome got = db_wal_size(db) > WAL_MOST ? db_checkpoint(db)
	    : OK;

	return got == BUSY ? OK : got;
}

/* OK when each of the batch was written. */
static enum outcome
batch_run(struct db *db, struct nation *n, int64_t from, int64_t to)
{
	struct citizen citizens[DB_BATCH_MAX];
	struct db_write writes[DB_BATCH_MAX];
	size_t count = (size_t)(to - from);
	enum outcome got;

	for (size_t i = 0; i < count; i++) {
		citizens[i] = (struct citizen){ n, from + (int64_t)i };
		writes[i] = (struct db_write){ citizen_write, &citizens[i],
			OK };
	}
	got = db_batch_run(db, writes, count);
	for (size_t i = 0; i < count && got == OK; i++)
		got = writes[i].outcome;
	if (got == OK)
		batch_count(&n->demo->made, (int64_t)count);
	return got == OK ? log_shrink(db) : got;
}

static void
items_list(struct nation *n)
{
	const struct track *track = instrument_find_track(n->instrument,
	    "short");

	LIST_EACH(item, &n->instrument->items)
		if (item_is_in_track(n->instrument, item, track))
			n->items[n->item_count++] = item;
	check(n->item_count >= DEMO_NATIONAL_RATINGS / RATERS + 1);
}

static enum outcome
batches_run(struct db *db, struct nation *n)
{
	const struct demo_options *o = n->demo->options;
	enum outcome got = OK;

	for (int64_t i = 0; i < o->national && got == OK;
	    i += DB_BATCH_MAX) {
		int64_t to = i + DB_BATCH_MAX;

		if (o->note != NULL)
			o->note(o->arg, i, o->national);
		got = batch_run(db, n, i, to < o->national ? to
		    : o->national);
	}
	return got;
}

struct forget {
	struct arena *arena;
	int64_t after;
};

static enum outcome
forget_write(struct tx *tx, void *arg)
{
	const struct forget *f = arg;

	return demo_prints_forget(tx, f->arena, f->after);
}

enum outcome
demo_national_make(struct db *db, struct demo *demo)
{
	struct nation n = { .demo = demo, .groups = "board staff" };
	struct forget forget = { .arena = demo->arena };
	enum outcome got = assessment_instrument(LIBRARY_INSTRUMENT,
	    LIBRARY_EDITION, &n.instrument);

	if (got == OK)
		got = demo_outbox_last(db, demo->arena, &forget.after);
	if (got == OK)
		got = db_hold(db, DB_WAIT_MS);
	if (got != OK)
		return got;
	items_list(&n);
	arena_init(&n.arena, ARENA_LIMIT);
	got = batches_run(db, &n);
	if (got == OK && db_checkpoint(db) == FAILED)
		got = FAILED;
	arena_done(&n.arena);
	if (got == OK)
		got = db_write(db, forget_write, &forget);
	db_release(db);
	return got;
}
