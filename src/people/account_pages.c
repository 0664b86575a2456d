/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/people.h"

#include "base/time.h"
#include "http/form.h"
#include "http/later.h"
#include "http/response.h"
#include "people/people_templates.h"
#include "people/people_view.h"
#include "people/proof.h"
#include "people/session_store.h"
#include "people/sign_in.h"
#include "text/catalogue.h"

#include <string.h>

/* What somebody does with their own account: name, password, devices. */

static const struct choice LANGUAGE_CHOICES[] = {
	{ "mn", N_("Mongolian"), NULL },
	{ "en", N_("English"), NULL },
	{ 0 }
};

static const struct field NAME[] = {
	{ "name", FIELD_TEXT, FIELD_REQUIRED, 1, 80, N_("Given name"), NULL,
	    NULL, "given-name" },
	{ "patronymic", FIELD_TEXT, 0, 1, 80, N_("Patronymic"),
	    N_("Shown as an initial before the name."), NULL,
	    "family-name" },
	{ "language", FIELD_CHOICE, FIELD_REQUIRED, 0, 0,
	    N_("Language of letters to you"), NULL, LANGUAGE_CHOICES, NULL },
	{ 0 }
};

static const struct field PASSWORD[] = {
	{ "old", FIELD_PASSWORD, FIELD_REQUIRED, 0, 0, N_("Password so far"),
	    NULL, NULL, "current-password" },
	{ "password", FIELD_PASSWORD, FIELD_REQUIRED | FIELD_NEW_PASSWORD, 0,
	    0, N_("New password"), people_password_hint, NULL, "new-password" },
	{ 0 }
};

/* --- The account ------------------------------------------------------- */

static enum outcome
account_show(struct request *rq)
{
	struct account_view view;
	struct session_list sessions;
	struct person person;
	enum outcome got = person_find(rq->db, &rq->arena,
	    rq->asker.person, &person);

	if (got == OK)
		got = session_list(rq->db, &rq->arena, person.id, time_now(),
		    &sessions);
	if (got != OK)
		return got;
	view = (struct account_view){ .email = person.email,
		.name = person_show(&rq->arena, person.name,
		    person.patronymic),
		.language = person.language == LANGUAGE_MN
		    ? N_("Mongolian") : N_("English"),
		.has_code = person.has_code,
		.has_recovery = person.has_recovery,
		.sessions = (int64_t)sessions.count };
	render_account(&rq->page, &view);
	return OK;
}

static enum outcome
account_page(struct request *rq)
{
	return people_see(rq, account_show);
}

/* --- Name and language ------------------------------------------------- */

struct renaming {
	struct request *rq;
	struct form form;
	struct person person;
};

static void
name_show(struct request *rq, const struct form *form)
{
	const struct form_page_view view = {
		.title = N_("Name and language"),
		.who = N_("People in your organisations see the name."),
		.action = "/account/name",
		.button = N_("Save"),
		.form = *form,
		.other = "/account",
		.other_text = N_("Back without saving"),
	};

	render_form_page(&rq->page, &view);
}

static void
name_fill(struct form *form, const struct person *person)
{
	form_fill_text(form, "name", person->name);
	form_fill_text(form, "patronymic", person->patronymic);
	form_fill_text(form, "language", language_code(person->language));
	form->version = person->version;
}

static enum outcome
name_page(struct request *rq)
{
	struct person person;
	struct form form;
	enum outcome got = person_find(rq->db, &rq->arena,
	    rq->asker.person, &person);

	if (got != OK)
		return got;
	form_open(rq, &form, NAME);
	name_fill(&form, &person);
	name_show(rq, &form);
	return OK;
}

static enum outcome
name_write(struct tx *tx, void *arg)
{
	struct renaming *r = arg;

	return person_change(tx, &r->rq->arena, &r->person);
}

/* Somebody, perhaps the same person elsewhere, was faster. */
static enum outcome
name_conflict(struct request *rq, struct renaming *r)
{
	struct person person;
	struct form stored;
	enum outcome got = person_find(rq->db, &rq->arena,
	    rq->asker.person, &person);

	if (got != OK)
		return got;
	form_open(rq, &stored, NAME);
	name_fill(&stored, &person);
	form_conflict(rq, &r->form, &stored);
	name_show(rq, &r->form);
	return CONFLICT;
}

static enum outcome
name_answer(struct request *rq, enum outcome got, void *arg)
{
	if (got == CONFLICT)
		return name_conflict(rq, arg);
	if (got != OK)
		return got;
	redirect_notice(rq, N_("Saved."));
	return redirect(rq, "/account");
}

static enum outcome
name_take(struct request *rq)
{
	struct renaming *r = ARENA_NEW(&rq->arena, struct renaming);
	const char *patronymic;

	r->rq = rq;
	form_open(rq, &r->form, NAME);
	form_read(rq, &r->form);
	if (r->form.errors.count > 0) {
		name_show(rq, &r->form);
		return INVALID;
	}
	patronymic = form_text(&r->form, "patronymic");
	r->person = (struct person){ .id = rq->asker.person,
		.name = form_text(&r->form, "name"),
		.patronymic = patronymic == NULL ? "" : patronymic,
		.version = r->form.version };
	if (language_parse(form_text(&r->form, "language"),
	    &r->person.language) != OK)
		return INVALID;
	return write_later(rq, name_write, name_answer, r);
}

/* --- Password ---------------------------------------------------------- */

struct changing {
	struct proof proof;
	struct form form;
	struct person_key key;
};

static void
password_show(struct request *rq, const struct form *form)
{
	const struct form_page_view view = {
		.title = N_("Change the password"),
		.lead = N_("Other devices are signed out when you save."),
		.action = "/account/password",
		.button = N_("Change the password"),
		.form = *form,
		.other = "/account",
		.other_text = N_("Back without saving"),
	};

	render_form_page(&rq->page, &view);
}

static enum outcome
password_page(struct request *rq)
{
	struct form form;

	if (people_refuse_insecure(rq))
		return OK;
	form_open(rq, &form, PASSWORD);
	password_show(rq, &form);
	return OK;
}

static enum outcome
password_proved(struct tx *tx, struct proof *proof)
{
	struct changing *c = proof->arg;

	return password_replace(tx, &proof->rq->arena,
	    proof->rq->asker.person, &c->key, proof->rq->asker.session);
}

static enum outcome
password_answer(struct request *rq, enum outcome got, void *arg)
{
	struct changing *c = arg;

	if (got != OK)
		return got;
	if (!c->proof.right) {
		form_fault(rq, &c->form, "old",
		    T_(proof_refused, rq->language));
		password_show(rq, &c->form);
		return INVALID;
	}
	redirect_notice(rq, N_("Your password is changed."));
	return redirect(rq, "/account");
}

static enum outcome
password_made(struct request *rq, enum outcome got, void *arg)
{
	struct changing *c = arg;

	if (got != OK)
		return got;
	return proof_later(rq, &c->proof, form_text(&c->form, "old"),
	    password_answer);
}

static enum outcome
password_take(struct request *rq)
{
	struct changing *c = ARENA_NEW(&rq->arena, struct changing);
	const char *fault = NULL;
	struct person person;
	enum outcome got;

	if (people_refuse_insecure(rq))
		return INVALID;
	c->proof = (struct proof){ .rq = rq, .then = password_proved,
		.arg = c };
	form_open(rq, &c->form, PASSWORD);
	form_read(rq, &c->form);
	got = person_find(rq->db, &rq->arena, rq->asker.person, &person);
	if (got != OK)
		return got;
	if (c->form.errors.count == 0)
		fault = password_fault(form_text(&c->form, "password"),
		    person.email);
	if (fault != NULL)
		form_fault(rq, &c->form, "password",
		    T_(fault, rq->language));
	if (c->form.errors.count > 0) {
		password_show(rq, &c->form);
		return INVALID;
	}
	return person_key_make(rq, form_text(&c->form, "password"), &c->key,
	    password_made, c);
}

/* --- Where one is signed in -------------------------------------------- */

static enum outcome
sessions_page(struct request *rq)
{
	struct sessions_view view = { 0 };
	struct session_list list;
	enum outcome got = session_list(rq->db, &rq->arena,
	    rq->asker.person, time_now(), &list);

	if (got != OK)
		return got;
	LIST_EACH(s, &list)
		*LIST_ADD(&rq->arena, &view.sessions) = (struct session_view){
			.id = s->id, .browser = s->browser,
			.created = s->created, .seen = s->seen,
			.here = s->id == rq->asker.session };
	render_sessions(&rq->page, &view);
	return OK;
}

static enum outcome
session_end_write(struct tx *tx, void *arg)
{
	struct request *rq = arg;

	return session_remove(tx, &rq->arena, rq->asker.person,
	    request_path_id(rq, "session"));
}

static enum outcome
session_others_write(struct tx *tx, void *arg)
{
	struct request *rq = arg;

	return session_remove_others(tx, &rq->arena, rq->asker.person,
	    rq->asker.session);
}

/* What is gone already has ended too. */
static enum outcome
session_ended(struct request *rq, enum outcome got, void *arg)
{
	(void)arg;
	if (got != OK && got != NOT_FOUND)
		return got;
	redirect_notice(rq, N_("Signed out there."));
	return redirect(rq, "/account/sessions");
}

static enum outcome
session_end(struct request *rq)
{
	return write_later(rq, session_end_write, session_ended, rq);
}

static enum outcome
session_others_end(struct request *rq)
{
	return write_later(rq, session_others_write, session_ended, rq);
}

const struct route account_routes[] = {
	{ "GET",  "/account", SIGNED_IN, account_page, 0 },
	{ "GET",  "/account/name", SIGNED_IN, name_page, 0 },
	{ "POST", "/account/name", SIGNED_IN, name_take, 0 },
	{ "GET",  "/account/password", SIGNED_IN, password_page, 0 },
	{ "POST", "/account/password", SIGNED_IN, password_take, 0 },
	{ "GET",  "/account/sessions", SIGNED_IN, sessions_page, 0 },
	{ "POST", "/account/sessions/:session/end", SIGNED_IN, session_end,
	    0 },
	{ "POST", "/account/sessions/others/end", SIGNED_IN,
	    session_others_end, 0 },
	{ 0 }
};
