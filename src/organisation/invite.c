/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "organisation/invite.h"

#include "base/check.h"
#include "base/time.h"
#include "organisation/member_store.h"
#include "organisation/organisation.h"
#include "organisation/organisation_templates.h"
#include "organisation/organisation_view.h"
#include "people/mail.h"
#include "people/people.h"
#include "people/people_templates.h"
#include "people/people_view.h"
#include "text/catalogue.h"
#include "text/date.h"

/* Invitations, from the form to the letter and the page with the link. */

enum outcome
invite_prepare(struct request *rq, struct invite *invite, const char *email,
    const char *role, const char *once)
{
	enum outcome got;

	*invite = (struct invite){ .rq = rq, .role = role, .once = once,
		.email = email_normalize(&rq->arena, email),
		.token = token_new(), .now = time_now() };
	got = people_site_address(rq, &invite->site);
	check(got != OK || invite->site != NULL); /* somebody is signed in */
	return got;
}

const char *
invite_role_show(const char *role)
{
	static const char *const rights[] = { N_("moderator"),
		N_("coordinator"), N_("site administrator") };
	enum organisation_role organisation_role;
	enum coalition_right right;

	if (role_parse(role, &organisation_role) == OK)
		return role_show(organisation_role);
	if (right_parse(role, &right) != OK)
		return "";
	return right == RIGHT_MODERATOR ? rights[0]
	    : right == RIGHT_COORDINATOR ? rights[1] : rights[2];
}

static const char *
link_of(const struct invite *i)
{
	return arena_print(&i->rq->arena, "%s/%s/invitation/%s", i->site,
	    language_code(i->rq->language), i->token.text);
}

static struct mail
letter_of(const struct invite *i)
{
	struct arena *a = &i->rq->arena;
	enum language language = i->rq->language;
	int64_t end = i->now + (int64_t)INVITATION_DAYS * DAY_SECONDS;
	const struct word words[] = {
		word_text("who", i->rq->asker.name),
		word_text("name", i->name.text[language]),
		word_text("role", T_(invite_role_show(i->role), language)),
		word_text("day", date_show(a, language, end)),
		word_text("link", link_of(i)) };

	return (struct mail){ .to = i->email, .now = i->now,
		.subject = catalogue_print(a, language,
		    N_("Invitation: %(name)s"), words + 1, 1),
		.body = catalogue_print(a, language,
		    N_("%(who)s invites you to %(name)s, as %(role)s. Open "
		       "this link by %(day)s to accept:\n\n%(link)s\n\nIf "
		       "you don't know what this is about, do nothing.\n"),
		    words, 5) };
}

enum outcome
invite_write(struct tx *tx, struct invite *i)
{
	struct arena *a = &i->rq->arena;
	const struct invitation_new new = { .organisation = i->organisation,
		.role = i->role, .email = i->email, .once = i->once,
		.invited_by = i->rq->asker.person, .hash = i->token.hash,
		.now = i->now };
	struct mail letter;
	enum outcome got = invitation_add(tx, a, &new);

	i->repeated = got == CONFLICT;
	if (got == CONFLICT)
		return OK;	/* the first sending did all of it */
	if (got != OK)
		return got;
	letter = letter_of(i);
	return mail_add(tx, a, &letter);
}

static enum outcome
repeated_show(struct request *rq, const char *next)
{
	const struct told_view told = {
		.title = N_("This invitation was made before"),
		.text = N_("The form came twice. The link was shown the first "
		    "time and is in the letter. If it is lost, withdraw the "
		    "invitation and make another."),
		.next = next,
		.next_text = N_("Go on"),
	};

	render_told(&rq->page, &told);
	return OK;
}

enum outcome
invite_show(struct request *rq, const struct invite *invite, const char *next)
{
	struct invited_link_view view = { .organisation = invite->name,
		.email = invite->email, .next = next };

	if (invite->repeated)
		return repeated_show(rq, next);
	view.link = link_of(invite);
	render_invited(&rq->page, &view);
	return OK;
}
