/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/plan_store.h"

/* Actions: the SQL. */

#define ACTION_COLUMNS \
	"c.id, c.finding, c.kind, c.title, c.owner, c.due, c.first_due," \
	" c.moved_because, c.cost, c.state, c.progress, c.version"

static struct action
action_read(struct rows *rows)
{
	return (struct action){
		.id = rows_int(rows, 0),
		.finding = rows_int(rows, 1),
		.kind = rows_text(rows, 2),
		.title = rows_text(rows, 3),
		.owner = rows_text(rows, 4),
		.due = rows_int(rows, 5),
		.first_due = rows_int(rows, 6),
		.moved_because = rows_text(rows, 7),
		.cost = rows_int(rows, 8),
		.state = rows_text(rows, 9),
		.progress = rows_text(rows, 10),
		.version = rows_int(rows, 11),
	};
}

static struct db_value
id_or_null(int64_t id)
{
	return id > 0 ? db_int(id) : db_null();
}

/* --- Reading ------------------------------------------------------------- */

static const char ACTION_FIND[] =
	"SELECT " ACTION_COLUMNS " FROM action c"
	" JOIN assessment s ON s.id = c.assessment"
	" WHERE s.organisation = $1 AND s.id = $2 AND c.id = $3";

enum outcome
action_find(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, int64_t action, struct action *action_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, ACTION_FIND,
	    db_int(organisation), db_int(assessment), db_int(action));
	enum outcome got = rows_next(&rows);

	if (got == OK)
		*action_out = action_read(&rows);
	return got;
}

static const char ACTION_LIST[] =
	"SELECT " ACTION_COLUMNS " FROM action c"
	" JOIN assessment s ON s.id = c.assessment"
	" WHERE s.organisation = $1 AND s.id = $2"
	" ORDER BY c.due, c.id LIMIT 60";
_Static_assert(ACTIONS_MOST == 60, "the statement's limit");

enum outcome
action_list(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, struct action_list *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, ACTION_LIST,
	    db_int(organisation), db_int(assessment));
	struct action_list list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		*LIST_ADD(a, &list) = action_read(&rows);
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

static const char PLAN_IS_FIXED[] =
	"SELECT CASE WHEN s.stage >= 5 OR EXISTS (SELECT 1 FROM report r"
	" WHERE r.assessment = s.id) THEN 1 ELSE 0 END FROM assessment s"
	" WHERE s.organisation = $1 AND s.id = $2";

enum outcome
plan_is_fixed(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, bool *fixed_out)
{
	int64_t fixed;
	enum outcome got = db_one_int(db, a, PLAN_IS_FIXED, &fixed,
	    db_int(organisation), db_int(assessment));

	if (got == OK)
		*fixed_out = fixed != 0;
	return got;
}

/* --- Writing ------------------------------------------------------------- */

static const char ACTION_COUNT[] =
	"SELECT COUNT(*) FROM action WHERE assessment = $1"
	" AND once IS DISTINCT FROM $2";
static const char FINDING_IS_OF[] =
	"SELECT COUNT(*) FROM finding WHERE id = $1 AND assessment = $2";

/* INVALID when the finding is of another run. */
static enum outcome
finding_is_of(struct tx *tx, struct arena *a, int64_t assessment,
    int64_t finding)
{
	int64_t count;
	enum outcome got;

	if (finding == 0)
		return OK;
	got = db_one_int(tx->db, a, FINDING_IS_OF, &count, db_int(finding),
	    db_int(assessment));
	if (got != OK)
		return got;
	return count == 1 ? OK : INVALID;
}

static enum outcome
actions_have_room(struct tx *tx, struct arena *a, int64_t assessment,
    const char *once)
{
	int64_t count;
	enum outcome got = db_one_int(tx->db, a, ACTION_COUNT, &count,
	    db_int(assessment), db_text(once));

	if (got != OK)
		return got;
	return count < ACTIONS_MOST ? OK : INVALID;
}

static const char ACTION_ADD[] =
	"INSERT INTO action (assessment, finding, kind, title, owner, due,"
	" first_due, moved_because, cost, state, progress, once, created,"
	" changed, version)"
	" VALUES ($1, $2, $3, $4, $5, $6, $6, '', $7, $8, $9, $10, $11, $11,"
	" 1) ON CONFLICT (once) DO UPDATE SET once = excluded.once"
	" WHERE action.assessment = excluded.assessment RETURNING id";

enum outcome
action_add(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, const struct action *action,
    const struct authored *by, int64_t *id_out)
{
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_PLAN);

	if (got == OK)
		got = actions_have_room(tx, a, assessment, by->once);
	if (got == OK)
		got = finding_is_of(tx, a, assessment, action->finding);
	if (got != OK)
		return got;
	got = tx_insert(tx, a, ACTION_ADD, id_out, db_int(assessment),
	    id_or_null(action->finding), db_text(action->kind),
	    db_text(action->title), db_text(action->owner),
	    db_int(action->due), db_int(action->cost), db_text(action->state),
	    db_text(action->progress), db_text(by->once), db_int(by->now));
	return got == NOT_FOUND ? CONFLICT : got;
}

static const char ACTION_CHANGE[] =
	"UPDATE action SET finding = $4, kind = $5, title = $6, owner = $7,"
	" due = $8, first_due = $9, moved_because = $10, cost = $11,"
	" state = $12, progress = $13, changed = $14, version = version + 1"
	" WHERE id = $1 AND assessment = $2 AND version = $3";

/* The change as the rules shape it. */
static enum outcome
action_put(struct tx *tx, struct arena *a, int64_t assessment,
    const struct action *action, int64_t now)
{
	enum outcome got = tx_run(tx, a, ACTION_CHANGE, db_int(action->id),
	    db_int(assessment), db_int(action->version),
	    id_or_null(action->finding), db_text(action->kind),
	    db_text(action->title), db_text(action->owner),
	    db_int(action->due), db_int(action->first_due),
	    db_text(action->moved_because), db_int(action->cost),
	    db_text(action->state), db_text(action->progress), db_int(now));

	if (got != OK)
		return got;
	return tx_changes(tx) == 0 ? CONFLICT : OK;
}

enum outcome
action_change(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, const struct action *action, int64_t now)
{
	struct action stored, changed;
	bool fixed;
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_PLAN);

	if (got == OK)
		got = action_find(tx->db, a, organisation, assessment,
		    action->id, &stored);
	if (got == OK && stored.version != action->version)
		got = CONFLICT;
	if (got == OK)
		got = plan_is_fixed(tx->db, a, organisation, assessment,
		    &fixed);
	if (got == OK)
		got = finding_is_of(tx, a, assessment, action->finding);
	if (got != OK)
		return got;
	if (action_check(action, &stored, fixed) != ACTION_FINE)
		return INVALID;
	changed = action_changed(action, &stored, fixed);
	return action_put(tx, a, assessment, &changed, now);
}

static const char ACTION_REMOVE[] =
	"DELETE FROM action WHERE id = $1 AND assessment = $2";

enum outcome
action_remove(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, int64_t action)
{
	bool fixed;
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_PLAN);

	if (got == OK)
		got = plan_is_fixed(tx->db, a, organisation, assessment,
		    &fixed);
	if (got == OK && fixed)
		got = CONFLICT;
	if (got == OK)
		got = tx_run(tx, a, ACTION_REMOVE, db_int(action),
		    db_int(assessment));
	return got;
}

enum outcome
analysis_close(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, int64_t now)
{
	int64_t count;
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_ANALYSE);

	if (got == OK)
		got = db_one_int(tx->db, a, ACTION_COUNT, &count,
		    db_int(assessment), db_text(""));
	if (got != OK)
		return got;
	if (count == 0)
		return INVALID;
	return assessment_move(tx, a, organisation, assessment, STAGE_PLAN,
	    now);
}
