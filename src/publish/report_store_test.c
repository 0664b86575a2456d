/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "publish/report_store.h"

#include "assessment/collect_store.h"
#include "assessment/plan_store.h"
#include "publish/publish_run.h"
#include "publish/report_file.h"
#include "run_test.h"

#include <string.h>

/* Publishing a stored run, on both engines. */

struct job {
	struct store_test *test;
	int64_t organisation, run, report;
	struct publish_order order;
	struct authored by;
	bool to_plan;
};

/* One agreed score, one action: enough to publish. */
static enum outcome
prepare_write(struct tx *tx, void *arg)
{
	struct job *j = arg;
	struct arena *a = &j->test->arena;
	const struct agreed agreed = { .item = "1.2",
		.answer = { RATING_VALUE, 1 }, .rationale = "" };
	const struct action action = { .kind = "keep",
		.title = "Go on with the hearings", .owner = "board",
		.due = RUN_DAY + 90, .moved_because = "", .state = "open",
		.progress = "" };
	int64_t id;
	enum outcome got = agreed_put(tx, a, j->organisation, j->run,
	    &agreed, &j->by);

	if (got == OK)
		got = assessment_move(tx, a, j->organisation, j->run,
		    STAGE_ANALYSIS, RUN_NOW);
	if (got == OK && j->to_plan)
		got = action_add(tx, a, j->organisation, j->run, &action,
		    &j->by, &id);
	if (got == OK && j->to_plan)
		got = analysis_close(tx, a, j->organisation, j->run,
		    RUN_NOW);
	return got;
}

static enum outcome
publish_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return publish_run(tx, &j->test->arena, j->organisation, &j->order,
	    &j->by, &j->report);
}

static struct job
job_make(struct store_test *t, const char *slug, bool to_plan)
{
	struct job j = { .test = t, .by = { .now = RUN_NOW },
		.to_plan = to_plan };

	j.organisation = run_test_organisation(t, slug);
	j.run = run_test_run(t, j.organisation);
	j.order = (struct publish_order){ .assessment = j.run,
		.detail = "full", .reason = "" };
	assert_outcome(OK, store_write(t, prepare_write, &j));
	return j;
}

static void
test_a_report_is_found_as_it_was_published(void **state)
{
	struct store_test *t = *state;
	struct job j = job_make(t, "tsagaan-gol", true);
	struct report report, same;
	struct report_view view;

	assert_outcome(NOT_FOUND, report_find(t->db, &t->arena,
	    j.organisation, 1, 0, &report));
	assert_outcome(OK, store_write(t, publish_write, &j));
	assert_outcome(OK, report_find(t->db, &t->arena, j.organisation, 1,
	    0, &report));
	assert_int_equal(1, report.revision);
	assert_int_equal(1, report.newest);
	assert_outcome(OK, publish_check(report.document, report.hash));
	assert_outcome(OK, publish_parse(&t->arena, LANGUAGE_EN,
	    report.document, &view));
	assert_string_equal("tsagaan-gol", view.slug);
	assert_int_equal(100, view.principles.items[0].self.hundredths);
	assert_int_equal(1, view.actions.count);
	assert_outcome(OK, report_find_id(t->db, &t->arena, report.id,
	    &same));
	assert_string_equal(report.document, same.document);
}

static void
test_a_run_without_a_plan_is_not_published(void **state)
{
	struct job j = job_make(*state, "tsagaan-gol", false);

	assert_outcome(CONFLICT, store_write(j.test, publish_write, &j));
}

static void
test_the_clerk_is_asked_for_every_language(void **state)
{
	struct job j = job_make(*state, "tsagaan-gol", true);

	assert_outcome(OK, store_write(j.test, publish_write, &j));
	assert_int_equal(LANGUAGES, store_int(j.test,
	    "SELECT COUNT(*) FROM outbox WHERE kind = $1", db_text("pdf")));
}

static enum outcome
ask_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return report_file_ask(tx, &j->test->arena, j->report, LANGUAGE_EN,
	    RUN_NOW);
}

static void
test_the_clerk_is_asked_again_only_when_nothing_waits(void **state)
{
	static const char DONE[] = "UPDATE outbox SET done = $1";
	static const char OPEN[] =
		"SELECT count(*) FROM outbox WHERE kind = 'pdf'"
		" AND done IS NULL AND id > $1";
	struct store_test *t = *state;
	struct job j = job_make(t, "tsagaan-gol", true);

	assert_outcome(OK, store_write(t, publish_write, &j));
	assert_outcome(OK, store_write(t, ask_write, &j));
	assert_int_equal(LANGUAGES, store_int(t, OPEN, db_int(0)));
	assert_outcome(OK, store_run(t, DONE, db_int(RUN_NOW)));
	assert_outcome(OK, store_write(t, ask_write, &j));
	assert_outcome(OK, store_write(t, ask_write, &j));
	assert_int_equal(1, store_int(t, OPEN, db_int(0)));
}

static void
test_a_form_sent_twice_publishes_once(void **state)
{
	struct job j = job_make(*state, "tsagaan-gol", true);
	int64_t first;

	j.by.once = "same";
	assert_outcome(OK, store_write(j.test, publish_write, &j));
	first = j.report;
	assert_outcome(OK, store_write(j.test, publish_write, &j));
	assert_int_equal(first, j.report);
	assert_int_equal(1, store_int(j.test,
	    "SELECT COUNT(*) FROM report WHERE revision > $1", db_int(0)));
}

static void
test_a_correction_needs_a_reason_and_the_newest_revision(void **state)
{
	struct store_test *t = *state;
	struct job j = job_make(t, "tsagaan-gol", true);
	struct report report;
	struct report_revisions revisions;

	assert_outcome(OK, store_write(t, publish_write, &j));
	assert_outcome(INVALID, store_write(t, publish_write, &j));
	j.order.reason = "A wrong date.";
	assert_outcome(CONFLICT, store_write(t, publish_write, &j));
	j.order.after = 1;
	j.order.detail = "findings";
	assert_outcome(OK, store_write(t, publish_write, &j));
	assert_outcome(OK, report_find(t->db, &t->arena, j.organisation, 1,
	    0, &report));
	assert_int_equal(2, report.revision);
	assert_string_equal("A wrong date.", report.reason);
	assert_null(strstr(report.document, "\"principles\":["));
	/* The earlier one stays readable. */
	assert_outcome(OK, report_find(t->db, &t->arena, j.organisation, 1,
	    1, &report));
	assert_string_equal("full", report.detail);
	assert_int_equal(2, report.newest);
	assert_outcome(NOT_FOUND, report_find(t->db, &t->arena,
	    j.organisation, 1, 3, &report));
	assert_outcome(OK, report_revision_list(t->db, &t->arena,
	    j.organisation, 1, &revisions));
	assert_int_equal(2, revisions.count);
	assert_int_equal(2, revisions.items[0].revision);
}

/* Later changes of the run do not reach what is published. */
static void
test_a_published_report_is_frozen(void **state)
{
	struct store_test *t = *state;
	struct job j = job_make(t, "tsagaan-gol", true);
	struct report before, after;

	assert_outcome(OK, store_write(t, publish_write, &j));
	assert_outcome(OK, report_find(t->db, &t->arena, j.organisation, 1,
	    0, &before));
	assert_outcome(OK, store_run(t, "UPDATE action SET title = $1",
	    db_text("Something else")));
	assert_outcome(OK, store_run(t, "UPDATE organisation SET name_mn = $1",
	    db_text("Өөр нэр")));
	assert_outcome(OK, report_find(t->db, &t->arena, j.organisation, 1,
	    0, &after));
	assert_string_equal(before.document, after.document);
}

static void
test_lists_show_the_newest_revision_and_no_score(void **state)
{
	struct store_test *t = *state;
	struct job one = job_make(t, "tsagaan-gol", true);
	struct job other = job_make(t, "khukh-tal", true);
	struct published_list list;

	assert_outcome(OK, store_write(t, publish_write, &one));
	one.order.after = 1;
	one.order.reason = "A wrong date.";
	one.by.now = RUN_NOW + 200;
	assert_outcome(OK, store_write(t, publish_write, &one));
	other.by.now = RUN_NOW + 100;
	assert_outcome(OK, store_write(t, publish_write, &other));
	assert_outcome(OK, publish_of_organisation(t->db, &t->arena,
	    one.organisation, &list));
	assert_int_equal(1, list.count);
	assert_int_equal(2, list.items[0].revision);
	assert_int_equal(RUN_DAY, list.items[0].period_to);
	/* A correction is no news. */
	assert_outcome(OK, publish_newest(t->db, &t->arena, 10, &list));
	assert_int_equal(2, list.count);
	assert_string_equal("khukh-tal", list.items[0].slug);
	assert_outcome(OK, publish_newest(t->db, &t->arena, 1, &list));
	assert_int_equal(1, list.count);
}

static void
test_another_organisation_has_no_such_report(void **state)
{
	struct store_test *t = *state;
	struct job j = job_make(t, "tsagaan-gol", true);
	int64_t other = run_test_organisation(t, "khukh-tal");
	struct report report;

	assert_outcome(OK, store_write(t, publish_write, &j));
	assert_outcome(NOT_FOUND, report_find(t->db, &t->arena, other, 1, 0,
	    &report));
	j.organisation = other;
	assert_outcome(NOT_FOUND, store_write(t, publish_write, &j));
}

/* --- Printed forms ------------------------------------------------------- */

struct file_job {
	struct store_test *test;
	int64_t report;
	struct report_file file;
};

static enum outcome
file_write(struct tx *tx, void *arg)
{
	const struct file_job *j = arg;

	return report_file_add(tx, &j->test->arena, j->report, LANGUAGE_MN,
	    &j->file);
}

static void
test_a_printed_form_is_found_once_it_is_made(void **state)
{
	struct store_test *t = *state;
	struct job j = job_make(t, "tsagaan-gol", true);
	struct file_job f = { .test = t };
	struct report_file found;
	uint8_t hash[32] = { 1 };
	int fd;

	assert_outcome(OK, store_write(t, publish_write, &j));
	assert_outcome(NOT_FOUND, report_file_find(t->db, &t->arena,
	    j.report, LANGUAGE_MN, &found));
	f.report = j.report;
	f.file = (struct report_file){ hash, 8 };
	assert_outcome(OK, store_write(t, file_write, &f));
	hash[0] = 2;
	assert_outcome(OK, store_write(t, file_write, &f));
	assert_outcome(OK, report_file_find(t->db, &t->arena, j.report,
	    LANGUAGE_MN, &found));
	assert_int_equal(8, found.size);
	assert_int_equal(2, found.hash[0]);
	assert_outcome(NOT_FOUND, report_file_find(t->db, &t->arena,
	    j.report, LANGUAGE_EN, &found));
	assert_outcome(NOT_FOUND, report_file_open(t->folder, hash, &fd));
}

static void
test_the_printed_form_needs_nothing_else(void **state)
{
	struct store_test *t = *state;
	struct job j = job_make(t, "tsagaan-gol", true);
	AUTO_PAGE struct page page;
	const char *html;

	page_init(&page, &t->arena, LANGUAGE_MN);
	assert_outcome(NOT_FOUND, report_html_for_pdf(t->db, &t->arena, 77,
	    &page));
	assert_outcome(OK, store_write(t, publish_write, &j));
	assert_outcome(OK, report_html_for_pdf(t->db, &t->arena, j.report,
	    &page));
	html = buffer_text(&page.out);
	assert_non_null(strstr(html, "href=\"data:text/css;base64,"));
	assert_null(strstr(html, "<script"));
	assert_null(strstr(html, "href=\"/style"));
	assert_non_null(strstr(html, "</html>"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(test_a_report_is_found_as_it_was_published),
		store_unit_test(test_a_run_without_a_plan_is_not_published),
		store_unit_test(test_the_clerk_is_asked_for_every_language),
		store_unit_test(
		    test_the_clerk_is_asked_again_only_when_nothing_waits),
		store_unit_test(test_a_form_sent_twice_publishes_once),
		store_unit_test(
		    test_a_correction_needs_a_reason_and_the_newest_revision),
		store_unit_test(test_a_published_report_is_frozen),
		store_unit_test(
		    test_lists_show_the_newest_revision_and_no_score),
		store_unit_test(test_another_organisation_has_no_such_report),
		store_unit_test(test_a_printed_form_is_found_once_it_is_made),
		store_unit_test(test_the_printed_form_needs_nothing_else),
	};

	if (library_open(content_folder(NULL)) != OK)
		return 1;
	return store_tests_run("report_store", tests);
}
