/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/form.h"

#include "base/check.h"
#include "text/catalogue.h"
#include "text/date.h"

#include <sodium.h>
#include <string.h>

/*
 * Forms from their tables. The kinds' own rules are in content/field.c; here is
 * only the way from the table to the page, to the reader and back.
 */

enum { ONCE_BYTES = 16, ONCE_MOST = 64 };

static const char *
words(const struct request *rq, const char *message)
{
	return message == NULL ? NULL
			       : catalogue_text(rq->language, message);
}

static void
choices_of_table(struct request *rq, struct form_field *f)
{
	const struct choice *c = f->field->choices;

	for (; c != NULL && c->value != NULL; c++)
		*LIST_ADD(&rq->arena, &f->choices) = (struct form_choice){
			.value = c->value,
			.label = words(rq, c->label),
			.hint = words(rq, c->hint),
		};
}

/* Which texts describe the field, for those who hear the page. */
static void
describe(struct request *rq, struct form_field *f)
{
	const char *hint = f->hint == NULL ? NULL
	    : arena_print(&rq->arena, "%s-hint", f->name);

	f->described = hint;
	if (f->error != NULL)
		f->described = arena_print(&rq->arena, "%s-error%s%s",
		    f->name, hint == NULL ? "" : " ",
		    hint == NULL ? "" : hint);
}

static const char *
once_new(struct request *rq)
{
	uint8_t bytes[ONCE_BYTES];
	char *text = arena_take(&rq->arena, 2 * ONCE_BYTES + 1);

	randombytes_buf(bytes, sizeof(bytes));
	return sodium_bin2hex(text, 2 * ONCE_BYTES + 1, bytes, sizeof(bytes));
}

void
form_open(struct request *rq, struct form *form, const struct field *table)
{
	*form = (struct form){ .once = once_new(rq) };
	for (; table->name != NULL; table++) {
		struct form_field *f = LIST_ADD(&rq->arena, &form->fields);

		f->field = table;
		f->kind = field_kind_name(table->kind);
		f->name = table->name;
		f->label = words(rq, table->label);
		f->hint = words(rq, table->hint);
		f->typed = "";
		f->autocomplete = table->autocomplete;
		f->required = (table->flags & FIELD_REQUIRED) != 0;
		f->narrow = (table->flags & FIELD_NARROW) != 0;
		f->most = table->most;
		choices_of_table(rq, f);
		describe(rq, f);
	}
}

struct form_field *
form_find(struct form *form, const char *name)
{
	LIST_EACH (f, &form->fields)
		if (strcmp(f->name, name) == 0)
			return f;
	check_failed("the form has this field", name, 0);
}

static const struct form_field *
find(const struct form *form, const char *name)
{
	LIST_EACH (f, &form->fields)
		if (strcmp(f->name, name) == 0)
			return f;
	check_failed("the form has this field", name, 0);
}

void
form_choose_from(struct form *form, const char *name,
    const struct form_choices *choices)
{
	form_find(form, name)->choices = *choices;
}

/* "a b" holds "a" and "b": how FIELD_CHOICES are typed and stored. */
static bool
list_has(const char *list, const char *value)
{
	size_t size = strlen(value);

	while (*list != '\0') {
		size_t one = strcspn(list, " ");

		if (one == size && memcmp(list, value, size) == 0)
			return true;
		list += one + strspn(list + one, " ");
	}
	return false;
}

static void
choices_mark(struct form_field *f)
{
	LIST_EACH (c, &f->choices)
		c->chosen = f->field->kind == FIELD_CHOICES
		    ? list_has(f->typed, c->value)
		    : strcmp(f->typed, c->value) == 0;
}

void
form_fill_text(struct form *form, const char *name, const char *text)
{
	struct form_field *f = form_find(form, name);

	f->typed = text == NULL ? "" : text;
	choices_mark(f);
}

void
form_fill_number(struct request *rq, struct form *form, const char *name,
    int64_t number)
{
	form_fill_text(form, name,
	    arena_print(&rq->arena, "%lld", (long long)number));
}

void
form_fill_day(struct request *rq, struct form *form, const char *name,
    int64_t day)
{
	form_fill_text(form, name, day_show(&rq->arena, LANGUAGE_MN, day));
}

/* All values of a field as one list with blanks between. */
static const char *
typed_choices(struct request *rq, const char *name)
{
	const char *one;
	char *all, *end;
	size_t at = 0, room = 0;

	while ((one = request_field_next(rq, name, &at)) != NULL)
		room += strlen(one) + 1;
	if (room == 0)
		return NULL;
	all = end = arena_take(&rq->arena, room);
	for (at = 0; (one = request_field_next(rq, name, &at)) != NULL;) {
		if (end > all)
			*end++ = ' ';
		end = stpcpy(end, one);
	}
	return all;
}

static bool
is_among(const struct form_field *f, const char *value)
{
	LIST_EACH (c, &f->choices)
		if (strcmp(c->value, value) == 0)
			return true;
	return false;
}

/* Every value given must be one that was offered. */
static bool
choice_is_offered(struct request *rq, const struct form_field *f)
{
	size_t at = 0;
	const char *one;

	if (f->field->kind != FIELD_CHOICES)
		return is_among(f, f->text);
	while ((one = request_field_next(rq, f->name, &at)) != NULL)
		if (!is_among(f, one))
			return false;
	return true;
}

static void
field_take(struct request *rq, struct form *form, struct form_field *f)
{
	bool many = f->field->kind == FIELD_CHOICES;
	const char *typed = many ? typed_choices(rq, f->name)
				 : request_field(rq, f->name);
	struct field_value value = field_read(&rq->arena, rq->language,
	    f->field, typed);

	f->typed = typed == NULL || f->field->kind == FIELD_PASSWORD
	    ? "" : typed;
	f->text = value.text;
	f->number = value.number;
	choices_mark(f);
	if (value.error != NULL)
		form_fault(rq, form, f->name, value.error);
	else if (f->text != NULL && f->choices.count > 0 &&
	    !choice_is_offered(rq, f))
		form_fault(rq, form, f->name,
		    catalogue_text(rq->language,
			N_("Choose one of the answers")));
}

static int64_t
version_read(const char *text)
{
	int64_t version = 0;

	for (; text != NULL && *text >= '0' && *text <= '9'; text++)
		if (version < INT64_MAX / 10 - 10)
			version = version * 10 + (*text - '0');
	return version;
}

void
form_read(struct request *rq, struct form *form)
{
	const char *once = request_field(rq, "once");

	if (once != NULL && *once != '\0' && strlen(once) <= ONCE_MOST)
		form->once = once;
	form->version = version_read(request_field(rq, "version"));
	LIST_EACH (f, &form->fields)
		field_take(rq, form, f);
}

const char *
form_text(const struct form *form, const char *name)
{
	return find(form, name)->text;
}

int64_t
form_number(const struct form *form, const char *name)
{
	return find(form, name)->number;
}

bool
form_given(const struct form *form, const char *name)
{
	return find(form, name)->text != NULL;
}

/* A tick's label is a sentence of its own: the message says enough. */
static const char *
summary_label(struct form *form, const char *name)
{
	const struct form_field *f = *name == '\0' ? NULL
	    : form_find(form, name);

	return f == NULL || f->field->kind == FIELD_TICK ? NULL : f->label;
}

void
form_fault(struct request *rq, struct form *form, const char *name,
    const char *message)
{
	if (*name != '\0' && form_find(form, name)->error == NULL) {
		form_find(form, name)->error = message;
		describe(rq, form_find(form, name));
	}
	*LIST_ADD(&rq->arena, &form->errors) = (struct form_error){
		.name = *name == '\0' ? "main" : name,
		.label = summary_label(form, name),
		.message = message,
	};
}

void
form_conflict(struct request *rq, struct form *form, const struct form *stored)
{
	check(form->fields.count == stored->fields.count);
	for (size_t i = 0; i < form->fields.count; i++) {
		const struct form_field *mine = &form->fields.items[i];
		const struct form_field *theirs = &stored->fields.items[i];

		if (strcmp(mine->typed, theirs->typed) != 0)
			*LIST_ADD(&rq->arena, &form->conflict) =
			    (struct form_difference){ mine->label,
				mine->typed, theirs->typed };
	}
	form->version = stored->version;
}
