/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey_store.h"

#include "survey/answer.h"
#include "survey/tally_store.h"

#include <string.h>

/* Surveys and their answers. The run's row is read, never written. */

enum { COLLECTING = 2 };	/* the stage in which a survey may be open */

static const char RUN_STAGE[] =
	"SELECT stage FROM assessment WHERE organisation = $1 AND id = $2";

static const char SURVEY_OPEN[] =
	"INSERT INTO survey (assessment, token, invited, opens, created)"
	" VALUES ($1, $2, $3, $4, $4)"
	" ON CONFLICT (assessment) DO UPDATE SET invited = excluded.invited,"
	" closes = NULL RETURNING id";

enum outcome
survey_open(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, const char *token, const char *invited, int64_t now,
    int64_t *id_out)
{
	int64_t stage;
	enum outcome got = db_one_int(tx->db, a, RUN_STAGE, &stage,
	    db_int(organisation), db_int(assessment));

	if (got != OK)
		return got;
	if (stage != COLLECTING)
		return CONFLICT;
	return tx_insert(tx, a, SURVEY_OPEN, id_out, db_int(assessment),
	    db_text(token), db_text(invited), db_int(now));
}

static const char SURVEY_CLOSE[] =
	"UPDATE survey SET closes = COALESCE(closes, $3) WHERE assessment ="
	" (SELECT id FROM assessment WHERE organisation = $1 AND id = $2)";

enum outcome
survey_close(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t assessment, int64_t now)
{
	enum outcome got = tx_run(tx, a, SURVEY_CLOSE, db_int(organisation),
	    db_int(assessment), db_int(now));

	if (got != OK)
		return got;
	return tx_changes(tx) == 0 ? NOT_FOUND : OK;
}

#define SURVEY_COLUMNS \
	"v.id, v.assessment, v.token, v.invited, v.opens, v.closes," \
	" (SELECT COUNT(*) FROM survey_response p WHERE p.survey = v.id)"
enum { SURVEY_COLUMN_COUNT = 7 };

static struct survey
survey_read(struct rows *rows)
{
	return (struct survey){
		.id = rows_int(rows, 0),
		.assessment = rows_int(rows, 1),
		.token = rows_text(rows, 2),
		.invited = rows_text(rows, 3),
		.opens = rows_int(rows, 4),
		.closes = rows_int(rows, 5),
		.responses = rows_int(rows, 6),
	};
}

static const char SURVEY_FIND[] =
	"SELECT " SURVEY_COLUMNS " FROM survey v"
	" JOIN assessment s ON s.id = v.assessment"
	" WHERE s.organisation = $1 AND s.id = $2";

enum outcome
survey_find(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, struct survey *survey_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, SURVEY_FIND,
	    db_int(organisation), db_int(assessment));
	enum outcome got = rows_next(&rows);

	if (got == OK)
		*survey_out = survey_read(&rows);
	return got;
}

static const char SURVEY_FIND_BY_TOKEN[] =
	"SELECT " SURVEY_COLUMNS ", o.id, o.slug, o.name_mn, o.name_en,"
	" s.number, s.instrument, s.edition, s.track, s.groups, s.stage"
	" FROM survey v JOIN assessment s ON s.id = v.assessment"
	" JOIN organisation o ON o.id = s.organisation WHERE v.token = $1";

enum outcome
survey_find_by_token(struct db *db, struct arena *a, const char *token,
    struct survey_run *run_out)
{
	enum { AT = SURVEY_COLUMN_COUNT };
	AUTO_CLOSE struct rows rows = db_query(db, a, SURVEY_FIND_BY_TOKEN,
	    db_text(token));
	enum outcome got = rows_next(&rows);

	if (got == OK)
		*run_out = (struct survey_run){
			.survey = survey_read(&rows),
			.organisation = rows_int(&rows, AT),
			.slug = rows_text(&rows, AT + 1),
			.name_mn = rows_text(&rows, AT + 2),
			.name_en = rows_text(&rows, AT + 3),
			.number = rows_int(&rows, AT + 4),
			.instrument = rows_text(&rows, AT + 5),
			.edition = rows_text(&rows, AT + 6),
			.track = rows_text(&rows, AT + 7),
			.groups = rows_text(&rows, AT + 8),
			.stage = (int)rows_int(&rows, AT + 9) };
	return got;
}

/* --- Responses ----------------------------------------------------------- */

/* The run of an open survey. CONFLICT: it is closed; INVALID: no such group. */
static const char SURVEY_ASKS[] =
	"SELECT v.assessment, s.groups,"
	" CASE WHEN v.closes IS NULL AND s.stage = 2 THEN 1 ELSE 0 END"
	" FROM survey v JOIN assessment s ON s.id = v.assessment"
	" WHERE v.id = $1";

static enum outcome
survey_asks(struct db *db, struct arena *a, int64_t survey,
    const char *respondents, int64_t *assessment_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, SURVEY_ASKS,
	    db_int(survey));
	enum outcome got = rows_next(&rows);
	const char *groups;

	if (got != OK)
		return got;
	if (rows_int(&rows, 2) == 0)
		return CONFLICT;
	groups = arena_print(a, " %s ", rows_text(&rows, 1));
	if (strchr(respondents, ' ') != NULL ||
	    strstr(groups, arena_print(a, " %s ", respondents)) == NULL)
		return INVALID;
	*assessment_out = rows_int(&rows, 0);
	return OK;
}

static const char RESPONSE_ADD[] =
	"INSERT INTO survey_response (survey, respondents, comment, once, day)"
	" VALUES ($1, $2, $3, $4, $5) ON CONFLICT (once) DO NOTHING"
	" RETURNING id";

static const char ANSWER_ADD[] =
	"INSERT INTO survey_answer (response, item, answer, value)"
	" VALUES ($1, $2, $3, $4)";

static enum outcome
answer_add(struct tx *tx, struct arena *a, int64_t response,
    const struct tally_place *place, struct rating answer)
{
	enum outcome got = tx_run(tx, a, ANSWER_ADD, db_int(response),
	    db_text(place->item), db_text(answer_column(answer.kind)),
	    answer.kind == RATING_VALUE ? db_int(answer.value) : db_null());

	return got == OK ? tally_move(tx, a, place, NULL, &answer) : got;
}

enum outcome
survey_response_add(struct tx *tx, struct arena *a, int64_t survey,
    const struct scale *scale, const struct survey_response *response,
    const char *once)
{
	struct tally_place place = { .source = "survey", .scale = scale,
		.respondents = response->respondents };
	int64_t id;
	enum outcome got = survey_asks(tx->db, a, survey,
	    response->respondents, &place.assessment);

	if (got != OK)
		return got;
	if (!survey_response_says_something(response))
		return INVALID;
	got = tx_insert(tx, a, RESPONSE_ADD, &id, db_int(survey),
	    db_text(response->respondents), db_text(response->comment),
	    db_text(once), db_int(response->day));
	if (got == NOT_FOUND)
		return OK; /* it came before */
	LIST_EACH (one, &response->answers) {
		if (got != OK)
			return got;
		place.item = one->item;
		got = answer_add(tx, a, id, &place, one->answer);
	}
	return got;
}

static const char SURVEY_COMMENT_LIST[] =
	"SELECT p.respondents, p.comment FROM survey_response p"
	" JOIN survey v ON v.id = p.survey"
	" JOIN assessment s ON s.id = v.assessment"
	" WHERE s.organisation = $1 AND s.id = $2 AND p.comment <> ''"
	" ORDER BY p.id LIMIT 500";

enum outcome
survey_comment_list(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, struct survey_comments *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, SURVEY_COMMENT_LIST,
	    db_int(organisation), db_int(assessment));
	struct survey_comments list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		*LIST_ADD(a, &list) = (struct survey_comment){
			rows_text(&rows, 0), rows_text(&rows, 1) };
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}
