/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db_lock.h"

#include "base/time.h"
#include "db/db_engine.h"
#include "tests/support/store_test.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

/* The write lock, alone and as the fence before every SQLite write. */

static const char ADD[] =
	"INSERT INTO setting (name, value) VALUES ($1, $2)";
static const char COUNT[] = "SELECT count(*) FROM setting";

static enum outcome
add_write(struct tx *tx, void *arg)
{
	struct store_test *t = arg;

	return tx_run(tx, &t->arena, ADD, db_text("coalition.title"),
	    db_text("Wells"));
}

/*
 * A child that holds the lock of the folder until it is killed; returns when
 * it holds it.
 */
static pid_t
start_holder(const char *folder, int hold_ms)
{
	int ready[2];
	pid_t child;
	char byte;

	assert_int_equal(0, pipe(ready));
	child = fork();
	if (child == 0) {
		struct db_lock lock;

		if (db_lock_open(&lock, folder) != OK ||
		    db_lock_try(&lock) != OK || write(ready[1], "", 1) != 1)
			_exit(1);
		usleep((useconds_t)hold_ms * 1000);
		_exit(0);
	}
	assert_int_equal(1, read(ready[0], &byte, 1));
	close(ready[0]);
	close(ready[1]);
	return child;
}

static void
end_holder(pid_t child)
{
	kill(child, SIGKILL);
	assert_int_equal(child, waitpid(child, NULL, 0));
}

static void
test_only_one_holds_the_lock(void **state)
{
	struct store_test *t = *state;
	struct db_lock one, two;

	assert_outcome(OK, db_lock_open(&one, t->folder));
	assert_outcome(OK, db_lock_open(&two, t->folder));
	assert_false(db_lock_is_held(&one));
	assert_outcome(OK, db_lock_try(&one));
	assert_outcome(OK, db_lock_try(&one));
	assert_outcome(BUSY, db_lock_try(&two));
	assert_true(db_lock_is_held(&one));
	assert_false(db_lock_is_held(&two));

	db_lock_release(&one);
	assert_outcome(OK, db_lock_try(&two));
	db_lock_close(&two);
	assert_outcome(OK, db_lock_wait(&one, 1000));
	db_lock_close(&one);
}

static void
test_a_dead_holder_lets_go(void **state)
{
	struct store_test *t = *state;
	struct db_lock lock;
	pid_t holder = start_holder(t->folder, 60000);

	assert_outcome(OK, db_lock_open(&lock, t->folder));
	assert_outcome(BUSY, db_lock_try(&lock));
	end_holder(holder);
	assert_outcome(OK, db_lock_try(&lock));
	db_lock_close(&lock);
}

static void
test_waiting_ends_in_time_either_way(void **state)
{
	struct store_test *t = *state;
	struct db_lock lock;
	pid_t holder = start_holder(t->folder, 300);
	int64_t start = time_monotonic_ms();

	assert_outcome(OK, db_lock_open(&lock, t->folder));
	assert_outcome(BUSY, db_lock_wait(&lock, 50));
	assert_in_range(time_monotonic_ms() - start, 50, 290);
	assert_outcome(OK, db_lock_wait(&lock, 5000));
	db_lock_close(&lock);
	end_holder(holder);
}

/* Takes and gives up the lock for a while; how often. */
static int
greedy(const char *folder, int64_t until)
{
	struct db_lock lock;
	int turns = 0;

	if (db_lock_open(&lock, folder) != OK)
		return 0;
	while (time_monotonic_ms() < until) {
		if (db_lock_try(&lock) != OK) {
			usleep(500);
			continue;
		}
		turns++;
		usleep(500);
		db_lock_release(&lock);
	}
	db_lock_close(&lock);
	return turns;
}

static void
test_two_busy_writers_take_turns(void **state)
{
	struct store_test *t = *state;
	int64_t until = time_monotonic_ms() + 500;
	pid_t child = fork();
	int status, turns;

	if (child == 0)
		_exit(greedy(t->folder, until) >= 20 ? 0 : 1);
	turns = greedy(t->folder, until);
	assert_int_equal(child, waitpid(child, &status, 0));
	assert_int_equal(0, status);
	assert_in_range(turns, 20, 1000);
}

static void
test_a_lone_writer_waits_for_nobody(void **state)
{
	struct store_test *t = *state;
	struct db_lock lock;

	assert_outcome(OK, db_lock_open(&lock, t->folder));
	for (int i = 0; i < 1000; i++) {
		assert_outcome(OK, db_lock_try(&lock));
		db_lock_release(&lock);
	}
	db_lock_close(&lock);
}

static void
test_a_child_does_not_hold_its_parents_lock(void **state)
{
	struct store_test *t = *state;
	struct db_lock lock;
	pid_t child;
	int status;

	assert_outcome(OK, db_lock_open(&lock, t->folder));
	assert_outcome(OK, db_lock_try(&lock));
	child = fork();
	if (child == 0)
		_exit(db_lock_is_held(&lock) ? 1 : 0);
	assert_int_equal(child, waitpid(child, &status, 0));
	assert_int_equal(0, status);
	db_lock_close(&lock);
}

static void
test_a_write_without_the_lock_is_refused(void **state)
{
	struct store_test *t = *state;
	struct db_write write = { add_write, t, OK };

	assert_outcome(FAILED, db_batch_run(t->db, &write, 1));
	assert_outcome(FAILED, write.outcome);
	assert_int_equal(0, store_int(t, COUNT));

	assert_outcome(OK, db_hold(t->db, 0));
	assert_outcome(OK, db_batch_run(t->db, &write, 1));
	db_release(t->db);
	assert_outcome(OK, write.outcome);
	assert_outcome(FAILED, db_batch_run(t->db, &write, 1));
}

/* Straight to the library, past all our rules but the last. */
static void
test_a_commit_without_the_lock_is_refused_by_sqlite(void **state)
{
	struct store_test *t = *state;
	sqlite3 *c = t->db->connection;
	static const char sql[] = "INSERT INTO setting VALUES ('a', 'b')";

	assert_int_equal(SQLITE_CONSTRAINT_COMMITHOOK,
	    sqlite3_exec(c, sql, NULL, NULL, NULL));
	assert_int_equal(0, store_int(t, COUNT));
	assert_outcome(OK, db_hold(t->db, 0));
	assert_int_equal(SQLITE_OK, sqlite3_exec(c, sql, NULL, NULL, NULL));
	db_release(t->db);
	assert_int_equal(1, store_int(t, COUNT));
}

static void
test_a_loop_hears_at_once_that_another_writes(void **state)
{
	struct store_test *t = *state;
	struct db_write write = { add_write, t, OK };
	pid_t holder = start_holder(t->folder, 60000);
	enum outcome got = BUSY;

	/* The holder keeps it for a minute: whoever waited would end here. */
	assert_outcome(BUSY, db_batch_try(t->db, &write, 1));
	assert_outcome(BUSY, write.outcome);
	end_holder(holder);
	/* Free, but others may be let in first for a few milliseconds. */
	for (int i = 0; i < 2000 && got == BUSY; i++) {
		got = db_batch_try(t->db, &write, 1);
		usleep(1000);
	}
	assert_outcome(OK, got);
	assert_outcome(OK, write.outcome);
}

static void
test_a_single_write_waits_for_its_turn(void **state)
{
	struct store_test *t = *state;
	pid_t holder = start_holder(t->folder, 200);

	assert_outcome(OK, store_write(t, add_write, t));
	end_holder(holder);
}

static void
test_holding_nests(void **state)
{
	struct store_test *t = *state;

	assert_outcome(OK, db_hold(t->db, 0));
	assert_outcome(OK, store_write(t, add_write, t));
	assert_true(db_lock_is_held(&t->db->lock));
	db_release(t->db);
	assert_false(db_lock_is_held(&t->db->lock));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(test_only_one_holds_the_lock),
		store_unit_test(test_a_dead_holder_lets_go),
		store_unit_test(test_waiting_ends_in_time_either_way),
		store_unit_test(test_two_busy_writers_take_turns),
		store_unit_test(test_a_lone_writer_waits_for_nobody),
		store_unit_test(test_a_child_does_not_hold_its_parents_lock),
		store_unit_test(test_a_write_without_the_lock_is_refused),
		store_unit_test(
		    test_a_commit_without_the_lock_is_refused_by_sqlite),
		store_unit_test(test_a_loop_hears_at_once_that_another_writes),
		store_unit_test(test_a_single_write_waits_for_its_turn),
		store_unit_test(test_holding_nests),
	};

	return store_tests_run_sqlite("db_lock", tests);
}
