/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/plan.h"

#include "base/arena.h"
#include "base/check.h"
#include "text/number.h"

#include <stdint.h>

/* What is read as a figure is within bounds, and reads the same again. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	AUTO_ARENA struct arena a;
	struct decimal value = { .known = true };
	int64_t again;

	arena_init(&a, ARENA_LIMIT);
	if (hundredths_parse(arena_copy_bytes(&a, bytes, size),
	    &value.hundredths) != OK)
		return 0;
	check(value.hundredths <= HUNDREDTHS_MOST &&
	    value.hundredths >= -HUNDREDTHS_MOST);
	check(hundredths_parse(decimal_show(&a, value), &again) == OK);
	check(again == value.hundredths);
	return 0;
}
