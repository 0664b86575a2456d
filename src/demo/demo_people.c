/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo_part.h"

#include "organisation/member_store.h"

#include <string.h>

/* People with accounts, their rights in the coalition, their roles. */

int64_t
demo_person(const struct demo *demo, const char *email)
{
	LIST_EACH(p, &demo->coalition.people)
		if (strcmp(p->email, email) == 0)
			return p->id;
	return 0;
}

int64_t
demo_colleague(const struct demo *demo,
    const struct demo_organisation *organisation,
    enum organisation_role role)
{
	const struct demo_person *found = NULL;

	LIST_EACH(p, &demo->coalition.people)
		if (p->organisation == organisation && p->role >= role &&
		    (found == NULL || p->role < found->role))
			found = p;
	return found == NULL ? 0 : found->id;
}

/* The day somebody got an account: with the organisation, or with the site. */
static int64_t
begins(const struct demo *demo, const struct demo_person *p)
{
	return demo_instant(demo, p->organisation == NULL ?
	    demo->coalition.imported : p->organisation->joined, 10);
}

static enum outcome
person_make(struct tx *tx, struct arena *a, const struct demo *demo,
    struct demo_person *p)
{
	const struct person_new new = {
		.email = email_normalize(a, p->email),
		.name = p->given,
		.patronymic = p->patronymic,
		.language = LANGUAGE_MN,
		.password = &demo->key,
		.now = begins(demo, p),
	};
	enum outcome got = person_add(tx, a, &new, &p->id);

	if (got != OK)
		return got;
	return p->organisation == NULL ? right_add(tx, a, p->id, p->right)
	    : member_add(tx, a, p->organisation->id, p->id, p->role, new.now);
}

enum outcome
demo_people_make(struct tx *tx, struct arena *a, struct demo *demo)
{
	enum outcome got = OK;

	LIST_EACH(p, &demo->coalition.people) {
		if (got != OK)
			return got;
		got = person_make(tx, a, demo, p);
	}
	return got;
}
