/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "organisation/organisation_store.h"

#include "text/collate.h"
#include "text/fold.h"
#include "text/slug.h"

#include <sodium.h>
#include <string.h>

/* Organisations: the SQL. Lists and search are in search_store.c. */

enum { GRAMS_AT_ONCE = 32, SLUG_TRIES = 9 };

static const char ORGANISATION_FIND[] =
	"SELECT id, slug, name_mn, name_en, name_bichig, registration,"
	" legal_form, unit, place, field, purpose_mn, purpose_en, website,"
	" email, phone, people, founded, standing, joined, source, changed,"
	" version FROM organisation WHERE id = $1";

static const char *
text_or_none(struct rows *rows, int column)
{
	const char *text = rows_text(rows, column);

	return text == NULL ? "" : text;
}

enum outcome
organisation_find(struct db *db, struct arena *a, int64_t id,
    struct organisation *organisation_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, ORGANISATION_FIND,
	    db_int(id));
	enum outcome got = rows_next(&rows);

	if (got != OK)
		return got;
	*organisation_out = (struct organisation){ .id = rows_int(&rows, 0),
		.slug = rows_text(&rows, 1), .name_mn = rows_text(&rows, 2),
		.name_en = rows_text(&rows, 3),
		.name_bichig = rows_text(&rows, 4),
		.registration = text_or_none(&rows, 5),
		.legal_form = rows_text(&rows, 6), .unit = rows_text(&rows, 7),
		.place = rows_text(&rows, 8), .field = rows_text(&rows, 9),
		.purpose_mn = rows_text(&rows, 10),
		.purpose_en = rows_text(&rows, 11),
		.website = rows_text(&rows, 12), .email = rows_text(&rows, 13),
		.phone = rows_text(&rows, 14), .people = rows_int(&rows, 15),
		.founded = rows_int(&rows, 16),
		.standing = rows_text(&rows, 17),
		.joined = rows_int(&rows, 18), .source = rows_text(&rows, 19),
		.changed = rows_int(&rows, 20),
		.version = rows_int(&rows, 21) };
	return OK;
}

static const char ORGANISATION_FIND_FOR[] =
	"SELECT o.id, o.slug, o.name_mn, o.name_en, r.name"
	" FROM organisation o"
	" LEFT JOIN role r ON r.organisation = o.id AND r.person = $2"
	" WHERE o.slug = $1";

enum outcome
organisation_find_for(struct db *db, struct arena *a, const char *slug,
    int64_t person, struct request_organisation *found_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, ORGANISATION_FIND_FOR,
	    db_text(slug), db_int(person));
	enum outcome got = rows_next(&rows);
	struct request_organisation found;
	const char *role;

	if (got != OK)
		return got;
	found = (struct request_organisation){ .id = rows_int(&rows, 0),
		.slug = rows_text(&rows, 1),
		.name = organisation_name(rows_text(&rows, 2),
		    rows_text(&rows, 3)), .role = ROLE_NONE };
	role = rows_text(&rows, 4);
	if (role != NULL && role_parse(role, &found.role) != OK)
		return FAILED;
	*found_out = found;
	return OK;
}

static const char ORGANISATION_FIND_SLUG[] =
	"SELECT id FROM organisation WHERE slug = $1";

enum outcome
organisation_find_slug(struct db *db, struct arena *a, const char *slug,
    int64_t *id_out)
{
	return db_one_int(db, a, ORGANISATION_FIND_SLUG, id_out,
	    db_text(slug));
}

static const char ORGANISATION_FIND_REGISTRATION[] =
	"SELECT id FROM organisation WHERE registration = $1";

enum outcome
organisation_find_registration(struct db *db, struct arena *a,
    const char *registration, int64_t *id_out)
{
	return db_one_int(db, a, ORGANISATION_FIND_REGISTRATION, id_out,
	    db_text(registration));
}

/* --- Findable by pieces of the name ------------------------------------ */

static const char GRAMS_REMOVE[] =
	"DELETE FROM organisation_gram WHERE organisation = $1";

/* $1 and GRAMS_AT_ONCE pieces; an import adds a million of them. */
static const char GRAMS_ADD[] =
	"INSERT INTO organisation_gram (gram, organisation) VALUES"
	" ($2, $1), ($3, $1), ($4, $1), ($5, $1), ($6, $1), ($7, $1),"
	" ($8, $1), ($9, $1), ($10, $1), ($11, $1), ($12, $1), ($13, $1),"
	" ($14, $1), ($15, $1), ($16, $1), ($17, $1), ($18, $1), ($19, $1),"
	" ($20, $1), ($21, $1), ($22, $1), ($23, $1), ($24, $1), ($25, $1),"
	" ($26, $1), ($27, $1), ($28, $1), ($29, $1), ($30, $1), ($31, $1),"
	" ($32, $1), ($33, $1) ON CONFLICT (gram, organisation) DO NOTHING";

/* Pieces that reach from one name into the next are never asked for. */
static struct trigram_list
grams_of(struct arena *a, const char *folded)
{
	struct trigram_list grams = fold_trigrams(a, folded);
	size_t kept = 0;

	for (size_t i = 0; i < grams.count; i++)
		if (strchr(grams.items[i], ' ') == NULL)
			grams.items[kept++] = grams.items[i];
	grams.count = kept;
	return grams;
}

static enum outcome
grams_add(struct tx *tx, struct arena *a, int64_t id, const char *folded)
{
	struct trigram_list grams = grams_of(a, folded);
	struct db_value values[1 + GRAMS_AT_ONCE] = { db_int(id) };
	enum outcome got = OK;

	for (size_t at = 0; at < grams.count && got == OK;
	    at += GRAMS_AT_ONCE) {
		for (size_t i = 0; i < GRAMS_AT_ONCE; i++) {
			size_t one = at + i < grams.count ? at + i : at;

			values[1 + i] = db_text(grams.items[one]);
		}
		got = tx_run_values(tx, a, GRAMS_ADD, values,
		    1 + GRAMS_AT_ONCE);
	}
	return got;
}

/* --- Adding and changing ----------------------------------------------- */

/*
 * The slug, or the first of slug-2, slug-3, ... that nobody has; some names are
 * so common that chance has to find one.
 */
static enum outcome
slug_choose(struct db *db, struct arena *a, const char *wanted,
    const char **slug_out)
{
	const char *base = slug_make(a, wanted), *slug;
	int64_t taken;
	enum outcome got;

	if (*base == '\0')
		base = "organisation";
	slug = base;
	for (unsigned i = 2;; i++) {
		got = organisation_find_slug(db, a, slug, &taken);
		if (got == NOT_FOUND)
			*slug_out = slug;
		if (got != OK)
			return got == NOT_FOUND ? OK : got;
		slug = arena_print(a, "%.*s-%u", SLUG_LIMIT - 8, base,
		    i <= SLUG_TRIES ? i : randombytes_uniform(10000000));
	}
}

static struct db_value
text_or_null(const char *text)
{
	return db_text(*text == '\0' ? NULL : text);
}

static const char ORGANISATION_ADD[] =
	"INSERT INTO organisation (slug, name_mn, name_en, name_bichig,"
	" name_key, folded, registration, legal_form, unit, place, field,"
	" purpose_mn, purpose_en, website, email, phone, people, founded,"
	" standing, joined, source, once, created, changed, version) VALUES"
	" ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,"
	" $16, $17, $18, $19, NULL, $20, $21, $22, $22, 1)"
	" ON CONFLICT (once) DO UPDATE SET once = excluded.once RETURNING id";

static enum outcome
row_add(struct tx *tx, struct arena *a, const struct organisation *o,
    const char *key, const char *folded, const char *once, int64_t now,
    int64_t *id_out)
{
	return tx_insert(tx, a, ORGANISATION_ADD, id_out, db_text(o->slug),
	    db_text(o->name_mn), db_text(o->name_en),
	    db_text(o->name_bichig), db_text(key), db_text(folded),
	    text_or_null(o->registration), db_text(o->legal_form),
	    db_text(o->unit), db_text(o->place), db_text(o->field),
	    db_text(o->purpose_mn), db_text(o->purpose_en),
	    db_text(o->website), db_text(o->email), db_text(o->phone),
	    db_int(o->people), db_int(o->founded), db_text(o->standing),
	    db_text(o->source), db_text(once), db_int(now));
}

enum outcome
organisation_add(struct tx *tx, struct arena *a,
    const struct organisation *new, const char *once, int64_t now,
    int64_t *id_out)
{
	struct organisation o = *new;
	const char *folded = organisation_fold(a, new);
	const char *key;
	int64_t id;
	enum outcome got;

	got = slug_choose(tx->db, a,
	    *new->slug == '\0' ? new->name_mn : new->slug, &o.slug);
	if (got == OK)
		got = collate_key(a, o.name_mn, &key);
	if (got == OK)
		got = row_add(tx, a, &o, key, folded, once, now, &id);
	if (got == OK)
		got = grams_add(tx, a, id, folded);
	if (got == OK)
		*id_out = id;
	return got;
}

static const char ORGANISATION_CHANGE[] =
	"UPDATE organisation SET name_mn = $3, name_en = $4,"
	" name_bichig = $5, name_key = $6, folded = $7, registration = $8,"
	" legal_form = $9, unit = $10, place = $11, field = $12,"
	" purpose_mn = $13, purpose_en = $14, website = $15, email = $16,"
	" phone = $17, people = $18, founded = $19, changed = $20,"
	" version = version + 1 WHERE id = $1 AND version = $2";

static enum outcome
row_change(struct tx *tx, struct arena *a, const struct organisation *o,
    const char *key, const char *folded, int64_t now)
{
	return tx_run(tx, a, ORGANISATION_CHANGE, db_int(o->id),
	    db_int(o->version), db_text(o->name_mn), db_text(o->name_en),
	    db_text(o->name_bichig), db_text(key), db_text(folded),
	    text_or_null(o->registration), db_text(o->legal_form),
	    db_text(o->unit), db_text(o->place), db_text(o->field),
	    db_text(o->purpose_mn), db_text(o->purpose_en),
	    db_text(o->website), db_text(o->email), db_text(o->phone),
	    db_int(o->people), db_int(o->founded), db_int(now));
}

enum outcome
organisation_change(struct tx *tx, struct arena *a,
    const struct organisation *changed, int64_t now)
{
	const char *folded = organisation_fold(a, changed);
	const char *key;
	enum outcome got = collate_key(a, changed->name_mn, &key);

	if (got == OK)
		got = row_change(tx, a, changed, key, folded, now);
	if (got == OK && tx_changes(tx) == 0)
		return CONFLICT;
	if (got == OK)
		got = tx_run(tx, a, GRAMS_REMOVE, db_int(changed->id));
	if (got == OK)
		got = grams_add(tx, a, changed->id, folded);
	return got;
}

static const char ORGANISATION_JOIN[] =
	"UPDATE organisation SET standing = 'member',"
	" joined = COALESCE(joined, $2), changed = $3, version = version + 1"
	" WHERE id = $1";

enum outcome
organisation_join(struct tx *tx, struct arena *a, int64_t id, int64_t day,
    int64_t now)
{
	enum outcome got = tx_run(tx, a, ORGANISATION_JOIN, db_int(id),
	    db_int(day), db_int(now));

	return got == OK && tx_changes(tx) == 0 ? NOT_FOUND : got;
}

static const char ORGANISATION_KEYS_LIST[] =
	"SELECT id, slug, name_mn, unit, registration FROM organisation"
	" WHERE id > $1 ORDER BY id LIMIT $2";

enum outcome
organisation_keys_list(struct db *db, struct arena *a, int64_t after,
    struct organisation_key_list *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, ORGANISATION_KEYS_LIST,
	    db_int(after), db_int(ORGANISATION_KEYS));
	struct organisation_key_list list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		*LIST_ADD(a, &list) = (struct organisation_key){
			.id = rows_int(&rows, 0), .slug = rows_text(&rows, 1),
			.name_mn = rows_text(&rows, 2),
			.unit = rows_text(&rows, 3),
			.registration = text_or_none(&rows, 4) };
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}
