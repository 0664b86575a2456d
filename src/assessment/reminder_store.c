/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/reminder_store.h"

#include <string.h>

/* Who is to be reminded of what. */

static const char REMIND_ACTIONS[] =
	"SELECT p.id, p.email, p.language, t.id, t.due, t.title, o.name_mn,"
	" o.name_en, o.slug, s.number FROM action t"
	" JOIN assessment s ON s.id = t.assessment"
	" JOIN organisation o ON o.id = s.organisation"
	" JOIN role r ON r.organisation = o.id"
	" AND r.name IN ('editor', 'administrator')"
	" JOIN person p ON p.id = r.person"
	" WHERE s.stage >= 4 AND t.state <> 'kept'"
	" AND t.due >= $1 AND t.due <= $1 + $2"
	" AND NOT EXISTS (SELECT 1 FROM reminder m WHERE m.person = p.id"
	" AND m.kind = 'action' AND m.subject = t.id AND m.due = t.due"
	" AND m.days <= $2) ORDER BY t.due, t.id, p.id LIMIT $3";

static const char REMIND_NEXT_RUNS[] =
	"SELECT p.id, p.email, p.language, s.id, s.next_due, '', o.name_mn,"
	" o.name_en, o.slug, s.number FROM assessment s"
	" JOIN organisation o ON o.id = s.organisation"
	" JOIN role r ON r.organisation = o.id"
	" AND r.name IN ('editor', 'administrator')"
	" JOIN person p ON p.id = r.person"
	" WHERE s.next_due >= $1 - 30 AND s.next_due <= $1 + $2"
	" AND NOT EXISTS (SELECT 1 FROM assessment n"
	" WHERE n.organisation = o.id AND n.number > s.number)"
	" AND NOT EXISTS (SELECT 1 FROM reminder m WHERE m.person = p.id"
	" AND m.kind = 'next-run' AND m.subject = s.id"
	" AND m.due = s.next_due AND m.days <= $2)"
	" ORDER BY s.next_due, s.id, p.id LIMIT $3";

enum outcome
reminder_list(struct db *db, struct arena *a, const char *kind,
    int64_t today, int64_t days, struct reminder_list *list_out)
{
	bool action = strcmp(kind, "action") == 0;
	AUTO_CLOSE struct rows rows = db_query(db, a,
	    action ? REMIND_ACTIONS : REMIND_NEXT_RUNS, db_int(today),
	    db_int(days), db_int(REMINDERS_AT_ONCE));
	struct reminder_list list = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK) {
		struct reminder *r = LIST_ADD(a, &list);

		*r = (struct reminder){
			.person = rows_int(&rows, 0),
			.email = rows_text(&rows, 1),
			.language = LANGUAGE_MN,
			.kind = kind,
			.subject = rows_int(&rows, 3),
			.due = rows_int(&rows, 4),
			.days = days,
			.title = rows_text(&rows, 5),
			.name_mn = rows_text(&rows, 6),
			.name_en = rows_text(&rows, 7),
			.slug = rows_text(&rows, 8),
			.number = rows_int(&rows, 9),
		};
		if (language_parse(rows_text(&rows, 2), &r->language) != OK)
			r->language = LANGUAGE_MN;
	}
	if (got != NOT_FOUND)
		return got;
	*list_out = list;
	return OK;
}

static const char REMINDER_ADD[] =
	"INSERT INTO reminder (person, kind, subject, due, days, written)"
	" VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";

enum outcome
reminder_add(struct tx *tx, struct arena *a, const struct reminder *reminder,
    int64_t today, bool *new_out)
{
	enum outcome got = tx_run(tx, a, REMINDER_ADD,
	    db_int(reminder->person), db_text(reminder->kind),
	    db_int(reminder->subject), db_int(reminder->due),
	    db_int(reminder->days), db_int(today));

	*new_out = got == OK && tx_changes(tx) > 0;
	return got;
}
