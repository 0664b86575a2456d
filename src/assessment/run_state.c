/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/run_state.h"

#include "assessment/evidence_store.h"

#include <string.h>

/* Puts together what the stores know of each item of a run. */

static struct item_state *
state_find(struct run_state *state, const char *item)
{
	LIST_EACH (s, state)
		if (strcmp(s->item->id, item) == 0)
			return s;
	return NULL;
}

static enum outcome
agreed_load(struct db *db, struct arena *a, const struct run *run,
    struct run_state *state)
{
	struct agreed_list list;
	enum outcome got = agreed_list(db, a, run->row.organisation,
	    run->row.id, &list);

	if (got != OK)
		return got;
	LIST_EACH (agreed, &list) {
		struct item_state *s = state_find(state, agreed->item);

		if (s == NULL)
			continue; /* of a track that was narrower */
		s->has_agreed = true;
		s->agreed = *agreed;
	}
	return OK;
}

static enum outcome
tallies_load(struct db *db, struct arena *a, const struct run *run,
    struct run_state *state)
{
	struct tally_rows rows;
	enum outcome got = tally_list(db, a, run->row.organisation,
	    run->row.id, &rows);

	if (got != OK)
		return got;
	LIST_EACH (row, &rows) {
		struct item_state *s = state_find(state, row->item);

		if (s != NULL && strcmp(row->source, "rater") == 0)
			tally_merge(&s->raters, &row->tally);
	}
	return OK;
}

static enum outcome
evidence_load(struct db *db, struct arena *a, const struct run *run,
    struct run_state *state)
{
	struct evidence_of_items list;
	enum outcome got = evidence_of_items_list(db, a,
	    run->row.organisation, run->row.id, &list);

	if (got != OK)
		return got;
	LIST_EACH (one, &list) {
		struct item_state *s = state_find(state, one->item);

		if (s == NULL)
			continue;
		s->pieces = one->pieces;
		s->strongest = one->strongest;
	}
	return OK;
}

enum outcome
run_state_load(struct db *db, struct arena *a, const struct run *run,
    struct run_state *state_out)
{
	struct run_state state = { 0 };
	enum outcome got;

	LIST_EACH (item, &run->items)
		*LIST_ADD(a, &state) = (struct item_state){ .item = *item };
	got = agreed_load(db, a, run, &state);
	if (got == OK)
		got = tallies_load(db, a, run, &state);
	if (got == OK)
		got = evidence_load(db, a, run, &state);
	if (got == OK)
		*state_out = state;
	return got;
}

/* Rated, on the whole, above what its evidence allows. */
static bool
wants_evidence(const struct run *run, const struct item_state *s)
{
	return !s->has_agreed && s->raters.n > 0 &&
	    s->raters.sum / s->raters.n >
	    run->instrument->evidence_cap[s->strongest];
}

struct progress
run_state_progress(const struct run *run, const struct run_state *state,
    const struct dimension *dimension)
{
	struct progress p = { 0 };

	LIST_EACH (s, state) {
		if (dimension != NULL && dimension !=
		    &run->instrument->dimensions.items[s->item->dimension])
			continue;
		p.items++;
		p.agreed += s->has_agreed;
		p.not_applicable += s->has_agreed &&
		    s->agreed.answer.kind == RATING_NOT_APPLICABLE;
		p.rated += s->raters.n + s->raters.na + s->raters.dk > 0;
		p.wanting += wants_evidence(run, s);
	}
	return p;
}

int64_t
run_state_minutes_left(const struct run_state *state)
{
	int64_t minutes = 0;

	LIST_EACH (s, state)
		minutes += s->has_agreed ? 0 : s->item->minutes;
	return minutes;
}
