/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "organisation/organisation_pages.h"

#include "base/time.h"
#include "http/form.h"
#include "http/later.h"
#include "http/response.h"
#include "library/library.h"
#include "organisation/invite.h"
#include "organisation/organisation_store.h"
#include "organisation/organisation_templates.h"
#include "people/people.h"
#include "text/catalogue.h"

#include <string.h>

/* Changing a profile, and adding an organisation to the coalition. */

static const struct field PROFILE[] = {
	{ "name_mn", FIELD_TEXT, FIELD_REQUIRED, 2, 160,
	    N_("Legal name, in Cyrillic"),
	    N_("As on the certificate of registration."), NULL,
	    "organization" },
	{ "name_en", FIELD_TEXT, 0, 2, 160, N_("Name in English"), NULL, NULL,
	    NULL },
	{ "name_bichig", FIELD_TEXT, 0, 1, 160,
	    N_("Name in traditional script"), NULL, NULL, NULL },
	{ "registration", FIELD_TEXT, FIELD_NARROW, 1, 20,
	    N_("Registration number"), N_("Seven digits."), NULL, NULL },
	{ "legal_form", FIELD_SELECT, FIELD_REQUIRED, 0, 0, N_("Legal form"),
	    NULL, NULL, NULL },
	{ "unit", FIELD_SELECT, 0, 0, 0, N_("Aimag or capital"), NULL, NULL,
	    NULL },
	{ "place", FIELD_TEXT, 0, 1, 80, N_("Soum or district"),
	    N_("No street: a home address is nobody's business."), NULL,
	    NULL },
	{ "field", FIELD_TEXT, 0, 2, 120, N_("Works on"),
	    N_("In a few words, for instance: water, herders' rights."),
	    NULL, NULL },
	{ "purpose_mn", FIELD_LONG_TEXT, 0, 2, 600,
	    N_("What you do, in Mongolian"), N_("Two sentences."), NULL,
	    NULL },
	{ "purpose_en", FIELD_LONG_TEXT, 0, 2, 600,
	    N_("What you do, in English"), N_("Two sentences."), NULL, NULL },
	{ "website", FIELD_LINK, 0, 0, 300, N_("Website"),
	    N_("Begins with https://, a page on Facebook too."), NULL,
	    "url" },
	{ "email", FIELD_EMAIL, 0, 0, 0, N_("Public email"), NULL, NULL,
	    NULL },
	{ "phone", FIELD_TEXT, 0, 4, 40, N_("Public phone"), NULL, NULL,
	    NULL },
	{ "people", FIELD_NUMBER, 0, 0, 100000, N_("People who work in it"),
	    N_("Paid or not."), NULL, NULL },
	{ "founded", FIELD_NUMBER, 0, 0, 9999, N_("Year of founding"),
	    N_("For instance 2011."), NULL, NULL },
	{ 0 }
};

static const struct field NEW[] = {
	{ "name_mn", FIELD_TEXT, FIELD_REQUIRED, 2, 160,
	    N_("Legal name, in Cyrillic"),
	    N_("As on the certificate of registration."), NULL, NULL },
	{ "name_en", FIELD_TEXT, 0, 2, 160, N_("Name in English"), NULL, NULL,
	    NULL },
	{ "registration", FIELD_TEXT, FIELD_NARROW, 1, 20,
	    N_("Registration number"), N_("Seven digits."), NULL, NULL },
	{ "legal_form", FIELD_SELECT, FIELD_REQUIRED, 0, 0, N_("Legal form"),
	    NULL, NULL, NULL },
	{ "unit", FIELD_SELECT, 0, 0, 0, N_("Aimag or capital"), NULL, NULL,
	    NULL },
	{ "email", FIELD_EMAIL, FIELD_REQUIRED, 0, 0,
	    N_("Email of its administrator"),
	    N_("Gets an invitation. The administrator fills in the rest and "
	       "invites others."), NULL, NULL },
	{ 0 }
};

static struct form_choices
choices_of(struct request *rq, const struct vocabulary *vocabulary)
{
	struct form_choices choices = { 0 };

	LIST_EACH(term, vocabulary)
		*LIST_ADD(&rq->arena, &choices) = (struct form_choice){
			.value = term->id,
			.label = term->label.text[rq->language] };
	return choices;
}

static void
choices_set(struct request *rq, struct form *form)
{
	struct form_choices units = choices_of(rq, &library()->units);
	struct form_choices forms = choices_of(rq, &library()->legal_forms);

	form_choose_from(form, "unit", &units);
	form_choose_from(form, "legal_form", &forms);
}

static const char *
text_of(const struct form *form, const char *name)
{
	const char *text = form_text(form, name);

	return text == NULL ? "" : text;
}

static void
registration_check(struct request *rq, struct form *form)
{
	const char *number = text_of(form, "registration");

	if (*number != '\0' && !registration_is_valid(number))
		form_fault(rq, form, "registration", T_(N_("Write the seven "
		    "digits of the registration number"), rq->language));
}

static void
founded_check(struct request *rq, struct form *form)
{
	if (form_given(form, "founded") &&
	    form_find(form, "founded")->error == NULL &&
	    !founded_is_valid(form_number(form, "founded")))
		form_fault(rq, form, "founded", T_(N_("Write the year in "
		    "four digits, from 1900 on"), rq->language));
}

/* Another organisation has the number: said beside the field. */
static enum outcome
registration_is_taken(struct request *rq, struct form *form, int64_t own)
{
	const char *number = text_of(form, "registration");
	int64_t id;
	enum outcome got;

	if (*number == '\0')
		return NOT_FOUND;
	got = organisation_find_registration(rq->db, &rq->arena, number, &id);
	if (got != OK || id == own)
		return got == OK ? NOT_FOUND : got;
	form_fault(rq, form, "registration", T_(N_("Another organisation has "
	    "this registration number already"), rq->language));
	return OK;
}

/* --- Changing ------------------------------------------------------------ */

struct editing {
	struct request *rq;
	struct form form;
	struct organisation o;
};

static void
edit_show(struct request *rq, const struct form *form)
{
	const struct inside_form_view view = {
		.slug = rq->organisation.slug,
		.organisation = rq->organisation.name,
		.title = N_("Change this profile"),
		.who = N_("Everybody sees what stands here."),
		.action = arena_print(&rq->arena, "/o/%s/edit",
		    rq->organisation.slug),
		.button = N_("Save"),
		.form = *form,
		.back = arena_print(&rq->arena, "/o/%s",
		    rq->organisation.slug),
	};

	render_inside_form(&rq->page, &view);
}

static void
number_fill(struct request *rq, struct form *form, const char *name,
    int64_t number)
{
	if (number != 0)
		form_fill_number(rq, form, name, number);
}

static void
edit_fill(struct request *rq, struct form *form, const struct organisation *o)
{
	form_open(rq, form, PROFILE);
	choices_set(rq, form);
	form_fill_text(form, "name_mn", o->name_mn);
	form_fill_text(form, "name_en", o->name_en);
	form_fill_text(form, "name_bichig", o->name_bichig);
	form_fill_text(form, "registration", o->registration);
	form_fill_text(form, "legal_form", o->legal_form);
	form_fill_text(form, "unit", o->unit);
	form_fill_text(form, "place", o->place);
	form_fill_text(form, "field", o->field);
	form_fill_text(form, "purpose_mn", o->purpose_mn);
	form_fill_text(form, "purpose_en", o->purpose_en);
	form_fill_text(form, "website", o->website);
	form_fill_text(form, "email", o->email);
	form_fill_text(form, "phone", o->phone);
	number_fill(rq, form, "people", o->people);
	number_fill(rq, form, "founded", o->founded);
	form->version = o->version;
}

static void
edit_take(const struct form *form, struct organisation *o)
{
	o->name_mn = form_text(form, "name_mn");
	o->name_en = text_of(form, "name_en");
	o->name_bichig = text_of(form, "name_bichig");
	o->registration = text_of(form, "registration");
	o->legal_form = form_text(form, "legal_form");
	o->unit = text_of(form, "unit");
	o->place = text_of(form, "place");
	o->field = text_of(form, "field");
	o->purpose_mn = text_of(form, "purpose_mn");
	o->purpose_en = text_of(form, "purpose_en");
	o->website = text_of(form, "website");
	o->email = text_of(form, "email");
	o->phone = text_of(form, "phone");
	o->people = form_number(form, "people");
	o->founded = form_number(form, "founded");
	o->version = form->version;
}

static enum outcome
edit_page(struct request *rq)
{
	struct organisation o;
	struct form form;
	enum outcome got = organisation_find(rq->db, &rq->arena,
	    rq->organisation.id, &o);

	if (got != OK)
		return got;
	edit_fill(rq, &form, &o);
	edit_show(rq, &form);
	return OK;
}

static enum outcome
edit_write(struct tx *tx, void *arg)
{
	struct editing *e = arg;

	return organisation_change(tx, &e->rq->arena, &e->o, time_now());
}

/* A number that is taken, or somebody who was faster. */
static enum outcome
edit_conflict(struct request *rq, struct editing *e)
{
	struct organisation stored;
	struct form theirs;
	enum outcome got;

	got = registration_is_taken(rq, &e->form, rq->organisation.id);
	if (got != OK && got != NOT_FOUND)
		return got;
	if (got == OK) {
		edit_show(rq, &e->form);
		return INVALID;
	}
	got = organisation_find(rq->db, &rq->arena, rq->organisation.id,
	    &stored);
	if (got != OK)
		return got;
	edit_fill(rq, &theirs, &stored);
	form_conflict(rq, &e->form, &theirs);
	edit_show(rq, &e->form);
	return CONFLICT;
}

static enum outcome
edit_answer(struct request *rq, enum outcome got, void *arg)
{
	if (got == CONFLICT)
		return edit_conflict(rq, arg);
	if (got != OK)
		return got;
	redirect_notice(rq, N_("Saved."));
	return redirect(rq, "/o/%s", rq->organisation.slug);
}

static enum outcome
edit_post(struct request *rq)
{
	struct editing *e = ARENA_NEW(&rq->arena, struct editing);

	e->rq = rq;
	form_open(rq, &e->form, PROFILE);
	choices_set(rq, &e->form);
	form_read(rq, &e->form);
	registration_check(rq, &e->form);
	founded_check(rq, &e->form);
	if (e->form.errors.count > 0) {
		edit_show(rq, &e->form);
		return INVALID;
	}
	edit_take(&e->form, &e->o);
	e->o.id = rq->organisation.id;
	write_raises(rq, GENERATION_ORGANISATION, rq->organisation.id);
	write_raises(rq, GENERATION_ORGANISATIONS, 0);
	return write_later(rq, edit_write, edit_answer, e);
}

/* --- A new one ----------------------------------------------------------- */

struct adding {
	struct request *rq;
	struct form form;
	struct organisation o;
	struct invite invite;
};

static void
new_show(struct request *rq, const struct form *form)
{
	const struct organisation_new_view view = { .form = *form };

	render_organisation_new(&rq->page, &view);
}

static enum outcome
new_page(struct request *rq)
{
	struct form form;

	form_open(rq, &form, NEW);
	choices_set(rq, &form);
	new_show(rq, &form);
	return OK;
}

static enum outcome
new_write(struct tx *tx, void *arg)
{
	struct adding *n = arg;
	enum outcome got = organisation_add(tx, &n->rq->arena, &n->o,
	    n->form.once, n->invite.now, &n->invite.organisation);

	return got == OK ? invite_write(tx, &n->invite) : got;
}

static enum outcome
new_answer(struct request *rq, enum outcome got, void *arg)
{
	struct adding *n = arg;

	if (got == CONFLICT) {
		got = registration_is_taken(rq, &n->form, 0);
		if (got == OK) {
			new_show(rq, &n->form);
			return INVALID;
		}
		return got == NOT_FOUND ? CONFLICT : got;
	}
	return got == OK ? invite_show(rq, &n->invite, "/organisations") : got;
}

static enum outcome
new_post(struct request *rq)
{
	struct adding *n = ARENA_NEW(&rq->arena, struct adding);
	enum outcome got;

	n->rq = rq;
	form_open(rq, &n->form, NEW);
	choices_set(rq, &n->form);
	form_read(rq, &n->form);
	registration_check(rq, &n->form);
	if (n->form.errors.count > 0) {
		new_show(rq, &n->form);
		return INVALID;
	}
	n->o = (struct organisation){ .slug = "", .name_bichig = "",
		.place = "", .field = "", .purpose_mn = "", .purpose_en = "",
		.website = "", .email = "", .phone = "", .source = "",
		.standing = "registered",
		.name_mn = form_text(&n->form, "name_mn"),
		.name_en = text_of(&n->form, "name_en"),
		.registration = text_of(&n->form, "registration"),
		.legal_form = form_text(&n->form, "legal_form"),
		.unit = text_of(&n->form, "unit") };
	got = invite_prepare(rq, &n->invite,
	    form_text(&n->form, "email"), role_name(ROLE_ADMINISTRATOR),
	    n->form.once);
	if (got != OK)
		return got;
	n->invite.name = organisation_name(n->o.name_mn, n->o.name_en);
	write_raises(rq, GENERATION_ORGANISATIONS, 0);
	return write_later(rq, new_write, new_answer, n);
}

const struct route organisation_edit_routes[] = {
	{ "GET",  "/o/:slug/edit", ADMINISTRATOR, edit_page, 0 },
	{ "POST", "/o/:slug/edit", ADMINISTRATOR, edit_post, 0 },
	{ "GET",  "/organisations/new", COORDINATOR, new_page, 0 },
	{ "POST", "/organisations/new", COORDINATOR, new_post, 0 },
	{ 0 }
};
