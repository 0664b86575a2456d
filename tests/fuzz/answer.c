/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/answer.h"

#include "base/check.h"

#include <stdint.h>
#include <string.h>

/* An answer is one of its scale and has only one way to be written. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const struct scale scale = { .min = -6, .max = 300, .step = 3 };
	AUTO_ARENA struct arena a;
	struct rating answer;
	const char *text;

	arena_init(&a, ARENA_LIMIT);
	text = arena_copy_bytes(&a, bytes, size);
	if (answer_parse(&scale, text, &answer) != OK)
		return 0;
	check(strcmp(answer_text(&a, answer), text) == 0);
	check(answer.kind == RATING_VALUE || answer.value == 0);
	check(answer.kind != RATING_VALUE || scale_has(&scale, answer.value));
	check(answer_same(answer, answer_of_columns(
	    answer_column(answer.kind), answer.value)));
	return 0;
}
