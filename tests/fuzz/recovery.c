/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/recovery.h"

#include "base/arena.h"
#include "base/check.h"

#include <stdint.h>
#include <string.h>

/* Words that were read are read again from both of their spellings. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
check_spelling(struct arena *a, const struct recovery *read,
    enum language language)
{
	struct recovery again;
	const char *text = "";

	for (int i = 0; i < RECOVERY_WORDS; i++)
		text = arena_print(a, "%s %s", text,
		    recovery_word_show(a, language, read, i));
	check(recovery_parse(text, &again));
	check(memcmp(&again, read, sizeof(again)) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	AUTO_ARENA struct arena a;
	struct recovery read;
	char canonical[RECOVERY_CANONICAL];
	const char *typed;

	arena_init(&a, ARENA_LIMIT);
	typed = arena_copy_bytes(&a, bytes, size);
	if (!recovery_parse(typed, &read))
		return 0;
	recovery_canonical(&read, canonical);
	check(strlen(canonical) < sizeof(canonical));
	check_spelling(&a, &read, LANGUAGE_MN);
	check_spelling(&a, &read, LANGUAGE_EN);
	return 0;
}
