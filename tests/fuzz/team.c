/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/team.h"

#include "base/check.h"
#include "text/utf8.h"

#include <stdint.h>
#include <string.h>

/* What is read keeps to its limits, and comes back when written. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
check_same(const struct team_list *one, const struct team_list *other)
{
	check(one->count == other->count);
	for (size_t i = 0; i < one->count; i++) {
		check(one->items[i].name[0] != '\0');
		check(strchr(one->items[i].name, ',') == NULL);
		check(utf8_length(one->items[i].name) <= TEAM_NAME_MOST);
		check(strcmp(one->items[i].name, other->items[i].name) == 0);
		check(strcmp(one->items[i].duty, other->items[i].duty) == 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	AUTO_ARENA struct arena a;
	struct team_list team, again;
	const char *text;

	arena_init(&a, ARENA_LIMIT);
	text = arena_copy_bytes(&a, bytes, size);
	if (!text_is_clean(text, strlen(text)) ||
	    team_parse(&a, text, &team) != OK)
		return 0;
	check(team.count <= TEAM_MOST);
	if (team_parse(&a, team_print(&a, &team), &again) == OK)
		check_same(&team, &again);
	return 0;
}
