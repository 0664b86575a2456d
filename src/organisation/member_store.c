/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "organisation/member_store.h"

#include "base/time.h"
#include "organisation/organisation.h"

/* Roles and invitations: the SQL. */

enum { INVITATIONS_OPEN = 200, WORKPLACES_MOST = 100 };

static const char MEMBER_LIST[] =
	"SELECT r.person, p.name, p.patronymic, p.email, r.name, r.since"
	" FROM role r JOIN person p ON p.id = r.person"
	" WHERE r.organisation = $1 ORDER BY p.name_key, p.id LIMIT $2";

static const char MEMBER_FIND[] =
	"SELECT r.person, p.name, p.patronymic, p.email, r.name, r.since"
	" FROM role r JOIN person p ON p.id = r.person"
	" WHERE r.organisation = $1 AND r.person = $2";

static enum outcome
member_read(struct rows *rows, struct member *member_out)
{
	struct member member;
	enum outcome got = rows_next(rows);

	if (got != OK)
		return got;
	member = (struct member){ .person = rows_int(rows, 0),
		.name = rows_text(rows, 1), .patronymic = rows_text(rows, 2),
		.email = rows_text(rows, 3), .since = rows_int(rows, 5) };
	if (role_parse(rows_text(rows, 4), &member.role) != OK)
		return FAILED;
	*member_out = member;
	return OK;
}

enum outcome
member_list(struct db *db, struct arena *a, int64_t organisation,
    struct member_list *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, MEMBER_LIST,
	    db_int(organisation), db_int(MEMBERS_MOST));
	struct member_list list = { 0 };
	struct member member;
	enum outcome got;

	while ((got = member_read(&rows, &member)) == OK)
		*LIST_ADD(a, &list) = member;
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

enum outcome
member_find(struct db *db, struct arena *a, int64_t organisation,
    int64_t person, struct member *member_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, MEMBER_FIND,
	    db_int(organisation), db_int(person));

	return member_read(&rows, member_out);
}

static const char MEMBER_ADD[] =
	"INSERT INTO role (person, organisation, name, since)"
	" VALUES ($2, $1, $3, $4) ON CONFLICT (person, organisation)"
	" DO NOTHING";

enum outcome
member_add(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t person, enum organisation_role role, int64_t now)
{
	struct member member;
	enum outcome got = tx_run(tx, a, MEMBER_ADD, db_int(organisation),
	    db_int(person), db_text(role_name(role)), db_int(now));

	if (got != OK || tx_changes(tx) > 0)
		return got;
	got = member_find(tx->db, a, organisation, person, &member);
	if (got != OK || member.role >= role)
		return got;
	return member_change(tx, a, organisation, person, role);
}

static const char MEMBER_CHANGE[] =
	"UPDATE role SET name = $3 WHERE organisation = $1 AND person = $2";

enum outcome
member_change(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t person, enum organisation_role role)
{
	enum outcome got = tx_run(tx, a, MEMBER_CHANGE, db_int(organisation),
	    db_int(person), db_text(role_name(role)));

	return got == OK && tx_changes(tx) == 0 ? NOT_FOUND : got;
}

static const char MEMBER_REMOVE[] =
	"DELETE FROM role WHERE organisation = $1 AND person = $2";

enum outcome
member_remove(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t person)
{
	enum outcome got = tx_run(tx, a, MEMBER_REMOVE, db_int(organisation),
	    db_int(person));

	return got == OK && tx_changes(tx) == 0 ? NOT_FOUND : got;
}

static const char OTHER_ADMINISTRATORS[] =
	"SELECT count(*) FROM role WHERE organisation = $1 AND person <> $2"
	" AND name = 'administrator'";

enum outcome
member_other_administrators(struct db *db, struct arena *a,
    int64_t organisation, int64_t person, int64_t *count_out)
{
	return db_one_int(db, a, OTHER_ADMINISTRATORS, count_out,
	    db_int(organisation), db_int(person));
}

static const char WORKPLACE_LIST[] =
	"SELECT o.id, o.slug, o.name_mn, o.name_en, r.name FROM role r"
	" JOIN organisation o ON o.id = r.organisation"
	" WHERE r.person = $1 ORDER BY o.name_key, o.id LIMIT $2";

enum outcome
workplace_list(struct db *db, struct arena *a, int64_t person,
    struct workplace_list *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, WORKPLACE_LIST,
	    db_int(person), db_int(WORKPLACES_MOST));
	struct workplace_list list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK) {
		struct workplace *place = LIST_ADD(a, &list);

		place->organisation = rows_int(&rows, 0);
		place->slug = rows_text(&rows, 1);
		place->name = organisation_name(rows_text(&rows, 2),
		    rows_text(&rows, 3));
		if (role_parse(rows_text(&rows, 4), &place->role) != OK)
			return FAILED;
	}
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

/* --- Invitations ------------------------------------------------------- */

static const char INVITATION_COUNT[] =
	"SELECT count(*) FROM invitation WHERE accepted IS NULL"
	" AND expires > $2 AND organisation IS NOT DISTINCT FROM $1";

static const char INVITATION_ADD[] =
	"INSERT INTO invitation (token_hash, organisation, role, email,"
	" invited_by, created, expires, once)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
	" ON CONFLICT (once) DO NOTHING";

static struct db_value
id_or_null(int64_t id)
{
	return id == 0 ? db_null() : db_int(id);
}

enum outcome
invitation_add(struct tx *tx, struct arena *a,
    const struct invitation_new *new)
{
	int64_t life = (int64_t)INVITATION_DAYS * DAY_SECONDS, open = 0;
	enum outcome got = db_one_int(tx->db, a, INVITATION_COUNT, &open,
	    id_or_null(new->organisation), db_int(new->now));

	if (got == OK && open >= INVITATIONS_OPEN)
		return INVALID;
	if (got != OK)
		return got;
	got = tx_run(tx, a, INVITATION_ADD, db_blob(new->hash, TOKEN_HASH),
	    id_or_null(new->organisation), db_text(new->role),
	    db_text(new->email), id_or_null(new->invited_by),
	    db_int(new->now), db_int(new->now + life), db_text(new->once));
	return got == OK && tx_changes(tx) == 0 ? CONFLICT : got;
}

#define INVITATION \
	"SELECT i.id, i.organisation, o.slug, o.name_mn, o.name_en, i.role," \
	" i.email, i.created, i.expires FROM invitation i" \
	" LEFT JOIN organisation o ON o.id = i.organisation"

static const char INVITATION_FIND[] =
	INVITATION " WHERE i.token_hash = $1 AND i.accepted IS NULL"
	" AND i.expires > $2";

static const char INVITATION_LIST[] =
	INVITATION " WHERE i.organisation = $1 AND i.accepted IS NULL"
	" AND i.expires > $2 ORDER BY i.created DESC, i.id DESC LIMIT $3";

static struct invitation
invitation_read(struct rows *rows)
{
	struct invitation read = { .id = rows_int(rows, 0),
		.organisation = rows_int(rows, 1), .slug = "",
		.name = { { "", "" } }, .role = rows_text(rows, 5),
		.email = rows_text(rows, 6), .created = rows_int(rows, 7),
		.expires = rows_int(rows, 8) };

	if (read.organisation != 0) {
		read.slug = rows_text(rows, 2);
		read.name = organisation_name(rows_text(rows, 3),
		    rows_text(rows, 4));
	}
	return read;
}

enum outcome
invitation_find(struct db *db, struct arena *a,
    const uint8_t hash[TOKEN_HASH], int64_t now,
    struct invitation *invitation_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, INVITATION_FIND,
	    db_blob(hash, TOKEN_HASH), db_int(now));
	enum outcome got = rows_next(&rows);

	if (got == OK)
		*invitation_out = invitation_read(&rows);
	return got;
}

enum outcome
invitation_list(struct db *db, struct arena *a, int64_t organisation,
    int64_t now, struct invitation_list *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, INVITATION_LIST,
	    db_int(organisation), db_int(now), db_int(INVITATIONS_OPEN));
	struct invitation_list list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		*LIST_ADD(a, &list) = invitation_read(&rows);
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

static const char INVITATION_ACCEPT[] =
	"UPDATE invitation SET accepted = $2"
	" WHERE id = $1 AND accepted IS NULL AND expires > $2";

enum outcome
invitation_accept(struct tx *tx, struct arena *a, int64_t invitation,
    int64_t now)
{
	enum outcome got = tx_run(tx, a, INVITATION_ACCEPT,
	    db_int(invitation), db_int(now));

	return got == OK && tx_changes(tx) == 0 ? CONFLICT : got;
}

static const char INVITATION_REMOVE[] =
	"DELETE FROM invitation WHERE organisation = $1 AND id = $2"
	" AND accepted IS NULL";

enum outcome
invitation_remove(struct tx *tx, struct arena *a, int64_t organisation,
    int64_t invitation)
{
	enum outcome got = tx_run(tx, a, INVITATION_REMOVE,
	    db_int(organisation), db_int(invitation));

	return got == OK && tx_changes(tx) == 0 ? NOT_FOUND : got;
}
