/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/reminder.h"

#include "assessment/reminder_store.h"
#include "base/time.h"
#include "organisation/organisation.h"
#include "people/mail.h"
#include "setting/setting_store.h"
#include "text/catalogue.h"
#include "text/date.h"

/* The letters: one write for each batch of them. */

struct reminding {
	struct arena *arena;
	const char *address;	/* of the site; "" not set */
	const struct reminder_list *list;
	int64_t today;
};

/* Where to look: a link when the site knows its address, else words. */
static const char *
where(const struct reminding *r, const struct reminder *one, bool action)
{
	const char *path = arena_print(r->arena,
	    action ? "/%s/o/%s/assessments/%lld/plan"
		   : "/%s/o/%s/assessments",
	    language_code(one->language), one->slug, (long long)one->number);

	return *r->address == '\0' ? path
	    : arena_print(r->arena, "%s%s", r->address, path);
}

static struct mail
letter(const struct reminding *r, const struct reminder *one)
{
	bool action = *one->title != '\0';
	struct label name = organisation_name(one->name_mn, one->name_en);
	const struct word words[] = {
		word_text("title", one->title),
		word_text("organisation", name.text[one->language]),
		word_text("day", day_show(r->arena, one->language, one->due)),
		word_text("address", where(r, one, action)),
	};
	const size_t count = sizeof(words) / sizeof(words[0]);

	return (struct mail){
		.to = one->email,
		.subject = catalogue_print(r->arena, one->language,
		    action ? N_("Due on %(day)s: %(title)s")
			   : N_("Time to begin the next self-assessment"),
		    words, count),
		.body = catalogue_print(r->arena, one->language,
		    action ? N_("In the plan of %(organisation)s this action "
				"is due on %(day)s: %(title)s\n\nSay how far "
				"it is, move its day once with a reason, or "
				"ask for help:\n%(address)s\n")
			   : N_("%(organisation)s planned to begin its next "
				"self-assessment on %(day)s. The last report "
				"is the baseline:\n%(address)s\n"),
		    words, count),
		.now = time_now(),
	};
}

static enum outcome
letters_write(struct tx *tx, void *arg)
{
	struct reminding *r = arg;

	LIST_EACH (one, r->list) {
		struct mail mail = letter(r, one);
		bool new;
		enum outcome got = reminder_add(tx, r->arena, one, r->today,
		    &new);

		if (got == OK && new)
			got = mail_add(tx, r->arena, &mail);
		if (got != OK)
			return got;
	}
	return OK;
}

/* All letters of one kind and distance, a batch at a time. */
static enum outcome
kind_write(struct db *db, const char *kind, int64_t today, int64_t days)
{
	struct reminder_list list = { 0 };
	enum outcome got;

	do {
		AUTO_ARENA struct arena a;
		struct reminding r = { .arena = &a, .list = &list,
			.today = today };
		struct settings settings;

		arena_init(&a, ARENA_LIMIT);
		got = settings_find(db, &a, &settings);
		if (got == OK)
			got = reminder_list(db, &a, kind, today, days, &list);
		r.address = got == OK ? settings.address : "";
		if (got == OK && list.count > 0)
			got = db_write(db, letters_write, &r);
	} while (got == OK && list.count == REMINDERS_AT_ONCE);
	return got;
}

enum outcome
reminder_write(struct db *db, int64_t today)
{
	/* The near one first: who is reminded late needs only that. */
	enum outcome got = kind_write(db, "action", today, 3);

	if (got == OK)
		got = kind_write(db, "action", today, 14);
	if (got == OK)
		got = kind_write(db, "next-run", today, 0);
	return got;
}
