/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db.h"

#include "db/db_migrate.h"
#include "tests/support/store_test.h"

#include <string.h>

/* Reading, values and SQL that both engines must understand alike. */

static const char WELLS[] =
	"CREATE TABLE well (id @ID@, name TEXT NOT NULL, depth INTEGER,"
	" sample @BLOB@, report @JSON@) @STRICT@";
static const char WELL_ADD[] =
	"INSERT INTO well (name, depth, sample, report)"
	" VALUES ($1, $2, $3, $4)";

static void
add_well(struct store_test *t, const char *name, struct db_value depth)
{
	assert_outcome(OK, store_run(t, WELL_ADD, db_text(name), depth,
	    db_blob("\0\x01\xff", 3), db_null()));
}

static int
setup_wells(void **state)
{
	struct store_test *t;

	if (store_test_setup(state) != 0)
		return -1;
	t = *state;
	assert_outcome(OK, store_run(t, migration_text(&t->arena, WELLS,
	    db_is_postgres(t->db))));
	return 0;
}

static void
test_every_kind_of_value_comes_back_as_it_went(void **state)
{
	struct store_test *t = *state;
	const void *bytes;
	size_t size = 9;

	assert_outcome(OK, store_run(t, WELL_ADD, db_text("Худаг \"№1\" %_'"),
	    db_int(INT64_MIN), db_blob("\0\x01\xff", 3), db_json("{\"a\":1}")));

	AUTO_CLOSE struct rows rows = db_query(t->db, &t->arena,
	    "SELECT name, depth, sample, report FROM well");
	assert_outcome(OK, rows_next(&rows));
	assert_string_equal("Худаг \"№1\" %_'", rows_text(&rows, 0));
	assert_true(rows_int(&rows, 1) == INT64_MIN);
	bytes = rows_blob(&rows, 2, &size);
	assert_int_equal(3, size);
	assert_memory_equal("\0\x01\xff", bytes, 3);
	assert_string_equal("{\"a\":1}", rows_text(&rows, 3));
	assert_outcome(NOT_FOUND, rows_next(&rows));
	assert_outcome(NOT_FOUND, rows_next(&rows));
}

static void
test_null_and_empty_are_told_apart(void **state)
{
	struct store_test *t = *state;
	const void *bytes;
	size_t size = 9;

	assert_outcome(OK, store_run(t, WELL_ADD, db_text(""), db_null(),
	    db_blob("", 0), db_json(NULL)));
	assert_outcome(OK, store_run(t, WELL_ADD, db_text("dry"), db_int(0),
	    db_blob(NULL, 0), db_null()));

	AUTO_CLOSE struct rows rows = db_query(t->db, &t->arena,
	    "SELECT name, depth, sample, report FROM well ORDER BY id");
	assert_outcome(OK, rows_next(&rows));
	assert_string_equal("", rows_text(&rows, 0));
	assert_true(rows_is_null(&rows, 1));
	assert_int_equal(0, rows_int(&rows, 1));
	bytes = rows_blob(&rows, 2, &size);
	assert_non_null(bytes);
	assert_int_equal(0, size);
	assert_null(rows_text(&rows, 3));
	assert_outcome(OK, rows_next(&rows));
	assert_false(rows_is_null(&rows, 1));
	assert_null(rows_blob(&rows, 2, &size));
	assert_true(rows_is_null(&rows, 2));
}

static void
test_a_value_goes_to_its_number_not_its_place(void **state)
{
	struct store_test *t = *state;

	add_well(t, "Bayan", db_int(40));
	assert_int_equal(40, store_int(t, "SELECT depth FROM well"
	    " WHERE depth < $2 AND name = $1 AND name = $1",
	    db_text("Bayan"), db_int(41)));
	assert_int_equal(7, store_int(t, "SELECT $2 - $1 FROM well",
	    db_int(3), db_int(10)));
}

static void
test_a_null_text_keeps_its_type(void **state)
{
	struct store_test *t = *state;

	assert_int_equal(1, store_int(t,
	    "SELECT CASE WHEN $1 IS NULL THEN 1 ELSE 0 END", db_text(NULL)));
}

static void
test_a_query_that_finds_nothing_says_so(void **state)
{
	struct store_test *t = *state;
	int64_t depth = 5;

	assert_outcome(NOT_FOUND, db_one_int(t->db, &t->arena,
	    "SELECT depth FROM well WHERE name = $1", &depth, db_text("?")));
	assert_outcome(NOT_FOUND, db_one_int(t->db, &t->arena,
	    "SELECT max(depth) FROM well", &depth));
	assert_int_equal(5, depth);
}

static void
test_a_query_with_a_mistake_harms_no_other(void **state)
{
	struct store_test *t = *state;
	int64_t depth;

	assert_outcome(FAILED, db_one_int(t->db, &t->arena,
	    "SELECT colour FROM well", &depth));
	assert_int_equal(0, store_int(t, "SELECT count(*) FROM well"));
}

static void
test_the_same_query_runs_inside_itself(void **state)
{
	static const char all[] = "SELECT name FROM well ORDER BY id LIMIT 3";
	struct store_test *t = *state;
	int pairs = 0;

	add_well(t, "Bayan", db_int(40));
	add_well(t, "Ulaan", db_int(60));
	AUTO_CLOSE struct rows outer = db_query(t->db, &t->arena, all);
	while (rows_next(&outer) == OK) {
		AUTO_CLOSE struct rows inner = db_query(t->db, &t->arena, all);

		while (rows_next(&inner) == OK)
			pairs++;
	}
	assert_int_equal(4, pairs);
}

static void
test_statements_beyond_the_cache_still_run(void **state)
{
	struct store_test *t = *state;

	for (int i = 0; i < 1000; i++)
		assert_int_equal(i, store_int(t,
		    arena_print(&t->arena, "SELECT %d + $1", i), db_int(0)));
}

/* Expressions over the one well "Bayan" of depth 41, and what they give. */
static const struct {
	const char *sql;
	int64_t expected;
} alike[] = {
	{ "SELECT name = 'Bayan' FROM well", 1 },
	{ "SELECT depth / 2 FROM well", 20 },
	{ "SELECT CAST(sum(depth) AS BIGINT) / 2 FROM well", 20 },
	{ "SELECT count(*) FROM well WHERE name LIKE 'b%'", 0 },
	{ "SELECT count(*) FROM well WHERE name LIKE 'B%'", 1 },
	{ "SELECT CAST(report->>'metres' AS BIGINT) FROM well", 41 },
	{ "SELECT count(*) FROM well"
	  " WHERE CAST(report->>'metres' AS TEXT) = '41'", 1 },
	{ "SELECT count(*) FROM well WHERE NULL IS NOT DISTINCT FROM sample",
	  1 },
	{ "SELECT row_number() OVER (ORDER BY depth) FROM well", 1 },
	{ "WITH deep AS (SELECT depth FROM well) SELECT depth FROM deep", 41 },
	{ "SELECT depth * 100000000000 FROM well", 4100000000000 },
	{ "SELECT count(*) FROM well WHERE 'Ö' > 'z' AND 'Z' < 'a'", 1 },
};

static void
test_both_engines_read_these_alike(void **state)
{
	struct store_test *t = *state;

	assert_outcome(OK, store_run(t, WELL_ADD, db_text("Bayan"), db_int(41),
	    db_null(), db_json("{\"z\":1,\"metres\":41}")));
	for (size_t i = 0; i < sizeof(alike) / sizeof(alike[0]); i++)
		assert_int_equal(alike[i].expected,
		    store_int(t, alike[i].sql));
}

static void
test_a_word_in_double_quotes_is_no_text(void **state)
{
	struct store_test *t = *state;
	int64_t count;

	assert_outcome(FAILED, db_one_int(t->db, &t->arena,
	    "SELECT count(*) FROM well WHERE name = \"Bayan\"", &count));
}

static void
test_json_keeps_its_bytes(void **state)
{
	static const char text[] = "{\"b\": 2,  \"a\":1, \"a\":3}";
	struct store_test *t = *state;

	assert_outcome(OK, store_run(t, WELL_ADD, db_text("Bayan"), db_null(),
	    db_null(), db_json(text)));
	AUTO_CLOSE struct rows rows = db_query(t->db, &t->arena,
	    "SELECT report FROM well");
	assert_outcome(OK, rows_next(&rows));
	assert_string_equal(text, rows_text(&rows, 0));
}

static void
test_a_snapshot_does_not_see_later_writes(void **state)
{
	static const char count[] = "SELECT count(*) FROM well";
	struct store_test *t = *state;
	AUTO_DB struct db *reader = NULL;
	int64_t found = -1;

	assert_outcome(OK, db_open(&t->config, DB_READ, &reader));
	assert_outcome(OK, db_snapshot_begin(reader));
	assert_outcome(OK, db_one_int(reader, &t->arena, count, &found));
	add_well(t, "Bayan", db_int(40));
	assert_outcome(OK, db_one_int(reader, &t->arena, count, &found));
	assert_int_equal(0, found);
	db_snapshot_end(reader);

	assert_outcome(OK, db_one_int(reader, &t->arena, count, &found));
	assert_int_equal(1, found);
}

static void
test_an_endless_query_is_stopped(void **state)
{
	struct store_test *t = *state;
	int64_t found;

	assert_outcome(BUSY, db_one_int(t->db, &t->arena,
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL"
	    " SELECT 1 - i FROM n) SELECT count(*) FROM n", &found));
	assert_int_equal(0, store_int(t, "SELECT count(*) FROM well"));
}

#define wells_test(test) \
	cmocka_unit_test_setup_teardown(test, setup_wells, store_test_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		wells_test(test_every_kind_of_value_comes_back_as_it_went),
		wells_test(test_null_and_empty_are_told_apart),
		wells_test(test_a_value_goes_to_its_number_not_its_place),
		wells_test(test_a_null_text_keeps_its_type),
		wells_test(test_a_query_that_finds_nothing_says_so),
		wells_test(test_a_query_with_a_mistake_harms_no_other),
		wells_test(test_the_same_query_runs_inside_itself),
		wells_test(test_statements_beyond_the_cache_still_run),
		wells_test(test_both_engines_read_these_alike),
		wells_test(test_a_word_in_double_quotes_is_no_text),
		wells_test(test_json_keeps_its_bytes),
		wells_test(test_a_snapshot_does_not_see_later_writes),
		wells_test(test_an_endless_query_is_stopped),
	};

	return store_tests_run("db", tests);
}
