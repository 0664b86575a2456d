/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "site/site_pages.h"

#include "assessment/due.h"
#include "base/time.h"
#include "http/response.h"
#include "library/library.h"
#include "organisation/member_store.h"
#include "organisation/organisation.h"
#include "people/people.h"
#include "publish/report_store.h"
#include "setting/setting_store.h"
#include "site/site_store.h"
#include "site/site_templates.h"
#include "site/site_view.h"
#include "text/catalogue.h"

#include <string.h>

/* Pages that belong to the site as a whole. */

enum { HOME_REPORTS = 6, THEME_SECONDS = 365 * 86400 };

void
site_frame(struct request *rq)
{
	struct settings settings;
	struct page *page = &rq->page;
	struct label title = { .text = {
		[LANGUAGE_MN] = catalogue_text(LANGUAGE_MN,
		    N_("Coalition of civil society organisations")),
		[LANGUAGE_EN] = catalogue_text(LANGUAGE_EN,
		    N_("Coalition of civil society organisations")),
	} };

	if (settings_find(rq->db, &rq->arena, &settings) == OK) {
		if (*settings.title_mn != '\0')
			title.text[LANGUAGE_MN] = settings.title_mn;
		if (*settings.title_en != '\0')
			title.text[LANGUAGE_EN] = settings.title_en;
		page->demo = settings.demo;
	}
	page->coalition = title;
}

/* --- Home and about ---------------------------------------------------- */

static enum outcome
home_read(struct request *rq, struct home_view *view)
{
	enum outcome got;

	*view = (struct home_view){ .principles =
		library()->charter.principles };
	got = publish_newest(rq->db, &rq->arena, HOME_REPORTS, &view->reports);
	if (got != OK)
		return got;
	return site_member_count(rq->db, &rq->arena, &view->members);
}

static enum outcome
home_page(struct request *rq)
{
	struct home_view view;
	enum outcome got;

	page_shows(rq, GENERATION_ALL, 0);
	page_shows(rq, GENERATION_ORGANISATIONS, 0);
	got = home_read(rq, &view);
	if (got == OK)
		render_home(&rq->page, &view);
	return got;
}

static enum outcome
about_page(struct request *rq)
{
	struct home_view view = { 0 };

	page_shows(rq, GENERATION_ALL, 0);
	render_about(&rq->page, &view);
	return OK;
}

/* --- What is due ------------------------------------------------------- */

static enum outcome
places_read(struct request *rq, struct dashboard_view *view)
{
	struct workplace_list places;
	enum outcome got = workplace_list(rq->db, &rq->arena,
	    rq->asker.person, &places);

	if (got != OK)
		return got;
	LIST_EACH (p, &places)
		*LIST_ADD(&rq->arena, &view->places) =
		    (struct dashboard_place){ p->name, p->slug,
			role_show(p->role) };
	return OK;
}

static enum outcome
dues_read(struct request *rq, struct dashboard_view *view)
{
	int64_t today = day_of(time_now());
	struct due_list dues;
	enum outcome got = due_list(rq->db, &rq->arena, rq->asker.person,
	    today, &dues);

	if (got != OK)
		return got;
	LIST_EACH (d, &dues)
		*LIST_ADD(&rq->arena, &view->dues) = (struct dashboard_due){
			.organisation = d->name,
			.what = due_words(&rq->arena, rq->language, d),
			.address = due_address(&rq->arena, d),
			.day = d->day,
			.is_late = d->day != 0 && d->day < today,
		};
	return OK;
}

static enum outcome
dashboard_show(struct request *rq)
{
	struct dashboard_view view = { 0 };
	enum outcome got = places_read(rq, &view);

	if (got == OK)
		got = dues_read(rq, &view);
	if (got != OK)
		return got;
	view.is_coordinator = (rq->asker.rights & RIGHT_COORDINATOR) != 0;
	view.is_site = (rq->asker.rights & RIGHT_SITE) != 0;
	rq->page.section = "dashboard";
	render_dashboard(&rq->page, &view);
	return OK;
}

static enum outcome
dashboard_page(struct request *rq)
{
	return people_see(rq, dashboard_show);
}

/* --- Colours ----------------------------------------------------------- */

/* An address on this site, or the start page. */
static const char *
next_of(const struct request *rq)
{
	const char *next = request_field(rq, "next");

	return next != NULL && next[0] == '/' && next[1] != '/' &&
	    strpbrk(next, "\\\r\n") == NULL ? next : "/";
}

static enum outcome
theme_page(struct request *rq)
{
	static const char *const themes[] = { "auto", "light", "dark" };
	const char *theme = request_field(rq, "theme");

	for (size_t i = 0; theme != NULL && i < 3; i++) {
		if (strcmp(theme, themes[i]) != 0)
			continue;
		respond_header(rq, "Set-Cookie", arena_print(&rq->arena,
		    "theme=%s; Path=/; Max-Age=%d; SameSite=Lax", theme,
		    THEME_SECONDS));
		return redirect(rq, "%s", next_of(rq));
	}
	return INVALID;
}

const struct route site_page_routes[] = {
	{ "GET", "/", PUBLIC, home_page, ROUTE_CACHED },
	{ "GET", "/about", PUBLIC, about_page, ROUTE_CACHED },
	{ "GET", "/dashboard", SIGNED_IN, dashboard_page, 0 },
	{ "POST", "/theme", PUBLIC, theme_page, ROUTE_ANONYMOUS },
	{ 0 }
};
