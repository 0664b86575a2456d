/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "setting/setting_store.h"

#include <string.h>

/* Settings: the SQL. */

static const char SETTINGS_FIND[] =
	"SELECT name, value FROM setting LIMIT 100";

static void
setting_take(struct settings *settings, const char *name, const char *value)
{
	if (strcmp(name, "site.address") == 0)
		settings->address = value;
	else if (strcmp(name, "coalition.title.mn") == 0)
		settings->title_mn = value;
	else if (strcmp(name, "coalition.title.en") == 0)
		settings->title_en = value;
	else if (strcmp(name, "demo") == 0)
		settings->demo = strcmp(value, "1") == 0;
}

enum outcome
settings_find(struct db *db, struct arena *a, struct settings *settings_out)
{
	AUTO_CLOSE struct rows rows = db_query_values(db, a,
	    SETTINGS_FIND, NULL, 0);
	struct settings settings = { .address = "", .title_mn = "",
		.title_en = "" };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK)
		setting_take(&settings, rows_text(&rows, 0),
		    rows_text(&rows, 1));
	if (got != NOT_FOUND)
		return got;
	*settings_out = settings;
	return OK;
}

static const char SETTING_CHANGE[] =
	"INSERT INTO setting (name, value) VALUES ($1, $2)"
	" ON CONFLICT (name) DO UPDATE SET value = excluded.value";

enum outcome
setting_change(struct tx *tx, struct arena *a, const char *name,
    const char *value)
{
	return tx_run(tx, a, SETTING_CHANGE, db_text(name), db_text(value));
}
