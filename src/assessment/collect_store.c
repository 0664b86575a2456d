/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/collect_store.h"

#include "survey/answer.h"

/* Raters and their ratings; the agreed scores and notes have own files. */

#define RATER_COLUMNS \
	"r.id, r.assessment, r.code, r.respondents," \
	" CASE WHEN r.person IS NULL THEN 0 ELSE 1 END, r.finished," \
	" (SELECT COUNT(*) FROM rating n WHERE n.rater = r.id)"
enum { RATER_COLUMN_COUNT = 7 };

static struct rater
rater_read(struct rows *rows)
{
	return (struct rater){
		.id = rows_int(rows, 0),
		.assessment = rows_int(rows, 1),
		.code = rows_text(rows, 2),
		.respondents = rows_text(rows, 3),
		.has_person = rows_int(rows, 4) != 0,
		.finished = rows_int(rows, 5),
		.answered = rows_int(rows, 6),
	};
}

/* --- Adding raters ------------------------------------------------------- */

static const char RATER_SAME[] =
	"SELECT id FROM rater WHERE assessment = $1"
	" AND (token_hash = $2 OR person = $3)";

static const char RATER_COUNT[] =
	"SELECT COUNT(*) FROM rater WHERE assessment = $1";

static const char RATER_ADD[] =
	"INSERT INTO rater (assessment, code, token_hash, respondents, person,"
	" created) VALUES ($1, $2, $3, $4, $5, $6)"
	" ON CONFLICT (assessment, code) DO NOTHING RETURNING id";

/* Tries codes until one is free. */
static enum outcome
rater_insert(struct tx *tx, struct arena *a, const struct rater_new *rater,
    int64_t *id_out)
{
	enum outcome got = NOT_FOUND;

	for (unsigned i = 0; i < RATER_CODE_ATTEMPTS && got == NOT_FOUND;
	    i++) {
		char code[RATER_CODE_SIZE];

		rater_code_make(rater->token_hash, i, code);
		got = tx_insert(tx, a, RATER_ADD, id_out,
		    db_int(rater->assessment), db_text(code),
		    db_blob(rater->token_hash, LINK_HASH_SIZE),
		    db_text(rater->respondents), rater->person > 0
		    ? db_int(rater->person) : db_null(), db_int(rater->now));
	}
	return got == NOT_FOUND ? BUSY : got;
}

enum outcome
rater_add(struct tx *tx, struct arena *a, int64_t organisation,
    const struct rater_new *rater, int64_t *id_out)
{
	struct assessment run;
	int64_t count;
	enum outcome got = assessment_find_id(tx->db, a, organisation,
	    rater->assessment, &run);

	if (got != OK)
		return got;
	if (!assessment_allows(run.stage, WORK_COLLECT))
		return CONFLICT;
	got = db_one_int(tx->db, a, RATER_SAME, id_out, db_int(run.id),
	    db_blob(rater->token_hash, LINK_HASH_SIZE),
	    db_int(rater->person > 0 ? rater->person : -1));
	if (got != NOT_FOUND)
		return got;
	if (!ids_have(run.groups, rater->respondents))
		return INVALID;
	got = db_one_int(tx->db, a, RATER_COUNT, &count, db_int(run.id));
	if (got == OK && count >= RATERS_MOST)
		return INVALID;
	return got == OK ? rater_insert(tx, a, rater, id_out) : got;
}

static const char RATER_CHANGE_LINK[] =
	"UPDATE rater SET token_hash = $4 WHERE id = $1 AND assessment = $2"
	" AND person IS NULL AND EXISTS (SELECT 1 FROM assessment s"
	" WHERE s.id = rater.assessment AND s.organisation = $3)";

enum outcome
rater_change_link(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, int64_t rater,
    const uint8_t token_hash[LINK_HASH_SIZE])
{
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_COLLECT);

	if (got == OK)
		got = tx_run(tx, a, RATER_CHANGE_LINK, db_int(rater),
		    db_int(assessment), db_int(organisation),
		    db_blob(token_hash, LINK_HASH_SIZE));
	if (got != OK)
		return got;
	return tx_changes(tx) == 0 ? NOT_FOUND : OK;
}

static const char RATER_RATED[] =
	"SELECT COUNT(*) FROM rating WHERE rater = $1";
static const char RATER_REMOVE[] =
	"DELETE FROM rater WHERE id = $1 AND assessment = $2";

enum outcome
rater_remove(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, int64_t rater)
{
	int64_t rated;
	enum outcome got = assessment_require(tx, a, organisation, assessment,
	    WORK_COLLECT);

	if (got == OK)
		got = db_one_int(tx->db, a, RATER_RATED, &rated,
		    db_int(rater));
	if (got != OK)
		return got;
	if (rated > 0)
		return CONFLICT;
	got = tx_run(tx, a, RATER_REMOVE, db_int(rater), db_int(assessment));
	if (got != OK)
		return got;
	return tx_changes(tx) == 0 ? NOT_FOUND : OK;
}

static const char RATER_FINISH[] =
	"UPDATE rater SET finished = $2 WHERE id = $1"
	" AND EXISTS (SELECT 1 FROM assessment s"
	" WHERE s.id = rater.assessment AND s.stage = 2)";

enum outcome
rater_change_finished(struct tx *tx, struct arena *a, int64_t rater,
    int64_t now)
{
	enum outcome got = tx_run(tx, a, RATER_FINISH, db_int(rater),
	    now > 0 ? db_int(now) : db_null());

	if (got != OK)
		return got;
	return tx_changes(tx) == 0 ? CONFLICT : OK;
}

/* --- Finding raters ------------------------------------------------------ */

static const char RATER_LIST[] =
	"SELECT " RATER_COLUMNS " FROM rater r"
	" JOIN assessment s ON s.id = r.assessment"
	" WHERE s.organisation = $1 AND s.id = $2"
	" ORDER BY r.code LIMIT 200";
_Static_assert(RATERS_MOST == 200, "the statement's limit");

enum outcome
rater_list(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, struct rater_list *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, RATER_LIST,
	    db_int(organisation), db_int(assessment));
	struct rater_list list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		*LIST_ADD(a, &list) = rater_read(&rows);
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

/* The rater of the query's row, then the run. */
static enum outcome
rater_run_read(struct db *db, struct arena *a, struct rows *rows,
    struct rater_run *out)
{
	struct rater_run found;
	int64_t organisation;
	enum outcome got = rows_next(rows);

	if (got != OK)
		return got;
	found.rater = rater_read(rows);
	organisation = rows_int(rows, RATER_COLUMN_COUNT);
	found.slug = rows_text(rows, RATER_COLUMN_COUNT + 1);
	found.name_mn = rows_text(rows, RATER_COLUMN_COUNT + 2);
	found.name_en = rows_text(rows, RATER_COLUMN_COUNT + 3);
	got = assessment_find_id(db, a, organisation, found.rater.assessment,
	    &found.run);
	if (got == OK)
		*out = found;
	return got;
}

static const char RATER_FIND_BY_TOKEN[] =
	"SELECT " RATER_COLUMNS ", o.id, o.slug, o.name_mn, o.name_en"
	" FROM rater r JOIN assessment s ON s.id = r.assessment"
	" JOIN organisation o ON o.id = s.organisation"
	" WHERE r.token_hash = $1 AND r.person IS NULL";

enum outcome
rater_find_by_token(struct db *db, struct arena *a,
    const uint8_t token_hash[LINK_HASH_SIZE], struct rater_run *out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, RATER_FIND_BY_TOKEN,
	    db_blob(token_hash, LINK_HASH_SIZE));

	return rater_run_read(db, a, &rows, out);
}

static const char RATER_FIND_BY_PERSON[] =
	"SELECT " RATER_COLUMNS ", o.id, o.slug, o.name_mn, o.name_en"
	" FROM rater r JOIN assessment s ON s.id = r.assessment"
	" JOIN organisation o ON o.id = s.organisation"
	" WHERE s.organisation = $1 AND s.id = $2 AND r.person = $3";

enum outcome
rater_find_by_person(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, int64_t person, struct rater_run *out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, RATER_FIND_BY_PERSON,
	    db_int(organisation), db_int(assessment), db_int(person));

	return rater_run_read(db, a, &rows, out);
}

/* --- Ratings ------------------------------------------------------------- */

/* What a rating's write must know, in one look. */
struct rating_before {
	int64_t assessment;
	const char *respondents;
	int64_t stage;
	bool finished;
	bool answered;
	struct rating answer;
};

static const char RATING_BEFORE[] =
	"SELECT r.assessment, r.respondents, s.stage, r.finished, n.answer,"
	" n.value FROM rater r JOIN assessment s ON s.id = r.assessment"
	" LEFT JOIN rating n ON n.rater = r.id AND n.item = $2"
	" WHERE r.id = $1";

static enum outcome
rating_look(struct db *db, struct arena *a, const struct rating_new *rating,
    struct rating_before *before_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, RATING_BEFORE,
	    db_int(rating->rater), db_text(rating->item));
	enum outcome got = rows_next(&rows);

	if (got != OK)
		return got;
	*before_out = (struct rating_before){
		.assessment = rows_int(&rows, 0),
		.respondents = rows_text(&rows, 1),
		.stage = rows_int(&rows, 2),
		.finished = !rows_is_null(&rows, 3),
		.answered = !rows_is_null(&rows, 4),
	};
	if (before_out->answered)
		before_out->answer = answer_of_columns(rows_text(&rows, 4),
		    rows_int(&rows, 5));
	return OK;
}

static const char RATING_PUT[] =
	"INSERT INTO rating (rater, item, answer, value, changed)"
	" VALUES ($1, $2, $3, $4, $5)"
	" ON CONFLICT (rater, item) DO UPDATE SET answer = excluded.answer,"
	" value = excluded.value, changed = excluded.changed";

enum outcome
rating_put(struct tx *tx, struct arena *a, const struct rating_new *rating)
{
	struct rating_before before;
	enum outcome got = rating_look(tx->db, a, rating, &before);
	struct tally_place place;

	if (got != OK)
		return got;
	if (!assessment_allows((int)before.stage, WORK_COLLECT) ||
	    before.finished)
		return CONFLICT;
	if (before.answered && answer_same(before.answer, rating->answer))
		return OK;
	got = tx_run(tx, a, RATING_PUT, db_int(rating->rater),
	    db_text(rating->item), db_text(answer_column(rating->answer.kind)),
	    rating->answer.kind == RATING_VALUE
	    ? db_int(rating->answer.value) : db_null(), db_int(rating->now));
	if (got != OK)
		return got;
	place = (struct tally_place){ before.assessment, "rater",
		before.respondents, rating->item, rating->scale };
	return tally_move(tx, a, &place,
	    before.answered ? &before.answer : NULL, &rating->answer);
}

static const char RATING_LIST[] =
	"SELECT item, answer, value FROM rating WHERE rater = $1"
	" ORDER BY item LIMIT 500";

enum outcome
rating_list(struct db *db, struct arena *a, int64_t rater,
    struct item_ratings *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, RATING_LIST,
	    db_int(rater));
	struct item_ratings list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		*LIST_ADD(a, &list) = (struct item_rating){
			rows_text(&rows, 0), answer_of_columns(
			    rows_text(&rows, 1), rows_int(&rows, 2)) };
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}
