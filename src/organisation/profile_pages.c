/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "organisation/organisation_pages.h"

#include "base/check.h"
#include "base/time.h"
#include "http/response.h"
#include "organisation/organisation_store.h"
#include "organisation/organisation_templates.h"
#include "organisation/pledge_store.h"
#include "text/catalogue.h"
#include "text/date.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* What the public sees of one organisation, for people and for programs. */

static profile_reports_fn *reports_of;

void
profile_reports_set(profile_reports_fn *fn)
{
	reports_of = fn;
}

/* All that a profile is made of. */
struct profile {
	struct organisation o;
	struct pledge pledge;	/* id 0: none */
	struct profile_reports reports;
};

static enum outcome
profile_read(struct request *rq, struct profile *p)
{
	int64_t id = rq->organisation.id;
	enum outcome got = organisation_find(rq->db, &rq->arena, id, &p->o);

	if (got != OK)
		return got;
	got = pledge_find(rq->db, &rq->arena, id, &p->pledge);
	if (got == NOT_FOUND)
		got = OK;
	if (got == OK && reports_of != NULL)
		got = reports_of(rq->db, &rq->arena, id, &p->reports);
	return got;
}

/* --- For people ---------------------------------------------------------- */

static struct level_view
level_make(const char *title, int64_t day, int64_t expires)
{
	return (struct level_view){ .title = title, .day = day,
		.expires = expires,
		.expired = expires != 0 && expires < day_of(time_now()) };
}

/* Three statements, never mixed: each is dated and ends by itself. */
static void
levels_fill(struct request *rq, const struct profile *p,
    struct profile_view *view)
{
	const struct assessment_links *reports = &p->reports.reports;
	struct level_views *levels = &view->levels;

	*LIST_ADD(&rq->arena, levels) = level_make(N_("Signed"),
	    p->pledge.day, p->pledge.expires);
	*LIST_ADD(&rq->arena, levels) = level_make(N_("Self-assessed"),
	    reports->count == 0 ? 0 : day_of(reports->items[0].published),
	    p->reports.current_until);
	*LIST_ADD(&rq->arena, levels) = level_make(N_("Peer-reviewed"), 0, 0);
}

/* In the page's language, else in the other, marked as such. */
static void
purpose_fill(const struct request *rq, const struct organisation *o,
    struct profile_view *view)
{
	bool mn = rq->language == LANGUAGE_MN;
	const char *own = mn ? o->purpose_mn : o->purpose_en;
	const char *other = mn ? o->purpose_en : o->purpose_mn;

	view->purpose = *own != '\0' ? own : other;
	if (*own == '\0' && *other != '\0')
		view->purpose_language = mn ? "en" : "mn";
}

static struct profile_view
profile_view(struct request *rq, const struct profile *p)
{
	const struct organisation *o = &p->o;
	struct profile_view view = { .slug = o->slug,
		.name = rq->organisation.name, .name_mn = o->name_mn,
		.name_en = o->name_en, .name_bichig = o->name_bichig,
		.place = place_show(rq, o->place, o->unit),
		.legal_form = legal_form_show(rq->language, o->legal_form),
		.registration = o->registration, .field = o->field,
		.website = o->website, .email = o->email,
		.mailto = arena_print(&rq->arena, "mailto:%s", o->email),
		.phone = o->phone, .people = o->people,
		.founded = o->founded, .source = o->source,
		.member = strcmp(o->standing, "member") == 0,
		.changed = o->changed, .assessments = p->reports.reports,
		.may_see_inside = rq->organisation.role >= ROLE_VIEWER,
		.may_change = rq->organisation.role >= ROLE_ADMINISTRATOR };

	purpose_fill(rq, o, &view);
	levels_fill(rq, p, &view);
	if (p->pledge.id != 0) {
		view.signed_by = p->pledge.signed_by;
		view.edition = p->pledge.edition;
		view.signed_day = p->pledge.day;
		view.signed_until = p->pledge.expires;
	}
	return view;
}

static enum outcome
profile_page(struct request *rq)
{
	struct profile p = { 0 };
	struct profile_view view;
	enum outcome got;

	page_shows(rq, GENERATION_ALL, 0);
	page_shows(rq, GENERATION_ORGANISATION, rq->organisation.id);
	got = profile_read(rq, &p);
	if (got != OK)
		return got;
	view = profile_view(rq, &p);
	rq->page.section = "organisations";
	render_profile(&rq->page, &view);
	return OK;
}

/* --- For programs -------------------------------------------------------- */

static json_t *
day_json(struct request *rq, int64_t day)
{
	return day == 0 ? json_null()
	    : json_string(day_show_iso(&rq->arena, day));
}

static json_t *
reports_json(struct request *rq, const struct profile *p)
{
	json_t *list = json_array();

	LIST_EACH(r, &p->reports.reports)
		json_array_append_new(list, json_pack("{s:I, s:I, s:o, s:s}",
		    "number", (json_int_t)r->number,
		    "revision", (json_int_t)r->revision,
		    "published", day_json(rq, day_of(r->published)),
		    "address", arena_print(&rq->arena,
			"/o/%s/assessments/%lld.json", p->o.slug,
			(long long)r->number)));
	return list;
}

static json_t *
pledge_json(struct request *rq, const struct profile *p)
{
	if (p->pledge.id == 0)
		return json_null();
	return json_pack("{s:s, s:o, s:o, s:s}", "edition", p->pledge.edition,
	    "day", day_json(rq, p->pledge.day),
	    "expires", day_json(rq, p->pledge.expires),
	    "signed_by", p->pledge.signed_by);
}

static json_t *
profile_json(struct request *rq, const struct profile *p)
{
	const struct organisation *o = &p->o;

	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s,"
	    " s:s, s:s, s:s, s:s, s:I, s:I, s:s, s:s, s:o, s:o, s:o}",
	    "slug", o->slug, "name_mn", o->name_mn, "name_en", o->name_en,
	    "name_bichig", o->name_bichig, "registration", o->registration,
	    "legal_form", o->legal_form, "unit", o->unit, "place", o->place,
	    "field", o->field, "purpose_mn", o->purpose_mn,
	    "purpose_en", o->purpose_en, "website", o->website,
	    "email", o->email, "phone", o->phone,
	    "people", (json_int_t)o->people,
	    "founded", (json_int_t)o->founded, "standing", o->standing,
	    "source", o->source, "joined", day_json(rq, o->joined),
	    "pledge", pledge_json(rq, p), "reports", reports_json(rq, p));
}

static enum outcome
profile_json_page(struct request *rq)
{
	struct profile p = { 0 };
	json_t *json;
	char *text;
	const char *copy;
	enum outcome got;

	page_shows(rq, GENERATION_ALL, 0);
	page_shows(rq, GENERATION_ORGANISATION, rq->organisation.id);
	got = profile_read(rq, &p);
	if (got != OK)
		return got;
	json = profile_json(rq, &p);
	text = json_dumps(json, JSON_SORT_KEYS | JSON_COMPACT);
	check(text != NULL);
	copy = arena_copy(&rq->arena, text);
	free(text);
	json_decref(json);
	return respond(rq, "application/json", copy, strlen(copy));
}

const struct route profile_routes[] = {
	{ "GET", "/o/:slug", PUBLIC, profile_page, ROUTE_CACHED },
	{ "GET", "/o/:slug.json", PUBLIC, profile_json_page,
	    ROUTE_CACHED | ROUTE_BARE },
	{ 0 }
};
