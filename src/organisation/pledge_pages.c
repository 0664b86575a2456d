/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "organisation/organisation_pages.h"

#include "base/time.h"
#include "http/form.h"
#include "http/later.h"
#include "http/response.h"
#include "organisation/organisation.h"
#include "organisation/organisation_store.h"
#include "organisation/organisation_templates.h"
#include "organisation/pledge_store.h"
#include "text/catalogue.h"

#include <string.h>

/* The text that members sign, and signing it. */

static const struct field PLEDGE[] = {
	{ "edition", FIELD_HIDDEN, FIELD_REQUIRED, 1, 64, NULL, NULL, NULL,
	    NULL },
	{ "name", FIELD_TEXT, FIELD_REQUIRED, 2, 80,
	    N_("Name of who signs"), NULL, NULL, "name" },
	{ "office", FIELD_TEXT, FIELD_REQUIRED, 2, 80, N_("Office"),
	    N_("For instance: director, chair of the board."), NULL,
	    "organization-title" },
	{ "agreed", FIELD_TICK, FIELD_REQUIRED, 0, 0,
	    N_("We have read the text and promise to keep to it"), NULL,
	    NULL, NULL },
	{ 0 }
};

/* --- The text ------------------------------------------------------------ */

/* Lines stay lines, an empty one begins a paragraph: word for word. */
static void
paragraphs_fill(struct request *rq, const char *body,
    struct text_paragraphs *out)
{
	struct text_paragraph *paragraph = NULL;

	while (*body != '\0') {
		size_t size = strcspn(body, "\n");

		if (size == 0) {
			paragraph = NULL;
		} else {
			if (paragraph == NULL)
				paragraph = LIST_ADD(&rq->arena, out);
			LIST_ADD(&rq->arena, &paragraph->lines)->text =
			    arena_copy_bytes(&rq->arena, body, size);
		}
		body += size;
		if (*body == '\n')
			body++;
	}
}

/* The page shows the title as its heading: a first line that is it is left. */
static const char *
body_without_title(const struct charter_text *text)
{
	const char *body = text->body;
	size_t size = strlen(text->title);

	if (text->is_markdown && strncmp(body, "# ", 2) == 0)
		body += 2;
	if (strncmp(body, text->title, size) == 0 && body[size] == '\n')
		return body + size + 1;
	return text->body;
}

enum outcome
charter_text_show(struct request *rq, struct charter_text_view *view_out)
{
	struct charter_text text;
	enum outcome got = charter_text_find(rq->db, &rq->arena,
	    rq->language, &text);

	*view_out = (struct charter_text_view){ 0 };
	if (got != OK)
		return got == NOT_FOUND ? OK : got;
	view_out->title = text.title;
	view_out->edition = text.edition;
	view_out->language = language_code(text.language);
	if (text.is_markdown)
		view_out->markdown = body_without_title(&text);
	else
		paragraphs_fill(rq, body_without_title(&text),
		    &view_out->paragraphs);
	return OK;
}

static enum outcome
charter_page(struct request *rq)
{
	struct charter_view view;
	enum outcome got;

	page_shows(rq, GENERATION_ALL, 0);
	got = charter_text_show(rq, &view.text);
	if (got != OK)
		return got;
	rq->page.section = "principles";
	render_charter_text(&rq->page, &view);
	return OK;
}

/* --- Signing ------------------------------------------------------------- */

struct signing {
	struct request *rq;
	struct form form;
	struct pledge pledge;
};

static enum outcome
pledge_show(struct request *rq, const struct form *form)
{
	struct pledge_view view = { .slug = rq->organisation.slug,
		.organisation = rq->organisation.name, .form = *form };
	struct pledge last;
	enum outcome got = charter_text_show(rq, &view.text);

	if (got != OK)
		return got;
	got = pledge_find(rq->db, &rq->arena, rq->organisation.id, &last);
	if (got != OK && got != NOT_FOUND)
		return got;
	if (got == OK) {
		view.signed_by = last.signed_by;
		view.signed_day = last.day;
		view.signed_until = last.expires;
	}
	render_pledge(&rq->page, &view);
	return OK;
}

static enum outcome
pledge_page(struct request *rq)
{
	struct charter_text_view text;
	struct form form;
	enum outcome got = charter_text_show(rq, &text);

	if (got != OK)
		return got;
	form_open(rq, &form, PLEDGE);
	form_fill_text(&form, "edition", text.edition);
	return pledge_show(rq, &form);
}

static enum outcome
pledge_again(struct request *rq, const struct form *form, enum outcome why)
{
	enum outcome got = pledge_show(rq, form);

	return got == OK ? why : got;
}

/* CONFLICT: a newer edition was imported since the page was opened. */
static enum outcome
pledge_write(struct tx *tx, void *arg)
{
	struct signing *s = arg;
	struct arena *a = &s->rq->arena;
	struct charter_text text;
	int64_t organisation = s->rq->organisation.id;
	enum outcome got = charter_text_find(tx->db, a, s->rq->language,
	    &text);

	if (got != OK)
		return got;
	if (strcmp(text.edition, s->pledge.edition) != 0)
		return CONFLICT;
	got = pledge_add(tx, a, organisation, &s->pledge, s->form.once);
	if (got == OK)
		got = organisation_join(tx, a, organisation, s->pledge.day,
		    time_now());
	return got;
}

static enum outcome
pledge_answer(struct request *rq, enum outcome got, void *arg)
{
	struct signing *s = arg;
	struct charter_text_view text;

	if (got == CONFLICT) {
		form_fault(rq, &s->form, "", T_(N_("The charter has a new "
		    "edition since you opened this page. Read the text again, "
		    "then sign."), rq->language));
		got = charter_text_show(rq, &text);
		form_fill_text(&s->form, "edition", text.edition);
		form_fill_text(&s->form, "agreed", "");
		return got == OK ? pledge_again(rq, &s->form, CONFLICT) : got;
	}
	if (got != OK)
		return got;
	redirect_notice(rq, N_("Signed. The date stands on your profile."));
	return redirect(rq, "/o/%s", rq->organisation.slug);
}

static enum outcome
pledge_post(struct request *rq)
{
	struct signing *s = ARENA_NEW(&rq->arena, struct signing);

	s->rq = rq;
	form_open(rq, &s->form, PLEDGE);
	form_read(rq, &s->form);
	if (s->form.errors.count > 0)
		return pledge_again(rq, &s->form, INVALID);
	s->pledge = (struct pledge){ .day = day_of(time_now()),
		.edition = form_text(&s->form, "edition"),
		.signed_by = arena_print(&rq->arena, "%s, %s",
		    form_text(&s->form, "name"),
		    form_text(&s->form, "office")) };
	s->pledge.expires = pledge_expiry(s->pledge.day);
	write_raises(rq, GENERATION_ORGANISATION, rq->organisation.id);
	write_raises(rq, GENERATION_ORGANISATIONS, 0);
	return write_later(rq, pledge_write, pledge_answer, s);
}

const struct route pledge_routes[] = {
	{ "GET",  "/charter", PUBLIC, charter_page, ROUTE_CACHED },
	{ "GET",  "/o/:slug/pledge", ADMINISTRATOR, pledge_page, 0 },
	{ "POST", "/o/:slug/pledge", ADMINISTRATOR, pledge_post, 0 },
	{ 0 }
};
