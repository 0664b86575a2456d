/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/link_store.h"

/* Links for setting a password: the SQL. */

static const char LINK_FIND[] =
	"SELECT person FROM password_link"
	" WHERE token_hash = $1 AND expires > $2";

enum outcome
password_link_find(struct db *db, struct arena *a,
    const uint8_t hash[TOKEN_HASH], int64_t now, int64_t *person_out)
{
	return db_one_int(db, a, LINK_FIND, person_out,
	    db_blob(hash, TOKEN_HASH), db_int(now));
}

static const char LINK_COUNT[] =
	"SELECT count(*) FROM password_link WHERE person = $1 AND expires > $2";

enum outcome
password_link_count(struct db *db, struct arena *a, int64_t person,
    int64_t now, int64_t *count_out)
{
	return db_one_int(db, a, LINK_COUNT, count_out, db_int(person),
	    db_int(now));
}

static const char LINK_ADD[] =
	"INSERT INTO password_link (token_hash, person, created, expires)"
	" VALUES ($1, $2, $3, $4)";

enum outcome
password_link_add(struct tx *tx, struct arena *a, int64_t person,
    const uint8_t hash[TOKEN_HASH], int64_t now, int64_t life)
{
	return tx_run(tx, a, LINK_ADD, db_blob(hash, TOKEN_HASH),
	    db_int(person), db_int(now), db_int(now + life));
}

static const char LINK_REMOVE_ALL[] =
	"DELETE FROM password_link WHERE person = $1";

enum outcome
password_link_remove_all(struct tx *tx, struct arena *a, int64_t person)
{
	return tx_run(tx, a, LINK_REMOVE_ALL, db_int(person));
}
