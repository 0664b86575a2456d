/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/later.h"

#include "base/time.h"
#include "http/private.h"
#include "store_test.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/*
 * The queue of writes on a real database; the connection is a fake, whose
 * part is turn_go_on: it only notes what came back.
 */

enum { REQUESTS = 200 };

struct asked {
	struct request rq;
	struct request_private private;
	const char *name;
	enum outcome answered;	/* what the answer function heard */
	int answers, turns;
};

struct fixture {
	struct store_test *t;
	struct server server;
	struct asked asked[REQUESTS];
};

static struct fixture f;

static const char WELL_TABLE[] =
	"CREATE TABLE well (name TEXT PRIMARY KEY)";
static const char WELL_INSERT[] = "INSERT INTO well (name) VALUES ($1)";
static const char WELL_COUNT[] = "SELECT count(*) FROM well WHERE name > $1";

void
turn_go_on(struct request *rq, enum outcome got)
{
	struct asked *asked = (struct asked *)rq;

	(void)got;
	asked->turns++;
}

static void
begin(struct store_test *t)
{
	memset(&f, 0, sizeof(f));
	f.t = t;
	f.server.writes = t->db;
	f.server.last_write = &f.server.first_write;
	f.server.config.deadlines.write = 50;
	assert_outcome(OK, store_run_values(t, WELL_TABLE, NULL, 0));
	for (size_t i = 0; i < REQUESTS; i++) {
		f.asked[i].rq.private = &f.asked[i].private;
		f.asked[i].rq.server = &f.server;
		arena_init(&f.asked[i].rq.arena, ARENA_LIMIT);
	}
}

static void
end(void)
{
	for (size_t i = 0; i < REQUESTS; i++)
		arena_done(&f.asked[i].rq.arena);
}

static enum outcome
well_write(struct tx *tx, void *arg)
{
	struct asked *asked = arg;
	enum outcome got = tx_run(tx, &asked->rq.arena, WELL_INSERT,
	    db_text(asked->name));

	return got == OK && strncmp(asked->name, "dry", 3) == 0 ? INVALID : got;
}

static enum outcome
answered(struct request *rq, enum outcome got, void *arg)
{
	struct asked *asked = arg;

	assert_ptr_equal(&asked->rq, rq);
	asked->answered = got;
	asked->answers++;
	return got;
}

static struct asked *
ask(size_t i, const char *name)
{
	struct asked *asked = &f.asked[i];

	asked->name = arena_copy(&asked->rq.arena, name);
	assert_outcome(OK, write_later(&asked->rq, well_write, answered,
	    asked));
	assert_true(asked->private.waits);
	return asked;
}

static int64_t
wells(void)
{
	return store_int(f.t, WELL_COUNT, db_text(""));
}

static void
test_nothing_is_answered_before_the_batch_has_run(void **state)
{
	struct asked *one;

	begin(*state);
	one = ask(0, "Bayan");
	assert_int_equal(0, one->answers);
	later_run_writes(&f.server);
	assert_int_equal(1, one->answers);
	assert_int_equal(1, one->turns);
	assert_outcome(OK, one->answered);
	assert_false(one->private.waits);
	assert_int_equal(1, wells());
	later_run_writes(&f.server);
	assert_int_equal(1, one->answers);
	end();
}

static void
test_a_refused_write_harms_no_other(void **state)
{
	begin(*state);
	ask(0, "Bayan");
	ask(1, "dry");
	ask(2, "Bayan");	/* again: the key says no */
	ask(3, "Altai");
	later_run_writes(&f.server);
	assert_outcome(OK, f.asked[0].answered);
	assert_outcome(INVALID, f.asked[1].answered);
	assert_outcome(CONFLICT, f.asked[2].answered);
	assert_outcome(OK, f.asked[3].answered);
	assert_int_equal(2, wells());
	end();
}

static void
test_more_than_a_batch_is_stored_in_turns(void **state)
{
	char name[16];
	int turns = 0;

	begin(*state);
	for (size_t i = 0; i < REQUESTS; i++) {
		snprintf(name, sizeof(name), "well-%03zu", i);
		ask(i, name);
	}
	for (; f.server.first_write != NULL; turns++)
		later_run_writes(&f.server);
	assert_int_equal((REQUESTS + DB_BATCH_MAX - 1) / DB_BATCH_MAX, turns);
	assert_int_equal(REQUESTS, wells());
	for (size_t i = 0; i < REQUESTS; i++)
		assert_int_equal(1, f.asked[i].answers);
	end();
}

static void
test_a_generation_is_raised_by_what_was_stored_only(void **state)
{
	uint64_t stored, refused;

	begin(*state);
	stored = generation_now(GENERATION_ORGANISATION, 7);
	refused = generation_now(GENERATION_ORGANISATION, 8);
	write_raises(&f.asked[0].rq, GENERATION_ORGANISATION, 7);
	ask(0, "Bayan");
	write_raises(&f.asked[1].rq, GENERATION_ORGANISATION, 8);
	ask(1, "dry");
	assert_int_equal(stored, generation_now(GENERATION_ORGANISATION, 7));
	later_run_writes(&f.server);
	assert_int_equal(stored + 1,
	    generation_now(GENERATION_ORGANISATION, 7));
	assert_int_equal(refused, generation_now(GENERATION_ORGANISATION, 8));
	end();
}

static void
test_who_has_gone_is_neither_stored_nor_answered(void **state)
{
	begin(*state);
	for (size_t i = 0; i < 4; i++)
		ask(i, (const char *[]){ "a", "b", "c", "d" }[i]);
	later_forget(&f.asked[0].rq);	/* the first, one inside, the last */
	later_forget(&f.asked[2].rq);
	later_forget(&f.asked[3].rq);
	ask(4, "e");
	later_run_writes(&f.server);
	assert_int_equal(2, wells());
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(i == 1 || i == 4, f.asked[i].answers);
	end();
}

static void
test_giving_up_answers_busy_and_stores_nothing(void **state)
{
	begin(*state);
	ask(0, "Bayan");
	later_give_up(&f.asked[0].rq);
	assert_int_equal(1, f.asked[0].turns);
	assert_false(f.asked[0].private.waits);
	later_run_writes(&f.server);
	assert_int_equal(0, wells());
	end();
}

static void
test_who_waits_for_the_lock_too_long_hears_busy(void **state)
{
	AUTO_DB struct db *other = NULL;

	begin(*state);
	if (db_is_postgres(f.t->db)) {
		end();
		return;
	}
	assert_outcome(OK, db_open(&f.t->config, DB_WRITE, &other));
	assert_outcome(OK, db_hold(other, 0));
	ask(0, "Bayan");
	later_run_writes(&f.server);
	assert_true(f.server.lock_is_taken);
	assert_int_equal(0, f.asked[0].answers);
	nanosleep(&(struct timespec){ .tv_nsec = 80000000 }, NULL);
	ask(1, "Altai");
	later_run_writes(&f.server);
	assert_outcome(BUSY, f.asked[0].answered);
	assert_int_equal(0, f.asked[1].answers);
	db_release(other);
	nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
	later_run_writes(&f.server);
	assert_false(f.server.lock_is_taken);
	assert_outcome(OK, f.asked[1].answered);
	assert_int_equal(1, wells());
	end();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(
		    test_nothing_is_answered_before_the_batch_has_run),
		store_unit_test(test_a_refused_write_harms_no_other),
		store_unit_test(test_more_than_a_batch_is_stored_in_turns),
		store_unit_test(
		    test_a_generation_is_raised_by_what_was_stored_only),
		store_unit_test(
		    test_who_has_gone_is_neither_stored_nor_answered),
		store_unit_test(test_giving_up_answers_busy_and_stores_nothing),
		store_unit_test(
		    test_who_waits_for_the_lock_too_long_hears_busy),
	};

	generation_open();
	return store_tests_run("later", tests);
}
