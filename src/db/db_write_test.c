/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db.h"

#include "db/db_migrate.h"
#include "tests/support/store_test.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Writes, batches, and what the engines give up and run again. */

static const char *const TABLES[] = {
	"CREATE TABLE well (id @ID@, name TEXT NOT NULL UNIQUE,"
	" depth INTEGER NOT NULL CHECK (depth > 0)) @STRICT@",
	"CREATE TABLE sample (id @ID@, well INTEGER NOT NULL"
	" REFERENCES well (id)) @STRICT@",
};
static const char ADD[] =
	"INSERT INTO well (name, depth) VALUES ($1, $2) RETURNING id";
static const char ADD_NEW[] =
	"INSERT INTO well (name, depth) VALUES ($1, $2)"
	" ON CONFLICT (name) DO NOTHING RETURNING id";
static const char ADD_SAMPLE[] =
	"INSERT INTO sample (well) VALUES ($1) RETURNING id";
static const char DEEPEN[] = "UPDATE well SET depth = depth + $2"
	" WHERE name = $1";
static const char DEPTH[] = "SELECT depth FROM well WHERE name = $1";
static const char COUNT[] = "SELECT count(*) FROM well";

static int
setup_wells(void **state)
{
	struct store_test *t;

	if (store_test_setup(state) != 0)
		return -1;
	t = *state;
	for (size_t i = 0; i < sizeof(TABLES) / sizeof(TABLES[0]); i++)
		assert_outcome(OK, store_run(t, migration_text(&t->arena,
		    TABLES[i], db_is_postgres(t->db))));
	return 0;
}

/* One well to add, as a form would say it. */
struct well {
	struct store_test *test;
	const char *name;
	int64_t depth;
	int64_t id;
	int runs;
};

static enum outcome
add_write(struct tx *tx, void *arg)
{
	struct well *well = arg;

	well->runs++;
	return tx_insert(tx, &well->test->arena, ADD, &well->id,
	    db_text(well->name), db_int(well->depth));
}

static void
test_an_insert_answers_with_its_id(void **state)
{
	struct store_test *t = *state;
	struct well bayan = { t, "Bayan", 40, 0, 0 };
	struct well ulaan = { t, "Ulaan", 60, 0, 0 };

	assert_outcome(OK, store_write(t, add_write, &bayan));
	assert_outcome(OK, store_write(t, add_write, &ulaan));
	assert_int_equal(bayan.id, store_int(t,
	    "SELECT id FROM well WHERE name = $1", db_text("Bayan")));
	assert_true(bayan.id != ulaan.id);
}

static void
test_what_the_schema_refuses_has_its_outcome(void **state)
{
	struct store_test *t = *state;
	struct well first = { t, "Bayan", 40, 0, 0 };
	struct well again = { t, "Bayan", 50, 7, 0 };
	struct well shallow = { t, "Ulaan", 0, 0, 0 };
	struct well nameless = { t, NULL, 10, 0, 0 };

	assert_outcome(OK, store_write(t, add_write, &first));
	assert_outcome(CONFLICT, store_write(t, add_write, &again));
	assert_int_equal(7, again.id);
	assert_outcome(INVALID, store_write(t, add_write, &shallow));
	assert_outcome(INVALID, store_write(t, add_write, &nameless));
	assert_outcome(CONFLICT, store_run(t,
	    "INSERT INTO sample (well) VALUES ($1)", db_int(999)));
	assert_int_equal(1, store_int(t, COUNT));
}

static enum outcome
orphan_write(struct tx *tx, void *arg)
{
	struct store_test *t = arg;
	int64_t id;

	return tx_insert(tx, &t->arena, ADD_SAMPLE, &id, db_int(999));
}

static void
test_an_insert_without_its_parent_is_a_conflict(void **state)
{
	struct store_test *t = *state;

	assert_outcome(CONFLICT, store_write(t, orphan_write, t));
}

static enum outcome
changes_write(struct tx *tx, void *arg)
{
	struct store_test *t = arg;

	assert_outcome(OK, tx_run(tx, &t->arena, DEEPEN, db_text("Bayan"),
	    db_int(1)));
	assert_int_equal(1, tx_changes(tx));
	assert_outcome(OK, tx_run(tx, &t->arena, DEEPEN, db_text("nowhere"),
	    db_int(1)));
	assert_int_equal(0, tx_changes(tx));
	return OK;
}

static void
test_a_write_knows_how_many_rows_it_changed(void **state)
{
	struct store_test *t = *state;
	struct well bayan = { t, "Bayan", 40, 0, 0 };

	assert_outcome(OK, store_write(t, add_write, &bayan));
	assert_outcome(OK, store_write(t, changes_write, t));
}

static enum outcome
add_unless_there_write(struct tx *tx, void *arg)
{
	struct well *well = arg;
	struct arena *a = &well->test->arena;

	assert_outcome(NOT_FOUND, tx_insert(tx, a, ADD_NEW, &well->id,
	    db_text(well->name), db_int(well->depth)));
	return tx_run(tx, a, DEEPEN, db_text(well->name), db_int(2));
}

static void
test_a_write_may_go_on_after_on_conflict_do_nothing(void **state)
{
	struct store_test *t = *state;
	struct well bayan = { t, "Bayan", 40, 0, 0 };

	assert_outcome(OK, store_write(t, add_write, &bayan));
	assert_outcome(OK, store_write(t, add_unless_there_write, &bayan));
	assert_int_equal(42, store_int(t, DEPTH, db_text("Bayan")));
}

/* A careless writer: goes on after a duplicate and says OK. */
static enum outcome
careless_write(struct tx *tx, void *arg)
{
	struct well *well = arg;
	struct arena *a = &well->test->arena;
	int64_t found;

	assert_outcome(OK, tx_run(tx, a, DEEPEN, db_text("Bayan"), db_int(5)));
	assert_outcome(CONFLICT, add_write(tx, well));
	assert_outcome(CONFLICT, tx_run(tx, a, DEEPEN, db_text("Bayan"),
	    db_int(5)));
	assert_outcome(CONFLICT, db_one_int(tx->db, a, COUNT, &found));
	return OK;
}

static void
test_after_a_refusal_the_write_is_over(void **state)
{
	struct store_test *t = *state;
	struct well bayan = { t, "Bayan", 40, 0, 0 };

	assert_outcome(OK, store_write(t, add_write, &bayan));
	assert_outcome(CONFLICT, store_write(t, careless_write, &bayan));
	assert_int_equal(40, store_int(t, DEPTH, db_text("Bayan")));
}

static enum outcome
refuse_write(struct tx *tx, void *arg)
{
	enum outcome got = add_write(tx, arg);

	return got == OK ? FORBIDDEN : got;
}

static void
test_in_a_batch_each_write_has_its_own_outcome(void **state)
{
	struct store_test *t = *state;
	struct well wells[] = {
		{ t, "Bayan", 40, 0, 0 }, { t, "Bayan", 41, 0, 0 },
		{ t, "Ulaan", -1, 0, 0 }, { t, "Zuun", 30, 0, 0 },
		{ t, "Baruun", 35, 0, 0 },
	};
	struct db_write writes[] = {
		{ add_write, &wells[0], FAILED },
		{ add_write, &wells[1], OK },
		{ add_write, &wells[2], OK },
		{ refuse_write, &wells[3], OK },
		{ add_write, &wells[4], FAILED },
	};

	assert_outcome(OK, db_batch_try(t->db, writes, 5));
	assert_outcome(OK, writes[0].outcome);
	assert_outcome(CONFLICT, writes[1].outcome);
	assert_outcome(INVALID, writes[2].outcome);
	assert_outcome(FORBIDDEN, writes[3].outcome);
	assert_outcome(OK, writes[4].outcome);
	assert_int_equal(2, store_int(t, COUNT));
	for (int i = 0; i < 5; i++)
		assert_int_equal(1, wells[i].runs);
}

static void
test_a_batch_in_which_nobody_writes_leaves_nothing(void **state)
{
	struct store_test *t = *state;
	struct well bayan = { t, "Bayan", 40, 0, 0 };
	struct db_write write = { refuse_write, &bayan, OK };

	assert_outcome(OK, db_batch_try(t->db, NULL, 0));
	assert_outcome(OK, db_batch_try(t->db, &write, 1));
	assert_outcome(FORBIDDEN, write.outcome);
	assert_int_equal(0, store_int(t, COUNT));
}

static enum outcome
read_back_write(struct tx *tx, void *arg)
{
	struct well *well = arg;
	enum outcome got = add_write(tx, well);

	if (got != OK)
		return got;
	AUTO_CLOSE struct rows rows = db_query(tx->db, &well->test->arena,
	    DEPTH, db_text(well->name));
	assert_outcome(OK, rows_next(&rows));
	assert_int_equal(well->depth, rows_int(&rows, 0));
	return tx_run(tx, &well->test->arena, DEEPEN, db_text(well->name),
	    db_int(1));
}

static void
test_a_write_reads_what_it_wrote(void **state)
{
	struct store_test *t = *state;
	struct well bayan = { t, "Bayan", 40, 0, 0 };

	assert_outcome(OK, store_write(t, read_back_write, &bayan));
	assert_int_equal(41, store_int(t, DEPTH, db_text("Bayan")));
}

static void
test_committed_rows_are_seen_by_other_connections(void **state)
{
	struct store_test *t = *state;
	AUTO_DB struct db *reader = NULL;
	struct well bayan = { t, "Bayan", 40, 0, 0 };
	int64_t count;

	assert_outcome(OK, db_open(&t->config, DB_READ, &reader));
	assert_outcome(OK, store_write(t, add_write, &bayan));
	assert_outcome(OK, db_one_int(reader, &t->arena, COUNT, &count));
	assert_int_equal(1, count);
}

/* Runs `act` in a child that is expected not to come back with 0. */
static void
assert_child_stops(struct store_test *t, void (*act)(struct store_test *))
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		act(t);
		_exit(0);
	}
	assert_int_equal(child, waitpid(child, &status, 0));
	assert_false(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void
write_by_query(struct store_test *t)
{
	struct db *reader = NULL;
	int64_t id;

	if (db_open(&t->config, DB_READ, &reader) != OK)
		_exit(0);
	if (db_one_int(reader, &t->arena, ADD, &id, db_text("Bayan"),
		db_int(40)) == FAILED)
		_exit(1);
}

static void
write_by_reader(struct store_test *t)
{
	struct well bayan = { t, "Bayan", 40, 0, 0 };
	struct db *reader = NULL;

	if (db_open(&t->config, DB_READ, &reader) != OK)
		_exit(0);
	if (db_write(reader, add_write, &bayan) != OK)
		_exit(1);
}

static void
test_a_read_connection_never_writes(void **state)
{
	struct store_test *t = *state;

	assert_child_stops(t, write_by_query);
	assert_child_stops(t, write_by_reader);
	assert_int_equal(0, store_int(t, COUNT));
}

static enum outcome
write_between_steps(struct tx *tx, void *arg)
{
	struct store_test *t = arg;
	AUTO_CLOSE struct rows rows = db_query(tx->db, &t->arena,
	    "SELECT 1 UNION ALL SELECT 2");

	if (rows_next(&rows) != OK || tx_run(tx, &t->arena, DEEPEN,
		db_text("Bayan"), db_int(1)) != OK)
		_exit(0);
	return rows_next(&rows);
}

static void
step_after_write(struct store_test *t)
{
	struct db *own = NULL;

	if (db_open(&t->config, DB_WRITE, &own) == OK)
		(void)!db_write(own, write_between_steps, t);
}

static void
test_rows_are_not_stepped_across_a_write(void **state)
{
	assert_child_stops(*state, step_after_write);
}

#define wells_test(test) \
	cmocka_unit_test_setup_teardown(test, setup_wells, store_test_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		wells_test(test_an_insert_answers_with_its_id),
		wells_test(test_what_the_schema_refuses_has_its_outcome),
		wells_test(test_an_insert_without_its_parent_is_a_conflict),
		wells_test(test_a_write_knows_how_many_rows_it_changed),
		wells_test(test_a_write_may_go_on_after_on_conflict_do_nothing),
		wells_test(test_after_a_refusal_the_write_is_over),
		wells_test(test_in_a_batch_each_write_has_its_own_outcome),
		wells_test(test_a_batch_in_which_nobody_writes_leaves_nothing),
		wells_test(test_a_write_reads_what_it_wrote),
		wells_test(test_committed_rows_are_seen_by_other_connections),
		wells_test(test_a_read_connection_never_writes),
		wells_test(test_rows_are_not_stepped_across_a_write),
	};

	return store_tests_run("db_write", tests);
}
