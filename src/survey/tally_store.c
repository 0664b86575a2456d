/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/tally_store.h"

/* Sums of answers: one row per run, source, group and item. */

#define TALLY_COLUMNS \
	"t.source, t.respondents, t.item, t.n, t.na, t.dk, t.total," \
	" t.squares, t.level0, t.level1, t.level2, t.level3, t.level4," \
	" t.level5, t.level6, t.level7, t.level8, t.level9, t.level10"

/* What `old` out and `new` in change; its numbers may be below 0. */
static struct tally
tally_difference(const struct scale *scale, const struct rating *old,
    const struct rating *new)
{
	struct tally plus = { 0 }, minus = { 0 };

	if (new != NULL)
		tally_add(&plus, scale, *new);
	if (old != NULL)
		tally_add(&minus, scale, *old);
	plus.n -= minus.n;
	plus.na -= minus.na;
	plus.dk -= minus.dk;
	plus.sum -= minus.sum;
	plus.squares -= minus.squares;
	for (size_t i = 0; i < TALLY_LEVELS; i++)
		plus.levels[i] -= minus.levels[i];
	return plus;
}

static const char TALLY_MOVE[] =
	"INSERT INTO tally (assessment, source, respondents, item, n, na, dk,"
	" total, squares, level0, level1, level2, level3, level4, level5,"
	" level6, level7, level8, level9, level10)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
	" $14, $15, $16, $17, $18, $19, $20)"
	" ON CONFLICT (assessment, source, respondents, item) DO UPDATE SET"
	" n = tally.n + excluded.n, na = tally.na + excluded.na,"
	" dk = tally.dk + excluded.dk, total = tally.total + excluded.total,"
	" squares = tally.squares + excluded.squares,"
	" level0 = tally.level0 + excluded.level0,"
	" level1 = tally.level1 + excluded.level1,"
	" level2 = tally.level2 + excluded.level2,"
	" level3 = tally.level3 + excluded.level3,"
	" level4 = tally.level4 + excluded.level4,"
	" level5 = tally.level5 + excluded.level5,"
	" level6 = tally.level6 + excluded.level6,"
	" level7 = tally.level7 + excluded.level7,"
	" level8 = tally.level8 + excluded.level8,"
	" level9 = tally.level9 + excluded.level9,"
	" level10 = tally.level10 + excluded.level10";

enum outcome
tally_move(struct tx *tx, struct arena *a, const struct tally_place *place,
    const struct rating *old, const struct rating *new)
{
	struct tally t = tally_difference(place->scale, old, new);

	return tx_run(tx, a, TALLY_MOVE, db_int(place->assessment),
	    db_text(place->source), db_text(place->respondents),
	    db_text(place->item), db_int(t.n), db_int(t.na), db_int(t.dk),
	    db_int(t.sum), db_int(t.squares), db_int(t.levels[0]),
	    db_int(t.levels[1]), db_int(t.levels[2]), db_int(t.levels[3]),
	    db_int(t.levels[4]), db_int(t.levels[5]), db_int(t.levels[6]),
	    db_int(t.levels[7]), db_int(t.levels[8]), db_int(t.levels[9]),
	    db_int(t.levels[10]));
}

static struct tally_row
tally_row_read(struct rows *rows)
{
	struct tally_row row = {
		.source = rows_text(rows, 0),
		.respondents = rows_text(rows, 1),
		.item = rows_text(rows, 2),
		.tally = { .n = rows_int(rows, 3), .na = rows_int(rows, 4),
		    .dk = rows_int(rows, 5), .sum = rows_int(rows, 6),
		    .squares = rows_int(rows, 7) },
	};

	for (int i = 0; i < TALLY_LEVELS; i++)
		row.tally.levels[i] = rows_int(rows, 8 + i);
	return row;
}

static enum outcome
tally_rows_read(struct rows *rows, struct arena *a,
    struct tally_rows *list_out)
{
	struct tally_rows list = { 0 };
	enum outcome got;

	while ((got = rows_next(rows)) == OK)
		*LIST_ADD(a, &list) = tally_row_read(rows);
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

static const char TALLY_LIST[] =
	"SELECT " TALLY_COLUMNS " FROM tally t"
	" JOIN assessment s ON s.id = t.assessment"
	" WHERE t.assessment = $1 AND s.organisation = $2"
	" ORDER BY t.item, t.source, t.respondents LIMIT 1280";
_Static_assert(TALLY_ROWS_MOST == 1280, "the statement's limit");

enum outcome
tally_list(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, struct tally_rows *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, TALLY_LIST,
	    db_int(assessment), db_int(organisation));

	return tally_rows_read(&rows, a, list_out);
}

static const char TALLY_LIST_OF_ITEM[] =
	"SELECT " TALLY_COLUMNS " FROM tally t"
	" JOIN assessment s ON s.id = t.assessment"
	" WHERE t.assessment = $1 AND s.organisation = $2 AND t.item = $3"
	" ORDER BY t.source, t.respondents LIMIT 100";

enum outcome
tally_list_of_item(struct db *db, struct arena *a, int64_t organisation,
    int64_t assessment, const char *item, struct tally_rows *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, TALLY_LIST_OF_ITEM,
	    db_int(assessment), db_int(organisation), db_text(item));

	return tally_rows_read(&rows, a, list_out);
}
