/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/people.h"

#include "base/time.h"
#include "http/form.h"
#include "http/later.h"
#include "http/response.h"
#include "people/people_templates.h"
#include "people/people_view.h"
#include "people/session_store.h"
#include "people/sign_in.h"
#include "text/catalogue.h"
#include "vault/client.h"

#include <string.h>

/*
 * Signing in, in one step or two, and out. One sentence tells all that may
 * have gone wrong, so that nobody learns who has an account.
 */

static const char REFUSED[] =
	N_("The address or the password is not right. After five wrong tries "
	   "an account waits, first half a minute, at most a quarter of an "
	   "hour.");

static const char CODE_REFUSED[] =
	N_("The code is not right, or it was used before. Wait for the next "
	   "one and type it.");

static const struct field SIGN_IN[] = {
	{ "email", FIELD_EMAIL, FIELD_REQUIRED, 0, 0, N_("Email"), NULL, NULL,
	    "username" },
	{ "password", FIELD_PASSWORD, FIELD_REQUIRED, 0, 0, N_("Password"),
	    NULL, NULL, "current-password" },
	{ "next", FIELD_HIDDEN, 0, 1, 500, NULL, NULL, NULL, NULL },
	{ 0 }
};

static const struct field CODE[] = {
	{ "code", FIELD_TEXT, FIELD_REQUIRED | FIELD_NARROW, 6, 12,
	    N_("Six digits"), N_("From the app on your phone. A new code "
	    "comes every half minute."), NULL, "one-time-code" },
	{ "next", FIELD_HIDDEN, 0, 1, 500, NULL, NULL, NULL, NULL },
	{ 0 }
};

/* What a sign-in carries from step to step. */
struct entering {
	struct form form;
	struct person_key typed;
	struct sign_in first;
	struct sign_in_code second;
};

static const char *
next_of(const struct form *form)
{
	const char *next = form_text(form, "next");

	return next != NULL && address_is_ours(next) ? next : "/dashboard";
}

static void
sign_in_show(struct request *rq, const struct form *form,
    const char *refused)
{
	const struct sign_in_view view = { .form = *form,
		.refused = refused };

	render_sign_in(&rq->page, &view);
}

static enum outcome
sign_in_page(struct request *rq)
{
	struct form form;
	const char *next = request_field(rq, "next");

	if (people_refuse_insecure(rq))
		return OK;
	if (rq->asker.person != 0)
		return redirect(rq, "/dashboard");
	form_open(rq, &form, SIGN_IN);
	form_fill_text(&form, "next", next);
	sign_in_show(rq, &form, NULL);
	return OK;
}

/* --- The first step ---------------------------------------------------- */

static enum outcome
first_answer(struct request *rq, enum outcome got, void *arg)
{
	struct entering *e = arg;

	if (got != OK)
		return got;
	if (e->first.result == SIGN_IN_REFUSED) {
		sign_in_show(rq, &e->form, REFUSED);
		return INVALID;
	}
	people_session_cookie(rq, &e->first.token);
	if (e->first.result == SIGN_IN_CODE)
		return redirect(rq, "/sign-in/code?next=%s",
		    page_part(&rq->page, next_of(&e->form)));
	return redirect(rq, "%s", next_of(&e->form));
}

static enum outcome
first_write(struct tx *tx, void *arg)
{
	struct entering *e = arg;

	return sign_in_write(tx, &e->first);
}

static enum outcome
first_derived(struct request *rq, enum outcome got, void *arg)
{
	struct entering *e = arg;

	if (got != OK)
		return got;
	memcpy(e->first.key, e->typed.verifier, sizeof(e->first.key));
	return write_later(rq, first_write, first_answer, e);
}

/* Nobody, or somebody without a password: the work is the same. */
static enum outcome
first_prepare(struct request *rq, struct entering *e)
{
	struct person person;
	struct person_secrets secrets = { 0 };
	enum outcome got;

	e->first = (struct sign_in){ .arena = &rq->arena, .now = time_now(),
		.token = token_new(),
		.browser = browser_show(&rq->arena,
		    request_header(rq, "User-Agent")) };
	got = person_find_by_email(rq->db, &rq->arena,
	    email_normalize(&rq->arena, form_text(&e->form, "email")),
	    &person);
	if (got == OK)
		got = person_find_secrets(rq->db, &rq->arena, person.id,
		    &secrets);
	if (got != OK && got != NOT_FOUND)
		return got;
	e->first.person = secrets.person;
	memcpy(e->typed.salt, secrets.salt, sizeof(e->typed.salt));
	return OK;
}

static enum outcome
sign_in_take(struct request *rq)
{
	struct entering *e = ARENA_NEW(&rq->arena, struct entering);
	enum outcome got;

	if (people_refuse_insecure(rq))
		return INVALID;
	form_open(rq, &e->form, SIGN_IN);
	form_read(rq, &e->form);
	if (e->form.errors.count > 0) {
		sign_in_show(rq, &e->form, NULL);
		return INVALID;
	}
	got = first_prepare(rq, e);
	if (got != OK)
		return got;
	got = person_key_derive(rq, form_text(&e->form, "password"),
	    &e->typed, first_derived, e);
	if (got == INVALID)
		sign_in_show(rq, &e->form, REFUSED);
	return got;
}

/* --- The second step --------------------------------------------------- */

static void
code_show(struct request *rq, const struct form *form)
{
	const struct form_page_view view = {
		.title = N_("The code from your phone"),
		.lead = N_("The password was right. Your account also asks "
		    "for a code."),
		.action = "/sign-in/code",
		.button = N_("Sign in"),
		.form = *form,
		.other = "/sign-in/words",
		.other_text = N_("I don't have the phone any more"),
	};

	render_form_page(&rq->page, &view);
}

/* The session that awaits its code; NOT_FOUND when there is none. */
static enum outcome
waiting_find(struct request *rq, struct session_owner *owner_out)
{
	const char *token = request_cookie(rq, "__Host-session");
	uint8_t hash[TOKEN_HASH];

	if (token == NULL || !token_hash(token, hash))
		return NOT_FOUND;
	return session_find(rq->db, &rq->arena, hash, false, time_now(),
	    owner_out);
}

static enum outcome
code_page(struct request *rq)
{
	struct session_owner owner;
	struct form form;
	enum outcome got = waiting_find(rq, &owner);

	if (got == NOT_FOUND)
		return redirect(rq, "/sign-in");
	if (got != OK)
		return got;
	form_open(rq, &form, CODE);
	form_fill_text(&form, "next", request_field(rq, "next"));
	code_show(rq, &form);
	return OK;
}

static enum outcome
code_again(struct request *rq, struct form *form)
{
	form_fault(rq, form, "code", T_(CODE_REFUSED, rq->language));
	code_show(rq, form);
	return INVALID;
}

static enum outcome
second_answer(struct request *rq, enum outcome got, void *arg)
{
	struct entering *e = arg;

	if (got == NOT_FOUND)
		return redirect(rq, "/sign-in");
	if (got != OK)
		return got;
	if (e->second.result == SIGN_IN_REFUSED)
		return code_again(rq, &e->form);
	people_session_cookie(rq, &e->second.token);
	return redirect(rq, "%s", next_of(&e->form));
}

static enum outcome
second_write(struct tx *tx, void *arg)
{
	struct entering *e = arg;

	return sign_in_code_write(tx, &e->second);
}

static enum outcome
second_checked(struct request *rq, const struct channel_answer *answer,
    void *arg)
{
	struct entering *e = arg;

	if (answer->outcome != OK && answer->outcome != INVALID)
		return answer->outcome;
	e->second.right = answer->outcome == OK &&
	    answer->size == sizeof(e->second.step);
	if (e->second.right)
		memcpy(&e->second.step, answer->bytes,
		    sizeof(e->second.step));
	return write_later(rq, second_write, second_answer, e);
}

static enum outcome
code_ask(struct request *rq, struct entering *e)
{
	struct vault_totp_check question = { .person = e->second.person,
		.now = e->second.now };
	struct person_secrets secrets;
	enum outcome got = person_find_secrets(rq->db, &rq->arena,
	    e->second.person, &secrets);

	if (got != OK)
		return got;
	totp_digits(form_text(&e->form, "code"), question.code);
	if (question.code[0] == '\0')
		return code_again(rq, &e->form);
	question.last_step = secrets.code_step;
	memcpy(question.sealed, secrets.code, sizeof(question.sealed));
	got = vault_totp_check(rq->vault, &question, later_answer,
	    later_wait(rq, second_checked, e));
	return got == OK ? OK : later_refused(rq, got);
}

static enum outcome
code_take(struct request *rq)
{
	struct entering *e = ARENA_NEW(&rq->arena, struct entering);
	struct session_owner owner;
	enum outcome got;

	if (people_refuse_insecure(rq))
		return INVALID;
	got = waiting_find(rq, &owner);
	if (got == NOT_FOUND)
		return redirect(rq, "/sign-in");
	if (got != OK)
		return got;
	form_open(rq, &e->form, CODE);
	form_read(rq, &e->form);
	if (e->form.errors.count > 0) {
		code_show(rq, &e->form);
		return INVALID;
	}
	e->second = (struct sign_in_code){ .arena = &rq->arena,
		.person = owner.person, .waiting = owner.session,
		.now = time_now(), .token = token_new(),
		.browser = browser_show(&rq->arena,
		    request_header(rq, "User-Agent")) };
	return code_ask(rq, e);
}

/* --- Out --------------------------------------------------------------- */

static enum outcome
sign_out_write(struct tx *tx, void *arg)
{
	struct request *rq = arg;

	return session_remove(tx, &rq->arena, rq->asker.person,
	    rq->asker.session);
}

static enum outcome
sign_out_answer(struct request *rq, enum outcome got, void *arg)
{
	(void)arg;
	if (got != OK && got != NOT_FOUND)
		return got;
	respond_cookie(rq, "session", "", 0);
	redirect_notice(rq, N_("You are signed out."));
	return redirect(rq, "/");
}

static enum outcome
sign_out(struct request *rq)
{
	return write_later(rq, sign_out_write, sign_out_answer, rq);
}

const struct route sign_in_routes[] = {
	{ "GET",  "/sign-in", PUBLIC, sign_in_page, 0 },
	{ "POST", "/sign-in", PUBLIC, sign_in_take, ROUTE_ANONYMOUS },
	{ "GET",  "/sign-in/code", PUBLIC, code_page, 0 },
	{ "POST", "/sign-in/code", PUBLIC, code_take, ROUTE_ANONYMOUS },
	{ "POST", "/sign-out", SIGNED_IN, sign_out, 0 },
	{ 0 }
};
