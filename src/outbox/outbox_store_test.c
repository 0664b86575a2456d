/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "outbox/outbox_store.h"

#include "store_test.h"

/* Jobs are taken once, come back after failures, and are given up in the end. */

enum { NOW = 1770000000 };

struct step {
	struct store_test *test;
	const char *kind, *payload;
	struct outbox_job job;
	struct outbox_jobs jobs;
	int64_t now;
};

static enum outcome
add_write(struct tx *tx, void *arg)
{
	const struct step *s = arg;

	return outbox_add(tx, &s->test->arena, s->kind, s->payload, s->now);
}

static enum outcome
take_write(struct tx *tx, void *arg)
{
	struct step *s = arg;

	return outbox_take(tx, &s->test->arena, s->now, &s->jobs);
}

static enum outcome
done_write(struct tx *tx, void *arg)
{
	const struct step *s = arg;

	return outbox_done(tx, &s->test->arena, s->job.id, s->now);
}

static enum outcome
failed_write(struct tx *tx, void *arg)
{
	const struct step *s = arg;

	return outbox_failed(tx, &s->test->arena, &s->job,
	    "no mail server answers", s->now);
}

static void
add(struct store_test *t, const char *payload, int64_t now)
{
	struct step s = { .test = t, .kind = "mail", .payload = payload,
		.now = now };

	assert_outcome(OK, store_write(t, add_write, &s));
}

static struct outbox_jobs
take(struct store_test *t, int64_t now)
{
	struct step s = { .test = t, .now = now };

	assert_outcome(OK, store_write(t, take_write, &s));
	return s.jobs;
}

static void
test_a_job_is_taken_once_while_its_clerk_lives(void **state)
{
	struct store_test *t = *state;
	struct outbox_jobs jobs;

	add(t, "{\"to\":\"bold@example.mn\"}", NOW);
	jobs = take(t, NOW);
	assert_int_equal(1, jobs.count);
	assert_string_equal("mail", jobs.items[0].kind);
	assert_string_equal("{\"to\":\"bold@example.mn\"}",
	    jobs.items[0].payload);
	assert_int_equal(0, jobs.items[0].attempts);
	assert_int_equal(0, take(t, NOW).count);
	assert_int_equal(0, take(t, NOW + OUTBOX_TAKEN_SECONDS - 1).count);
}

static void
test_a_job_of_a_dead_clerk_is_free_again(void **state)
{
	struct store_test *t = *state;
	int64_t id;

	add(t, "{}", NOW);
	id = take(t, NOW).items[0].id;
	assert_int_equal(id,
	    take(t, NOW + OUTBOX_TAKEN_SECONDS).items[0].id);
}

static void
test_a_job_waits_for_its_time(void **state)
{
	struct store_test *t = *state;

	add(t, "{}", NOW);
	assert_int_equal(0, take(t, NOW - 1).count);
	assert_int_equal(1, take(t, NOW).count);
}

static void
test_jobs_are_taken_in_order_and_not_all_at_once(void **state)
{
	struct store_test *t = *state;
	struct outbox_jobs first, second;

	for (int i = OUTBOX_AT_ONCE + 3; i > 0; i--)
		add(t, arena_print(&t->arena, "{\"hearing\":%d}", i), NOW + i);
	first = take(t, NOW + 100);
	second = take(t, NOW + 100);
	assert_int_equal(OUTBOX_AT_ONCE, first.count);
	assert_int_equal(3, second.count);
	assert_string_equal("{\"hearing\":1}", first.items[0].payload);
	assert_string_equal(arena_print(&t->arena, "{\"hearing\":%d}",
	    OUTBOX_AT_ONCE + 1), second.items[0].payload);
}

static void
test_a_letter_goes_before_what_takes_long(void **state)
{
	struct store_test *t = *state;
	struct step s = { .test = t, .kind = "pdf", .payload = "{}",
		.now = NOW };
	struct outbox_jobs jobs;

	assert_outcome(OK, store_write(t, add_write, &s));
	add(t, "{\"hearing\":1}", NOW + 50);
	jobs = take(t, NOW + 100);
	assert_int_equal(2, jobs.count);
	assert_string_equal("mail", jobs.items[0].kind);
	assert_string_equal("pdf", jobs.items[1].kind);
}

static void
test_a_done_job_keeps_nothing_of_its_letter(void **state)
{
	struct store_test *t = *state;
	struct step s = { .test = t, .now = NOW + 5 };

	add(t, "{\"body\":\"https://example.mn/mn/password/abc\"}", NOW);
	s.job = take(t, NOW).items[0];
	assert_outcome(OK, store_write(t, done_write, &s));
	assert_int_equal(1, store_int(t, "SELECT count(*) FROM outbox"
	    " WHERE id = $1 AND done = $2 AND taken_until IS NULL"
	    " AND CAST(payload AS TEXT) = '{}'", db_int(s.job.id),
	    db_int(NOW + 5)));
	assert_int_equal(0, take(t, NOW + 1000000).count);
}

/* 1, 2, 4 ... minutes, at most a day. */
static int64_t
pause_after(int64_t attempts)
{
	int64_t minutes = INT64_C(1) << attempts;

	return minutes < 24 * 60 ? minutes * 60 : 86400;
}

static void
test_a_failed_job_comes_back_later_and_later(void **state)
{
	struct store_test *t = *state;
	struct step s = { .test = t, .now = NOW };

	add(t, "{\"well\":7}", NOW);
	for (int64_t i = 0; i < OUTBOX_ATTEMPTS - 1; i++) {
		s.job = take(t, s.now).items[0];
		assert_int_equal(i, s.job.attempts);
		assert_string_equal("{\"well\":7}", s.job.payload);
		assert_outcome(OK, store_write(t, failed_write, &s));
		s.now += pause_after(i);
		assert_int_equal(0, take(t, s.now - 1).count);
	}
	assert_int_equal(1, take(t, s.now).count);
}

static void
test_after_the_last_attempt_it_is_given_up_with_its_reason(void **state)
{
	struct store_test *t = *state;
	struct step s = { .test = t, .now = NOW };
	int64_t open, failed;

	add(t, "{}", NOW);
	add(t, "{}", NOW + 90 * 86400);
	for (int64_t i = 0; i < OUTBOX_ATTEMPTS; i++) {
		s.job = take(t, s.now).items[0];
		assert_outcome(OK, store_write(t, failed_write, &s));
		s.now += pause_after(i);
	}
	assert_int_equal(0, take(t, NOW + 80 * 86400).count);
	assert_int_equal(1, store_int(t, "SELECT count(*) FROM outbox"
	    " WHERE failed = $1 AND attempts = $2 AND done IS NULL",
	    db_text("no mail server answers"), db_int(OUTBOX_ATTEMPTS)));
	assert_outcome(OK, outbox_counts(t->db, &t->arena, &open, &failed));
	assert_int_equal(1, open);
	assert_int_equal(1, failed);
}

static void
test_an_empty_outbox_counts_nothing(void **state)
{
	struct store_test *t = *state;
	int64_t open = 7, failed = 7;

	assert_int_equal(0, take(t, NOW).count);
	assert_outcome(OK, outbox_counts(t->db, &t->arena, &open, &failed));
	assert_int_equal(0, open);
	assert_int_equal(0, failed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(test_a_job_is_taken_once_while_its_clerk_lives),
		store_unit_test(test_a_job_of_a_dead_clerk_is_free_again),
		store_unit_test(test_a_job_waits_for_its_time),
		store_unit_test(
		    test_jobs_are_taken_in_order_and_not_all_at_once),
		store_unit_test(test_a_letter_goes_before_what_takes_long),
		store_unit_test(test_a_done_job_keeps_nothing_of_its_letter),
		store_unit_test(test_a_failed_job_comes_back_later_and_later),
		store_unit_test(
		    test_after_the_last_attempt_it_is_given_up_with_its_reason),
		store_unit_test(test_an_empty_outbox_counts_nothing),
	};

	return store_tests_run("outbox_store", tests);
}
