/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "organisation/organisation_pages.h"

#include "http/form.h"
#include "http/later.h"
#include "http/response.h"
#include "organisation/invite.h"
#include "organisation/organisation_templates.h"
#include "people/person_store.h"
#include "text/catalogue.h"

#include <string.h>

/* Who works for the coalition and the site: for site administrators. */

static const struct choice RIGHTS[] = {
	{ "moderator", N_("Moderator"),
	    N_("looks after what is said in public") },
	{ "coordinator", N_("Coordinator"),
	    N_("also adds organisations and sees how their assessments "
	       "advance") },
	{ "site", N_("Site administrator"),
	    N_("decides who works for the coalition") },
	{ 0 }
};

static const struct field INVITE[] = {
	{ "email", FIELD_EMAIL, FIELD_REQUIRED, 0, 0, N_("Email"),
	    N_("The invitation goes there."), NULL, "off" },
	{ "role", FIELD_CHOICE, FIELD_REQUIRED, 0, 0, N_("Role"), NULL,
	    RIGHTS, NULL },
	{ 0 }
};

static enum outcome
people_show(struct request *rq, const struct form *form)
{
	struct coalition_people_view view = { .form = *form };
	struct right_holders list;
	enum outcome got = right_list(rq->db, &rq->arena, &list);

	if (got != OK)
		return got;
	LIST_EACH(h, &list)
		*LIST_ADD(&rq->arena, &view.holders) = (struct holder_view){
			.person = h->person, .email = h->email,
			.name = person_show(&rq->arena, h->name,
			    h->patronymic),
			.right = right_name(h->right),
			.right_shown = invite_role_show(
			    right_name(h->right)),
			.self = h->person == rq->asker.person };
	render_coalition_people(&rq->page, &view);
	return OK;
}

static enum outcome
people_page(struct request *rq)
{
	struct form form;

	form_open(rq, &form, INVITE);
	return people_show(rq, &form);
}

static enum outcome
people_again(struct request *rq, const struct form *form)
{
	enum outcome got = people_show(rq, form);

	return got == OK ? INVALID : got;
}

/* --- Inviting ------------------------------------------------------------ */

struct inviting {
	struct form form;
	struct invite invite;
};

static enum outcome
invite_job(struct tx *tx, void *arg)
{
	struct inviting *i = arg;

	return invite_write(tx, &i->invite);
}

static enum outcome
invite_answer(struct request *rq, enum outcome got, void *arg)
{
	struct inviting *i = arg;

	if (got == INVALID) {
		form_fault(rq, &i->form, "email", T_(N_("Too many invitations "
		    "are open. Wait until some have ended."), rq->language));
		return people_again(rq, &i->form);
	}
	return got == OK
	    ? invite_show(rq, &i->invite, "/coalition/people") : got;
}

static enum outcome
invite_post(struct request *rq)
{
	struct inviting *i = ARENA_NEW(&rq->arena, struct inviting);
	enum outcome got;

	form_open(rq, &i->form, INVITE);
	form_read(rq, &i->form);
	if (i->form.errors.count > 0)
		return people_again(rq, &i->form);
	got = invite_prepare(rq, &i->invite, form_text(&i->form, "email"),
	    form_text(&i->form, "role"), i->form.once);
	if (got != OK)
		return got;
	i->invite.name = rq->page.coalition;
	return write_later(rq, invite_job, invite_answer, i);
}

/* --- Taking away --------------------------------------------------------- */

struct removing {
	struct request *rq;
	int64_t person;
	enum coalition_right right;
};

/* A site keeps at least one administrator: INVALID otherwise. */
static enum outcome
remove_write(struct tx *tx, void *arg)
{
	struct removing *r = arg;
	struct arena *a = &r->rq->arena;
	struct right_holders list;
	bool others = false;
	enum outcome got = right_list(tx->db, a, &list);

	if (got != OK)
		return got;
	LIST_EACH(h, &list)
		if (h->right == RIGHT_SITE && h->person != r->person)
			others = true;
	if (r->right == RIGHT_SITE && !others)
		return INVALID;
	return right_remove(tx, a, r->person, r->right);
}

static enum outcome
remove_answer(struct request *rq, enum outcome got, void *arg)
{
	const struct removing *r = arg;
	struct form form;

	if (got == INVALID) {
		form_open(rq, &form, INVITE);
		form_fault(rq, &form, "", T_(N_("A site needs an "
		    "administrator. Invite another one first."),
		    rq->language));
		return people_again(rq, &form);
	}
	if (got != OK)
		return got;
	redirect_notice(rq, N_("The role is taken away."));
	return r->right == RIGHT_SITE && r->person == rq->asker.person
	    ? redirect(rq, "/dashboard") : redirect(rq, "/coalition/people");
}

static enum outcome
remove_post(struct request *rq)
{
	struct removing *r = ARENA_NEW(&rq->arena, struct removing);

	*r = (struct removing){ .rq = rq,
		.person = request_path_id(rq, "person") };
	if (right_parse(request_path(rq, "right"), &r->right) != OK)
		return NOT_FOUND;
	return write_later(rq, remove_write, remove_answer, r);
}

const struct route coalition_people_routes[] = {
	{ "GET",  "/coalition/people", SITE_ADMINISTRATOR, people_page, 0 },
	{ "POST", "/coalition/people", SITE_ADMINISTRATOR, invite_post, 0 },
	{ "POST", "/coalition/people/:person/:right/remove",
	    SITE_ADMINISTRATOR, remove_post, 0 },
	{ 0 }
};
