/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo_part.h"

#include "base/buffer.h"
#include "base/log.h"
#include "organisation/organisation_store.h"
#include "organisation/pledge_store.h"
#include "setting/setting_store.h"

#include <stdio.h>

/* Settings, the text that is signed, organisations and their pledges. */

/* --- Settings and the charter's text ------------------------------------- */

static enum outcome
file_read(const char *path, struct buffer *b)
{
	FILE *file = fopen(path, "re");
	char part[4096];
	size_t size;
	bool failed;

	if (file == NULL) {
		log_errno("can't open \"%s\"", path);
		return FAILED;
	}
	while (b->size < CHARTER_BODY_MOST &&
	    (size = fread(part, 1, sizeof(part), file)) > 0)
		buffer_add(b, part, size);
	failed = ferror(file) != 0;
	fclose(file);
	return failed ? FAILED : OK;
}

static enum outcome
charter_make(struct tx *tx, struct arena *a, const struct demo *demo,
    enum language language)
{
	const struct demo_coalition *c = &demo->coalition;
	struct charter_text text = {
		.edition = c->edition,
		.language = language,
		.title = c->charter_title.text[language],
		.is_markdown = true,
		.imported = demo_instant(demo, c->imported, 9),
	};
	AUTO_BUFFER struct buffer body;
	enum outcome got;

	buffer_init(&body);
	got = file_read(arena_print(a, "%s/demo/charter.%s.md",
	    demo->options->content, language_code(language)), &body);
	if (got != OK)
		return got;
	text.body = buffer_text(&body);
	return charter_text_add(tx, a, &text);
}

enum outcome
demo_settings_make(struct tx *tx, struct arena *a, struct demo *demo)
{
	const struct label *title = &demo->coalition.title;
	enum outcome got = setting_change(tx, a, "demo", "1");

	if (got == OK)
		got = setting_change(tx, a, "coalition.title.mn",
		    title->text[LANGUAGE_MN]);
	if (got == OK)
		got = setting_change(tx, a, "coalition.title.en",
		    title->text[LANGUAGE_EN]);
	for (int i = 0; i < LANGUAGES && got == OK; i++)
		got = charter_make(tx, a, demo, (enum language)i);
	return got;
}

/* --- Organisations ------------------------------------------------------- */

/* Signs when it joins, and again each time that the pledge has run out. */
static enum outcome
pledges_make(struct tx *tx, struct arena *a, const struct demo *demo,
    const struct demo_organisation *o)
{
	int64_t day = o->joined;
	enum outcome got = OK;

	while (day < demo->coalition.today && got == OK) {
		const struct pledge pledge = {
			.edition = demo->coalition.edition,
			.signed_by = o->signed_by,
			.day = demo_day(demo, day),
			.expires = pledge_expiry(demo_day(demo, day)),
		};

		got = pledge_add(tx, a, o->id, &pledge, NULL);
		day = pledge.expires - demo->shift;
	}
	if (got == OK)
		got = organisation_join(tx, a, o->id,
		    demo_day(demo, o->joined),
		    demo_instant(demo, o->joined, 10));
	return got;
}

static enum outcome
organisation_make(struct tx *tx, struct arena *a, const struct demo *demo,
    struct demo_organisation *o)
{
	const struct organisation new = {
		.slug = o->slug,
		.name_mn = o->name.text[LANGUAGE_MN],
		.name_en = o->name.text[LANGUAGE_EN],
		.name_bichig = o->bichig,
		.registration = o->registration,
		.legal_form = o->legal_form,
		.unit = o->unit,
		.place = o->place,
		.field = o->field,
		.purpose_mn = o->purpose.text[LANGUAGE_MN],
		.purpose_en = o->purpose.text[LANGUAGE_EN],
		.website = o->website,
		.email = o->email,
		.phone = o->phone,
		.people = o->people,
		.founded = o->founded,
		.standing = "registered",
		.source = o->source,
	};
	enum outcome got = organisation_add(tx, a, &new, NULL,
	    demo_instant(demo, o->joined == 0 ? demo->coalition.imported
		: o->joined, 9), &o->id);

	return got == OK && o->joined != 0 ? pledges_make(tx, a, demo, o)
	    : got;
}

enum outcome
demo_organisations_make(struct tx *tx, struct arena *a, struct demo *demo)
{
	enum outcome got = OK;

	LIST_EACH(o, &demo->coalition.organisations) {
		if (got != OK)
			return got;
		got = organisation_make(tx, a, demo, o);
		demo->made.organisations++;
	}
	return got;
}
