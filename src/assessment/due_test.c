/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/due.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
test_each_kind_has_its_words_and_its_page(void **state)
{
	static const struct {
		enum due_kind kind;
		const char *words, *address;
	} cases[] = {
		{ DUE_RUN, "Self-assessment: collect ratings and evidence",
		    "/o/tsagaan-gol/assessments/3/tasks" },
		{ DUE_ACTION, "Action: Fence the <seven> springs",
		    "/o/tsagaan-gol/assessments/3/plan" },
		{ DUE_MEASUREMENT, "Measure: Fence the <seven> springs",
		    "/o/tsagaan-gol/assessments/3/monitoring" },
		{ DUE_NEXT_RUN, "Time to begin the next self-assessment",
		    "/o/tsagaan-gol/assessments" },
	};
	AUTO_ARENA struct arena a;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct due due = { .kind = cases[i].kind,
			.slug = "tsagaan-gol", .number = 3, .stage = 2,
			.title = "Fence the <seven> springs" };

		assert_string_equal(due_words(&a, LANGUAGE_EN, &due),
		    cases[i].words);
		assert_string_equal(due_address(&a, &due), cases[i].address);
	}
}

static void
test_each_stage_says_what_to_do_in_each_language(void **state)
{
	AUTO_ARENA struct arena a;
	const char *before[LANGUAGES] = { NULL };

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	for (int64_t stage = 1; stage <= 4; stage++)
		for (int l = 0; l < LANGUAGES; l++) {
			const struct due due = { .kind = DUE_RUN, .slug = "o",
				.stage = stage, .title = "" };
			const char *words = due_words(&a, (enum language)l,
			    &due);

			if (before[l] != NULL)
				assert_string_not_equal(words, before[l]);
			before[l] = words;
		}
	assert_string_not_equal(before[LANGUAGE_MN], before[LANGUAGE_EN]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_kind_has_its_words_and_its_page),
		cmocka_unit_test(
		    test_each_stage_says_what_to_do_in_each_language),
	};

	return cmocka_run_group_tests_name("due", tests, NULL, NULL);
}
