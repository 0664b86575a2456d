/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/people.h"

#include "base/time.h"
#include "http/form.h"
#include "http/later.h"
#include "http/response.h"
#include "people/people_templates.h"
#include "people/people_view.h"
#include "people/recovery.h"
#include "people/sign_in.h"
#include "text/catalogue.h"

#include <string.h>

/*
 * Setting a password with recovery words. As in signing in, what may have gone
 * wrong is told in one sentence and takes the same work.
 */

static const struct field WORDS_FORM[] = {
	{ "email", FIELD_EMAIL, FIELD_REQUIRED, 0, 0, N_("Email"), NULL, NULL,
	    "username" },
	{ "words", FIELD_TEXT, FIELD_REQUIRED, 0, 0, N_("The six words"),
	    N_("In their order, in Cyrillic or Latin letters."), NULL, "off" },
	{ "password", FIELD_PASSWORD, FIELD_REQUIRED | FIELD_NEW_PASSWORD, 0,
	    0, N_("New password"), people_password_hint, NULL, "new-password" },
	{ 0 }
};

struct recovering {
	struct request *rq;
	struct form form;
	int64_t person;			/* 0: nobody */
	char canonical[RECOVERY_CANONICAL];
	struct person_key typed;	/* of the words */
	struct person_key key;		/* of the new password */
	bool right;
};

static void
words_show(struct request *rq, const struct form *form)
{
	const struct form_page_view view = {
		.title = N_("Back in with recovery words"),
		.lead = N_("The words are used up by this. The code from the "
		    "phone is turned off, for the phone may be lost; you can "
		    "turn it on again in your account."),
		.action = "/sign-in/words",
		.button = N_("Set the password"),
		.form = *form,
		.other = "/sign-in/forgot",
		.other_text = N_("Send me a link by mail instead"),
	};

	render_form_page(&rq->page, &view);
}

static enum outcome
words_page(struct request *rq)
{
	struct form form;

	if (people_refuse_insecure(rq))
		return OK;
	form_open(rq, &form, WORDS_FORM);
	words_show(rq, &form);
	return OK;
}

static enum outcome
words_accept(struct tx *tx, struct recovering *r)
{
	struct arena *a = &r->rq->arena;
	enum outcome got = password_replace(tx, a, r->person, &r->key, 0);

	if (got == OK)
		got = person_set_recovery(tx, a, r->person, NULL);
	if (got == OK)
		got = person_set_code(tx, a, r->person, NULL, 0);
	return got;
}

static enum outcome
words_write(struct tx *tx, void *arg)
{
	struct recovering *r = arg;
	struct arena *a = &r->rq->arena;
	struct person_secrets secrets;
	int64_t now = time_now();
	enum outcome got;

	r->right = false;
	if (r->person == 0)
		return stranger_add(tx, a, day_of(now));
	got = person_find_secrets(tx->db, a, r->person, &secrets);
	if (got != OK)
		return got;
	if (!recovery_is_right(&secrets, r->typed.verifier, now))
		return sign_in_count_failure(tx, a, &secrets, now);
	got = words_accept(tx, r);
	r->right = got == OK;
	return got;
}

static enum outcome
words_answer(struct request *rq, enum outcome got, void *arg)
{
	struct recovering *r = arg;

	if (got != OK)
		return got;
	if (r->right) {
		redirect_notice(rq,
		    N_("Your password is set. Sign in with it."));
		return redirect(rq, "/sign-in");
	}
	form_fault(rq, &r->form, "words", T_(N_("The address or the words "
	    "are not right, or the account waits after too many tries."),
	    rq->language));
	words_show(rq, &r->form);
	return INVALID;
}

static enum outcome
words_new_made(struct request *rq, enum outcome got, void *arg)
{
	if (got != OK)
		return got;
	return write_later(rq, words_write, words_answer, arg);
}

static enum outcome
words_derived(struct request *rq, enum outcome got, void *arg)
{
	struct recovering *r = arg;

	if (got != OK)
		return got;
	return person_key_make(rq, form_text(&r->form, "password"), &r->key,
	    words_new_made, r);
}

/* What can be said without knowing anybody: a slip, a weak password. */
static void
words_check(struct request *rq, struct recovering *r)
{
	struct recovery words;
	const char *fault;

	if (r->form.errors.count > 0)
		return;
	if (recovery_parse(form_text(&r->form, "words"), &words))
		recovery_canonical(&words, r->canonical);
	else
		form_fault(rq, &r->form, "words", T_(N_("One of the words "
		    "is not as it was shown. Compare each letter; there are "
		    "six words of six to nine letters."), rq->language));
	fault = password_fault(form_text(&r->form, "password"),
	    form_text(&r->form, "email"));
	if (fault != NULL)
		form_fault(rq, &r->form, "password",
		    T_(fault, rq->language));
}

static enum outcome
words_owner(struct request *rq, struct recovering *r)
{
	struct person person;
	struct person_secrets secrets = { 0 };
	enum outcome got = person_find_by_email(rq->db, &rq->arena,
	    email_normalize(&rq->arena, form_text(&r->form, "email")),
	    &person);

	if (got == OK)
		got = person_find_secrets(rq->db, &rq->arena, person.id,
		    &secrets);
	if (got != OK && got != NOT_FOUND)
		return got;
	r->person = secrets.person;
	memcpy(r->typed.salt, secrets.recovery_salt, DERIVE_SALT);
	return OK;
}

static enum outcome
words_take(struct request *rq)
{
	struct recovering *r = ARENA_NEW(&rq->arena, struct recovering);
	enum outcome got;

	if (people_refuse_insecure(rq))
		return INVALID;
	r->rq = rq;
	form_open(rq, &r->form, WORDS_FORM);
	form_read(rq, &r->form);
	words_check(rq, r);
	if (r->form.errors.count > 0) {
		words_show(rq, &r->form);
		return INVALID;
	}
	got = words_owner(rq, r);
	if (got != OK)
		return got;
	return person_key_derive(rq, r->canonical, &r->typed, words_derived,
	    r);
}

const struct route words_routes[] = {
	{ "GET",  "/sign-in/words", PUBLIC, words_page, 0 },
	{ "POST", "/sign-in/words", PUBLIC, words_take, ROUTE_ANONYMOUS },
	{ 0 }
};
