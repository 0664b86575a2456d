/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "organisation/organisation_pages.h"

#include "base/time.h"
#include "http/form.h"
#include "http/later.h"
#include "http/response.h"
#include "organisation/invite.h"
#include "organisation/member_store.h"
#include "organisation/organisation.h"
#include "organisation/organisation_templates.h"
#include "people/people.h"
#include "people/people_templates.h"
#include "people/people_view.h"
#include "people/session_store.h"
#include "text/catalogue.h"

/*
 * What the link of an invitation opens: whoever is signed in accepts with a
 * button, whoever is not makes an account.
 */

static const struct field ACCOUNT[] = {
	{ "name", FIELD_TEXT, FIELD_REQUIRED, 1, 80, N_("Given name"), NULL,
	    NULL, "given-name" },
	{ "patronymic", FIELD_TEXT, 0, 1, 80, N_("Patronymic"),
	    N_("Shown as an initial before the name."), NULL,
	    "family-name" },
	{ "password", FIELD_PASSWORD, FIELD_REQUIRED | FIELD_NEW_PASSWORD, 0,
	    0, N_("Password"), people_password_hint, NULL, "new-password" },
	{ 0 }
};

static const struct field NOTHING[] = { { 0 } };

struct accepting {
	struct request *rq;
	struct form form;
	uint8_t hash[TOKEN_HASH];
	struct invitation invitation;
	struct person_key key;
	struct person_new person;
	struct token session;
	int64_t now;
};

static enum outcome
link_gone(struct request *rq)
{
	const struct told_view told = {
		.title = N_("This invitation is no longer good"),
		.text = N_("It was accepted, withdrawn, or its two weeks have "
		    "passed. Ask whoever invited you for another."),
		.next = "/sign-in",
		.next_text = N_("Sign in"),
	};

	render_told(&rq->page, &told);
	return NOT_FOUND;
}

static enum outcome
invitation_of(struct request *rq, struct accepting *c)
{
	*c = (struct accepting){ .rq = rq, .now = time_now() };
	if (!token_hash(request_path(rq, "token"), c->hash))
		return NOT_FOUND;
	return invitation_find(rq->db, &rq->arena, c->hash, c->now,
	    &c->invitation);
}

static void
invitation_show(struct request *rq, const struct accepting *c)
{
	const struct invitation_view view = {
		.organisation = c->invitation.organisation != 0
		    ? c->invitation.name : rq->page.coalition,
		.role = invite_role_show(c->invitation.role),
		.email = c->invitation.email,
		.token = request_path(rq, "token"),
		.person = rq->asker.person != 0 ? rq->asker.name : NULL,
		.form = c->form,
	};

	render_invitation(&rq->page, &view);
}

static enum outcome
invitation_page(struct request *rq)
{
	struct accepting c;
	enum outcome got;

	if (people_refuse_insecure(rq))
		return OK;
	got = invitation_of(rq, &c);
	if (got == NOT_FOUND)
		return link_gone(rq);
	if (got != OK)
		return got;
	form_open(rq, &c.form, rq->asker.person != 0 ? NOTHING : ACCOUNT);
	invitation_show(rq, &c);
	return OK;
}

/* --- Accepting ----------------------------------------------------------- */

static enum outcome
role_give(struct tx *tx, struct accepting *c, int64_t person)
{
	struct arena *a = &c->rq->arena;
	enum organisation_role role;
	enum coalition_right right;

	if (c->invitation.organisation == 0)
		return right_parse(c->invitation.role, &right) == OK
		    ? right_add(tx, a, person, right) : FAILED;
	if (role_parse(c->invitation.role, &role) != OK)
		return FAILED;
	return member_add(tx, a, c->invitation.organisation, person, role,
	    c->now);
}

static enum outcome
accept_as(struct tx *tx, struct accepting *c, int64_t person)
{
	enum outcome got = invitation_accept(tx, &c->rq->arena,
	    c->invitation.id, c->now);

	return got == OK ? role_give(tx, c, person) : got;
}

static enum outcome
accept_write(struct tx *tx, void *arg)
{
	struct accepting *c = arg;

	return accept_as(tx, c, c->rq->asker.person);
}

static enum outcome
inside(struct request *rq, const struct accepting *c)
{
	redirect_notice(rq, N_("Welcome. You are in."));
	if (c->invitation.organisation == 0)
		return redirect(rq, "/dashboard");
	return redirect(rq, "/o/%s", c->invitation.slug);
}

static enum outcome
accept_answer(struct request *rq, enum outcome got, void *arg)
{
	if (got == CONFLICT)
		return link_gone(rq);
	return got == OK ? inside(rq, arg) : got;
}

/* --- With a new account -------------------------------------------------- */

static enum outcome
account_write(struct tx *tx, void *arg)
{
	struct accepting *c = arg;
	struct arena *a = &c->rq->arena;
	struct session_new session = { .hash = c->session.hash,
		.complete = true, .now = c->now,
		.browser = browser_show(a,
		    request_header(c->rq, "User-Agent")) };
	int64_t id;
	enum outcome got = person_add(tx, a, &c->person, &session.person);

	if (got == OK)
		got = accept_as(tx, c, session.person);
	if (got == OK)
		got = session_add(tx, a, &session, &id);
	return got;
}

/* The address has an account: whoever owns it signs in and accepts then. */
static enum outcome
account_exists(struct request *rq, struct accepting *c)
{
	form_fault(rq, &c->form, "", T_(N_("There is an account for this "
	    "address already. Sign in first, then open the link again."),
	    rq->language));
	invitation_show(rq, c);
	return INVALID;
}

static enum outcome
account_answer(struct request *rq, enum outcome got, void *arg)
{
	struct accepting *c = arg;
	struct person person;

	if (got == CONFLICT) {
		got = person_find_by_email(rq->db, &rq->arena,
		    c->invitation.email, &person);
		if (got == OK)
			return account_exists(rq, c);
		return got == NOT_FOUND ? link_gone(rq) : got;
	}
	if (got != OK)
		return got;
	people_session_cookie(rq, &c->session);
	return inside(rq, c);
}

static enum outcome
account_made(struct request *rq, enum outcome got, void *arg)
{
	if (got != OK)
		return got;
	return write_later(rq, account_write, account_answer, arg);
}

static enum outcome
account_take(struct request *rq, struct accepting *c)
{
	const char *fault = NULL, *patronymic;

	form_open(rq, &c->form, ACCOUNT);
	form_read(rq, &c->form);
	if (c->form.errors.count == 0)
		fault = password_fault(form_text(&c->form, "password"),
		    c->invitation.email);
	if (fault != NULL)
		form_fault(rq, &c->form, "password",
		    T_(fault, rq->language));
	if (c->form.errors.count > 0) {
		invitation_show(rq, c);
		return INVALID;
	}
	patronymic = form_text(&c->form, "patronymic");
	c->session = token_new();
	c->person = (struct person_new){ .email = c->invitation.email,
		.name = form_text(&c->form, "name"),
		.patronymic = patronymic == NULL ? "" : patronymic,
		.language = rq->language, .password = &c->key,
		.now = c->now };
	return person_key_make(rq, form_text(&c->form, "password"), &c->key,
	    account_made, c);
}

static enum outcome
invitation_post(struct request *rq)
{
	struct accepting *c = ARENA_NEW(&rq->arena, struct accepting);
	enum outcome got;

	if (people_refuse_insecure(rq))
		return INVALID;
	got = invitation_of(rq, c);
	if (got == NOT_FOUND)
		return link_gone(rq);
	if (got != OK)
		return got;
	if (rq->asker.person == 0)
		return account_take(rq, c);
	return write_later(rq, accept_write, accept_answer, c);
}

const struct route invitation_routes[] = {
	{ "GET",  "/invitation/:token", PUBLIC, invitation_page,
	    ROUTE_SECRET | ROUTE_ANONYMOUS },
	{ "POST", "/invitation/:token", PUBLIC, invitation_post,
	    ROUTE_SECRET | ROUTE_ANONYMOUS },
	{ 0 }
};
