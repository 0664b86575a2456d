/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/person_store.h"

#include "base/check.h"
#include "text/collate.h"

#include <string.h>

/* People, what proves who they are, and their rights: the SQL. */

static const char PERSON_FIND[] =
	"SELECT id, email, name, patronymic, language, salt IS NOT NULL,"
	" recovery_salt IS NOT NULL, totp IS NOT NULL, version"
	" FROM person WHERE id = $1";

static const char PERSON_FIND_BY_EMAIL[] =
	"SELECT id, email, name, patronymic, language, salt IS NOT NULL,"
	" recovery_salt IS NOT NULL, totp IS NOT NULL, version"
	" FROM person WHERE email = $1";

static enum outcome
person_read(struct rows *rows, struct person *person_out)
{
	struct person person;
	enum outcome got = rows_next(rows);

	if (got != OK)
		return got;
	person = (struct person){ .id = rows_int(rows, 0),
		.email = rows_text(rows, 1), .name = rows_text(rows, 2),
		.patronymic = rows_text(rows, 3),
		.has_password = rows_int(rows, 5) != 0,
		.has_recovery = rows_int(rows, 6) != 0,
		.has_code = rows_int(rows, 7) != 0,
		.version = rows_int(rows, 8) };
	if (language_parse(rows_text(rows, 4), &person.language) != OK)
		return FAILED;
	*person_out = person;
	return OK;
}

enum outcome
person_find(struct db *db, struct arena *a, int64_t person,
    struct person *person_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, PERSON_FIND,
	    db_int(person));

	return person_read(&rows, person_out);
}

enum outcome
person_find_by_email(struct db *db, struct arena *a, const char *email,
    struct person *person_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, PERSON_FIND_BY_EMAIL,
	    db_text(email));

	return person_read(&rows, person_out);
}

/* A blob of exactly this size; false when the column is NULL. */
static bool
bytes_read(struct rows *rows, int column, uint8_t *bytes_out, size_t wanted)
{
	size_t size;
	const void *bytes = rows_blob(rows, column, &size);

	if (bytes == NULL || size != wanted)
		return false;
	memcpy(bytes_out, bytes, wanted);
	return true;
}

static const char PERSON_FIND_SECRETS[] =
	"SELECT id, salt, verifier, recovery_salt, recovery_verifier, totp,"
	" totp_step, tries, locked_until FROM person WHERE id = $1";

enum outcome
person_find_secrets(struct db *db, struct arena *a, int64_t person,
    struct person_secrets *secrets_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, PERSON_FIND_SECRETS,
	    db_int(person));
	enum outcome got = rows_next(&rows);
	struct person_secrets s = { 0 };

	if (got != OK)
		return got;
	s.person = rows_int(&rows, 0);
	s.has_password = bytes_read(&rows, 1, s.salt, sizeof(s.salt)) &&
	    bytes_read(&rows, 2, s.verifier, sizeof(s.verifier));
	s.has_recovery =
	    bytes_read(&rows, 3, s.recovery_salt, sizeof(s.recovery_salt)) &&
	    bytes_read(&rows, 4, s.recovery_verifier,
		sizeof(s.recovery_verifier));
	s.has_code = bytes_read(&rows, 5, s.code, sizeof(s.code));
	s.code_step = rows_int(&rows, 6);
	s.tries = rows_int(&rows, 7);
	s.locked_until = rows_int(&rows, 8);
	*secrets_out = s;
	return OK;
}

static struct db_value
salt_value(const struct person_key *key)
{
	return db_blob(key == NULL ? NULL : key->salt, DERIVE_SALT);
}

static struct db_value
verifier_value(const struct person_key *key)
{
	return db_blob(key == NULL ? NULL : key->verifier, DERIVE_KEY);
}

static const char PERSON_ADD[] =
	"INSERT INTO person (email, name, patronymic, name_key, language,"
	" salt, verifier, totp_step, tries, locked_until, created, version)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, $8, 1) RETURNING id";

enum outcome
person_add(struct tx *tx, struct arena *a, const struct person_new *new,
    int64_t *person_out)
{
	const char *key;
	enum outcome got = collate_key(a, new->name, &key);

	if (got != OK)
		return got;
	return tx_insert(tx, a, PERSON_ADD, person_out, db_text(new->email),
	    db_text(new->name), db_text(new->patronymic), db_text(key),
	    db_text(language_code(new->language)), salt_value(new->password),
	    verifier_value(new->password), db_int(new->now));
}

static const char PERSON_CHANGE[] =
	"UPDATE person SET name = $3, patronymic = $4, name_key = $5,"
	" language = $6, version = version + 1"
	" WHERE id = $1 AND version = $2";

enum outcome
person_change(struct tx *tx, struct arena *a, const struct person *person)
{
	const char *key;
	enum outcome got = collate_key(a, person->name, &key);

	if (got == OK)
		got = tx_run(tx, a, PERSON_CHANGE, db_int(person->id),
		    db_int(person->version), db_text(person->name),
		    db_text(person->patronymic), db_text(key),
		    db_text(language_code(person->language)));
	if (got == OK && tx_changes(tx) == 0)
		return CONFLICT;
	return got;
}

/* OK became NOT_FOUND where nobody has this id. */
static enum outcome
found_one(const struct tx *tx, enum outcome got)
{
	return got == OK && tx_changes(tx) == 0 ? NOT_FOUND : got;
}

static const char PERSON_SET_PASSWORD[] =
	"UPDATE person SET salt = $2, verifier = $3, tries = 0,"
	" locked_until = 0, version = version + 1 WHERE id = $1";

enum outcome
person_set_password(struct tx *tx, struct arena *a, int64_t person,
    const struct person_key *key)
{
	return found_one(tx, tx_run(tx, a, PERSON_SET_PASSWORD,
	    db_int(person), salt_value(key), verifier_value(key)));
}

static const char PERSON_SET_RECOVERY[] =
	"UPDATE person SET recovery_salt = $2, recovery_verifier = $3,"
	" version = version + 1 WHERE id = $1";

enum outcome
person_set_recovery(struct tx *tx, struct arena *a, int64_t person,
    const struct person_key *key)
{
	return found_one(tx, tx_run(tx, a, PERSON_SET_RECOVERY,
	    db_int(person), salt_value(key), verifier_value(key)));
}

static const char PERSON_SET_CODE[] =
	"UPDATE person SET totp = $2, totp_step = $3, version = version + 1"
	" WHERE id = $1";

enum outcome
person_set_code(struct tx *tx, struct arena *a, int64_t person,
    const uint8_t *sealed, int64_t step)
{
	return found_one(tx, tx_run(tx, a, PERSON_SET_CODE, db_int(person),
	    db_blob(sealed, VAULT_SEALED_TOTP), db_int(step)));
}

static const char PERSON_USE_CODE[] =
	"UPDATE person SET totp_step = $2 WHERE id = $1 AND totp_step < $2";

enum outcome
person_use_code(struct tx *tx, struct arena *a, int64_t person, int64_t step)
{
	enum outcome got = tx_run(tx, a, PERSON_USE_CODE, db_int(person),
	    db_int(step));

	return got == OK && tx_changes(tx) == 0 ? INVALID : got;
}

static const char PERSON_SET_TRIES[] =
	"UPDATE person SET tries = $2, locked_until = $3 WHERE id = $1";

enum outcome
person_set_tries(struct tx *tx, struct arena *a, int64_t person,
    int64_t tries, int64_t locked_until)
{
	return found_one(tx, tx_run(tx, a, PERSON_SET_TRIES, db_int(person),
	    db_int(tries), db_int(locked_until)));
}

static const char STRANGER_ADD[] =
	"INSERT INTO stranger (day, tries) VALUES ($1, 1)"
	" ON CONFLICT (day) DO UPDATE SET tries = stranger.tries + 1";

enum outcome
stranger_add(struct tx *tx, struct arena *a, int64_t day)
{
	return tx_run(tx, a, STRANGER_ADD, db_int(day));
}

/* --- Rights ------------------------------------------------------------ */

static const struct {
	enum coalition_right right;
	const char *name;
} rights[] = {
	{ RIGHT_MODERATOR, "moderator" },
	{ RIGHT_COORDINATOR, "coordinator" },
	{ RIGHT_SITE, "site" },
};

const char *
right_name(enum coalition_right right)
{
	for (size_t i = 0; i < sizeof(rights) / sizeof(rights[0]); i++)
		if (rights[i].right == right)
			return rights[i].name;
	check_failed("a right has a name", __FILE__, __LINE__);
}

enum outcome
right_parse(const char *name, enum coalition_right *right_out)
{
	for (size_t i = 0; i < sizeof(rights) / sizeof(rights[0]); i++)
		if (strcmp(rights[i].name, name) == 0) {
			*right_out = rights[i].right;
			return OK;
		}
	return NOT_FOUND;
}

static const char RIGHT_ADD[] =
	"INSERT INTO coalition_right (person, name) VALUES ($1, $2)"
	" ON CONFLICT (person, name) DO NOTHING";

enum outcome
right_add(struct tx *tx, struct arena *a, int64_t person,
    enum coalition_right right)
{
	return tx_run(tx, a, RIGHT_ADD, db_int(person),
	    db_text(right_name(right)));
}

static const char RIGHT_REMOVE[] =
	"DELETE FROM coalition_right WHERE person = $1 AND name = $2";

enum outcome
right_remove(struct tx *tx, struct arena *a, int64_t person,
    enum coalition_right right)
{
	return tx_run(tx, a, RIGHT_REMOVE, db_int(person),
	    db_text(right_name(right)));
}

static const char RIGHT_LIST[] =
	"SELECT p.id, p.name, p.patronymic, p.email, r.name"
	" FROM coalition_right r JOIN person p ON p.id = r.person"
	" ORDER BY p.name_key, p.id, r.name LIMIT $1";

enum outcome
right_list(struct db *db, struct arena *a, struct right_holders *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, RIGHT_LIST,
	    db_int(RIGHT_HOLDERS_MOST));
	struct right_holders list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK) {
		struct right_holder *holder = LIST_ADD(a, &list);

		holder->person = rows_int(&rows, 0);
		holder->name = rows_text(&rows, 1);
		holder->patronymic = rows_text(&rows, 2);
		holder->email = rows_text(&rows, 3);
		if (right_parse(rows_text(&rows, 4), &holder->right) != OK)
			return FAILED;
	}
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}
