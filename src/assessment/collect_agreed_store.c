/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/collect_store.h"
#include "assessment/evidence_store.h"
#include "survey/answer.h"

/* Agreed scores: one answer of the team to each item, under the cap. */

#define AGREED_COLUMNS \
	"g.item, g.answer, g.value, g.rationale, g.changed, g.version"

static struct agreed
agreed_read(struct rows *rows)
{
	return (struct agreed){
		.item = rows_text(rows, 0),
		.answer = answer_of_columns(rows_text(rows, 1),
		    rows_int(rows, 2)),
		.rationale = rows_text(rows, 3),
		.changed = rows_int(rows, 4),
		.version = rows_int(rows, 5),
	};
}

/* CONFLICT: stage; INVALID: above what the item's evidence allows. */
static enum outcome
agreed_check(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, const struct agreed *agreed)
{
	const struct instrument *instrument;
	struct evidence_list pieces;
	struct assessment run;
	enum outcome got = assessment_find_id(tx->db, a, organisation,
	    assessment, &run);

	if (got == OK && !assessment_allows(run.stage, WORK_COLLECT))
		return CONFLICT;
	if (got == OK)
		got = assessment_instrument(run.instrument, run.edition,
		    &instrument);
	if (got == OK)
		got = evidence_item_list(tx->db, a, organisation, assessment,
		    agreed->item, &pieces);
	if (got != OK || agreed->answer.kind != RATING_VALUE)
		return got;
	return agreed->answer.value <= evidence_cap(instrument, &pieces)
	    ? OK : INVALID;
}

static const char AGREED_ADD[] =
	"INSERT INTO agreed (assessment, item, answer, value, rationale,"
	" person, changed, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)"
	" ON CONFLICT (assessment, item) DO NOTHING";

static const char AGREED_CHANGE[] =
	"UPDATE agreed SET answer = $3, value = $4, rationale = $5,"
	" person = $6, changed = $7, version = version + 1"
	" WHERE assessment = $1 AND item = $2 AND version = $8";

enum outcome
agreed_put(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, const struct agreed *agreed,
    const struct authored *by)
{
	struct db_value values[] = { db_int(assessment),
		db_text(agreed->item),
		db_text(answer_column(agreed->answer.kind)),
		agreed->answer.kind == RATING_VALUE
		    ? db_int(agreed->answer.value) : db_null(),
		db_text(agreed->rationale),
		by->person > 0 ? db_int(by->person) : db_null(),
		db_int(by->now), db_int(agreed->version) };
	bool is_new = agreed->version == 0;
	enum outcome got = agreed_check(tx, a, organisation, assessment,
	    agreed);

	if (got == OK)
		got = tx_run_values(tx, a,
		    is_new ? AGREED_ADD : AGREED_CHANGE, values,
		    is_new ? 7 : 8);
	if (got != OK)
		return got;
	return tx_changes(tx) == 0 ? CONFLICT : OK;
}

static const char AGREED_FIND[] =
	"SELECT " AGREED_COLUMNS " FROM agreed g"
	" JOIN assessment s ON s.id = g.assessment"
	" WHERE s.organisation = $1 AND s.id = $2 AND g.item = $3";

enum outcome
agreed_find(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, const char *item, struct agreed *agreed_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, AGREED_FIND,
	    db_int(organisation), db_int(assessment), db_text(item));
	enum outcome got = rows_next(&rows);

	if (got == OK)
		*agreed_out = agreed_read(&rows);
	return got;
}

static const char AGREED_LIST[] =
	"SELECT " AGREED_COLUMNS " FROM agreed g"
	" JOIN assessment s ON s.id = g.assessment"
	" WHERE s.organisation = $1 AND s.id = $2 ORDER BY g.item LIMIT 500";

enum outcome
agreed_list(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, struct agreed_list *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, AGREED_LIST,
	    db_int(organisation), db_int(assessment));
	struct agreed_list list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		*LIST_ADD(a, &list) = agreed_read(&rows);
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}
