/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/due.h"

#include "assessment/plan.h"
#include "organisation/organisation.h"

#include <stdlib.h>

/* What is due, kind by kind; each a query over what one person may edit. */

static const char DUE_RUNS[] =
	"SELECT o.id, o.slug, o.name_mn, o.name_en, s.id, s.number, s.stage,"
	" '', s.target FROM role r"
	" JOIN organisation o ON o.id = r.organisation"
	" JOIN assessment s ON s.organisation = o.id"
	" WHERE r.person = $1 AND r.name IN ('editor', 'administrator')"
	" AND s.stage < 5 AND $2 > 0 ORDER BY s.target LIMIT $3";

static const char DUE_ACTIONS[] =
	"SELECT o.id, o.slug, o.name_mn, o.name_en, t.id, s.number, s.stage,"
	" t.title, t.due FROM role r"
	" JOIN organisation o ON o.id = r.organisation"
	" JOIN assessment s ON s.organisation = o.id"
	" JOIN action t ON t.assessment = s.id"
	" WHERE r.person = $1 AND r.name IN ('editor', 'administrator')"
	" AND s.stage >= 4 AND t.state <> 'kept' AND t.due <= $2"
	" ORDER BY t.due LIMIT $3";

static const char DUE_MEASUREMENTS[] =
	"SELECT o.id, o.slug, o.name_mn, o.name_en, i.id, s.number, s.stage,"
	" i.title, i.target_day FROM role r"
	" JOIN organisation o ON o.id = r.organisation"
	" JOIN assessment s ON s.organisation = o.id"
	" JOIN indicator i ON i.assessment = s.id"
	" WHERE r.person = $1 AND r.name IN ('editor', 'administrator')"
	" AND s.stage = 5 AND i.target_day >= $4"
	" AND NOT EXISTS (SELECT 1 FROM measurement m"
	" WHERE m.indicator = i.id AND m.day > $5)"
	" AND $2 > 0 ORDER BY i.target_day LIMIT $3";

static const char DUE_NEXT_RUNS[] =
	"SELECT o.id, o.slug, o.name_mn, o.name_en, s.id, s.number, s.stage,"
	" '', s.next_due FROM role r"
	" JOIN organisation o ON o.id = r.organisation"
	" JOIN assessment s ON s.organisation = o.id"
	" WHERE r.person = $1 AND r.name IN ('editor', 'administrator')"
	" AND s.next_due <= $2 AND NOT EXISTS (SELECT 1 FROM assessment n"
	" WHERE n.organisation = o.id AND n.number > s.number)"
	" ORDER BY s.next_due LIMIT $3";

static enum outcome
rows_take(struct rows *rows, struct arena *a, enum due_kind kind,
    struct due_list *list)
{
	enum outcome got;

	while ((got = rows_next(rows)) == OK)
		*LIST_ADD(a, list) = (struct due){
			.kind = kind,
			.organisation = rows_int(rows, 0),
			.slug = rows_text(rows, 1),
			.name = organisation_name(rows_text(rows, 2),
			    rows_text(rows, 3)),
			.id = rows_int(rows, 4),
			.number = rows_int(rows, 5),
			.stage = rows_int(rows, 6),
			.title = rows_text(rows, 7),
			.day = rows_int(rows, 8),
		};
	return got == NOT_FOUND ? OK : got;
}

static enum outcome
kind_list(struct db *db, struct arena *a, const char *sql,
    enum due_kind kind, int64_t person, int64_t today,
    struct due_list *list)
{
	const struct db_value values[] = { db_int(person),
		db_int(today + DUE_DAYS), db_int(DUE_MOST), db_int(today),
		db_int(today - MEASUREMENT_DAYS) };
	AUTO_CLOSE struct rows rows = db_query_values(db, a, sql, values,
	    kind == DUE_MEASUREMENT ? 5 : 3);

	return rows_take(&rows, a, kind, list);
}

static int
by_day(const void *a, const void *b)
{
	const struct due *one = a, *other = b;
	int64_t first = one->day == 0 ? INT64_MAX : one->day;
	int64_t second = other->day == 0 ? INT64_MAX : other->day;

	return (first > second) - (first < second);
}

enum outcome
due_list(struct db *db, struct arena *a, int64_t person, int64_t today,
    struct due_list *list_out)
{
	static const struct {
		const char *sql;
		enum due_kind kind;
	} kinds[] = {
		{ DUE_RUNS, DUE_RUN },
		{ DUE_ACTIONS, DUE_ACTION },
		{ DUE_MEASUREMENTS, DUE_MEASUREMENT },
		{ DUE_NEXT_RUNS, DUE_NEXT_RUN },
	};
	struct due_list list = { 0 };
	enum outcome got = OK;

	for (size_t i = 0; got == OK && i < sizeof(kinds) / sizeof(kinds[0]);
	    i++)
		got = kind_list(db, a, kinds[i].sql, kinds[i].kind, person,
		    today, &list);
	if (got != OK)
		return got;
	if (list.count > 0)
		qsort(list.items, list.count, sizeof(*list.items), by_day);
	*list_out = list;
	return OK;
}
