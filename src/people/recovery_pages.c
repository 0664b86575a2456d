/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/people.h"

#include "base/time.h"
#include "http/form.h"
#include "http/later.h"
#include "http/response.h"
#include "people/link_store.h"
#include "people/mail.h"
#include "people/people_templates.h"
#include "people/people_view.h"
#include "people/sign_in.h"
#include "text/catalogue.h"

#include <string.h>

/*
 * Setting a password with a link, which came by mail or from the command line.
 * Nothing here tells whether an address has an account.
 */

static const struct field FORGOT[] = {
	{ "email", FIELD_EMAIL, FIELD_REQUIRED, 0, 0, N_("Email"), NULL, NULL,
	    "username" },
	{ 0 }
};

static const struct field NEW_PASSWORD[] = {
	{ "password", FIELD_PASSWORD, FIELD_REQUIRED | FIELD_NEW_PASSWORD, 0,
	    0, N_("New password"), people_password_hint, NULL, "new-password" },
	{ 0 }
};

/* --- A link by mail ---------------------------------------------------- */

struct forgetting {
	struct request *rq;
	struct form form;
	struct person person;	/* id 0: nobody */
	const char *site;
	struct token token;
	int64_t now;
};

static void
forgot_show(struct request *rq, const struct form *form)
{
	const struct form_page_view view = {
		.title = N_("A new password"),
		.lead = N_("Write the address of your account. We send a link "
		    "there with which you can set a new password."),
		.action = "/sign-in/forgot",
		.button = N_("Send the link"),
		.form = *form,
		.other = "/sign-in/words",
		.other_text = N_("I have six recovery words"),
	};

	render_form_page(&rq->page, &view);
}

static enum outcome
forgot_page(struct request *rq)
{
	struct form form;

	form_open(rq, &form, FORGOT);
	forgot_show(rq, &form);
	return OK;
}

static struct mail
forgot_letter(const struct forgetting *f)
{
	struct arena *a = &f->rq->arena;
	enum language language = f->person.language;
	const char *link = arena_print(a, "%s/%s/password/%s", f->site,
	    language_code(language), f->token.text);

	return (struct mail){ .to = f->person.email, .now = f->now,
		.subject = T_(N_("A new password"), language),
		.body = catalogue_print(a, language,
		    N_("Somebody asked for a new password for your account, "
		       "perhaps you. Open this link within an hour to set "
		       "one:\n\n%(link)s\n\nIf it was not you, do nothing: "
		       "your password stays as it is.\n"),
		    WORDS(word_text("link", link))) };
}

static enum outcome
forgot_write(struct tx *tx, void *arg)
{
	struct forgetting *f = arg;
	struct arena *a = &f->rq->arena;
	struct mail letter;
	int64_t open = 0;
	enum outcome got;

	if (f->person.id == 0)
		return stranger_add(tx, a, day_of(f->now));
	got = password_link_count(tx->db, a, f->person.id, f->now, &open);
	if (got != OK || open >= LINKS_OPEN)
		return got;
	got = password_link_add(tx, a, f->person.id, f->token.hash, f->now,
	    LINK_BY_MAIL);
	letter = forgot_letter(f);
	return got == OK ? mail_add(tx, a, &letter) : got;
}

static enum outcome
forgot_answer(struct request *rq, enum outcome got, void *arg)
{
	const struct told_view told = {
		.title = N_("Look into your mail"),
		.text = N_("If this address has an account, a letter with a "
		    "link is on its way. The link is good for an hour. If "
		    "nothing comes, look among unwanted mail, or ask whoever "
		    "runs the site for a link."),
		.next = "/sign-in",
		.next_text = N_("Sign in"),
	};

	(void)arg;
	if (got != OK)
		return got;
	render_told(&rq->page, &told);
	return OK;
}

static enum outcome
forgot_without_address(struct request *rq)
{
	const struct told_view told = {
		.title = N_("This site can't send links yet"),
		.text = N_("It was not told under which address it is found, "
		    "so a link could lead elsewhere. Ask whoever runs the "
		    "site for a link to set your password."),
		.next = "/sign-in",
		.next_text = N_("Sign in"),
	};

	render_told(&rq->page, &told);
	return INVALID;
}

static enum outcome
forgot_take(struct request *rq)
{
	struct forgetting *f = ARENA_NEW(&rq->arena, struct forgetting);
	enum outcome got;

	*f = (struct forgetting){ .rq = rq, .now = time_now(),
		.token = token_new() };
	form_open(rq, &f->form, FORGOT);
	form_read(rq, &f->form);
	if (f->form.errors.count > 0) {
		forgot_show(rq, &f->form);
		return INVALID;
	}
	got = people_site_address(rq, &f->site);
	if (got != OK)
		return got;
	if (f->site == NULL)
		return forgot_without_address(rq);
	got = person_find_by_email(rq->db, &rq->arena,
	    email_normalize(&rq->arena, form_text(&f->form, "email")),
	    &f->person);
	if (got != OK && got != NOT_FOUND)
		return got;
	return write_later(rq, forgot_write, forgot_answer, f);
}

/* --- What a link opens ------------------------------------------------- */

struct setting_password {
	struct request *rq;
	struct form form;
	struct person person;
	uint8_t hash[TOKEN_HASH];
	struct person_key key;
};

static enum outcome
link_gone(struct request *rq)
{
	const struct told_view told = {
		.title = N_("This link is no longer good"),
		.text = N_("It was used, a newer password was set, or its "
		    "time has passed. You can ask for another."),
		.next = "/sign-in/forgot",
		.next_text = N_("Ask for a new link"),
	};

	render_told(&rq->page, &told);
	return NOT_FOUND;
}

static enum outcome
link_owner(struct request *rq, struct setting_password *s)
{
	int64_t person;
	enum outcome got;

	if (!token_hash(request_path(rq, "token"), s->hash))
		return NOT_FOUND;
	got = password_link_find(rq->db, &rq->arena, s->hash, time_now(),
	    &person);
	if (got == OK)
		got = person_find(rq->db, &rq->arena, person, &s->person);
	return got;
}

static void
password_show(struct request *rq, const struct setting_password *s)
{
	const struct form_page_view view = {
		.title = N_("Set your password"),
		.lead = N_("Other devices are signed out when you save."),
		.action = arena_print(&rq->arena, "/password/%s",
		    request_path(rq, "token")),
		.button = N_("Set the password"),
		.form = s->form,
	};

	render_form_page(&rq->page, &view);
}

static enum outcome
password_page(struct request *rq)
{
	struct setting_password s = { .rq = rq };
	enum outcome got;

	if (people_refuse_insecure(rq))
		return OK;
	got = link_owner(rq, &s);
	if (got == NOT_FOUND)
		return link_gone(rq);
	if (got != OK)
		return got;
	form_open(rq, &s.form, NEW_PASSWORD);
	password_show(rq, &s);
	return OK;
}

static enum outcome
password_write(struct tx *tx, void *arg)
{
	struct setting_password *s = arg;
	struct arena *a = &s->rq->arena;
	int64_t person;
	enum outcome got = password_link_find(tx->db, a, s->hash, time_now(),
	    &person);

	return got == OK ? password_replace(tx, a, person, &s->key, 0) : got;
}

static enum outcome
password_answer(struct request *rq, enum outcome got, void *arg)
{
	(void)arg;
	if (got == NOT_FOUND)
		return link_gone(rq);
	if (got != OK)
		return got;
	redirect_notice(rq, N_("Your password is set. Sign in with it."));
	return redirect(rq, "/sign-in");
}

static enum outcome
password_made(struct request *rq, enum outcome got, void *arg)
{
	if (got != OK)
		return got;
	return write_later(rq, password_write, password_answer, arg);
}

static enum outcome
password_take(struct request *rq)
{
	struct setting_password *s =
	    ARENA_NEW(&rq->arena, struct setting_password);
	const char *fault = NULL;
	enum outcome got;

	if (people_refuse_insecure(rq))
		return INVALID;
	s->rq = rq;
	got = link_owner(rq, s);
	if (got == NOT_FOUND)
		return link_gone(rq);
	if (got != OK)
		return got;
	form_open(rq, &s->form, NEW_PASSWORD);
	form_read(rq, &s->form);
	if (s->form.errors.count == 0)
		fault = password_fault(form_text(&s->form, "password"),
		    s->person.email);
	if (fault != NULL)
		form_fault(rq, &s->form, "password",
		    T_(fault, rq->language));
	if (s->form.errors.count > 0) {
		password_show(rq, s);
		return INVALID;
	}
	return person_key_make(rq, form_text(&s->form, "password"), &s->key,
	    password_made, s);
}

const struct route recovery_routes[] = {
	{ "GET",  "/sign-in/forgot", PUBLIC, forgot_page, 0 },
	{ "POST", "/sign-in/forgot", PUBLIC, forgot_take, ROUTE_ANONYMOUS },
	{ "GET",  "/password/:token", PUBLIC, password_page,
	    ROUTE_SECRET | ROUTE_ANONYMOUS },
	{ "POST", "/password/:token", PUBLIC, password_take,
	    ROUTE_SECRET | ROUTE_ANONYMOUS },
	{ 0 }
};
