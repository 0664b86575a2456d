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
#include "people/person.h"
#include "text/catalogue.h"

/* Who works in an organisation: for its administrators. */

static const char WHO[] =
	N_("Only administrators of your organisation see this.");

static const struct choice ROLES[] = {
	{ "viewer", N_("Viewer"), N_("sees drafts, changes nothing") },
	{ "rater", N_("Rater"), N_("also rates in self-assessments") },
	{ "editor", N_("Editor"),
	    N_("also runs self-assessments and publishes reports") },
	{ "administrator", N_("Administrator"),
	    N_("also changes the profile, signs the charter and decides who "
	       "is in") },
	{ 0 }
};

static const struct field INVITE[] = {
	{ "email", FIELD_EMAIL, FIELD_REQUIRED, 0, 0, N_("Email"),
	    N_("The invitation goes there."), NULL, "off" },
	{ "role", FIELD_CHOICE, FIELD_REQUIRED, 0, 0, N_("Role"), NULL, ROLES,
	    NULL },
	{ 0 }
};

static const struct field ROLE[] = {
	{ "role", FIELD_CHOICE, FIELD_REQUIRED, 0, 0, N_("Role"), NULL, ROLES,
	    NULL },
	{ 0 }
};

static const struct field NOTHING[] = { { 0 } };

static const char *
members_address(struct request *rq)
{
	return arena_print(&rq->arena, "/o/%s/members",
	    rq->organisation.slug);
}

/* --- The list ------------------------------------------------------------ */

static enum outcome
members_page(struct request *rq)
{
	int64_t organisation = rq->organisation.id;
	struct members_view view = { .slug = rq->organisation.slug,
		.organisation = rq->organisation.name };
	struct member_list members;
	struct invitation_list invited;
	enum outcome got = member_list(rq->db, &rq->arena, organisation,
	    &members);

	if (got == OK)
		got = invitation_list(rq->db, &rq->arena, organisation,
		    time_now(), &invited);
	if (got != OK)
		return got;
	LIST_EACH(m, &members)
		*LIST_ADD(&rq->arena, &view.members) = (struct member_view){
			.person = m->person, .email = m->email,
			.name = person_show(&rq->arena, m->name,
			    m->patronymic), .role = role_show(m->role),
			.since = m->since,
			.self = m->person == rq->asker.person };
	LIST_EACH(i, &invited)
		*LIST_ADD(&rq->arena, &view.invited) = (struct invited_view){
			.id = i->id, .email = i->email,
			.role = invite_role_show(i->role),
			.expires = i->expires };
	render_members(&rq->page, &view);
	return OK;
}

/* --- Inviting ------------------------------------------------------------ */

struct inviting {
	struct form form;
	struct invite invite;
};

static void
invite_form_show(struct request *rq, const struct form *form)
{
	const struct inside_form_view view = {
		.slug = rq->organisation.slug,
		.organisation = rq->organisation.name,
		.title = N_("Invite somebody"),
		.lead = N_("They get a letter with a link. You also see the "
		    "link once, to pass it on by hand."),
		.who = WHO,
		.action = arena_print(&rq->arena, "%s/invite",
		    members_address(rq)),
		.button = N_("Invite"),
		.form = *form,
		.back = members_address(rq),
	};

	render_inside_form(&rq->page, &view);
}

static enum outcome
invite_page(struct request *rq)
{
	struct form form;

	form_open(rq, &form, INVITE);
	form_fill_text(&form, "role", "editor");
	invite_form_show(rq, &form);
	return OK;
}

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
		    "are open. Withdraw some first."), rq->language));
		invite_form_show(rq, &i->form);
		return INVALID;
	}
	return got == OK
	    ? invite_show(rq, &i->invite, members_address(rq)) : got;
}

static enum outcome
invite_post(struct request *rq)
{
	struct inviting *i = ARENA_NEW(&rq->arena, struct inviting);
	enum outcome got;

	form_open(rq, &i->form, INVITE);
	form_read(rq, &i->form);
	if (i->form.errors.count > 0) {
		invite_form_show(rq, &i->form);
		return INVALID;
	}
	got = invite_prepare(rq, &i->invite, form_text(&i->form, "email"),
	    form_text(&i->form, "role"), i->form.once);
	if (got != OK)
		return got;
	i->invite.organisation = rq->organisation.id;
	i->invite.name = rq->organisation.name;
	return write_later(rq, invite_job, invite_answer, i);
}

static enum outcome
withdraw_write(struct tx *tx, void *arg)
{
	struct request *rq = arg;

	return invitation_remove(tx, &rq->arena, rq->organisation.id,
	    request_path_id(rq, "invitation"));
}

static enum outcome
withdraw_answer(struct request *rq, enum outcome got, void *arg)
{
	(void)arg;
	if (got != OK && got != NOT_FOUND)
		return got;
	redirect_notice(rq, N_("The invitation is withdrawn."));
	return redirect(rq, "%s", members_address(rq));
}

static enum outcome
withdraw(struct request *rq)
{
	return write_later(rq, withdraw_write, withdraw_answer, rq);
}

/* --- One member ---------------------------------------------------------- */

struct staffing {
	struct request *rq;
	struct form form;
	struct member member;
	enum organisation_role role;	/* NONE: to be removed */
};

static enum outcome
member_of(struct request *rq, struct member *member_out)
{
	return member_find(rq->db, &rq->arena, rq->organisation.id,
	    request_path_id(rq, "person"), member_out);
}

static void
role_form_show(struct request *rq, const struct staffing *s)
{
	struct inside_form_view view = {
		.slug = rq->organisation.slug,
		.organisation = rq->organisation.name,
		.title = person_show(&rq->arena, s->member.name,
		    s->member.patronymic),
		.who = WHO,
		.action = arena_print(&rq->arena, "%s/%lld",
		    members_address(rq), (long long)s->member.person),
		.button = N_("Save"),
		.form = s->form,
		.back = members_address(rq),
	};

	render_inside_form(&rq->page, &view);
}

static void
remove_form_show(struct request *rq, const struct staffing *s)
{
	const char *name = person_show(&rq->arena, s->member.name,
	    s->member.patronymic);
	struct inside_form_view view = {
		.slug = rq->organisation.slug,
		.organisation = rq->organisation.name,
		.title = request_text(rq, N_("Remove %(name)s"),
		    WORDS(word_text("name", name))),
		.lead = N_("The account stays; the drafts and pages of your "
		    "organisation are closed to it. What this person wrote "
		    "is kept."),
		.who = WHO,
		.action = arena_print(&rq->arena, "%s/%lld/remove",
		    members_address(rq), (long long)s->member.person),
		.button = N_("Remove"),
		.danger = true,
		.form = s->form,
		.back = members_address(rq),
	};

	render_inside_form(&rq->page, &view);
}

static enum outcome
member_page(struct request *rq)
{
	struct staffing s = { .rq = rq };
	enum outcome got = member_of(rq, &s.member);

	if (got != OK)
		return got;
	form_open(rq, &s.form, ROLE);
	form_fill_text(&s.form, "role", role_name(s.member.role));
	role_form_show(rq, &s);
	return OK;
}

static enum outcome
remove_page(struct request *rq)
{
	struct staffing s = { .rq = rq };
	enum outcome got = member_of(rq, &s.member);

	if (got != OK)
		return got;
	form_open(rq, &s.form, NOTHING);
	remove_form_show(rq, &s);
	return OK;
}

/* An organisation keeps at least one administrator: INVALID otherwise. */
static enum outcome
staff_write(struct tx *tx, void *arg)
{
	struct staffing *s = arg;
	struct arena *a = &s->rq->arena;
	int64_t organisation = s->rq->organisation.id, others = 0;
	enum outcome got = OK;

	if (s->role != ROLE_ADMINISTRATOR)
		got = member_other_administrators(tx->db, a, organisation,
		    s->member.person, &others);
	if (got != OK)
		return got;
	if (s->role != ROLE_ADMINISTRATOR && others == 0)
		return INVALID;
	if (s->role == ROLE_NONE)
		return member_remove(tx, a, organisation, s->member.person);
	return member_change(tx, a, organisation, s->member.person, s->role);
}

static enum outcome
staff_answer(struct request *rq, enum outcome got, void *arg)
{
	struct staffing *s = arg;
	const char *last = T_(N_("An organisation needs an administrator. "
	    "Make somebody else one first."), rq->language);

	if (got == INVALID && s->role == ROLE_NONE) {
		form_fault(rq, &s->form, "", last);
		remove_form_show(rq, s);
	} else if (got == INVALID) {
		form_fault(rq, &s->form, "role", last);
		role_form_show(rq, s);
	}
	if (got != OK)
		return got;
	redirect_notice(rq, s->role == ROLE_NONE
	    ? N_("Removed from the organisation.") : N_("Saved."));
	return s->member.person == rq->asker.person &&
	    s->role != ROLE_ADMINISTRATOR
	    ? redirect(rq, "/dashboard")
	    : redirect(rq, "%s", members_address(rq));
}

static enum outcome
member_post(struct request *rq)
{
	struct staffing *s = ARENA_NEW(&rq->arena, struct staffing);
	enum outcome got = member_of(rq, &s->member);

	if (got != OK)
		return got;
	s->rq = rq;
	form_open(rq, &s->form, ROLE);
	form_read(rq, &s->form);
	if (s->form.errors.count > 0) {
		role_form_show(rq, s);
		return INVALID;
	}
	if (role_parse(form_text(&s->form, "role"), &s->role) != OK)
		return INVALID;
	return write_later(rq, staff_write, staff_answer, s);
}

static enum outcome
remove_post(struct request *rq)
{
	struct staffing *s = ARENA_NEW(&rq->arena, struct staffing);
	enum outcome got = member_of(rq, &s->member);

	if (got != OK)
		return got;
	s->rq = rq;
	s->role = ROLE_NONE;
	form_open(rq, &s->form, NOTHING);
	return write_later(rq, staff_write, staff_answer, s);
}

const struct route member_routes[] = {
	{ "GET",  "/o/:slug/members", ADMINISTRATOR, members_page, 0 },
	{ "GET",  "/o/:slug/members/invite", ADMINISTRATOR, invite_page, 0 },
	{ "POST", "/o/:slug/members/invite", ADMINISTRATOR, invite_post, 0 },
	{ "POST", "/o/:slug/invitations/:invitation/withdraw", ADMINISTRATOR,
	    withdraw, 0 },
	{ "GET",  "/o/:slug/members/:person", ADMINISTRATOR, member_page, 0 },
	{ "POST", "/o/:slug/members/:person", ADMINISTRATOR, member_post, 0 },
	{ "GET",  "/o/:slug/members/:person/remove", ADMINISTRATOR,
	    remove_page, 0 },
	{ "POST", "/o/:slug/members/:person/remove", ADMINISTRATOR,
	    remove_post, 0 },
	{ 0 }
};
