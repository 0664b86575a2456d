/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "organisation/organisation.h"

#include "base/time.h"
#include "library/library.h"
#include "text/catalogue.h"
#include "text/fold.h"

#include <string.h>

/* Rules about organisations that need no database. */

struct label
organisation_name(const char *name_mn, const char *name_en)
{
	struct label name = { { name_mn, name_mn } };

	if (*name_en != '\0')
		name.text[LANGUAGE_EN] = name_en;
	return name;
}

static const char *
term_show(const struct vocabulary *vocabulary, enum language language,
    const char *id)
{
	const struct term *term = vocabulary_find(vocabulary, id);

	return term == NULL ? "" : term->label.text[language];
}

const char *
unit_show(enum language language, const char *unit)
{
	return term_show(&library()->units, language, unit);
}

const char *
legal_form_show(enum language language, const char *form)
{
	return term_show(&library()->legal_forms, language, form);
}

const char *
organisation_fold(struct arena *a, const struct organisation *o)
{
	return arena_print(a, "%s %s %s", fold_search(a, o->name_mn),
	    fold_search(a, o->name_en), o->registration);
}

bool
registration_is_valid(const char *registration)
{
	return strlen(registration) == 7 &&
	    strspn(registration, "0123456789") == 7;
}

bool
founded_is_valid(int64_t year)
{
	return year >= FOUNDED_FIRST && year <= date_of_day(day_of(time_now())).year;
}

static const struct {
	const char *name;
	const char *shown;
} roles[] = {
	[ROLE_NONE] = { "", N_("no role") },
	[ROLE_VIEWER] = { "viewer", N_("viewer") },
	[ROLE_RATER] = { "rater", N_("rater") },
	[ROLE_EDITOR] = { "editor", N_("editor") },
	[ROLE_ADMINISTRATOR] = { "administrator", N_("administrator") },
};

const char *
role_name(enum organisation_role role)
{
	return roles[role].name;
}

const char *
role_show(enum organisation_role role)
{
	return roles[role].shown;
}

enum outcome
role_parse(const char *name, enum organisation_role *role_out)
{
	for (int i = ROLE_VIEWER; i <= ROLE_ADMINISTRATOR; i++)
		if (strcmp(roles[i].name, name) == 0) {
			*role_out = (enum organisation_role)i;
			return OK;
		}
	return NOT_FOUND;
}

int64_t
pledge_expiry(int64_t day)
{
	struct date date = date_of_day(day);

	date.year += 2;
	if (!date_is_valid(date))
		date.day = 28;	/* signed on 29 February */
	return day_of_date(date);
}
