/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo_nation.h"

#include "base/check.h"
#include "demo/demo_store.h"
#include "library/library.h"
#include "organisation/organisation_store.h"
#include "organisation/pledge_store.h"
#include "text/catalogue.h"

#include <inttypes.h>

/*
 * The national scale: as many organisations as a country has, each with short
 * runs that are published. One write is one organisation, 64 are a batch.
 */

enum {
	NAME_STEP = 7919,	/* a prime: neighbours have other words */
	FIRST_NUMBER = 9100001,	/* of registrations */
	JOINED_BEFORE = 700,	/* days before today; both runs fit between */
	JOINING_DAYS = 200,
	WAL_MOST = 64 * 1024 * 1024,
};

/* One organisation, the argument of its write. */
struct citizen {
	struct nation *nation;
	int64_t index;
};

/* --- Organisations ------------------------------------------------------- */

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
		got = demo_nation_run_make(&r);
	}
	return got;
}

/* --- Batches ------------------------------------------------------------- */

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
	check(n->item_count >= DEMO_NATIONAL_RATINGS / NATION_RATERS + 1);
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
