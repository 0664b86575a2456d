/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/check.h"
#include "http/asset.h"
#include "http/csrf.h"
#include "http/private.h"
#include "text/catalogue.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

/*
 * A request's journey from its complete text to the handler and back: address,
 * who asks, which organisation, need, form token, handler. Nothing here knows
 * what the pages are about.
 */

static const char SIGN_IN[] = "/sign-in";

/* --- The address ------------------------------------------------------- */

/* Whether the address as sent begins with "/mn" or "/en". */
static bool
language_take(struct request *rq, const char *raw)
{
	char code[3] = { 0 };

	if (raw[0] != '/' || strcspn(raw + 1, "/?") != 2)
		return false;
	memcpy(code, raw + 1, 2);
	return language_parse(code, &rq->language) == OK;
}

/* What is kept for all can't follow the language of who asks first. */
static bool
is_kept_bare(const struct route *route)
{
	return (route->flags & ROUTE_BARE) != 0 &&
	    (route->flags & ROUTE_CACHED) != 0;
}

static void
address_read(struct request *rq)
{
	struct request_private *p = rq->private;
	const char *raw = p->raw;
	size_t size;

	rq->language = language_accept(request_header(rq, "Accept-Language"));
	p->route_outcome = NOT_FOUND;
	p->has_language = language_take(rq, raw);
	if (p->has_language)
		raw += 3;
	size = strcspn(raw, "?");
	rq->query = raw[size] == '?' ? raw + size + 1 : "";
	if (size == 0)
		raw = "/", size = 1;
	if (address_path(&rq->arena, raw, size, &rq->path) != OK)
		return;
	p->shown = address_clean(&rq->arena, raw, size);
	p->route_outcome = route_find(rq->server->config.routes, &rq->arena,
	    strcmp(rq->method, "HEAD") == 0 ? "GET" : rq->method,
	    rq->path, &rq->match);
	if (p->route_outcome == OK && is_kept_bare(rq->match.route))
		rq->language = LANGUAGE_MN;
}

void
turn_find_route(struct request *rq)
{
	const char *host = request_header(rq, "Host");
	const char *scheme = request_header(rq, "X-Forwarded-Proto");

	rq->host = host == NULL ? "" : host;
	rq->secure = address_is_loopback(rq->host) ||
	    (rq->server->config.behind_proxy && scheme != NULL &&
		strcmp(scheme, "https") == 0);
	rq->path = rq->private->shown = "/";
	address_read(rq);
}

/* A page's address without language goes to the reader's language. */
static enum outcome
language_add(struct request *rq)
{
	const char *raw = rq->private->raw;

	if (strcmp(rq->method, "POST") == 0)
		return NOT_FOUND;
	rq->private->status = 302;
	return redirect(rq, "/%s%s", language_code(rq->language),
	    strcmp(raw, "/") == 0 ? "/" : raw);
}

/* --- The page's frame -------------------------------------------------- */

static const char *
theme_of(const struct request *rq)
{
	const char *theme = request_cookie(rq, "theme");

	if (theme != NULL && strcmp(theme, "dark") == 0)
		return "dark";
	return theme != NULL && strcmp(theme, "light") == 0 ? "light" : "auto";
}

/* The words that the last page left for this one; see redirect_notice. */
static const char *
notice_of(struct request *rq)
{
	const char *hex = request_cookie(rq, "__Host-notice");
	char id[256];
	size_t size;

	if (hex == NULL ||
	    sodium_hex2bin((uint8_t *)id, sizeof(id) - 1, hex, strlen(hex),
		NULL, &size, NULL) != 0)
		return "";
	id[size] = '\0';
	if (id[0] == '\0' || catalogue_find(id) == NULL)
		return "";
	respond_cookie(rq, "notice", "", 0);
	return catalogue_text(rq->language, arena_copy(&rq->arena, id));
}

static void
page_begin(struct request *rq)
{
	struct page *page = &rq->page;

	page_init(page, &rq->arena, rq->language);
	page->address = rq->private->shown;
	page->query = *rq->query == '\0' ? ""
	    : arena_print(&rq->arena, "?%s", address_clean(&rq->arena,
		rq->query, strlen(rq->query)));
	page->theme = theme_of(rq);
	page->style_url = asset_url("style.css");
	page->script_url = asset_url("tulga.js");
	page->mark_url = asset_url("favicon.svg");
}

static void
page_complete(struct request *rq)
{
	struct page *page = &rq->page;

	page->person = rq->asker.name == NULL ? "" : rq->asker.name;
	if (rq->asker.person != 0)
		page->csrf = csrf_token(&rq->arena, rq->asker.csrf);
	if (strcmp(rq->method, "GET") == 0)
		page->notice = notice_of(rq);
	rq->server->config.hooks.frame(rq);
}

/* --- Who may come in --------------------------------------------------- */

static bool
need_is_met(const struct request *rq, enum need need)
{
	unsigned rights = rq->asker.rights;

	switch (need) {
	case PUBLIC:
		return true;
	case SIGNED_IN:
		return rq->asker.person != 0;
	case VIEWER:
		return rq->organisation.role >= ROLE_VIEWER;
	case RATER:
		return rq->organisation.role >= ROLE_RATER;
	case EDITOR:
		return rq->organisation.role >= ROLE_EDITOR;
	case ADMINISTRATOR:
		return rq->organisation.role >= ROLE_ADMINISTRATOR;
	case MODERATOR:
		return (rights & (RIGHT_MODERATOR | RIGHT_COORDINATOR)) != 0;
	case COORDINATOR:
		return (rights & RIGHT_COORDINATOR) != 0;
	case SITE_ADMINISTRATOR:
		return (rights & RIGHT_SITE) != 0;
	}
	return false;
}

static bool
path_names_organisation(const struct route *route)
{
	return strncmp(route->path, "/o/:slug", 8) == 0;
}

static enum outcome
asker_find(struct request *rq)
{
	const char *token = request_cookie(rq, "__Host-session");

	return token == NULL ? OK
	    : rq->server->config.hooks.who_asks(rq, token);
}

static enum outcome
organisation_find(struct request *rq)
{
	if (!path_names_organisation(rq->match.route))
		return OK;
	return rq->server->config.hooks.which_organisation(rq,
	    request_path(rq, "slug"));
}

/* Asked before the body comes: strangers fill no disk. */
bool
turn_may_upload(struct request *rq)
{
	const struct route *route = rq->match.route;

	return route != NULL && (route->flags & ROUTE_UPLOAD) != 0 &&
	    asker_find(rq) == OK && organisation_find(rq) == OK &&
	    need_is_met(rq, route->need);
}

/* Not signed in, but who is might read it: to sign-in, and back from there. */
static enum outcome
refuse(struct request *rq)
{
	if (rq->asker.person != 0 || strcmp(rq->method, "POST") == 0 ||
	    (rq->match.route->flags & ROUTE_BARE) != 0)
		return FORBIDDEN;
	return redirect(rq, "%s?next=%s", SIGN_IN, address_value(&rq->arena,
	    arena_print(&rq->arena, "%s%s", rq->page.address,
		rq->page.query)));
}

/* A POST came from a page of ours: by token, or by origin without one. */
static bool
form_is_ours(struct request *rq)
{
	const char *site = request_header(rq, "Sec-Fetch-Site");
	const char *origin = request_header(rq, "Origin");

	if (strcmp(rq->method, "POST") != 0)
		return true;
	if (rq->asker.person != 0 &&
	    (rq->match.route->flags & ROUTE_SECRET) == 0 &&
	    csrf_is_good(request_field(rq, "csrf"), rq->asker.csrf))
		return true;
	if ((rq->match.route->flags & ROUTE_ANONYMOUS) == 0)
		return false;
	if (site != NULL)
		return strcmp(site, "same-origin") == 0 ||
		    strcmp(site, "none") == 0;
	/* Pages that refer nobody make their own origin "null". */
	if (origin != NULL && strcmp(origin, "null") == 0)
		return (rq->match.route->flags & ROUTE_SECRET) != 0;
	return origin == NULL || address_is_of_host(origin, rq->host);
}

/* --- The turn itself --------------------------------------------------- */

static enum outcome
method_refused(struct request *rq)
{
	const struct error_view view = {
		.status = 405,
		.title = N_("This address can't do that"),
		.text = N_("Nothing was saved. Go back and use the links and "
			   "buttons of the page."),
	};

	rq->private->status = 405;
	respond_header(rq, "Allow", route_methods(rq->server->config.routes,
	    rq->path));
	render_error(&rq->page, &view);
	return NOT_FOUND;
}

static enum outcome
too_large(struct request *rq)
{
	const struct route *route = rq->match.route;
	bool upload = route != NULL && (route->flags & ROUTE_UPLOAD) != 0;
	struct error_view view = {
		.status = 413,
		.title = N_("That is too large"),
		.text = upload
		    ? N_("A file may have at most 20 MiB, a form's text 256 "
			 "KiB. Nothing was saved.")
		    : N_("A form may have at most 256 KiB. Nothing was "
			 "saved."),
	};

	rq->private->status = 413;
	respond_header(rq, "Connection", "close");
	render_error(&rq->page, &view);
	return INVALID;
}

/* Address, asker and organisation; OK: the handler may run. */
static enum outcome
turn_admit(struct request *rq)
{
	struct request_private *p = rq->private;
	bool bare;
	enum outcome got;

	got = asker_find(rq);
	if (got == OK && p->route_outcome == OK)
		got = organisation_find(rq);
	page_complete(rq);
	if (got != OK)
		return got;
	if (p->route_outcome == INVALID)
		return method_refused(rq);
	if (p->route_outcome != OK)
		return NOT_FOUND;
	bare = (rq->match.route->flags & ROUTE_BARE) != 0;
	if (!bare && !p->has_language)
		return language_add(rq);
	if (bare && p->has_language)
		return NOT_FOUND;
	if (!need_is_met(rq, rq->match.route->need))
		return refuse(rq);
	/* Before the form's token, which may be in what was not kept. */
	if (p->too_large)
		return too_large(rq);
	if (p->body_fault != OK)
		return p->body_fault;
	return form_is_ours(rq) ? OK : FORBIDDEN;
}

void
turn_begin(struct request *rq)
{
	struct request_private *p = rq->private;
	enum outcome got;

	page_begin(rq);
	got = turn_admit(rq);
	if (got == OK && p->location == NULL)
		got = rq->match.route->handler(rq);
	turn_go_on(rq, got);
}

void
turn_go_on(struct request *rq, enum outcome got)
{
	struct request_private *p = rq->private;

	if (p->waits) {
		if (p->stage != STAGE_WAITING) {
			p->stage = STAGE_WAITING;
			MHD_suspend_connection(p->connection);
		}
		return;
	}
	response_build(rq, got);
	if (p->stage == STAGE_WAITING)
		MHD_resume_connection(p->connection);
	p->stage = STAGE_READY;
}

/* --- Kept pages -------------------------------------------------------- */

const char *
turn_cache_key(struct request *rq)
{
	return arena_print(&rq->arena, "%d %s %s",
	    (int)encode_accept(request_header(rq, "Accept-Encoding")),
	    theme_of(rq), rq->private->raw);
}

bool
turn_from_cache(struct request *rq)
{
	struct request_private *p = rq->private;
	const char *etag, *known;

	if (request_cookie(rq, "__Host-session") != NULL ||
	    request_cookie(rq, "__Host-notice") != NULL)
		return false;
	p->ready = cache_find(rq->server->cache, turn_cache_key(rq), &etag);
	if (p->ready == NULL)
		return false;
	known = request_header(rq, "If-None-Match");
	p->status = 200;
	p->ready_is_kept = true;
	/* A list, perhaps with W/ in front: packers between us weaken it. */
	if (known != NULL && strstr(known, etag) != NULL) {
		p->ready = response_not_modified(etag);
		p->status = 304;
		p->ready_is_kept = false;
	}
	p->stage = STAGE_READY;
	return true;
}
