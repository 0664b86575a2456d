/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo.h"

#include "base/check.h"
#include "base/log.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* DATA/demo.json: what outside tools need to be pointed at. */

static json_t *
accounts_json(const struct demo_accounts *accounts)
{
	json_t *list = json_array();

	LIST_EACH(account, accounts) {
		json_t *one = json_pack("{s:s, s:s, s:s, s:s}",
		    "email", account->email, "password", account->password,
		    "role", account->role, "organisation",
		    account->organisation);

		check(one != NULL && json_array_append_new(list, one) == 0);
	}
	return list;
}

/* Jansson hands back a text to be freed. */
static char *
made_text(const struct demo_made *made)
{
	json_t *root = json_pack("{s:o, s:s?, s:s?, s:s?, s:s?, s:s?}",
	    "accounts", accounts_json(&made->accounts),
	    "collecting", made->collecting,
	    "organisation", made->organisation, "rater", made->rater,
	    "report", made->report, "survey", made->survey);
	char *text;

	check(root != NULL);
	text = json_dumps(root, JSON_INDENT(1) | JSON_SORT_KEYS);
	check(text != NULL);
	json_decref(root);
	return text;
}

/* On disk, with a line's end. */
static bool
file_write(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	size_t size = strlen(text);
	bool good = fd >= 0 && write(fd, text, size) == (ssize_t)size &&
	    write(fd, "\n", 1) == 1 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return good;
}

enum outcome
demo_json_save(const struct demo_made *made, const char *data)
{
	char path[4096], part[4096];
	char *text = made_text(made);
	bool good = snprintf(path, sizeof(path), "%s/demo.json", data) <
	    (int)sizeof(path) && snprintf(part, sizeof(part),
	    "%s/demo.json.part", data) < (int)sizeof(part) &&
	    file_write(part, text) && rename(part, path) == 0;

	free(text);
	if (good)
		return OK;
	log_errno("can't write \"%s/demo.json\"", data);
	return FAILED;
}
