/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment_store.h"

/* Runs, their weights and teams, and the lists of runs. */

#define RUN_COLUMNS \
	"s.id, s.organisation, s.number, s.instrument, s.edition, s.track," \
	" s.stage, s.objectives, s.scope, s.period_from, s.period_to," \
	" s.target, s.groups, s.previous, s.collected, s.analysed," \
	" s.next_due, s.created, s.changed, s.version"
enum { RUN_COLUMN_COUNT = 20 };

static struct assessment
run_read(struct rows *rows)
{
	return (struct assessment){
		.id = rows_int(rows, 0),
		.organisation = rows_int(rows, 1),
		.number = rows_int(rows, 2),
		.instrument = rows_text(rows, 3),
		.edition = rows_text(rows, 4),
		.track = rows_text(rows, 5),
		.stage = (int)rows_int(rows, 6),
		.objectives = rows_text(rows, 7),
		.scope = rows_text(rows, 8),
		.period_from = rows_int(rows, 9),
		.period_to = rows_int(rows, 10),
		.target = rows_int(rows, 11),
		.groups = rows_text(rows, 12),
		.previous = rows_int(rows, 13),
		.collected = rows_int(rows, 14),
		.analysed = rows_int(rows, 15),
		.next_due = rows_int(rows, 16),
		.created = rows_int(rows, 17),
		.changed = rows_int(rows, 18),
		.version = rows_int(rows, 19),
	};
}

/* --- Finding ------------------------------------------------------------- */

static const char ASSESSMENT_FIND[] =
	"SELECT " RUN_COLUMNS " FROM assessment s"
	" WHERE s.organisation = $1 AND s.number = $2";

enum outcome
assessment_find(struct db *db, struct arena *a, int64_t organisation,
    int64_t number, struct assessment *run_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, ASSESSMENT_FIND,
	    db_int(organisation), db_int(number));
	enum outcome got = rows_next(&rows);

	if (got == OK)
		*run_out = run_read(&rows);
	return got;
}

static const char ASSESSMENT_FIND_ID[] =
	"SELECT " RUN_COLUMNS " FROM assessment s"
	" WHERE s.organisation = $1 AND s.id = $2";

enum outcome
assessment_find_id(struct db *db, struct arena *a, int64_t organisation,
    int64_t id, struct assessment *run_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, ASSESSMENT_FIND_ID,
	    db_int(organisation), db_int(id));
	enum outcome got = rows_next(&rows);

	if (got == OK)
		*run_out = run_read(&rows);
	return got;
}

static const char ASSESSMENT_STAGE[] =
	"SELECT stage FROM assessment WHERE organisation = $1 AND id = $2";

enum outcome
assessment_require(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t id, enum assessment_work work)
{
	int64_t stage;
	enum outcome got = db_one_int(tx->db, a, ASSESSMENT_STAGE, &stage,
	    db_int(organisation), db_int(id));

	if (got != OK)
		return got;
	return assessment_allows((int)stage, work) ? OK : CONFLICT;
}

/* --- Weights and team ---------------------------------------------------- */

static const char WEIGHT_LIST[] =
	"SELECT w.criterion, w.weight FROM assessment_weight w"
	" JOIN assessment s ON s.id = w.assessment"
	" WHERE s.organisation = $1 AND s.id = $2"
	" ORDER BY w.criterion LIMIT 50";

enum outcome
weight_list(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, struct weight_list *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, WEIGHT_LIST,
	    db_int(organisation), db_int(assessment));
	struct weight_list list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		*LIST_ADD(a, &list) = (struct weight){
			rows_text(&rows, 0), rows_int(&rows, 1) };
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

static const char TEAM_LIST[] =
	"SELECT m.person, m.name, m.duty FROM assessment_team m"
	" JOIN assessment s ON s.id = m.assessment"
	" WHERE s.organisation = $1 AND s.id = $2 ORDER BY m.id LIMIT 20";
_Static_assert(TEAM_MOST == 20, "the statement's limit");

enum outcome
team_list(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, struct team_list *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, TEAM_LIST,
	    db_int(organisation), db_int(assessment));
	struct team_list list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		*LIST_ADD(a, &list) = (struct team_member){
			rows_int(&rows, 0), rows_text(&rows, 1),
			rows_text(&rows, 2) };
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

static const char WEIGHTS_REMOVE[] =
	"DELETE FROM assessment_weight WHERE assessment = $1";
static const char WEIGHT_ADD[] =
	"INSERT INTO assessment_weight (assessment, criterion, weight)"
	" VALUES ($1, $2, $3)";

static enum outcome
weights_put(struct tx *tx, struct arena *a, int64_t assessment,
    const struct weight_list *weights)
{
	enum outcome got = tx_run(tx, a, WEIGHTS_REMOVE, db_int(assessment));

	LIST_EACH (weight, weights) {
		if (got != OK)
			return got;
		got = tx_run(tx, a, WEIGHT_ADD, db_int(assessment),
		    db_text(weight->criterion), db_int(weight->weight));
	}
	return got;
}

static const char TEAM_REMOVE[] =
	"DELETE FROM assessment_team WHERE assessment = $1";
static const char TEAM_ADD[] =
	"INSERT INTO assessment_team (assessment, person, name, duty)"
	" VALUES ($1, $2, $3, $4)";

static enum outcome
team_put(struct tx *tx, struct arena *a, int64_t assessment,
    const struct team_list *team)
{
	enum outcome got = tx_run(tx, a, TEAM_REMOVE, db_int(assessment));

	LIST_EACH (member, team) {
		if (got != OK)
			return got;
		got = tx_run(tx, a, TEAM_ADD, db_int(assessment),
		    member->person > 0 ? db_int(member->person) : db_null(),
		    db_text(member->name), db_text(member->duty));
	}
	return got;
}

/* --- Adding and changing ------------------------------------------------- */

static const char ASSESSMENT_ADD[] =
	"INSERT INTO assessment (organisation, number, instrument, edition,"
	" track, stage, objectives, scope, period_from, period_to, target,"
	" groups, previous, once, created, changed, version)"
	" VALUES ($1, (SELECT COALESCE(MAX(number), 0) + 1 FROM assessment"
	" WHERE organisation = $1), $2, $3, $4, 1, $5, $6, $7, $8, $9, $10,"
	" (SELECT id FROM assessment WHERE organisation = $1"
	" AND instrument = $2 AND edition = $3 AND analysed IS NOT NULL"
	" ORDER BY number DESC LIMIT 1), $11, $12, $12, 1)"
	" ON CONFLICT (once) DO UPDATE SET once = excluded.once"
	" WHERE assessment.organisation = excluded.organisation"
	" RETURNING id";

enum outcome
assessment_add(struct tx *tx, struct arena *a, int64_t organisation,
    const struct assessment_setup *setup, const struct authored *by,
    int64_t *id_out)
{
	int64_t id;
	enum outcome got;

	if (assessment_setup_check(setup, NULL) != SETUP_FINE)
		return INVALID;
	got = tx_insert(tx, a, ASSESSMENT_ADD, &id, db_int(organisation),
	    db_text(setup->instrument), db_text(setup->edition),
	    db_text(setup->track), db_text(setup->objectives),
	    db_text(setup->scope), db_int(setup->period_from),
	    db_int(setup->period_to), db_int(setup->target),
	    db_text(setup->groups), db_text(by->once), db_int(by->now));
	if (got == OK)
		got = weights_put(tx, a, id, &setup->weights);
	if (got == OK)
		got = team_put(tx, a, id, &setup->team);
	if (got == OK)
		*id_out = id;
	return got == NOT_FOUND ? CONFLICT : got;
}

static const char GROUPS_IN_USE[] =
	"SELECT respondents FROM rater WHERE assessment = $1"
	" UNION SELECT respondents FROM tally WHERE assessment = $1 LIMIT 50";

/* INVALID when a group that has raters or answers is left out. */
static enum outcome
groups_keep(struct tx *tx, struct arena *a, int64_t assessment,
    const char *groups)
{
	AUTO_CLOSE struct rows rows = db_query(tx->db, a, GROUPS_IN_USE,
	    db_int(assessment));
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		if (!ids_have(groups, rows_text(&rows, 0)))
			return INVALID;
	return got == NOT_FOUND ? OK : got;
}

static const char ASSESSMENT_CHANGE[] =
	"UPDATE assessment SET track = $4, objectives = $5, scope = $6,"
	" period_from = $7, period_to = $8, target = $9, groups = $10,"
	" changed = $11, version = version + 1"
	" WHERE organisation = $1 AND id = $2 AND version = $3";

enum outcome
assessment_change(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t id, int64_t version, const struct assessment_setup *setup,
    int64_t now)
{
	struct assessment run;
	enum outcome got = assessment_find_id(tx->db, a, organisation, id,
	    &run);

	if (got != OK)
		return got;
	if (run.version != version ||
	    !assessment_allows(run.stage, WORK_SETUP))
		return CONFLICT;
	if (assessment_setup_check(setup, &run) != SETUP_FINE)
		return INVALID;
	got = groups_keep(tx, a, id, setup->groups);
	if (got == OK)
		got = tx_run(tx, a, ASSESSMENT_CHANGE, db_int(organisation),
		    db_int(id), db_int(version), db_text(setup->track),
		    db_text(setup->objectives), db_text(setup->scope),
		    db_int(setup->period_from), db_int(setup->period_to),
		    db_int(setup->target), db_text(setup->groups),
		    db_int(now));
	if (got == OK && tx_changes(tx) == 0)
		return CONFLICT;
	if (got == OK)
		got = weights_put(tx, a, id, &setup->weights);
	return got == OK ? team_put(tx, a, id, &setup->team) : got;
}

/* --- Stages -------------------------------------------------------------- */

static const char ASSESSMENT_MOVE[] =
	"UPDATE assessment SET stage = $4,"
	" collected = CASE WHEN $4 = 2 THEN NULL"
	" WHEN $4 = 3 THEN $5 ELSE collected END,"
	" analysed = CASE WHEN $4 = 4 THEN $5 ELSE analysed END,"
	" changed = $5, version = version + 1"
	" WHERE organisation = $1 AND id = $2 AND stage = $3";

enum outcome
assessment_move(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t id, int to, int64_t now)
{
	int64_t stage;
	enum outcome got = db_one_int(tx->db, a, ASSESSMENT_STAGE, &stage,
	    db_int(organisation), db_int(id));

	if (got != OK)
		return got;
	if (!assessment_may_move((int)stage, to))
		return CONFLICT;
	got = tx_run(tx, a, ASSESSMENT_MOVE, db_int(organisation), db_int(id),
	    db_int(stage), db_int(to), db_int(now));
	if (got != OK)
		return got;
	return tx_changes(tx) == 0 ? CONFLICT : OK;
}

static const char NEXT_DUE_CHANGE[] =
	"UPDATE assessment SET next_due = $3, version = version + 1"
	" WHERE organisation = $1 AND id = $2";

enum outcome
assessment_change_next_due(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t id, int64_t day)
{
	enum outcome got = tx_run(tx, a, NEXT_DUE_CHANGE,
	    db_int(organisation), db_int(id),
	    day > 0 ? db_int(day) : db_null());

	if (got != OK)
		return got;
	return tx_changes(tx) == 0 ? NOT_FOUND : OK;
}

/* --- Lists --------------------------------------------------------------- */

static const char ASSESSMENT_LIST[] =
	"SELECT " RUN_COLUMNS ", r.revision, r.published FROM assessment s"
	" LEFT JOIN report r ON r.assessment = s.id AND r.revision ="
	" (SELECT MAX(revision) FROM report WHERE assessment = s.id)"
	" WHERE s.organisation = $1 AND ($2 = 0 OR r.id IS NOT NULL)"
	" ORDER BY s.number DESC LIMIT 100";
_Static_assert(ASSESSMENTS_MOST == 100, "the statement's limit");

enum outcome
assessment_list(struct db *db, struct arena *a, int64_t organisation,
    bool published, struct assessment_rows *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, ASSESSMENT_LIST,
	    db_int(organisation), db_int(published));
	struct assessment_rows list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		*LIST_ADD(a, &list) = (struct assessment_row){
			.run = run_read(&rows),
			.revision = rows_int(&rows, RUN_COLUMN_COUNT),
			.published = rows_int(&rows, RUN_COLUMN_COUNT + 1) };
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

/* The latest run of each member, the nearest target first. */
static const char PROGRESS_LIST[] =
	"SELECT s.id, o.slug, o.name_mn, o.name_en, s.instrument, s.edition,"
	" s.track, s.stage,"
	" (SELECT COUNT(*) FROM agreed g WHERE g.assessment = s.id),"
	" (SELECT COUNT(*) FROM rater t WHERE t.assessment = s.id),"
	" (SELECT COUNT(t.finished) FROM rater t WHERE t.assessment = s.id),"
	" s.target,"
	" CASE WHEN EXISTS (SELECT 1 FROM report p WHERE p.assessment = s.id)"
	" THEN 1 ELSE 0 END"
	" FROM assessment s JOIN organisation o ON o.id = s.organisation"
	" WHERE s.number = (SELECT MAX(n.number) FROM assessment n"
	" WHERE n.organisation = s.organisation)"
	" ORDER BY s.target, s.id LIMIT 51 OFFSET $1";
_Static_assert(PROGRESS_PAGE == 50, "the statement's limit, less one");

enum outcome
progress_list(struct db *db, struct arena *a, int64_t offset,
    struct progress_rows *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, PROGRESS_LIST,
	    db_int(offset));
	struct progress_rows list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		*LIST_ADD(a, &list) = (struct progress_row){
			.id = rows_int(&rows, 0),
			.slug = rows_text(&rows, 1),
			.name_mn = rows_text(&rows, 2),
			.name_en = rows_text(&rows, 3),
			.instrument = rows_text(&rows, 4),
			.edition = rows_text(&rows, 5),
			.track = rows_text(&rows, 6),
			.stage = (int)rows_int(&rows, 7),
			.agreed = rows_int(&rows, 8),
			.raters = rows_int(&rows, 9),
			.finished = rows_int(&rows, 10),
			.target = rows_int(&rows, 11),
			.published = rows_int(&rows, 12) != 0 };
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}
