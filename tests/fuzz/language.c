/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/language.h"

#include "base/arena.h"
#include "base/check.h"

#include <stddef.h>
#include <stdint.h>

/* Any Accept-Language header gives a language, the same for the same bytes. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	AUTO_ARENA struct arena a;
	enum language accepted, parsed;
	const char *header;

	arena_init(&a, ARENA_LIMIT);
	header = arena_copy_bytes(&a, bytes, size);
	accepted = language_accept(header);
	check(language_parse(language_code(accepted), &parsed) == OK);
	check(parsed == accepted);
	if (language_parse(header, &parsed) == OK)
		check(language_accept(header) == parsed);
	return 0;
}
