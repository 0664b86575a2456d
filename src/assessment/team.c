/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/team.h"

#include "text/utf8.h"

#include <string.h>

/* Lines of "name, duty". */

static const char *
trimmed(struct arena *a, const char *text, size_t size)
{
	char *copy;

	while (size > 0 && (*text == ' ' || *text == '\t'))
		text++, size--;
	while (size > 0 && (text[size - 1] == ' ' || text[size - 1] == '\t'))
		size--;
	copy = arena_take(a, size + 1);
	memcpy(copy, text, size);
	return copy;
}

static struct team_member
line_parse(struct arena *a, const char *line)
{
	size_t name = strcspn(line, ",");

	return (struct team_member){
		.name = trimmed(a, line, name),
		.duty = line[name] == '\0' ? ""
		    : trimmed(a, line + name + 1, strlen(line + name + 1)) };
}

enum outcome
team_parse(struct arena *a, const char *text, struct team_list *team_out)
{
	struct team_list team = { 0 };

	while (*text != '\0') {
		size_t size = strcspn(text, "\n");
		const char *line = trimmed(a, text, size);

		text += size + (text[size] == '\n');
		line += strspn(line, ", \t"); /* nobody before the comma */
		if (*line == '\0')
			continue;
		if (team.count >= TEAM_MOST ||
		    utf8_length(line) > TEAM_NAME_MOST)
			return INVALID;
		*LIST_ADD(a, &team) = line_parse(a, line);
	}
	*team_out = team;
	return OK;
}

const char *
team_print(struct arena *a, const struct team_list *team)
{
	const char *text = "";

	LIST_EACH (member, team)
		text = arena_print(a, "%s%s%s%s%s", text,
		    *text == '\0' ? "" : "\n", member->name,
		    member->duty[0] == '\0' ? "" : ", ", member->duty);
	return text;
}
