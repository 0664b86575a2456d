/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo.h"

#include "base/check.h"
#include "base/time.h"
#include "demo/demo_part.h"
#include "demo/demo_store.h"
#include "library/library.h"
#include "runner/job.h"

#include <sodium.h>
#include <string.h>

/* The order in which the demonstration is made, and its calendar. */

enum { LAST_HOUR = 18 };

int64_t
demo_day(const struct demo *demo, int64_t day)
{
	return day + demo->shift;
}

int64_t
demo_instant(const struct demo *demo, int64_t day, int64_t hour)
{
	if (day >= demo->coalition.today) {
		day = demo->coalition.today;
		hour = hour < LAST_HOUR ? hour : LAST_HOUR;
	}
	return day_start(demo_day(demo, day)) + hour * 3600;
}

/* The demonstration's today is before the clock's, so all of it is past. */
static int64_t
shift_of(const struct demo *demo, int64_t now)
{
	int64_t shift = day_of(now) - 1 - demo->coalition.today;

	return shift < 0 ? shift : 0;
}

static enum outcome
content_read(struct demo *demo, struct content_faults *faults)
{
	const char *folder = demo->options->content;
	enum outcome got = demo_coalition_read(demo->arena, folder, faults,
	    &demo->coalition);

	if (got == OK)
		got = demo_runs_read(demo->arena, folder, faults,
		    &demo->coalition, &demo->book);
	if (got == OK && demo->options->national > 0)
		got = demo_words_read(demo->arena, folder, faults,
		    &demo->words);
	return got;
}

/* All have one password, so that one derivation serves. */
static enum outcome
key_make(struct demo *demo)
{
	struct runner_derive question = { 0 };
	size_t size = strlen(demo->coalition.password);

	check(size <= DERIVE_PASSWORD);
	randombytes_buf(demo->key.salt, sizeof(demo->key.salt));
	memcpy(question.salt, demo->key.salt, DERIVE_SALT);
	memcpy(question.password, demo->coalition.password, size);
	question.size = (uint16_t)size;
	return job_derive_key(&question, demo->key.verifier);
}

/* What an earlier try of the same write left in memory is forgotten. */
static void
begin_again(struct demo *demo)
{
	demo->made = (struct demo_made){ 0 };
	LIST_EACH(organisation, &demo->coalition.organisations)
		organisation->runs = 0;
	LIST_EACH(piece, &demo->book.evidence)
		piece->id = 0;
}

static void
note(const struct demo *demo, int64_t done, int64_t total)
{
	if (demo->options->note != NULL)
		demo->options->note(demo->options->arg, done, total);
}

/* Each run in an arena of its own. */
static enum outcome
runs_make(struct tx *tx, struct demo *demo)
{
	int64_t total = (int64_t)demo->book.runs.count;
	enum outcome got = OK;

	for (int64_t i = 0; i < total && got == OK; i++) {
		AUTO_ARENA struct arena a;

		arena_init(&a, ARENA_LIMIT);
		note(demo, i, total);
		got = demo_run_make(tx, &a, demo, &demo->book.runs.items[i]);
	}
	return got;
}

static enum outcome
coalition_write(struct tx *tx, void *arg)
{
	struct demo *demo = arg;
	AUTO_ARENA struct arena a;
	enum outcome got;

	arena_init(&a, ARENA_LIMIT);
	begin_again(demo);
	got = demo_settings_make(tx, &a, demo);
	if (got == OK)
		got = demo_organisations_make(tx, &a, demo);
	if (got == OK)
		got = demo_people_make(tx, &a, demo);
	return got == OK ? runs_make(tx, demo) : got;
}

/* Who may sign in, and where to look first. */
static void
made_finish(struct demo *demo)
{
	demo->made.organisation = arena_print(demo->arena, "/mn/o/%s",
	    demo->coalition.organisations.items[0].slug);
	LIST_EACH(p, &demo->coalition.people)
		*LIST_ADD(demo->arena, &demo->made.accounts) =
		    (struct demo_account){ p->email,
			demo->coalition.password, p->role_name,
			p->organisation == NULL ? "" : p->organisation->slug };
}

/* All that needs no write yet. */
static enum outcome
prepare(struct db *db, struct demo *demo, struct content_faults *faults)
{
	bool empty;
	enum outcome got = demo_database_is_empty(db, demo->arena, &empty);

	if (got == OK && !empty)
		return CONFLICT;
	if (got == OK)
		got = content_read(demo, faults);
	if (got != OK)
		return got;
	demo->shift = shift_of(demo, demo->options->now);
	got = key_make(demo);
	return got == OK ? demo_evidence_keep(demo) : got;
}

enum outcome
demo_make(struct db *db, struct arena *a, const struct demo_options *options,
    struct content_faults *faults, struct demo_made *made_out)
{
	struct demo demo = { .options = options, .arena = a };
	enum outcome got = prepare(db, &demo, faults);

	if (got == OK)
		got = db_write(db, coalition_write, &demo);
	if (got == OK && options->national > 0)
		got = demo_national_make(db, &demo);
	if (got != OK)
		return got;
	made_finish(&demo);
	*made_out = demo.made;
	return OK;
}
