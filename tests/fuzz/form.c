/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/form.h"

#include "base/check.h"
#include "http/private.h"
#include "text/utf8.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>

/*
 * Any body through a form of every kind of field: what passes keeps the
 * table's limits, each mistake has its field, and the arena stays small.
 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const struct choice KINDS[] = {
	{ "dug", "Dug", NULL }, { "drilled", "Drilled", NULL }, { 0 }
};
static const struct field WELL[] = {
	{ "a", FIELD_TEXT, FIELD_REQUIRED, 2, 20, "A", "h", NULL, NULL },
	{ "b", FIELD_LONG_TEXT, 0, 0, 50, "B", NULL, NULL, NULL },
	{ "c", FIELD_EMAIL, 0, 0, 0, "C", NULL, NULL, NULL },
	{ "d", FIELD_LINK, 0, 0, 0, "D", NULL, NULL, NULL },
	{ "e", FIELD_PASSWORD, FIELD_NEW_PASSWORD, 0, 0, "E", NULL, NULL,
	    NULL },
	{ "f", FIELD_NUMBER, 0, 1, 300, "F", NULL, NULL, NULL },
	{ "g", FIELD_MONEY, 0, 0, 0, "G", NULL, NULL, NULL },
	{ "h", FIELD_DAY, 0, 0, 0, "H", NULL, NULL, NULL },
	{ "i", FIELD_CHOICE, 0, 0, 0, "I", NULL, KINDS, NULL },
	{ "j", FIELD_CHOICES, 0, 0, 0, "J", NULL, KINDS, NULL },
	{ "k", FIELD_TICK, 0, 0, 0, "K", NULL, NULL, NULL },
	{ "l", FIELD_SELECT, 0, 0, 0, "L", NULL, KINDS, NULL },
	{ 0 }
};

static void
check_form(struct form *form)
{
	size_t faults = 0;

	LIST_EACH (f, &form->fields) {
		check(f->typed != NULL);
		faults += f->error != NULL;
		if (f->text != NULL)
			check(utf8_is_valid(f->text, strlen(f->text)));
	}
	check(faults == form->errors.count);
	check(form->version >= 0 && strlen(form->once) <= 64);
	if (faults > 0)
		return;
	check(form_text(form, "a") != NULL);
	check(!form_given(form, "f") || (form_number(form, "f") >= 1 &&
	    form_number(form, "f") <= 300));
	check(!form_given(form, "i") ||
	    strcmp(form_text(form, "i"), "dug") == 0 ||
	    strcmp(form_text(form, "i"), "drilled") == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct request_private private = { 0 };
	struct request rq = { .language = LANGUAGE_MN, .private = &private };
	struct form form, stored;

	check(sodium_init() >= 0);
	if (size > BODY_MOST)
		return 0;
	arena_init(&rq.arena, ARENA_LIMIT / 4);
	if (address_fields_parse(&rq.arena, (const char *)bytes, size,
		&private.fields) == OK) {
		form_open(&rq, &form, WELL);
		form_read(&rq, &form);
		check_form(&form);
		form_open(&rq, &stored, WELL);
		form_fill_text(&stored, "a", "Bayan");
		form_conflict(&rq, &form, &stored);
		check(form.conflict.count <= form.fields.count);
	}
	arena_done(&rq.arena);
	return 0;
}
