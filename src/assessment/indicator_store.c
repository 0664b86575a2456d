/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/plan_store.h"

/* Indicators and their measurements: the SQL. */

#define INDICATOR_COLUMNS \
	"i.id, i.action, i.title, i.unit, i.baseline, i.target," \
	" i.target_day, i.version"

static struct indicator
indicator_read(struct rows *rows)
{
	return (struct indicator){
		.id = rows_int(rows, 0),
		.action = rows_int(rows, 1),
		.title = rows_text(rows, 2),
		.unit = rows_text(rows, 3),
		.baseline = rows_int(rows, 4),
		.target = rows_int(rows, 5),
		.target_day = rows_int(rows, 6),
		.version = rows_int(rows, 7),
	};
}

static const char INDICATOR_COUNT[] =
	"SELECT COUNT(*) FROM indicator WHERE assessment = $1"
	" AND once IS DISTINCT FROM $2";
static const char ACTION_IS_OF[] =
	"SELECT COUNT(*) FROM action WHERE id = $1 AND assessment = $2";

/* INVALID when the action is of another run. */
static enum outcome
action_is_of(struct tx *tx, struct arena *a, int64_t assessment,
    int64_t action)
{
	int64_t count;
	enum outcome got;

	if (action == 0)
		return OK;
	got = db_one_int(tx->db, a, ACTION_IS_OF, &count, db_int(action),
	    db_int(assessment));
	if (got != OK)
		return got;
	return count == 1 ? OK : INVALID;
}

static const char INDICATOR_ADD[] =
	"INSERT INTO indicator (assessment, action, title, unit, baseline,"
	" target, target_day, once, created, version)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)"
	" ON CONFLICT (once) DO UPDATE SET once = excluded.once"
	" WHERE indicator.assessment = excluded.assessment RETURNING id";

enum outcome
indicator_add(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, const struct indicator *indicator,
    const struct authored *by, int64_t *id_out)
{
	int64_t count;
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_PLAN);

	if (got == OK)
		got = action_is_of(tx, a, assessment, indicator->action);
	if (got == OK)
		got = db_one_int(tx->db, a, INDICATOR_COUNT, &count,
		    db_int(assessment), db_text(by->once));
	if (got == OK && count >= INDICATORS_MOST)
		got = INVALID;
	if (got != OK)
		return got;
	got = tx_insert(tx, a, INDICATOR_ADD, id_out, db_int(assessment),
	    indicator->action > 0 ? db_int(indicator->action) : db_null(),
	    db_text(indicator->title), db_text(indicator->unit),
	    db_int(indicator->baseline), db_int(indicator->target),
	    db_int(indicator->target_day), db_text(by->once),
	    db_int(by->now));
	return got == NOT_FOUND ? CONFLICT : got;
}

static const char INDICATOR_CHANGE[] =
	"UPDATE indicator SET action = $4, title = $5, unit = $6,"
	" baseline = $7, target = $8, target_day = $9, version = version + 1"
	" WHERE id = $1 AND assessment = $2 AND version = $3";

enum outcome
indicator_change(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, const struct indicator *indicator)
{
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_PLAN);

	if (got == OK)
		got = action_is_of(tx, a, assessment, indicator->action);
	if (got == OK)
		got = tx_run(tx, a, INDICATOR_CHANGE, db_int(indicator->id),
		    db_int(assessment), db_int(indicator->version),
		    indicator->action > 0 ? db_int(indicator->action)
		    : db_null(), db_text(indicator->title),
		    db_text(indicator->unit), db_int(indicator->baseline),
		    db_int(indicator->target),
		    db_int(indicator->target_day));
	if (got != OK)
		return got;
	return tx_changes(tx) == 0 ? CONFLICT : OK;
}

static const char INDICATOR_REMOVE[] =
	"DELETE FROM indicator WHERE id = $1 AND assessment = $2";

enum outcome
indicator_remove(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, int64_t indicator)
{
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_PLAN);

	if (got == OK)
		got = tx_run(tx, a, INDICATOR_REMOVE, db_int(indicator),
		    db_int(assessment));
	return got;
}

static const char INDICATOR_FIND[] =
	"SELECT " INDICATOR_COLUMNS " FROM indicator i"
	" JOIN assessment s ON s.id = i.assessment"
	" WHERE s.organisation = $1 AND s.id = $2 AND i.id = $3";

enum outcome
indicator_find(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, int64_t indicator, struct indicator *indicator_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, INDICATOR_FIND,
	    db_int(organisation), db_int(assessment), db_int(indicator));
	enum outcome got = rows_next(&rows);

	if (got == OK)
		*indicator_out = indicator_read(&rows);
	return got;
}

static const char INDICATOR_LIST[] =
	"SELECT " INDICATOR_COLUMNS " FROM indicator i"
	" JOIN assessment s ON s.id = i.assessment"
	" WHERE s.organisation = $1 AND s.id = $2 ORDER BY i.id LIMIT 40";
_Static_assert(INDICATORS_MOST == 40, "the statement's limit");

enum outcome
indicator_list(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, struct indicator_list *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, INDICATOR_LIST,
	    db_int(organisation), db_int(assessment));
	struct indicator_list list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		*LIST_ADD(a, &list) = indicator_read(&rows);
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

/* --- Measurements -------------------------------------------------------- */

static const char MEASUREMENT_ADD[] =
	"INSERT INTO measurement (indicator, day, value, note, person, once,"
	" created) SELECT i.id, $3, $4, $5, $6, $7, $8 FROM indicator i"
	" WHERE i.id = $1 AND i.assessment = $2"
	" ON CONFLICT (once) DO UPDATE SET once = excluded.once"
	" WHERE measurement.indicator = excluded.indicator RETURNING id";

enum outcome
measurement_add(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, const struct measurement *measurement,
    const struct authored *by, int64_t *id_out)
{
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_MONITOR);

	if (got != OK)
		return got;
	return tx_insert(tx, a, MEASUREMENT_ADD, id_out,
	    db_int(measurement->indicator), db_int(assessment),
	    db_int(measurement->day), db_int(measurement->value),
	    db_text(measurement->note),
	    by->person > 0 ? db_int(by->person) : db_null(),
	    db_text(by->once), db_int(by->now));
}

static const char MEASUREMENT_REMOVE[] =
	"DELETE FROM measurement WHERE id = $1 AND indicator IN"
	" (SELECT id FROM indicator WHERE assessment = $2)";

enum outcome
measurement_remove(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, int64_t measurement)
{
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_MONITOR);

	if (got == OK)
		got = tx_run(tx, a, MEASUREMENT_REMOVE, db_int(measurement),
		    db_int(assessment));
	return got;
}

static const char MEASUREMENT_LIST[] =
	"SELECT id, indicator, day, value, note FROM"
	" (SELECT m.id, m.indicator, m.day, m.value, m.note FROM measurement m"
	" JOIN indicator i ON i.id = m.indicator"
	" JOIN assessment s ON s.id = i.assessment"
	" WHERE s.organisation = $1 AND s.id = $2 AND i.id = $3"
	" ORDER BY m.day DESC, m.id DESC LIMIT 60) newest ORDER BY day, id";
_Static_assert(MEASUREMENTS_MOST == 60, "the statement's limit");

enum outcome
measurement_list(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, int64_t indicator, struct measurement_list *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, MEASUREMENT_LIST,
	    db_int(organisation), db_int(assessment), db_int(indicator));
	struct measurement_list list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		*LIST_ADD(a, &list) = (struct measurement){
			.id = rows_int(&rows, 0),
			.indicator = rows_int(&rows, 1),
			.day = rows_int(&rows, 2),
			.value = rows_int(&rows, 3),
			.note = rows_text(&rows, 4) };
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}
