/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "organisation/pledge_store.h"

#include <sodium.h>
#include <string.h>

/* The charter's text and its signatures: the SQL. */

static const char TEXT_FIND[] =
	"SELECT t.edition, t.language, t.title, t.body, t.imported,"
	" t.format"
	" FROM charter_text t WHERE t.edition = (SELECT edition"
	"  FROM charter_text GROUP BY edition"
	"  ORDER BY min(imported) DESC, edition DESC LIMIT 1)"
	" ORDER BY CASE WHEN t.language = $1 THEN 0 ELSE 1 END, t.language"
	" LIMIT 1";

static const char TEXT_FIND_EDITION[] =
	"SELECT edition, language, title, body, imported, format"
	" FROM charter_text WHERE edition = $1 AND language = $2";

static enum outcome
text_read(struct rows *rows, struct charter_text *text_out)
{
	enum outcome got = rows_next(rows);
	struct charter_text text;

	if (got != OK)
		return got;
	text = (struct charter_text){ .edition = rows_text(rows, 0),
		.title = rows_text(rows, 2), .body = rows_text(rows, 3),
		.imported = rows_int(rows, 4),
		.is_markdown = strcmp(rows_text(rows, 5), "markdown") == 0 };
	if (language_parse(rows_text(rows, 1), &text.language) != OK)
		return FAILED;
	*text_out = text;
	return OK;
}

enum outcome
charter_text_find(struct db *db, struct arena *a, enum language language,
    struct charter_text *text_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, TEXT_FIND,
	    db_text(language_code(language)));

	return text_read(&rows, text_out);
}

enum outcome
charter_text_find_edition(struct db *db, struct arena *a, const char *edition,
    enum language language, struct charter_text *text_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, TEXT_FIND_EDITION,
	    db_text(edition), db_text(language_code(language)));

	return text_read(&rows, text_out);
}

static const char TEXT_ADD[] =
	"INSERT INTO charter_text (edition, language, title, body, hash,"
	" imported, format) VALUES ($1, $2, $3, $4, $5, $6, $7)";

enum outcome
charter_text_add(struct tx *tx, struct arena *a,
    const struct charter_text *new)
{
	uint8_t hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(hash, (const uint8_t *)new->body,
	    strlen(new->body));
	return tx_run(tx, a, TEXT_ADD, db_text(new->edition),
	    db_text(language_code(new->language)), db_text(new->title),
	    db_text(new->body), db_blob(hash, sizeof(hash)),
	    db_int(new->imported),
	    db_text(new->is_markdown ? "markdown" : "plain"));
}

static const char PLEDGE_FIND[] =
	"SELECT id, edition, signed_by, day, expires FROM pledge"
	" WHERE organisation = $1 ORDER BY day DESC, id DESC LIMIT 1";

enum outcome
pledge_find(struct db *db, struct arena *a, int64_t organisation,
    struct pledge *pledge_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, PLEDGE_FIND,
	    db_int(organisation));
	enum outcome got = rows_next(&rows);

	if (got == OK)
		*pledge_out = (struct pledge){ .id = rows_int(&rows, 0),
			.edition = rows_text(&rows, 1),
			.signed_by = rows_text(&rows, 2),
			.day = rows_int(&rows, 3),
			.expires = rows_int(&rows, 4) };
	return got;
}

static const char PLEDGE_ADD[] =
	"INSERT INTO pledge (organisation, edition, signed_by, day, expires,"
	" once) VALUES ($1, $2, $3, $4, $5, $6)"
	" ON CONFLICT (once) DO UPDATE SET once = excluded.once RETURNING id";

enum outcome
pledge_add(struct tx *tx, struct arena *a, int64_t organisation,
    const struct pledge *new, const char *once)
{
	int64_t id;

	return tx_insert(tx, a, PLEDGE_ADD, &id, db_int(organisation),
	    db_text(new->edition), db_text(new->signed_by), db_int(new->day),
	    db_int(new->expires), db_text(once));
}
