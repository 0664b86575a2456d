/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "db/db.h"

/*
 * Store tests run on both engines. Each test gets an empty, migrated database
 * of its own: SQLite in a temporary folder, then, when the environment's
 * TULGA_TEST_POSTGRES holds a conninfo, PostgreSQL in a fresh schema
 * (tests/support/postgres starts a server).
 *
 *	static void
 *	test_a_well_is_found_by_its_name(void **state)
 *	{
 *		struct store_test *t = *state;
 *		struct well well;
 *
 *		assert_outcome(OK, store_write(t, well_write, &form));
 *		assert_outcome(OK, well_find(t->db, &t->arena, "Bayan", &well));
 *	}
 *
 *	int
 *	main(void)
 *	{
 *		const struct CMUnitTest tests[] = {
 *			store_unit_test(test_a_well_is_found_by_its_name),
 *		};
 *		return store_tests_run("well_store", tests);
 *	}
 */
struct store_test {
	struct db *db;		/* DB_WRITE; closed after the test */
	struct arena arena;
	struct db_config config;	/* for further connections */
	char folder[64];	/* its data folder, on either engine */
};

#define store_unit_test(test) \
	cmocka_unit_test_setup_teardown(test, store_test_setup, \
	    store_test_teardown)

int store_test_setup(void **state);
int store_test_teardown(void **state);

/* How many tests failed, all engines together: what main returns. */
#define store_tests_run(name, tests) \
	store_tests_run_count((name), (tests), \
	    sizeof(tests) / sizeof((tests)[0]))
int store_tests_run_count(const char *name, const struct CMUnitTest *tests,
    size_t count);

/* The same for tests of what one engine alone does. */
#define store_tests_run_sqlite(name, tests) \
	store_tests_run_on(NULL, (name), (tests), \
	    sizeof(tests) / sizeof((tests)[0]))
int store_tests_run_on(const char *conninfo, const char *name,
    const struct CMUnitTest *tests, size_t count);

/* TULGA_TEST_POSTGRES; NULL when it is not set. */
const char *store_test_postgres(void);

/* db_write on the test's connection. */
enum outcome store_write(struct store_test *t, db_write_fn *fn, void *arg);

/* Runs one writing statement as a write of its own. */
#define store_run(t, sql, ...) \
	store_run_values((t), (sql), DB_VALUES(__VA_ARGS__))
enum outcome store_run_values(struct store_test *t, const char *sql,
    const struct db_value *values, size_t count);

/* The first column of the only row, which must be there. */
#define store_int(t, sql, ...) \
	store_int_values((t), (sql), DB_VALUES(__VA_ARGS__))
int64_t store_int_values(struct store_test *t, const char *sql,
    const struct db_value *values, size_t count);

#define assert_outcome(expected, got) \
	assert_string_equal(outcome_name(expected), outcome_name(got))
