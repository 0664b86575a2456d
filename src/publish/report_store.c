/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "publish/report_store.h"

#include "assessment/assessment_store.h"
#include "base/check.h"
#include "base/time.h"
#include "organisation/organisation.h"

#include <inttypes.h>

/* Reports: the SQL. */

/* --- Publishing ---------------------------------------------------------- */

static const char REPORT_NEXT[] =
	"SELECT COALESCE(MAX(r.revision), 0) + 1 FROM report r"
	" JOIN assessment s ON s.id = r.assessment"
	" WHERE s.organisation = $1 AND s.id = $2";

enum outcome
report_next(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, int64_t *revision_out)
{
	return db_one_int(db, a, REPORT_NEXT, revision_out,
	    db_int(organisation), db_int(assessment));
}

static const char REPORT_FIND_ONCE[] =
	"SELECT r.id FROM report r JOIN assessment s ON s.id = r.assessment"
	" WHERE s.organisation = $1 AND r.once = $2";

enum outcome
report_find_once(struct db *db, struct arena *a, int64_t organisation,
    const char *once, int64_t *id_out)
{
	return db_one_int(db, a, REPORT_FIND_ONCE, id_out,
	    db_int(organisation), db_text(once));
}

/* What the clerk needs to print a report in one language. */
static const char *
pdf_job(struct arena *a, int64_t report, enum language language)
{
	return arena_print(a,
	    "{\"language\":\"%s\",\"report\":%" PRId64 "}",
	    language_code(language), report);
}

static const char PDF_ASK[] =
	"INSERT INTO outbox (kind, payload, created, not_before)"
	" VALUES ('pdf', $1, $2, $2)";

/* A new report has no jobs yet, so nothing is looked for. */
static enum outcome
pdfs_ask(struct tx *tx, struct arena *a, int64_t report, int64_t now)
{
	enum outcome got = OK;

	for (int i = 0; got == OK && i < LANGUAGES; i++)
		got = tx_run(tx, a, PDF_ASK, db_json(pdf_job(a, report,
		    (enum language)i)), db_int(now));
	return got;
}

/*
 * The places need types of their own: PostgreSQL compares no JSON. What was
 * given up is asked for again after a day.
 */
static const char PDF_ASK_AGAIN[] =
	"INSERT INTO outbox (kind, payload, created, not_before)"
	" SELECT 'pdf', $1, CAST($2 AS BIGINT), CAST($2 AS BIGINT)"
	" WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'pdf'"
	" AND done IS NULL AND (failed IS NULL OR created > $2 - 86400)"
	" AND CAST(payload AS TEXT) = $3)";

enum outcome
report_file_ask(struct tx *tx, struct arena *a, int64_t report,
    enum language language, int64_t now)
{
	const char *job = pdf_job(a, report, language);

	return tx_run(tx, a, PDF_ASK_AGAIN, db_json(job), db_int(now),
	    db_text(job));
}

static const char REPORT_ADD[] =
	"INSERT INTO report (assessment, revision, detail, document, hash,"
	" reason, published, person, once)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
	" ON CONFLICT DO NOTHING RETURNING id";

enum outcome
report_add(struct tx *tx, struct arena *a, int64_t organisation,
    const struct report_new *new, int64_t *id_out)
{
	uint8_t hash[PUBLISH_HASH];
	int64_t id;
	enum outcome got = assessment_require(tx, a, organisation,
	    new->assessment, WORK_PUBLISH);

	if (got != OK)
		return got;
	publish_hash(new->document, hash);
	got = tx_insert(tx, a, REPORT_ADD, &id, db_int(new->assessment),
	    db_int(new->revision), db_text(new->detail),
	    db_json(new->document), db_blob(hash, sizeof(hash)),
	    db_text(new->reason), db_int(new->published),
	    new->person > 0 ? db_int(new->person) : db_null(),
	    db_text(new->once));
	if (got == OK)
		got = pdfs_ask(tx, a, id, new->published);
	if (got == OK)
		*id_out = id;
	return got == NOT_FOUND ? CONFLICT : got;
}

/* --- Reading ------------------------------------------------------------- */

#define REPORT_COLUMNS \
	"r.id, r.assessment, s.organisation, s.number, r.revision," \
	" (SELECT MAX(n.revision) FROM report n" \
	" WHERE n.assessment = r.assessment)," \
	" r.detail, r.document, r.hash, r.reason, r.published"

/* FAILED when the hash is no hash. */
static enum outcome
report_read_row(struct rows *rows, struct report *report_out)
{
	size_t size;
	struct report report = {
		.id = rows_int(rows, 0),
		.assessment = rows_int(rows, 1),
		.organisation = rows_int(rows, 2),
		.number = rows_int(rows, 3),
		.revision = rows_int(rows, 4),
		.newest = rows_int(rows, 5),
		.detail = rows_text(rows, 6),
		.document = rows_text(rows, 7),
		.hash = rows_blob(rows, 8, &size),
		.reason = rows_text(rows, 9),
		.published = rows_int(rows, 10),
	};

	if (size != PUBLISH_HASH)
		return FAILED;
	*report_out = report;
	return OK;
}

static const char REPORT_FIND[] =
	"SELECT " REPORT_COLUMNS " FROM report r"
	" JOIN assessment s ON s.id = r.assessment"
	" WHERE s.organisation = $1 AND s.number = $2"
	" AND ($3 = 0 OR r.revision = $3)"
	" ORDER BY r.revision DESC LIMIT 1";

enum outcome
report_find(struct db *db, struct arena *a, int64_t organisation,
    int64_t number, int64_t revision, struct report *report_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, REPORT_FIND,
	    db_int(organisation), db_int(number), db_int(revision));
	enum outcome got = rows_next(&rows);

	return got == OK ? report_read_row(&rows, report_out) : got;
}

static const char REPORT_FIND_ID[] =
	"SELECT " REPORT_COLUMNS " FROM report r"
	" JOIN assessment s ON s.id = r.assessment WHERE r.id = $1";

enum outcome
report_find_id(struct db *db, struct arena *a, int64_t id,
    struct report *report_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, REPORT_FIND_ID,
	    db_int(id));
	enum outcome got = rows_next(&rows);

	return got == OK ? report_read_row(&rows, report_out) : got;
}

static const char REVISION_LIST[] =
	"SELECT r.revision, r.published, r.reason FROM report r"
	" JOIN assessment s ON s.id = r.assessment"
	" WHERE s.organisation = $1 AND s.number = $2"
	" ORDER BY r.revision DESC LIMIT 100";

enum outcome
report_revision_list(struct db *db, struct arena *a, int64_t organisation,
    int64_t number, struct report_revisions *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, REVISION_LIST,
	    db_int(organisation), db_int(number));
	struct report_revisions list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		*LIST_ADD(a, &list) = (struct report_revision){
			.revision = rows_int(&rows, 0),
			.published = rows_int(&rows, 1),
			.reason = rows_text(&rows, 2) };
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

/* --- Lists --------------------------------------------------------------- */

#define PUBLISHED_COLUMNS \
	"r.id, o.slug, o.name_mn, o.name_en, s.number, s.period_to, s.track," \
	" r.revision, r.published, s.period_from"

static enum outcome
published_read(struct rows *rows, struct arena *a,
    struct published_list *list_out)
{
	struct published_list list = { 0 };
	enum outcome got;

	while ((got = rows_next(rows)) == OK)
		*LIST_ADD(a, &list) = (struct published){
			.id = rows_int(rows, 0),
			.slug = rows_text(rows, 1),
			.organisation = organisation_name(rows_text(rows, 2),
			    rows_text(rows, 3)),
			.number = rows_int(rows, 4),
			.period_to = rows_int(rows, 5),
			.track = rows_text(rows, 6),
			.revision = rows_int(rows, 7),
			.published = rows_int(rows, 8),
			.period_from = rows_int(rows, 9) };
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

static const char PUBLISH_OF_ORGANISATION[] =
	"SELECT " PUBLISHED_COLUMNS " FROM assessment s"
	" JOIN organisation o ON o.id = s.organisation"
	" JOIN report r ON r.assessment = s.id AND r.revision ="
	" (SELECT MAX(n.revision) FROM report n WHERE n.assessment = s.id)"
	" WHERE s.organisation = $1 ORDER BY s.number DESC LIMIT 50";
_Static_assert(PUBLISHED_MOST == 50, "the statement's limit");

enum outcome
publish_of_organisation(struct db *db, struct arena *a, int64_t organisation,
    struct published_list *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a,
	    PUBLISH_OF_ORGANISATION, db_int(organisation));

	return published_read(&rows, a, list_out);
}

static const char PUBLISH_NEWEST[] =
	"SELECT " PUBLISHED_COLUMNS " FROM report r"
	" JOIN assessment s ON s.id = r.assessment"
	" JOIN organisation o ON o.id = s.organisation"
	" WHERE r.revision = 1 ORDER BY r.published DESC, r.id DESC LIMIT $1";

enum outcome
publish_newest(struct db *db, struct arena *a, int64_t limit,
    struct published_list *list_out)
{
	check(limit >= 0 && limit <= PUBLISHED_MOST);
	AUTO_CLOSE struct rows rows = db_query(db, a, PUBLISH_NEWEST,
	    db_int(limit));

	return published_read(&rows, a, list_out);
}

/* --- Printed forms ------------------------------------------------------- */

static const char REPORT_FILE_FIND[] =
	"SELECT hash, size FROM report_file"
	" WHERE report = $1 AND language = $2";

enum outcome
report_file_find(struct db *db, struct arena *a, int64_t report,
    enum language language, struct report_file *file_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, REPORT_FILE_FIND,
	    db_int(report), db_text(language_code(language)));
	enum outcome got = rows_next(&rows);
	size_t size;

	if (got == OK)
		*file_out = (struct report_file){
			.hash = rows_blob(&rows, 0, &size),
			.size = rows_int(&rows, 1) };
	return got == OK && size != PUBLISH_HASH ? FAILED : got;
}

static const char REPORT_FILE_ADD[] =
	"INSERT INTO report_file (report, language, hash, size)"
	" VALUES ($1, $2, $3, $4) ON CONFLICT (report, language)"
	" DO UPDATE SET hash = excluded.hash, size = excluded.size";

enum outcome
report_file_add(struct tx *tx, struct arena *a, int64_t report,
    enum language language, const struct report_file *file)
{
	return tx_run(tx, a, REPORT_FILE_ADD, db_int(report),
	    db_text(language_code(language)),
	    db_blob(file->hash, PUBLISH_HASH), db_int(file->size));
}
