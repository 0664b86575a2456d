/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db.h"

#include "tests/support/store_test.h"

#include <libpq-fe.h>

/* What only PostgreSQL does: giving transactions up, losing connections. */

enum { SKIPPED = 77 };	/* as Meson reads it */

static const char SET[] = "UPDATE setting SET value = $2 WHERE name = $1";
static const char ADD[] = "INSERT INTO setting (name, value) VALUES ($1, $2)";
static const char VALUE[] =
	"SELECT CAST(value AS BIGINT) FROM setting WHERE name = $1";

/* A sum that one write reads and changes, while another one interferes. */
struct budget {
	struct store_test *test;
	struct db *other;
	int interfere;	/* in this many runs */
	int runs;
	bool disconnect;
};

static enum outcome
raise_write(struct tx *tx, void *arg)
{
	struct budget *budget = arg;
	struct arena *a = &budget->test->arena;
	int64_t value;
	enum outcome got = db_one_int(tx->db, a, VALUE, &value,
	    db_text("budget"));

	if (got != OK)
		return got;
	return tx_run(tx, a, SET, db_text("budget"),
	    db_text(arena_print(a, "%lld", (long long)value + 1)));
}

/* Ends the server's side of `db`. */
static void
disconnect(struct budget *budget, struct db *db)
{
	int64_t pid, ended;

	assert_outcome(OK, db_one_int(db, &budget->test->arena,
	    "SELECT pg_backend_pid()", &pid));
	assert_outcome(OK, db_one_int(budget->other, &budget->test->arena,
	    "SELECT pg_terminate_backend(CAST($1 AS INTEGER), 5000)", &ended,
	    db_int(pid)));
	assert_int_equal(1, ended);
}

/* Reads, is overtaken by another connection, writes on. */
static enum outcome
overtaken_write(struct tx *tx, void *arg)
{
	struct budget *budget = arg;
	struct arena *a = &budget->test->arena;
	int64_t value;
	enum outcome got = db_one_int(tx->db, a, VALUE, &value,
	    db_text("budget"));

	if (got != OK)
		return got;
	if (budget->runs++ < budget->interfere) {
		if (budget->disconnect)
			disconnect(budget, tx->db);
		else
			assert_outcome(OK,
			    db_write(budget->other, raise_write, budget));
	}
	return tx_run(tx, a, SET, db_text("budget"),
	    db_text(arena_print(a, "%lld", (long long)value + 100)));
}

static void
start_budget(struct store_test *t, struct budget *budget)
{
	budget->test = t;
	assert_outcome(OK, store_run(t, ADD, db_text("budget"), db_text("0")));
	assert_outcome(OK, db_open(&t->config, DB_WRITE, &budget->other));
}

static enum outcome
note_write(struct tx *tx, void *arg)
{
	struct store_test *t = arg;

	return tx_run(tx, &t->arena, ADD, db_text("hearing"), db_text("1"));
}

static void
test_an_overtaken_batch_runs_again(void **state)
{
	struct store_test *t = *state;
	struct budget budget = { .interfere = 1 };
	struct db_write writes[] = { { overtaken_write, &budget, FAILED },
		{ note_write, t, FAILED } };

	start_budget(t, &budget);
	assert_outcome(OK, db_batch_try(t->db, writes, 2));
	assert_outcome(OK, writes[0].outcome);
	assert_outcome(OK, writes[1].outcome);
	assert_int_equal(2, budget.runs);
	assert_int_equal(101, store_int(t, VALUE, db_text("budget")));
	db_close(budget.other);
}

static void
test_who_is_always_overtaken_harms_no_other(void **state)
{
	struct store_test *t = *state;
	struct budget budget = { .interfere = 100 };
	struct db_write writes[] = { { overtaken_write, &budget, OK },
		{ note_write, t, FAILED } };

	start_budget(t, &budget);
	assert_outcome(OK, db_batch_try(t->db, writes, 2));
	assert_outcome(BUSY, writes[0].outcome);
	assert_outcome(OK, writes[1].outcome);
	assert_int_equal(budget.runs,
	    store_int(t, VALUE, db_text("budget")));
	assert_int_equal(1, store_int(t, VALUE, db_text("hearing")));
	db_close(budget.other);
}

static void
test_a_connection_lost_within_a_write_is_opened_again(void **state)
{
	struct store_test *t = *state;
	struct budget budget = { .interfere = 1, .disconnect = true };

	start_budget(t, &budget);
	assert_outcome(OK, store_write(t, overtaken_write, &budget));
	assert_int_equal(2, budget.runs);
	assert_int_equal(100, store_int(t, VALUE, db_text("budget")));
	db_close(budget.other);
}

static void
test_a_connection_lost_between_queries_is_opened_again(void **state)
{
	struct store_test *t = *state;
	struct budget budget = { 0 };

	start_budget(t, &budget);
	disconnect(&budget, t->db);
	assert_int_equal(0, store_int(t, VALUE, db_text("budget")));
	disconnect(&budget, t->db);
	assert_outcome(OK, store_write(t, raise_write, &budget));
	assert_int_equal(1, store_int(t, VALUE, db_text("budget")));
	db_close(budget.other);
}

static void
test_a_copy_is_pg_dumps_work(void **state)
{
	struct store_test *t = *state;

	assert_outcome(INVALID, db_backup(t->db, "/tmp/never-written"));
	assert_outcome(OK, db_checkpoint(t->db));
	assert_outcome(OK, db_check(t->db));
}

static void
test_a_server_that_is_not_there_is_a_failure(void **state)
{
	struct store_test *t = *state;
	struct db_config config = { .folder = t->folder,
		.postgres = "host=/nonexistent dbname=tulga" };
	struct db *db = NULL;

	assert_outcome(FAILED, db_open(&config, DB_READ, &db));
	assert_null(db);
}

static void
test_a_server_that_answers_before_the_disk_is_refused(void **state)
{
	struct store_test *t = *state;
	struct db_config config = { .folder = t->folder,
		.postgres = arena_print(&t->arena,
		    "%s options='-c synchronous_commit=off'",
		    store_test_postgres()) };
	struct db *db = NULL;

	assert_outcome(INVALID, db_open(&config, DB_READ, &db));
	assert_null(db);
}

static void
run_on_test_server(const char *sql)
{
	PGconn *connection = PQconnectdb(store_test_postgres());
	PGresult *answer = PQexec(connection, sql);

	assert_int_equal(PGRES_COMMAND_OK, PQresultStatus(answer));
	PQclear(answer);
	PQfinish(connection);
}

static void
test_a_server_of_another_encoding_is_refused(void **state)
{
	struct store_test *t = *state;
	struct db_config config = { .folder = t->folder,
		.postgres = arena_print(&t->arena, "%s dbname=ascii_test",
		    store_test_postgres()) };
	struct db *db = NULL;

	/* Databases are the server's, not the schema's: made for this test. */
	run_on_test_server("CREATE DATABASE ascii_test ENCODING SQL_ASCII"
	    " LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
	assert_outcome(INVALID, db_open(&config, DB_READ, &db));
	run_on_test_server("DROP DATABASE ascii_test");
	assert_null(db);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(test_an_overtaken_batch_runs_again),
		store_unit_test(test_who_is_always_overtaken_harms_no_other),
		store_unit_test(
		    test_a_connection_lost_within_a_write_is_opened_again),
		store_unit_test(
		    test_a_connection_lost_between_queries_is_opened_again),
		store_unit_test(test_a_copy_is_pg_dumps_work),
		store_unit_test(test_a_server_that_is_not_there_is_a_failure),
		store_unit_test(
		    test_a_server_that_answers_before_the_disk_is_refused),
		store_unit_test(test_a_server_of_another_encoding_is_refused),
	};

	if (store_test_postgres() == NULL)
		return SKIPPED;
	return store_tests_run_on(store_test_postgres(), "db_postgres", tests,
	    sizeof(tests) / sizeof(tests[0]));
}
