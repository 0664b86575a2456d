/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/session_store.h"

#include "base/role.h"

/* Sessions: the SQL. */

enum { HOUR = 3600 };

static const char SESSION_ADD[] =
	"INSERT INTO session (token_hash, person, browser, complete, created,"
	" seen, expires) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";

enum outcome
session_add(struct tx *tx, struct arena *a, const struct session_new *new,
    int64_t *session_out)
{
	int64_t life = new->complete ? SESSION_MOST : CODE_MOST;

	return tx_insert(tx, a, SESSION_ADD, session_out,
	    db_blob(new->hash, TOKEN_HASH), db_int(new->person),
	    db_text(new->browser), db_int(new->complete), db_int(new->now),
	    db_int(new->now - new->now % HOUR), db_int(new->now + life));
}

static const char SESSION_FIND[] =
	"SELECT s.id, s.person, p.name, p.patronymic,"
	" EXISTS (SELECT 1 FROM coalition_right r"
	"  WHERE r.person = p.id AND r.name = 'moderator'),"
	" EXISTS (SELECT 1 FROM coalition_right r"
	"  WHERE r.person = p.id AND r.name = 'coordinator'),"
	" EXISTS (SELECT 1 FROM coalition_right r"
	"  WHERE r.person = p.id AND r.name = 'site')"
	" FROM session s JOIN person p ON p.id = s.person"
	" WHERE s.token_hash = $1 AND s.complete = $2 AND s.expires > $3"
	" AND s.seen > $4";

enum outcome
session_find(struct db *db, struct arena *a, const uint8_t hash[TOKEN_HASH],
    bool complete, int64_t now, struct session_owner *owner_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, SESSION_FIND,
	    db_blob(hash, TOKEN_HASH), db_int(complete), db_int(now),
	    db_int(now - SESSION_IDLE));
	enum outcome got = rows_next(&rows);
	unsigned rights = 0;

	if (got != OK)
		return got;
	if (rows_int(&rows, 4) != 0)
		rights |= RIGHT_MODERATOR;
	if (rows_int(&rows, 5) != 0)
		rights |= RIGHT_COORDINATOR;
	if (rows_int(&rows, 6) != 0)
		rights |= RIGHT_SITE;
	*owner_out = (struct session_owner){ .session = rows_int(&rows, 0),
		.person = rows_int(&rows, 1), .name = rows_text(&rows, 2),
		.patronymic = rows_text(&rows, 3), .rights = rights };
	return OK;
}

static const char SESSION_LIST[] =
	"SELECT id, browser, created, seen FROM session"
	" WHERE person = $1 AND complete = 1 AND expires > $2 AND seen > $3"
	" ORDER BY seen DESC, id DESC LIMIT $4";

enum outcome
session_list(struct db *db, struct arena *a, int64_t person, int64_t now,
    struct session_list *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, SESSION_LIST,
	    db_int(person), db_int(now), db_int(now - SESSION_IDLE),
	    db_int(SESSIONS_SHOWN));
	struct session_list list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		*LIST_ADD(a, &list) = (struct session){
			.id = rows_int(&rows, 0),
			.browser = rows_text(&rows, 1),
			.created = rows_int(&rows, 2),
			.seen = rows_int(&rows, 3) };
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

static const char SESSION_SEEN[] =
	"SELECT seen FROM session WHERE id = $1";

enum outcome
session_seen(struct db *db, struct arena *a, int64_t session,
    int64_t *seen_out)
{
	return db_one_int(db, a, SESSION_SEEN, seen_out, db_int(session));
}

static const char SESSION_SEE[] =
	"UPDATE session SET seen = $2 WHERE id = $1 AND seen < $2";

enum outcome
session_see(struct tx *tx, struct arena *a, int64_t session, int64_t now)
{
	return tx_run(tx, a, SESSION_SEE, db_int(session),
	    db_int(now - now % HOUR));
}

static const char SESSION_REMOVE[] =
	"DELETE FROM session WHERE id = $2 AND person = $1";

enum outcome
session_remove(struct tx *tx, struct arena *a, int64_t person,
    int64_t session)
{
	enum outcome got = tx_run(tx, a, SESSION_REMOVE, db_int(person),
	    db_int(session));

	return got == OK && tx_changes(tx) == 0 ? NOT_FOUND : got;
}

static const char SESSION_REMOVE_OTHERS[] =
	"DELETE FROM session WHERE person = $1 AND id <> $2";

enum outcome
session_remove_others(struct tx *tx, struct arena *a, int64_t person,
    int64_t keep)
{
	return tx_run(tx, a, SESSION_REMOVE_OTHERS, db_int(person),
	    db_int(keep));
}

static const char SESSION_REMOVE_ENDED[] =
	"DELETE FROM session WHERE id IN"
	" (SELECT id FROM session WHERE expires <= $1 LIMIT 100)";

enum outcome
session_remove_ended(struct tx *tx, struct arena *a, int64_t now)
{
	return tx_run(tx, a, SESSION_REMOVE_ENDED, db_int(now));
}
