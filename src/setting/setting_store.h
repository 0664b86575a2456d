/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "db/db.h"

/*
 * Values that the installation's administrators chose. The closed list:
 *
 *	site.address		"https://…" without a slash at the end: begins
 *				every link in a letter
 *	coalition.title.mn	what the site is called
 *	coalition.title.en
 *	demo			"1": made by `tulga demo`
 */
struct settings {
	const char *address;	/* "" when not set */
	const char *title_mn, *title_en;	/* "" when not set */
	bool demo;
};

/* All at once, in one query. OK also when none is set. */
MUST_CHECK enum outcome settings_find(struct db *db, struct arena *a,
    struct settings *settings_out);

MUST_CHECK enum outcome setting_change(struct tx *tx, struct arena *a,
    const char *name, const char *value);
