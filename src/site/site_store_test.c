/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "site/site_store.h"

#include "run_test.h"

static void
test_only_those_that_joined_are_counted(void **state)
{
	struct store_test *t = *state;
	int64_t count = -1;

	assert_outcome(OK, site_member_count(t->db, &t->arena, &count));
	assert_int_equal(0, count);
	run_test_organisation(t, "tsagaan-gol");
	run_test_organisation(t, "goviin-salkhi");
	run_test_organisation(t, "altai-burged");
	assert_outcome(OK, store_run(t, "UPDATE organisation"
	    " SET standing = $1 WHERE slug = $2", db_text("registered"),
	    db_text("altai-burged")));
	assert_outcome(OK, site_member_count(t->db, &t->arena, &count));
	assert_int_equal(2, count);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(test_only_those_that_joined_are_counted),
	};

	return store_tests_run("site_store", tests);
}
