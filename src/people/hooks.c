/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/people.h"

#include "base/time.h"
#include "http/address.h"
#include "http/later.h"
#include "http/response.h"
#include "people/people_templates.h"
#include "people/people_view.h"
#include "people/session_store.h"
#include "setting/setting_store.h"
#include "text/catalogue.h"

#include <sodium.h>
#include <string.h>

/* What every page needs to know about who asks. */

enum { SEEN_EVERY = 3600 };

/* Separates what is made of the token here from other uses of its bytes. */
static const uint8_t FORM_KEY[crypto_generichash_KEYBYTES] =
	"tulga: secret of form tokens";

enum outcome
people_who_asks(struct request *rq, const char *token)
{
	uint8_t hash[TOKEN_HASH];
	struct session_owner owner;
	enum outcome got;

	if (!token_hash(token, hash))
		return OK;
	got = session_find(rq->db, &rq->arena, hash, true, time_now(),
	    &owner);
	if (got != OK)
		return got == NOT_FOUND ? OK : got;
	rq->asker = (struct asker){ .person = owner.person,
		.session = owner.session, .rights = owner.rights,
		.name = person_show(&rq->arena, owner.name,
		    owner.patronymic) };
	crypto_generichash(rq->asker.csrf, sizeof(rq->asker.csrf),
	    (const uint8_t *)token, strlen(token), FORM_KEY,
	    sizeof(FORM_KEY));
	return OK;
}

/* --- Seen -------------------------------------------------------------- */

struct seeing {
	struct request *rq;
	handler_fn *show;
};

static enum outcome
see_write(struct tx *tx, void *arg)
{
	struct seeing *s = arg;

	return session_see(tx, &s->rq->arena, s->rq->asker.session,
	    time_now());
}

/* The page is worth more than the note: it is shown in any case. */
static enum outcome
see_answer(struct request *rq, enum outcome got, void *arg)
{
	struct seeing *s = arg;

	(void)got;
	return s->show(rq);
}

enum outcome
people_see(struct request *rq, handler_fn *show)
{
	struct seeing *s = ARENA_NEW(&rq->arena, struct seeing);
	int64_t seen;
	enum outcome got = session_seen(rq->db, &rq->arena,
	    rq->asker.session, &seen);

	if (got != OK || seen + SEEN_EVERY > time_now())
		return show(rq);
	*s = (struct seeing){ rq, show };
	return write_later(rq, see_write, see_answer, s);
}

/* --- Helpers of pages -------------------------------------------------- */

bool
people_refuse_insecure(struct request *rq)
{
	const struct told_view told = {
		.title = N_("Signing in needs an encrypted connection"),
		.text = N_("This address begins with http:// and goes over a "
		    "network, where others can read along. Nothing was taken. "
		    "Open the site under https://; whoever runs it can read "
		    "in the manual how to set that up."),
		.next = "/",
		.next_text = N_("Start page"),
	};

	if (rq->secure)
		return false;
	render_told(&rq->page, &told);
	return true;
}

void
people_session_cookie(struct request *rq, const struct token *token)
{
	respond_cookie(rq, "session",
	    arena_copy(&rq->arena, token->text), SESSION_MOST);
}

enum outcome
people_site_address(struct request *rq, const char **address_out)
{
	bool here = address_is_loopback(rq->host);
	struct settings settings;
	enum outcome got = settings_find(rq->db, &rq->arena, &settings);

	if (got != OK)
		return got;
	*address_out = NULL;
	if (*settings.address != '\0')
		*address_out = settings.address;
	else if (here || rq->asker.person != 0)
		*address_out = arena_print(&rq->arena, "%s://%s",
		    here || !rq->secure ? "http" : "https", rq->host);
	return OK;
}
