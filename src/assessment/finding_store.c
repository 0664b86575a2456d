/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/finding_store.h"

/* Findings: the SQL. */

#define FINDING_COLUMNS \
	"f.id, f.kind, f.principle, f.item, f.body, f.reply, f.person," \
	" COALESCE(p.name, ''), f.version"

static struct finding
finding_read(struct rows *rows)
{
	return (struct finding){
		.id = rows_int(rows, 0),
		.kind = rows_text(rows, 1),
		.principle = rows_text(rows, 2),
		.item = rows_text(rows, 3),
		.body = rows_text(rows, 4),
		.reply = rows_text(rows, 5),
		.person = rows_int(rows, 6),
		.owner = rows_text(rows, 7),
		.version = rows_int(rows, 8),
	};
}

static const char FINDING_COUNT[] =
	"SELECT COUNT(*) FROM finding WHERE assessment = $1"
	" AND once IS DISTINCT FROM $2";

/* INVALID when there is no room for one more. */
static enum outcome
findings_have_room(struct tx *tx, struct arena *a, int64_t assessment,
    const char *once)
{
	int64_t count;
	enum outcome got = db_one_int(tx->db, a, FINDING_COUNT, &count,
	    db_int(assessment), db_text(once));

	if (got != OK)
		return got;
	return count < FINDINGS_MOST ? OK : INVALID;
}

static const char FINDING_ADD[] =
	"INSERT INTO finding (assessment, kind, principle, item, body, reply,"
	" person, once, created, version)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)"
	" ON CONFLICT (once) DO UPDATE SET once = excluded.once"
	" WHERE finding.assessment = excluded.assessment RETURNING id";

enum outcome
finding_add(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, const struct finding *finding,
    const struct authored *by, int64_t *id_out)
{
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_ANALYSE);

	if (got == OK)
		got = findings_have_room(tx, a, assessment, by->once);
	if (got != OK)
		return got;
	got = tx_insert(tx, a, FINDING_ADD, id_out, db_int(assessment),
	    db_text(finding->kind), db_text(finding->principle),
	    db_text(finding->item), db_text(finding->body),
	    db_text(finding->reply),
	    by->person > 0 ? db_int(by->person) : db_null(),
	    db_text(by->once), db_int(by->now));
	return got == NOT_FOUND ? CONFLICT : got;
}

static const char FINDING_CHANGE[] =
	"UPDATE finding SET kind = $4, principle = $5, item = $6, body = $7,"
	" person = $8, version = version + 1"
	" WHERE id = $1 AND assessment = $2 AND version = $3";

enum outcome
finding_change(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, const struct finding *finding, int64_t person)
{
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_ANALYSE);

	if (got == OK)
		got = tx_run(tx, a, FINDING_CHANGE, db_int(finding->id),
		    db_int(assessment), db_int(finding->version),
		    db_text(finding->kind), db_text(finding->principle),
		    db_text(finding->item), db_text(finding->body),
		    person > 0 ? db_int(person) : db_null());
	if (got != OK)
		return got;
	return tx_changes(tx) == 0 ? CONFLICT : OK;
}

static const char FINDING_REPLY[] =
	"UPDATE finding SET reply = $4, version = version + 1"
	" WHERE id = $1 AND assessment = $2 AND version = $3";

enum outcome
finding_reply(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, const struct finding *finding)
{
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_PLAN);

	if (got == OK)
		got = tx_run(tx, a, FINDING_REPLY, db_int(finding->id),
		    db_int(assessment), db_int(finding->version),
		    db_text(finding->reply));
	if (got != OK)
		return got;
	return tx_changes(tx) == 0 ? CONFLICT : OK;
}

static const char FINDING_REMOVE[] =
	"DELETE FROM finding WHERE id = $1 AND assessment = $2";

enum outcome
finding_remove(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, int64_t finding)
{
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_ANALYSE);

	if (got == OK)
		got = tx_run(tx, a, FINDING_REMOVE, db_int(finding),
		    db_int(assessment));
	return got;
}

static const char FINDING_FIND[] =
	"SELECT " FINDING_COLUMNS " FROM finding f"
	" JOIN assessment s ON s.id = f.assessment"
	" LEFT JOIN person p ON p.id = f.person"
	" WHERE s.organisation = $1 AND s.id = $2 AND f.id = $3";

enum outcome
finding_find(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, int64_t finding, struct finding *finding_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, FINDING_FIND,
	    db_int(organisation), db_int(assessment), db_int(finding));
	enum outcome got = rows_next(&rows);

	if (got == OK)
		*finding_out = finding_read(&rows);
	return got;
}

static const char FINDING_LIST[] =
	"SELECT " FINDING_COLUMNS " FROM finding f"
	" JOIN assessment s ON s.id = f.assessment"
	" LEFT JOIN person p ON p.id = f.person"
	" WHERE s.organisation = $1 AND s.id = $2"
	" ORDER BY CASE f.kind WHEN 'strength' THEN 1 WHEN 'weakness' THEN 2"
	" ELSE 3 END, f.id LIMIT 60";
_Static_assert(FINDINGS_MOST == 60, "the statement's limit");

enum outcome
finding_list(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, struct finding_list *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, FINDING_LIST,
	    db_int(organisation), db_int(assessment));
	struct finding_list list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		*LIST_ADD(a, &list) = finding_read(&rows);
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}
