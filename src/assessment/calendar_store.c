/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/calendar.h"

#include "text/catalogue.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

/* What stands in a calendar, and the secret of its address: the SQL. */

static const char SECRET_FIND[] =
	"SELECT value FROM setting WHERE name = 'calendar.secret'";

enum outcome
calendar_secret_find(struct db *db, struct arena *a,
    uint8_t secret_out[CALENDAR_SECRET])
{
	AUTO_CLOSE struct rows rows = db_query_values(db, a, SECRET_FIND,
	    NULL, 0);
	uint8_t secret[CALENDAR_SECRET];
	const char *hex;
	size_t size;
	enum outcome got = rows_next(&rows);

	if (got != OK)
		return got;
	hex = rows_text(&rows, 0);
	if (sodium_hex2bin(secret, sizeof(secret), hex, strlen(hex), NULL,
	    &size, NULL) != 0 || size != sizeof(secret))
		return FAILED;
	memcpy(secret_out, secret, sizeof(secret));
	return OK;
}

static const char SECRET_ADD[] =
	"INSERT INTO setting (name, value) VALUES ('calendar.secret', $1)"
	" ON CONFLICT (name) DO NOTHING";

enum outcome
calendar_secret_add(struct tx *tx, struct arena *a,
    const uint8_t secret[CALENDAR_SECRET])
{
	char hex[2 * CALENDAR_SECRET + 1];

	sodium_bin2hex(hex, sizeof(hex), secret, CALENDAR_SECRET);
	return tx_run(tx, a, SECRET_ADD, db_text(hex));
}

/* Of each kind: id, day, title, owner or unit. */
static const char CALENDAR_LIST[] =
	"SELECT 'action', c.id, c.due, c.title, c.owner FROM action c"
	" JOIN assessment s ON s.id = c.assessment"
	" WHERE s.organisation = $1 AND s.stage >= 4 AND c.state <> 'kept'"
	" UNION ALL"
	" SELECT 'indicator', i.id, i.target_day, i.title, i.unit"
	" FROM indicator i JOIN assessment s ON s.id = i.assessment"
	" WHERE s.organisation = $1 AND s.stage >= 4"
	" UNION ALL"
	" SELECT 'run', s.id, s.target, '', '' FROM assessment s"
	" WHERE s.organisation = $1 AND s.stage < 5"
	" UNION ALL"
	" SELECT 'next', s.id, s.next_due, '', '' FROM assessment s"
	" WHERE s.organisation = $1 AND s.next_due IS NOT NULL"
	" AND NOT EXISTS (SELECT 1 FROM assessment n WHERE"
	" n.organisation = s.organisation AND n.number > s.number)"
	" ORDER BY 3, 1, 2 LIMIT 300";

/* Our words in both languages: the calendar has no reader's language. */
static const char *
both(struct arena *a, const char *msgid)
{
	return arena_print(a, "%s / %s", catalogue_text(LANGUAGE_MN, msgid),
	    catalogue_text(LANGUAGE_EN, msgid));
}

static const char *
summary_of(struct arena *a, const char *kind, const char *title)
{
	if (strcmp(kind, "action") == 0)
		return title;
	if (strcmp(kind, "indicator") == 0)
		return arena_print(a, "%s: %s", both(a, N_("Target")), title);
	if (strcmp(kind, "run") == 0)
		return both(a, N_("Self-assessment: the report is wanted"));
	return both(a, N_("Time to begin the next self-assessment"));
}

enum outcome
calendar_event_list(struct db *db, struct arena *a, int64_t organisation,
    struct calendar_events *list_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, CALENDAR_LIST,
	    db_int(organisation));
	struct calendar_events list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK) {
		const char *kind = rows_text(&rows, 0);

		*LIST_ADD(a, &list) = (struct calendar_event){
			.uid = arena_print(a, "%s-%" PRId64 "@tulga", kind,
			    rows_int(&rows, 1)),
			.day = rows_int(&rows, 2),
			.summary = summary_of(a, kind, rows_text(&rows, 3)),
			.description = rows_text(&rows, 4) };
	}
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}
