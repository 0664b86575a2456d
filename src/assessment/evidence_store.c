/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/evidence_store.h"

#include <string.h>

/* Pieces of evidence, and the items of runs that they serve. */

#define EVIDENCE_COLUMNS \
	"e.id, e.kind, e.title, e.link, e.hash, e.size, e.type, e.file_name," \
	" e.day, e.visible, e.confirmed_by, e.confirmed, e.created"

static struct evidence
evidence_read(struct rows *rows, int at)
{
	size_t size = 0;

	return (struct evidence){
		.id = rows_int(rows, at),
		.kind = rows_text(rows, at + 1),
		.title = rows_text(rows, at + 2),
		.link = rows_text(rows, at + 3),
		.hash = rows_is_null(rows, at + 4) ? NULL
		    : rows_blob(rows, at + 4, &size),
		.size = rows_int(rows, at + 5),
		.type = rows_text(rows, at + 6),
		.file_name = rows_text(rows, at + 7),
		.has_day = !rows_is_null(rows, at + 8),
		.day = rows_int(rows, at + 8),
		.visible = rows_text(rows, at + 9),
		.confirmed_by = rows_text(rows, at + 10),
		.confirmed = rows_int(rows, at + 11),
		.created = rows_int(rows, at + 12),
	};
}

static enum outcome
evidence_rows_read(struct rows *rows, struct arena *a,
    struct evidence_list *list_out)
{
	struct evidence_list list = { 0 };
	enum outcome got;

	while ((got = rows_next(rows)) == OK)
		*LIST_ADD(a, &list) = evidence_read(rows, 0);
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

/* --- Pieces -------------------------------------------------------------- */

static const char EVIDENCE_ADD[] =
	"INSERT INTO evidence (organisation, kind, title, link, hash, size,"
	" type, file_name, day, visible, confirmed_by, added_by, once,"
	" created)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', $11, $12,"
	" $13)"
	" ON CONFLICT (once) DO UPDATE SET once = excluded.once"
	" WHERE evidence.organisation = excluded.organisation RETURNING id";

enum outcome
evidence_add(struct tx *tx, struct arena *a, int64_t organisation,
    const struct evidence *evidence, const struct authored *by,
    int64_t *id_out)
{
	enum outcome got;

	if (!evidence_visible_is_valid(evidence->visible))
		return INVALID;
	got = tx_insert(tx, a, EVIDENCE_ADD, id_out, db_int(organisation),
	    db_text(evidence->kind), db_text(evidence->title),
	    db_text(evidence->link),
	    db_blob(evidence->hash, evidence->hash == NULL ? 0 : 32),
	    db_int(evidence->size), db_text(evidence->type),
	    db_text(evidence->file_name),
	    evidence->has_day ? db_int(evidence->day) : db_null(),
	    db_text(evidence->visible),
	    by->person > 0 ? db_int(by->person) : db_null(),
	    db_text(by->once), db_int(by->now));
	return got == NOT_FOUND ? CONFLICT : got;
}

/* Items of open runs that rest on this piece: agreed above level 1. */
static const char EVIDENCE_RESTS[] =
	"SELECT i.assessment, i.item, g.value, s.instrument, s.edition"
	" FROM evidence_item i"
	" JOIN assessment s ON s.id = i.assessment"
	" JOIN agreed g ON g.assessment = i.assessment AND g.item = i.item"
	" WHERE i.evidence = $1 AND s.organisation = $2"
	" AND s.stage BETWEEN 2 AND 4"
	" AND g.answer = 'value' AND g.value > 1 LIMIT 500";

struct resting {
	int64_t assessment;
	const char *item;
	int64_t value;
	const char *instrument, *edition;
};
struct restings LIST_OF(struct resting);

static enum outcome
rests_on(struct db *db, struct arena *a, int64_t organisation, int64_t id,
    struct restings *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, EVIDENCE_RESTS,
	    db_int(id), db_int(organisation));
	struct restings list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		*LIST_ADD(a, &list) = (struct resting){
			.assessment = rows_int(&rows, 0),
			.item = rows_text(&rows, 1),
			.value = rows_int(&rows, 2),
			.instrument = rows_text(&rows, 3),
			.edition = rows_text(&rows, 4) };
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

/* INVALID when an agreed score is above its cap now. */
static enum outcome
scores_still_stand(struct tx *tx, struct arena *a, int64_t organisation,
    const struct restings *list)
{
	LIST_EACH (resting, list) {
		const struct instrument *instrument;
		struct evidence_list pieces;
		enum outcome got = assessment_instrument(resting->instrument,
		    resting->edition, &instrument);

		if (got == OK)
			got = evidence_item_list(tx->db, a, organisation,
			    resting->assessment, resting->item, &pieces);
		if (got != OK)
			return got;
		if (resting->value > evidence_cap(instrument, &pieces))
			return INVALID;
	}
	return OK;
}

static const char EVIDENCE_CHANGE[] =
	"UPDATE evidence SET title = $3, day = $4, visible = $5"
	" WHERE organisation = $1 AND id = $2";

enum outcome
evidence_change(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t id, const struct evidence *evidence)
{
	struct restings resting;
	enum outcome got;

	if (!evidence_visible_is_valid(evidence->visible))
		return INVALID;
	got = tx_run(tx, a, EVIDENCE_CHANGE, db_int(organisation), db_int(id),
	    db_text(evidence->title),
	    evidence->has_day ? db_int(evidence->day) : db_null(),
	    db_text(evidence->visible));
	if (got == OK && tx_changes(tx) == 0)
		return NOT_FOUND;
	if (got == OK)
		got = rests_on(tx->db, a, organisation, id, &resting);
	return got == OK ? scores_still_stand(tx, a, organisation, &resting)
	    : got;
}

static const char EVIDENCE_CONFIRM[] =
	"UPDATE evidence SET confirmed_by = $3, confirmed = $4"
	" WHERE organisation = $1 AND id = $2";

enum outcome
evidence_confirm(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t id, const char *who, int64_t day)
{
	struct restings resting;
	enum outcome got = tx_run(tx, a, EVIDENCE_CONFIRM,
	    db_int(organisation), db_int(id), db_text(who),
	    who[0] != '\0' ? db_int(day) : db_null());

	if (got == OK && tx_changes(tx) == 0)
		return NOT_FOUND;
	if (got == OK)
		got = rests_on(tx->db, a, organisation, id, &resting);
	return got == OK ? scores_still_stand(tx, a, organisation, &resting)
	    : got;
}

static const char EVIDENCE_FIND[] =
	"SELECT " EVIDENCE_COLUMNS " FROM evidence e"
	" WHERE e.organisation = $1 AND e.id = $2";

enum outcome
evidence_find(struct db *db, struct arena *a, int64_t organisation,
    int64_t id, struct evidence *evidence_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, EVIDENCE_FIND,
	    db_int(organisation), db_int(id));
	enum outcome got = rows_next(&rows);

	if (got == OK)
		*evidence_out = evidence_read(&rows, 0);
	return got;
}

static const char EVIDENCE_LIST[] =
	"SELECT " EVIDENCE_COLUMNS " FROM evidence e"
	" WHERE e.organisation = $1"
	" ORDER BY e.created DESC, e.id DESC LIMIT 500";
_Static_assert(EVIDENCE_LIST_MOST == 500, "the statement's limit");

enum outcome
evidence_list(struct db *db, struct arena *a, int64_t organisation,
    struct evidence_list *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, EVIDENCE_LIST,
	    db_int(organisation));

	return evidence_rows_read(&rows, a, list_out);
}

/* --- Items --------------------------------------------------------------- */

static const char ITEM_PIECES[] =
	"SELECT COUNT(*) FROM evidence_item"
	" WHERE assessment = $1 AND item = $2";

static const char EVIDENCE_ITEM_ADD[] =
	"INSERT INTO evidence_item (assessment, item, evidence)"
	" VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

enum outcome
evidence_item_add(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, const char *item, int64_t evidence)
{
	struct evidence piece;
	int64_t count;
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_COLLECT);

	if (got == OK)
		got = evidence_find(tx->db, a, organisation, evidence,
		    &piece);
	if (got == OK)
		got = db_one_int(tx->db, a, ITEM_PIECES, &count,
		    db_int(assessment), db_text(item));
	if (got != OK)
		return got;
	if (count >= EVIDENCE_OF_ITEM_MOST)
		return INVALID;
	return tx_run(tx, a, EVIDENCE_ITEM_ADD, db_int(assessment),
	    db_text(item), db_int(evidence));
}

static const char EVIDENCE_ITEM_REMOVE[] =
	"DELETE FROM evidence_item"
	" WHERE assessment = $1 AND item = $2 AND evidence = $3";

enum outcome
evidence_item_remove(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, const char *item, int64_t evidence)
{
	struct restings resting;
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_COLLECT);

	if (got == OK)
		got = rests_on(tx->db, a, organisation, evidence, &resting);
	if (got == OK)
		got = tx_run(tx, a, EVIDENCE_ITEM_REMOVE, db_int(assessment),
		    db_text(item), db_int(evidence));
	if (got != OK)
		return got;
	return scores_still_stand(tx, a, organisation, &resting);
}

static const char EVIDENCE_ITEM_LIST[] =
	"SELECT " EVIDENCE_COLUMNS " FROM evidence_item i"
	" JOIN evidence e ON e.id = i.evidence"
	" JOIN assessment s ON s.id = i.assessment"
	" WHERE s.organisation = $1 AND s.id = $2 AND i.item = $3"
	" ORDER BY e.id LIMIT 50";
_Static_assert(EVIDENCE_OF_ITEM_MOST == 50, "the statement's limit");

enum outcome
evidence_item_list(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, const char *item, struct evidence_list *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, EVIDENCE_ITEM_LIST,
	    db_int(organisation), db_int(assessment), db_text(item));

	return evidence_rows_read(&rows, a, list_out);
}

static const char EVIDENCE_OF_ITEMS_LIST[] =
	"SELECT i.item, " EVIDENCE_COLUMNS " FROM evidence_item i"
	" JOIN evidence e ON e.id = i.evidence"
	" JOIN assessment s ON s.id = i.assessment"
	" WHERE s.organisation = $1 AND s.id = $2"
	" ORDER BY i.item, e.id LIMIT 5000";

enum outcome
evidence_of_items_list(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, struct evidence_of_items *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, EVIDENCE_OF_ITEMS_LIST,
	    db_int(organisation), db_int(assessment));
	struct evidence_of_items list = { 0 };
	struct evidence_of_item *last = NULL;
	enum outcome got;

	while ((got = rows_next(&rows)) == OK) {
		const char *item = rows_text(&rows, 0);
		struct evidence piece = evidence_read(&rows, 1);
		enum evidence_kind one = evidence_kind_of(&piece);

		if (last == NULL || strcmp(last->item, item) != 0) {
			last = LIST_ADD(a, &list);
			last->item = item;
		}
		last->pieces++;
		if (one > last->strongest)
			last->strongest = one;
	}
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

static const char EVIDENCE_COUNT[] =
	"SELECT COUNT(DISTINCT i.evidence) FROM evidence_item i"
	" JOIN assessment s ON s.id = i.assessment"
	" WHERE s.organisation = $1 AND s.id = $2";

enum outcome
evidence_count(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, int64_t *count_out)
{
	return db_one_int(db, a, EVIDENCE_COUNT, count_out,
	    db_int(organisation), db_int(assessment));
}
