/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "charter/charter_pages.h"

#include "base/check.h"
#include "charter/charter_templates.h"
#include "charter/charter_view.h"
#include "http/request.h"
#include "http/response.h"

/* The nine principles and what each asks, in our words. */

static const struct charter *shown;

void
charter_pages_open(const struct charter *charter)
{
	shown = charter;
}

static enum outcome
principles_page(struct request *rq)
{
	struct principles_view view = { .principles = shown->principles };

	check(shown != NULL);
	page_shows(rq, GENERATION_ALL, 0);
	rq->page.section = "principles";
	render_principles(&rq->page, &view);
	return OK;
}

static enum outcome
principle_page(struct request *rq)
{
	const struct principle *found = charter_find_principle(shown,
	    request_path(rq, "principle"));
	struct principle_view view;
	size_t at;

	if (found == NULL)
		return NOT_FOUND;
	page_shows(rq, GENERATION_ALL, 0);
	rq->page.section = "principles";
	view = (struct principle_view){ .principle = *found };
	at = (size_t)(found - shown->principles.items);
	if (found != &shown->initiative) {
		view.has_previous = at > 0;
		view.has_next = at + 1 < shown->principles.count;
		if (view.has_previous)
			view.previous = found[-1].id;
		if (view.has_next)
			view.next = found[1].id;
	}
	render_charter_principle(&rq->page, &view);
	return OK;
}

const struct route principle_routes[] = {
	{ "GET", "/principles", PUBLIC, principles_page, ROUTE_CACHED },
	{ "GET", "/principles/:principle", PUBLIC, principle_page,
	    ROUTE_CACHED },
	{ 0 }
};
