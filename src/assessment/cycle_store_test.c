/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/calendar.h"
#include "assessment/finding_store.h"
#include "assessment/plan_store.h"
#include "run_test.h"

#include <string.h>

/* Findings, actions, indicators and the calendar in the database. */

struct job {
	struct store_test *test;
	int64_t organisation, run, id;
	struct finding finding;
	struct action action;
	struct indicator indicator;
	struct measurement measurement;
	struct authored by;
	int to;
	int64_t day;
};

static struct job
job_make(struct store_test *t)
{
	struct job j = { .test = t, .by = { .now = RUN_NOW } };

	j.organisation = run_test_organisation(t, "tsagaan-gol");
	j.run = run_test_run(t, j.organisation);
	j.finding = (struct finding){ .kind = "weakness", .principle = "7",
		.item = "", .body = "We do not measure our own fuel.",
		.reply = "" };
	j.action = (struct action){ .kind = "rules",
		.title = "Write down fuel and paper every month",
		.owner = "accountant", .due = RUN_DAY + 60,
		.moved_because = "", .state = "open", .progress = "" };
	j.indicator = (struct indicator){ .title = "Months written down",
		.unit = "months", .target = 1200,
		.target_day = RUN_DAY + 365 };
	return j;
}

static enum outcome
move_write(struct tx *tx, void *arg)
{
	const struct job *j = arg;

	return assessment_move(tx, &j->test->arena, j->organisation, j->run,
	    j->to, RUN_NOW);
}

static void
move(struct job *j, int to)
{
	j->to = to;
	assert_outcome(OK, store_write(j->test, move_write, j));
}

static enum outcome
finding_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return finding_add(tx, &j->test->arena, j->organisation, j->run,
	    &j->finding, &j->by, &j->id);
}

static enum outcome
finding_change_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return finding_change(tx, &j->test->arena, j->organisation, j->run,
	    &j->finding, 0);
}

static enum outcome
finding_reply_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return finding_reply(tx, &j->test->arena, j->organisation, j->run,
	    &j->finding);
}

static enum outcome
finding_remove_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return finding_remove(tx, &j->test->arena, j->organisation, j->run,
	    j->finding.id);
}

static enum outcome
action_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return action_add(tx, &j->test->arena, j->organisation, j->run,
	    &j->action, &j->by, &j->id);
}

static enum outcome
action_change_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return action_change(tx, &j->test->arena, j->organisation, j->run,
	    &j->action, RUN_NOW);
}

static enum outcome
action_remove_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return action_remove(tx, &j->test->arena, j->organisation, j->run,
	    j->action.id);
}

static enum outcome
close_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return analysis_close(tx, &j->test->arena, j->organisation, j->run,
	    RUN_NOW);
}

static enum outcome
indicator_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return indicator_add(tx, &j->test->arena, j->organisation, j->run,
	    &j->indicator, &j->by, &j->id);
}

static enum outcome
measurement_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return measurement_add(tx, &j->test->arena, j->organisation, j->run,
	    &j->measurement, &j->by, &j->id);
}

static enum outcome
next_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return assessment_change_next_due(tx, &j->test->arena,
	    j->organisation, j->run, j->day);
}

/* --- Findings ------------------------------------------------------------ */

static void
test_findings_are_written_in_the_analysis_only(void **state)
{
	struct job j = job_make(*state);

	assert_outcome(CONFLICT, store_write(j.test, finding_write, &j));
	move(&j, STAGE_ANALYSIS);
	assert_outcome(OK, store_write(j.test, finding_write, &j));
	j.finding.id = j.id;
	j.finding.version = 1;
	assert_outcome(OK, store_write(j.test, action_write, &j));
	assert_outcome(OK, store_write(j.test, close_write, &j));
	assert_outcome(CONFLICT, store_write(j.test, finding_change_write,
	    &j));
	assert_outcome(CONFLICT, store_write(j.test, finding_remove_write,
	    &j));
	j.finding.reply = "From March on we do.";
	assert_outcome(OK, store_write(j.test, finding_reply_write, &j));
}

static void
test_a_finding_comes_back_as_it_was_written(void **state)
{
	struct job j = job_make(*state);
	struct finding_list list;

	move(&j, STAGE_ANALYSIS);
	assert_outcome(OK, store_write(j.test, finding_write, &j));
	j.finding.kind = "strength";
	j.by.once = "two";
	assert_outcome(OK, store_write(j.test, finding_write, &j));
	assert_outcome(OK, finding_list(j.test->db, &j.test->arena,
	    j.organisation, j.run, &list));
	assert_int_equal(2, list.count);
	assert_string_equal("strength", list.items[0].kind);
	assert_string_equal("7", list.items[1].principle);
	assert_string_equal("", list.items[1].owner);
}

static void
test_a_finding_sent_twice_is_one(void **state)
{
	struct job j = job_make(*state);
	int64_t first;

	move(&j, STAGE_ANALYSIS);
	j.by.once = "same";
	assert_outcome(OK, store_write(j.test, finding_write, &j));
	first = j.id;
	assert_outcome(OK, store_write(j.test, finding_write, &j));
	assert_int_equal(first, j.id);
}

static void
test_the_later_of_two_editors_is_told(void **state)
{
	struct job j = job_make(*state);
	struct finding now;

	move(&j, STAGE_ANALYSIS);
	assert_outcome(OK, store_write(j.test, finding_write, &j));
	j.finding.id = j.id;
	j.finding.version = 1;
	j.finding.body = "first";
	assert_outcome(OK, store_write(j.test, finding_change_write, &j));
	j.finding.body = "second";
	assert_outcome(CONFLICT, store_write(j.test, finding_change_write,
	    &j));
	assert_outcome(OK, finding_find(j.test->db, &j.test->arena,
	    j.organisation, j.run, j.id, &now));
	assert_string_equal("first", now.body);
}

static void
test_another_organisation_finds_nothing(void **state)
{
	struct job j = job_make(*state);
	int64_t other = run_test_organisation(j.test, "khukh-tal");
	struct finding finding;
	struct finding_list list;

	move(&j, STAGE_ANALYSIS);
	assert_outcome(OK, store_write(j.test, finding_write, &j));
	assert_outcome(NOT_FOUND, finding_find(j.test->db, &j.test->arena,
	    other, j.run, j.id, &finding));
	assert_outcome(OK, finding_list(j.test->db, &j.test->arena, other,
	    j.run, &list));
	assert_int_equal(0, list.count);
	j.organisation = other;
	assert_outcome(NOT_FOUND, store_write(j.test, finding_write, &j));
}

/* --- Actions ------------------------------------------------------------- */

static void
test_closing_the_analysis_needs_an_action(void **state)
{
	struct job j = job_make(*state);

	assert_outcome(CONFLICT, store_write(j.test, close_write, &j));
	move(&j, STAGE_ANALYSIS);
	assert_outcome(INVALID, store_write(j.test, close_write, &j));
	j.action.kind = "keep";
	assert_outcome(OK, store_write(j.test, action_write, &j));
	assert_outcome(OK, store_write(j.test, close_write, &j));
	assert_outcome(CONFLICT, store_write(j.test, close_write, &j));
	assert_int_equal(STAGE_PLAN, store_int(j.test,
	    "SELECT stage FROM assessment WHERE id = $1", db_int(j.run)));
}

static void
test_a_date_moves_once_when_the_plan_stands(void **state)
{
	struct job j = job_make(*state);
	struct action now;

	move(&j, STAGE_ANALYSIS);
	assert_outcome(OK, store_write(j.test, action_write, &j));
	j.action.id = j.id;
	j.action.version = 1;
	/* Before it stands, days change freely. */
	j.action.due = RUN_DAY + 70;
	assert_outcome(OK, store_write(j.test, action_change_write, &j));
	move(&j, STAGE_PLAN);
	move(&j, STAGE_MONITORING);
	j.action.version = 2;
	j.action.due = RUN_DAY + 90;
	assert_outcome(INVALID, store_write(j.test, action_change_write, &j));
	j.action.moved_because = "The khural met later.";
	assert_outcome(OK, store_write(j.test, action_change_write, &j));
	assert_outcome(OK, action_find(j.test->db, &j.test->arena,
	    j.organisation, j.run, j.id, &now));
	assert_int_equal(RUN_DAY + 70, now.first_due);
	assert_int_equal(RUN_DAY + 90, now.due);
	assert_string_equal("The khural met later.", now.moved_because);
	j.action.version = 3;
	j.action.due = RUN_DAY + 120;
	assert_outcome(INVALID, store_write(j.test, action_change_write, &j));
	j.action.due = RUN_DAY + 90;
	j.action.state = "kept";
	assert_outcome(OK, store_write(j.test, action_change_write, &j));
	assert_outcome(CONFLICT, store_write(j.test, action_remove_write, &j));
}

static void
test_an_action_answers_a_finding_of_its_run(void **state)
{
	struct job j = job_make(*state), other = j;
	struct action_list list;

	move(&j, STAGE_ANALYSIS);
	assert_outcome(OK, store_write(j.test, finding_write, &j));
	j.action.finding = j.id;
	assert_outcome(OK, store_write(j.test, action_write, &j));
	other.run = run_test_run(j.test, j.organisation);
	move(&other, STAGE_ANALYSIS);
	other.action.finding = j.action.finding;
	assert_outcome(INVALID, store_write(j.test, action_write, &other));
	/* A finding that goes leaves its action. */
	j.finding.id = j.action.finding;
	assert_outcome(OK, store_write(j.test, finding_remove_write, &j));
	assert_outcome(OK, action_list(j.test->db, &j.test->arena,
	    j.organisation, j.run, &list));
	assert_int_equal(1, list.count);
	assert_int_equal(0, list.items[0].finding);
}

/* --- Indicators ---------------------------------------------------------- */

static void
test_measurements_are_listed_by_day(void **state)
{
	struct job j = job_make(*state);
	struct measurement_list list;

	move(&j, STAGE_ANALYSIS);
	assert_outcome(OK, store_write(j.test, action_write, &j));
	j.indicator.action = j.id;
	assert_outcome(OK, store_write(j.test, indicator_write, &j));
	j.indicator.id = j.id;
	j.measurement = (struct measurement){ .indicator = j.id,
		.day = RUN_DAY + 30, .value = 250, .note = "" };
	assert_outcome(CONFLICT, store_write(j.test, measurement_write, &j));
	assert_outcome(OK, store_write(j.test, close_write, &j));
	assert_outcome(OK, store_write(j.test, measurement_write, &j));
	j.measurement.day = RUN_DAY;
	j.measurement.value = -125;
	assert_outcome(OK, store_write(j.test, measurement_write, &j));
	assert_outcome(OK, measurement_list(j.test->db, &j.test->arena,
	    j.organisation, j.run, j.indicator.id, &list));
	assert_int_equal(2, list.count);
	assert_int_equal(-125, list.items[0].value);
	assert_int_equal(RUN_DAY + 30, list.items[1].day);
	j.measurement.indicator += 7;
	assert_outcome(NOT_FOUND, store_write(j.test, measurement_write, &j));
}

static void
test_a_measurement_sent_twice_is_one(void **state)
{
	struct job j = job_make(*state);

	move(&j, STAGE_ANALYSIS);
	assert_outcome(OK, store_write(j.test, action_write, &j));
	assert_outcome(OK, store_write(j.test, indicator_write, &j));
	assert_outcome(OK, store_write(j.test, close_write, &j));
	j.measurement = (struct measurement){ .indicator = j.id,
		.day = RUN_DAY, .value = 100, .note = "" };
	j.by.once = "same";
	assert_outcome(OK, store_write(j.test, measurement_write, &j));
	assert_outcome(OK, store_write(j.test, measurement_write, &j));
	assert_int_equal(1, store_int(j.test,
	    "SELECT COUNT(*) FROM measurement WHERE value = $1",
	    db_int(100)));
}

/* --- Calendar ------------------------------------------------------------ */

static void
test_the_calendar_holds_what_is_still_to_come(void **state)
{
	struct job j = job_make(*state);
	struct calendar_events events;

	move(&j, STAGE_ANALYSIS);
	assert_outcome(OK, store_write(j.test, action_write, &j));
	assert_outcome(OK, store_write(j.test, indicator_write, &j));
	assert_outcome(OK, store_write(j.test, close_write, &j));
	j.day = RUN_DAY + 366;
	assert_outcome(OK, store_write(j.test, next_write, &j));
	assert_outcome(OK, calendar_event_list(j.test->db, &j.test->arena,
	    j.organisation, &events));
	assert_int_equal(4, events.count);
	assert_int_equal(RUN_DAY + 40, events.items[0].day);
	assert_int_equal(0, strncmp(events.items[0].uid, "run-", 4));
	assert_string_equal("accountant", events.items[1].description);
	assert_int_equal(0, strncmp(events.items[2].uid, "indicator-", 10));
	assert_int_equal(RUN_DAY + 366, events.items[3].day);
	/* A newer run takes the place of the next one. */
	(void)run_test_run(j.test, j.organisation);
	assert_outcome(OK, calendar_event_list(j.test->db, &j.test->arena,
	    j.organisation, &events));
	assert_int_equal(4, events.count);
	assert_int_equal(0, strncmp(events.items[3].uid, "indicator-", 10));
}

static enum outcome
secret_write(struct tx *tx, void *arg)
{
	struct job *j = arg;
	uint8_t secret[CALENDAR_SECRET];

	memset(secret, (int)j->day, sizeof(secret));
	return calendar_secret_add(tx, &j->test->arena, secret);
}

static void
test_the_first_secret_stays(void **state)
{
	struct job j = job_make(*state);
	uint8_t secret[CALENDAR_SECRET];

	assert_outcome(NOT_FOUND, calendar_secret_find(j.test->db,
	    &j.test->arena, secret));
	j.day = 7;
	assert_outcome(OK, store_write(j.test, secret_write, &j));
	j.day = 9;
	assert_outcome(OK, store_write(j.test, secret_write, &j));
	assert_outcome(OK, calendar_secret_find(j.test->db, &j.test->arena,
	    secret));
	assert_int_equal(7, secret[0]);
	assert_int_equal(7, secret[31]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(test_findings_are_written_in_the_analysis_only),
		store_unit_test(test_a_finding_comes_back_as_it_was_written),
		store_unit_test(test_a_finding_sent_twice_is_one),
		store_unit_test(test_the_later_of_two_editors_is_told),
		store_unit_test(test_another_organisation_finds_nothing),
		store_unit_test(test_closing_the_analysis_needs_an_action),
		store_unit_test(test_a_date_moves_once_when_the_plan_stands),
		store_unit_test(test_an_action_answers_a_finding_of_its_run),
		store_unit_test(test_measurements_are_listed_by_day),
		store_unit_test(test_a_measurement_sent_twice_is_one),
		store_unit_test(test_the_calendar_holds_what_is_still_to_come),
		store_unit_test(test_the_first_secret_stays),
	};

	if (library_open(content_folder(NULL)) != OK)
		return 1;
	return store_tests_run("cycle_store", tests);
}
