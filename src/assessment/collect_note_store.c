/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/collect_store.h"

/* Notes of interviews, discussions and documents that were read. */

#define NOTE_COLUMNS \
	"n.id, n.kind, n.item, n.respondents, n.title, n.body, n.day," \
	" n.version"

static struct note
note_read(struct rows *rows)
{
	return (struct note){
		.id = rows_int(rows, 0),
		.kind = rows_text(rows, 1),
		.item = rows_text(rows, 2),
		.respondents = rows_text(rows, 3),
		.title = rows_text(rows, 4),
		.body = rows_text(rows, 5),
		.day = rows_int(rows, 6),
		.version = rows_int(rows, 7),
	};
}

static const char NOTE_ADD[] =
	"INSERT INTO assessment_note (assessment, kind, item, respondents,"
	" title, body, day, person, once, created, version)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)"
	" ON CONFLICT (once) DO UPDATE SET once = excluded.once"
	" WHERE assessment_note.assessment = excluded.assessment"
	" RETURNING id";

enum outcome
note_add(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, const struct note *note, const struct authored *by,
    int64_t *id_out)
{
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_COLLECT);

	if (got != OK)
		return got;
	got = tx_insert(tx, a, NOTE_ADD, id_out, db_int(assessment),
	    db_text(note->kind), db_text(note->item),
	    db_text(note->respondents), db_text(note->title),
	    db_text(note->body), db_int(note->day),
	    by->person > 0 ? db_int(by->person) : db_null(),
	    db_text(by->once), db_int(by->now));
	return got == NOT_FOUND ? CONFLICT : got;
}

static const char NOTE_CHANGE[] =
	"UPDATE assessment_note SET kind = $4, item = $5, respondents = $6,"
	" title = $7, body = $8, day = $9, version = version + 1"
	" WHERE id = $1 AND assessment = $2 AND version = $3";

enum outcome
note_change(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, const struct note *note)
{
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_COLLECT);

	if (got == OK)
		got = tx_run(tx, a, NOTE_CHANGE, db_int(note->id),
		    db_int(assessment), db_int(note->version),
		    db_text(note->kind), db_text(note->item),
		    db_text(note->respondents), db_text(note->title),
		    db_text(note->body), db_int(note->day));
	if (got != OK)
		return got;
	return tx_changes(tx) == 0 ? CONFLICT : OK;
}

static const char NOTE_REMOVE[] =
	"DELETE FROM assessment_note WHERE id = $1 AND assessment = $2";

enum outcome
note_remove(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, int64_t note)
{
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_COLLECT);

	if (got == OK)
		got = tx_run(tx, a, NOTE_REMOVE, db_int(note),
		    db_int(assessment));
	return got;
}

static const char NOTE_FIND[] =
	"SELECT " NOTE_COLUMNS " FROM assessment_note n"
	" JOIN assessment s ON s.id = n.assessment"
	" WHERE s.organisation = $1 AND s.id = $2 AND n.id = $3";

enum outcome
note_find(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, int64_t note, struct note *note_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, NOTE_FIND,
	    db_int(organisation), db_int(assessment), db_int(note));
	enum outcome got = rows_next(&rows);

	if (got == OK)
		*note_out = note_read(&rows);
	return got;
}

static const char NOTE_LIST[] =
	"SELECT " NOTE_COLUMNS " FROM assessment_note n"
	" JOIN assessment s ON s.id = n.assessment"
	" WHERE s.organisation = $1 AND s.id = $2"
	" AND ($3 = '' OR n.item = $3)"
	" ORDER BY n.day DESC, n.id DESC LIMIT 300";
_Static_assert(NOTES_MOST == 300, "the statement's limit");

enum outcome
note_list(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, const char *item, struct note_list *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, NOTE_LIST,
	    db_int(organisation), db_int(assessment),
	    db_text(item == NULL ? "" : item));
	struct note_list list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		*LIST_ADD(a, &list) = note_read(&rows);
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}
