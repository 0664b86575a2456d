/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "organisation/search_store.h"

#include "organisation/organisation.h"
#include "text/fold.h"

#include <string.h>

/*
 * Lists and search of organisations: the SQL, the same on both engines. Each
 * way of searching has two statements, rows and counts.
 */

enum { RARE_LIMIT = 500, GRAMS_LOOKED_AT = 12, COUNTS_MOST = 5000 };

#define ROW \
	"SELECT o.id, o.slug, o.name_mn, o.name_en, o.unit, o.place, o.field," \
	" o.standing, o.founded, o.joined"

static struct organisation_row
row_read(struct rows *rows)
{
	return (struct organisation_row){ .id = rows_int(rows, 0),
		.slug = rows_text(rows, 1),
		.name = organisation_name(rows_text(rows, 2),
		    rows_text(rows, 3)),
		.unit = rows_text(rows, 4), .place = rows_text(rows, 5),
		.field = rows_text(rows, 6), .standing = rows_text(rows, 7),
		.founded = rows_int(rows, 8), .joined = rows_int(rows, 9) };
}

static enum outcome
rows_collect(struct rows *rows, struct arena *a,
    struct organisation_row_list *list_out)
{
	struct organisation_row_list list = { 0 };
	enum outcome got;

	while ((got = rows_next(rows)) == OK)
		*LIST_ADD(a, &list) = row_read(rows);
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

/* --- The rarest piece of what was searched ----------------------------- */

static const char GRAM_COUNT[] =
	"SELECT count(*) FROM (SELECT 1 FROM organisation_gram"
	" WHERE gram = $1 LIMIT $2) few";

struct gram {
	const char *text;
	int64_t count;		/* at most RARE_LIMIT */
};
struct grams LIST_OF(struct gram);

/* The first pieces of the words and how common each is, up to a limit. */
static enum outcome
grams_count(struct db *db, struct arena *a, const char *folded,
    struct grams *grams_out)
{
	struct trigram_list pieces = fold_trigrams(a, folded);
	struct grams grams = { 0 };
	enum outcome got = OK;

	for (size_t i = 0; i < pieces.count && i < GRAMS_LOOKED_AT &&
	    got == OK; i++) {
		struct gram *gram = LIST_ADD(a, &grams);

		gram->text = pieces.items[i];
		got = db_one_int(db, a, GRAM_COUNT, &gram->count,
		    db_text(gram->text), db_int(RARE_LIMIT));
	}
	if (got == OK)
		*grams_out = grams;
	return got;
}

static const char *
gram_rarest(const struct grams *grams)
{
	const struct gram *best = &grams->items[0];

	LIST_EACH(gram, grams)
		if (gram->count < best->count)
			best = gram;
	return best->text;
}

/* The smallest text that is greater than all that begin with `prefix`. */
static const char *
prefix_end(struct arena *a, const char *prefix)
{
	return arena_print(a, "%s\xf4\x8f\xbf\xbf", prefix);
}

static bool
is_short(const char *folded)
{
	size_t letters = 0;

	for (const char *at = folded; *at != '\0'; at++)
		letters += ((unsigned char)*at & 0xc0) != 0x80;
	return letters < 3;
}

/* --- Rows -------------------------------------------------------------- */

static const char LIST_ALL[] =
	ROW " FROM organisation o"
	" WHERE ($1 = '' OR o.unit = $1) AND ($2 = '' OR o.standing = $2)"
	" AND ($3 = '' OR o.legal_form = $3)"
	" ORDER BY o.name_key, o.id LIMIT $4 OFFSET $5";

static const char LIST_PREFIX[] =
	ROW " FROM organisation o"
	" WHERE ($1 = '' OR o.unit = $1) AND ($2 = '' OR o.standing = $2)"
	" AND ($3 = '' OR o.legal_form = $3)"
	" AND o.folded >= $6 AND o.folded < $7"
	" ORDER BY o.name_key, o.id LIMIT $4 OFFSET $5";

static const char LIST_INSIDE[] =
	ROW " FROM organisation_gram g"
	" JOIN organisation o ON o.id = g.organisation"
	" WHERE ($1 = '' OR o.unit = $1) AND ($2 = '' OR o.standing = $2)"
	" AND ($3 = '' OR o.legal_form = $3)"
	" AND g.gram = $6 AND o.folded LIKE '%' || $7 || '%'"
	" ORDER BY o.name_key, o.id LIMIT $4 OFFSET $5";

/* Which way the words are searched, and the two values that it takes. */
struct way {
	const char *rows, *counts;
	const char *first, *second;	/* NULL: takes none */
};

static struct rows
rows_query(struct db *db, struct arena *a, const struct way *way,
    const struct organisation_search *s)
{
	const struct db_value values[] = { db_text(s->unit),
		db_text(s->standing), db_text(s->legal_form),
		db_int(SEARCH_PAGE), db_int((s->page - 1) * SEARCH_PAGE),
		db_text(way->first), db_text(way->second) };

	return db_query_values(db, a, way->rows, values,
	    way->first == NULL ? 5 : 7);
}

/* --- Counts ------------------------------------------------------------ */

static const char COUNT_ALL[] =
	"SELECT unit, standing, legal_form, count(*) FROM organisation"
	" GROUP BY unit, standing, legal_form LIMIT $1";

static const char COUNT_PREFIX[] =
	"SELECT unit, standing, legal_form, count(*) FROM organisation"
	" WHERE folded >= $2 AND folded < $3"
	" GROUP BY unit, standing, legal_form LIMIT $1";

static const char COUNT_INSIDE[] =
	"SELECT o.unit, o.standing, o.legal_form, count(*)"
	" FROM organisation_gram g"
	" JOIN organisation o ON o.id = g.organisation"
	" WHERE g.gram = $2 AND o.folded LIKE '%' || $3 || '%'"
	" GROUP BY o.unit, o.standing, o.legal_form LIMIT $1";

static enum outcome
way_choose(struct db *db, struct arena *a, const char *folded,
    struct way *way_out)
{
	struct grams grams;
	enum outcome got;

	if (*folded == '\0') {
		*way_out = (struct way){ LIST_ALL, COUNT_ALL, NULL, NULL };
		return OK;
	}
	if (is_short(folded)) {
		*way_out = (struct way){ LIST_PREFIX, COUNT_PREFIX, folded,
			prefix_end(a, folded) };
		return OK;
	}
	got = grams_count(db, a, folded, &grams);
	if (got == OK)
		*way_out = (struct way){ LIST_INSIDE, COUNT_INSIDE,
			gram_rarest(&grams), folded };
	return got;
}

enum outcome
organisation_search_list(struct db *db, struct arena *a,
    const struct organisation_search *search,
    struct organisation_row_list *list_out)
{
	struct way way;
	enum outcome got = way_choose(db, a, search->folded, &way);

	if (got != OK)
		return got;

	AUTO_CLOSE struct rows rows = rows_query(db, a, &way, search);

	return rows_collect(&rows, a, list_out);
}

static enum outcome
counts_collect(struct rows *rows, struct arena *a,
    struct organisation_count_list *list_out)
{
	struct organisation_count_list list = { 0 };
	enum outcome got;

	while ((got = rows_next(rows)) == OK)
		*LIST_ADD(a, &list) = (struct organisation_count){
			.unit = rows_text(rows, 0),
			.standing = rows_text(rows, 1),
			.legal_form = rows_text(rows, 2),
			.count = rows_int(rows, 3) };
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

enum outcome
organisation_search_count(struct db *db, struct arena *a,
    const struct organisation_search *search,
    struct organisation_count_list *list_out)
{
	struct way way;
	enum outcome got = way_choose(db, a, search->folded, &way);

	if (got != OK)
		return got;

	const struct db_value values[] = { db_int(COUNTS_MOST),
		db_text(way.first), db_text(way.second) };
	AUTO_CLOSE struct rows rows = db_query_values(db, a, way.counts,
	    values, way.first == NULL ? 1 : 3);

	return counts_collect(&rows, a, list_out);
}

/* --- Near misses ------------------------------------------------------- */

/* Pieces that are everywhere say nothing, so they are left out. */
static const char LIST_NEAR[] =
	"WITH near AS (SELECT organisation, count(*) AS shared"
	" FROM organisation_gram WHERE gram IN"
	" ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
	" GROUP BY organisation HAVING count(*) >= $1)"
	ROW " FROM near JOIN organisation o ON o.id = near.organisation"
	" ORDER BY near.shared DESC, o.name_key, o.id LIMIT $2";

enum outcome
organisation_search_near(struct db *db, struct arena *a, const char *folded,
    struct organisation_row_list *list_out)
{
	struct db_value values[2 + GRAMS_LOOKED_AT];
	struct grams grams;
	int64_t rare = 0;
	enum outcome got = grams_count(db, a, folded, &grams);

	if (got != OK)
		return got;
	for (size_t i = 0; i < GRAMS_LOOKED_AT; i++)
		values[2 + i] = db_text("");
	LIST_EACH(gram, &grams)
		if (gram->count > 0 && gram->count < RARE_LIMIT)
			values[2 + rare++] = db_text(gram->text);
	values[0] = db_int(((int64_t)grams.count + 2) / 3);
	values[1] = db_int(SEARCH_NEAR);
	if (rare == 0) {
		*list_out = (struct organisation_row_list){ 0 };
		return OK;
	}

	AUTO_CLOSE struct rows rows = db_query_values(db, a, LIST_NEAR,
	    values, 2 + GRAMS_LOOKED_AT);

	return rows_collect(&rows, a, list_out);
}
