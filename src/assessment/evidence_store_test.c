/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/collect_store.h"
#include "assessment/evidence_store.h"
#include "run_test.h"

#include <string.h>

/* Evidence and the agreed scores that rest on it, on both engines. */

struct job {
	struct store_test *test;
	int64_t organisation, run;
	struct agreed agreed;
	struct evidence piece;
	struct authored by;
	const char *item;
	int64_t id;		/* of the piece */
};

static struct job
job_make(struct store_test *t)
{
	int64_t organisation = run_test_organisation(t, "tsagaan-gol");

	return (struct job){ .test = t, .organisation = organisation,
		.run = run_test_run(t, organisation), .item = "1.2",
		.by = { .now = RUN_NOW } };
}

#define LEVEL(v) (struct rating){ RATING_VALUE, (v) }
#define NA (struct rating){ RATING_NOT_APPLICABLE, 0 }
#define DK (struct rating){ RATING_DONT_KNOW, 0 }

static enum outcome
piece_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return evidence_add(tx, &j->test->arena, j->organisation, &j->piece,
	    &j->by, &j->id);
}

static int64_t
piece(struct job *j, const char *kind, const char *visible)
{
	static const uint8_t hash[32] = { 7 };
	bool file = strcmp(kind, "file") == 0;

	j->piece = (struct evidence){ .kind = kind, .title = "Minutes",
		.link = strcmp(kind, "link") == 0 ? "https://example.mn" : "",
		.hash = file ? hash : NULL, .size = file ? 12 : 0,
		.type = file ? "application/pdf" : "",
		.file_name = file ? "minutes.pdf" : "", .visible = visible };
	assert_outcome(OK, store_write(j->test, piece_write, j));
	return j->id;
}

static enum outcome
serve_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return evidence_item_add(tx, &j->test->arena, j->organisation, j->run,
	    j->item, j->id);
}

static enum outcome
unlink_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return evidence_item_remove(tx, &j->test->arena, j->organisation,
	    j->run, j->item, j->id);
}

static enum outcome
agree_write(struct tx *tx, void *arg)
{
	const struct job *j = arg;

	return agreed_put(tx, &j->test->arena, j->organisation, j->run,
	    &j->agreed, &j->by);
}

static enum outcome
agree(struct job *j, struct rating answer, int64_t version)
{
	j->agreed = (struct agreed){ .item = j->item, .answer = answer,
		.rationale = "The budget was shown", .version = version };
	return store_write(j->test, agree_write, j);
}

static void
test_evidence_sets_the_highest_level_that_can_be_agreed(void **state)
{
	static const struct {
		const char *kind, *visible;
		int cap;
	} cases[] = {
		{ NULL, NULL, 1 }, { "stated", "team", 2 },
		{ "file", "team", 3 }, { "link", "public", 4 },
	};
	struct job j = job_make(*state);
	int64_t version = 0;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (cases[i].kind != NULL) {
			j.id = piece(&j, cases[i].kind, cases[i].visible);
			assert_outcome(OK, store_write(j.test, serve_write,
			    &j));
		}
		if (cases[i].cap < 4)
			assert_outcome(INVALID, agree(&j,
			    LEVEL(cases[i].cap + 1), version));
		assert_outcome(OK, agree(&j, LEVEL(cases[i].cap), version));
		version++;
	}
	assert_outcome(OK, agree(&j, DK, version));
}

static void
test_the_second_of_two_agreements_gets_a_conflict(void **state)
{
	struct job j = job_make(*state);
	struct agreed agreed;

	assert_outcome(OK, agree(&j, LEVEL(1), 0));
	assert_outcome(CONFLICT, agree(&j, LEVEL(0), 0));
	assert_outcome(OK, agree(&j, NA, 1));
	assert_outcome(CONFLICT, agree(&j, LEVEL(0), 1));
	assert_outcome(OK, agreed_find(j.test->db, &j.test->arena,
	    j.organisation, j.run, j.item, &agreed));
	assert_int_equal(RATING_NOT_APPLICABLE, agreed.answer.kind);
	assert_int_equal(2, agreed.version);
	assert_string_equal("The budget was shown", agreed.rationale);
	assert_outcome(NOT_FOUND, agreed_find(j.test->db, &j.test->arena,
	    j.organisation + 1, j.run, j.item, &agreed));
}

static void
test_what_a_score_rests_on_is_not_taken_away(void **state)
{
	struct job j = job_make(*state);
	int64_t id = piece(&j, "file", "team");

	j.id = id;
	assert_outcome(OK, store_write(j.test, serve_write, &j));
	assert_outcome(OK, agree(&j, LEVEL(3), 0));
	assert_outcome(INVALID, store_write(j.test, unlink_write, &j));
	assert_outcome(OK, agree(&j, LEVEL(1), 1));
	assert_outcome(OK, store_write(j.test, unlink_write, &j));
	assert_outcome(OK, store_write(j.test, unlink_write, &j));
}

static enum outcome
visible_write(struct tx *tx, void *arg)
{
	const struct job *j = arg;

	return evidence_change(tx, &j->test->arena, j->organisation, j->id,
	    &j->piece);
}

static void
test_what_is_public_stays_so_while_level_four_rests_on_it(void **state)
{
	struct job j = job_make(*state);
	struct evidence found;
	int64_t id = piece(&j, "file", "public");

	j.id = id;
	assert_outcome(OK, store_write(j.test, serve_write, &j));
	assert_outcome(OK, agree(&j, LEVEL(4), 0));
	j.piece.visible = "team";
	assert_outcome(INVALID, store_write(j.test, visible_write, &j));
	assert_outcome(OK, evidence_find(j.test->db, &j.test->arena,
	    j.organisation, id, &found));
	assert_string_equal("public", found.visible);
	assert_outcome(OK, agree(&j, LEVEL(3), 1));
	j.piece.title = "Minutes, signed";
	assert_outcome(OK, store_write(j.test, visible_write, &j));
	assert_outcome(OK, evidence_find(j.test->db, &j.test->arena,
	    j.organisation, id, &found));
	assert_string_equal("Minutes, signed", found.title);
	assert_string_equal("team", found.visible);
}

static enum outcome
confirm_write(struct tx *tx, void *arg)
{
	const struct job *j = arg;

	return evidence_confirm(tx, &j->test->arena, j->organisation, j->id,
	    "Хөх тал", RUN_DAY);
}

static void
test_a_confirmed_statement_carries_level_four(void **state)
{
	struct job j = job_make(*state);

	j.id = piece(&j, "stated", "team");
	assert_outcome(OK, store_write(j.test, serve_write, &j));
	assert_outcome(INVALID, agree(&j, LEVEL(4), 0));
	assert_outcome(OK, store_write(j.test, confirm_write, &j));
	assert_outcome(OK, agree(&j, LEVEL(4), 0));
}

static void
test_one_piece_serves_many_items(void **state)
{
	struct job j = job_make(*state);
	static const uint8_t hash[32] = { 7 };
	struct evidence_of_items items;
	struct evidence_list list;
	int64_t count;

	j.id = piece(&j, "file", "team");
	assert_outcome(OK, store_write(j.test, serve_write, &j));
	assert_outcome(OK, store_write(j.test, serve_write, &j));
	j.item = "2.1";
	assert_outcome(OK, store_write(j.test, serve_write, &j));
	assert_outcome(OK, evidence_count(j.test->db, &j.test->arena,
	    j.organisation, j.run, &count));
	assert_int_equal(1, count);
	assert_outcome(OK, evidence_of_items_list(j.test->db, &j.test->arena,
	    j.organisation, j.run, &items));
	assert_int_equal(2, items.count);
	assert_int_equal(1, items.items[0].pieces);
	assert_int_equal(EVIDENCE_DOCUMENTED, items.items[0].strongest);
	assert_outcome(OK, evidence_list(j.test->db, &j.test->arena,
	    j.organisation, &list));
	assert_int_equal(1, list.count);
	assert_memory_equal(hash, list.items[0].hash, 32);
	assert_false(list.items[0].has_day);
}

static void
test_evidence_of_another_organisation_serves_nothing(void **state)
{
	struct job j = job_make(*state);
	struct job other = j;

	other.organisation = run_test_organisation(j.test, "khukh-tal");
	j.id = piece(&other, "file", "public");
	assert_outcome(NOT_FOUND, store_write(j.test, serve_write, &j));
	other.by.once = "same";
	piece(&other, "stated", "team");
	j.piece = other.piece;
	j.by.once = "same";
	assert_outcome(CONFLICT, store_write(j.test, piece_write, &j));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(
		    test_evidence_sets_the_highest_level_that_can_be_agreed),
		store_unit_test(
		    test_the_second_of_two_agreements_gets_a_conflict),
		store_unit_test(test_what_a_score_rests_on_is_not_taken_away),
		store_unit_test(
		    test_what_is_public_stays_so_while_level_four_rests_on_it),
		store_unit_test(test_a_confirmed_statement_carries_level_four),
		store_unit_test(test_one_piece_serves_many_items),
		store_unit_test(
		    test_evidence_of_another_organisation_serves_nothing),
	};

	if (library_open(content_folder(NULL)) != OK)
		return 1;
	return store_tests_run("evidence_store", tests);
}
