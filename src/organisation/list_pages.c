/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "organisation/organisation_pages.h"

#include "http/response.h"
#include "library/library.h"
#include "organisation/organisation_store.h"
#include "organisation/organisation_templates.h"
#include "organisation/search_store.h"
#include "text/catalogue.h"
#include "text/fold.h"
#include "text/number.h"
#include "text/utf8.h"

#include <string.h>

/* The list of organisations: search, filters, pages. */

enum { WORDS_MOST = 120, PAGES_SHOWN = 2 };

enum outcome
organisation_which(struct request *rq, const char *slug)
{
	return organisation_find_for(rq->db, &rq->arena, slug,
	    rq->asker.person, &rq->organisation);
}

const char *
place_show(struct request *rq, const char *place, const char *unit)
{
	const char *name = unit_show(rq->language, unit);

	if (*place == '\0' || strcmp(place, name) == 0)
		return name;
	if (*name == '\0')
		return place;
	return arena_print(&rq->arena, "%s, %s", place, name);
}

/* What was asked for, checked: an unknown filter filters nothing. */
struct asked {
	const char *words;
	struct organisation_search search;
};

static const char *
field_or_empty(const struct request *rq, const char *name)
{
	const char *value = request_field(rq, name);

	return value == NULL ? "" : value;
}

static const char *
known(const struct vocabulary *vocabulary, const char *id)
{
	return vocabulary_find(vocabulary, id) == NULL ? "" : id;
}

static const char *
known_standing(const char *standing)
{
	return strcmp(standing, "member") == 0 ||
	    strcmp(standing, "registered") == 0 ? standing : "";
}

static struct asked
asked_read(struct request *rq)
{
	const char *page = request_field(rq, "page");
	struct asked asked = { .words = field_or_empty(rq, "q"),
		.search = { .page = 1,
		    .unit = known(&library()->units,
			field_or_empty(rq, "unit")),
		    .legal_form = known(&library()->legal_forms,
			field_or_empty(rq, "form")),
		    .standing = known_standing(
			field_or_empty(rq, "standing")) } };

	if (utf8_length(asked.words) > WORDS_MOST)
		asked.words = "";
	asked.search.folded = fold_search(&rq->arena, asked.words);
	if (page != NULL &&
	    number_parse(page, 1, SEARCH_PAGES_MOST, &asked.search.page) !=
	    OK)
		asked.search.page = 1;
	return asked;
}

/* --- Counts beside the filters ------------------------------------------ */

static bool
passes(const char *filter, const char *value)
{
	return *filter == '\0' || strcmp(filter, value) == 0;
}

/* How many a filter's value would show, with the other filters as they are. */
static int64_t
count_of(const struct organisation_count_list *counts,
    const struct organisation_search *s)
{
	int64_t sum = 0;

	LIST_EACH(c, counts)
		if (passes(s->unit, c->unit) &&
		    passes(s->standing, c->standing) &&
		    passes(s->legal_form, c->legal_form))
			sum += c->count;
	return sum;
}

static void
options_of_terms(struct request *rq, const struct vocabulary *terms,
    const struct organisation_count_list *counts,
    const struct organisation_search *s, struct option_views *out)
{
	bool units = terms == &library()->units;

	LIST_EACH(term, terms) {
		struct organisation_search one = *s;
		struct option_view option = { .value = term->id,
			.label = term->label.text[rq->language],
			.chosen = strcmp(units ? s->unit : s->legal_form,
			    term->id) == 0 };

		if (units)
			one.unit = term->id;
		else
			one.legal_form = term->id;
		option.count = count_of(counts, &one);
		if (option.count > 0 || option.chosen)
			*LIST_ADD(&rq->arena, out) = option;
	}
}

static void
options_of_standing(struct request *rq,
    const struct organisation_count_list *counts,
    const struct organisation_search *s, struct option_views *out)
{
	static const char *const standings[][2] = {
		{ "member", N_("joined") },
		{ "registered", N_("in a public register only") },
	};

	for (size_t i = 0; i < 2; i++) {
		struct organisation_search one = *s;

		one.standing = standings[i][0];
		*LIST_ADD(&rq->arena, out) = (struct option_view){
			.value = standings[i][0],
			.label = catalogue_text(rq->language,
			    standings[i][1]),
			.count = count_of(counts, &one),
			.chosen = strcmp(s->standing, one.standing) == 0 };
	}
}

/* --- Pages --------------------------------------------------------------- */

static const char *
page_address(struct request *rq, const struct asked *asked, int64_t number)
{
	const struct organisation_search *s = &asked->search;

	return arena_print(&rq->arena,
	    "/organisations?q=%s&unit=%s&standing=%s&form=%s&page=%lld",
	    page_part(&rq->page, asked->words),
	    page_part(&rq->page, s->unit), s->standing,
	    page_part(&rq->page, s->legal_form), (long long)number);
}

/* The first, the last and those around this one; a gap between. */
static void
pages_fill(struct request *rq, const struct asked *asked, int64_t last,
    struct list_view *view)
{
	int64_t here = asked->search.page;
	bool gap = false;

	if (last < 2)
		return;
	for (int64_t n = 1; n <= last; n++) {
		bool near = n >= here - PAGES_SHOWN && n <= here + PAGES_SHOWN;

		if (!near && n != 1 && n != last) {
			if (!gap)
				LIST_ADD(&rq->arena, &view->pages);
			gap = true;
			continue;
		}
		gap = false;
		*LIST_ADD(&rq->arena, &view->pages) = (struct page_link){
			.number = n, .here = n == here,
			.address = page_address(rq, asked, n) };
	}
	if (here > 1)
		view->previous = page_address(rq, asked, here - 1);
	if (here < last)
		view->next = page_address(rq, asked, here + 1);
}

/* --- The list ------------------------------------------------------------ */

static void
rows_fill(struct request *rq, const struct organisation_row_list *rows,
    struct listed_views *out)
{
	LIST_EACH(row, rows)
		*LIST_ADD(&rq->arena, out) = (struct listed_view){
			.slug = row->slug, .name = row->name,
			.place = place_show(rq, row->place, row->unit),
			.field = row->field, .founded = row->founded,
			.joined = row->joined,
			.member = strcmp(row->standing, "member") == 0 };
}

static int64_t
page_last(int64_t total)
{
	int64_t last = (total + SEARCH_PAGE - 1) / SEARCH_PAGE;

	if (last < 1)
		return 1;
	return last < SEARCH_PAGES_MOST ? last : SEARCH_PAGES_MOST;
}

static enum outcome
list_read(struct request *rq, struct asked *asked, struct list_view *view)
{
	struct organisation_row_list rows;
	struct organisation_count_list counts;
	int64_t last;
	enum outcome got;

	got = organisation_search_count(rq->db, &rq->arena, &asked->search,
	    &counts);
	if (got != OK)
		return got;
	view->total = count_of(&counts, &asked->search);
	last = page_last(view->total);
	if (asked->search.page > last)
		asked->search.page = last;
	got = view->total == 0
	    ? organisation_search_near(rq->db, &rq->arena,
		  asked->search.folded, &rows)
	    : organisation_search_list(rq->db, &rq->arena, &asked->search,
		  &rows);
	if (got != OK)
		return got;
	rows_fill(rq, &rows, view->total == 0 ? &view->near : &view->rows);
	options_of_terms(rq, &library()->units, &counts, &asked->search,
	    &view->units);
	options_of_terms(rq, &library()->legal_forms, &counts,
	    &asked->search, &view->forms);
	options_of_standing(rq, &counts, &asked->search, &view->standings);
	pages_fill(rq, asked, last, view);
	return OK;
}

static enum outcome
list_page(struct request *rq)
{
	struct asked asked = asked_read(rq);
	const struct organisation_search *s = &asked.search;
	struct list_view view = { .words = asked.words,
		.filtered = *s->folded != '\0' || *s->unit != '\0' ||
		    *s->standing != '\0' || *s->legal_form != '\0',
		.may_add = (rq->asker.rights & RIGHT_COORDINATOR) != 0 };
	enum outcome got;

	page_shows(rq, GENERATION_ALL, 0);
	page_shows(rq, GENERATION_ORGANISATIONS, 0);
	got = list_read(rq, &asked, &view);
	if (got != OK)
		return got;
	rq->page.section = "organisations";
	render_organisations(&rq->page, &view);
	return OK;
}

const struct route organisation_list_routes[] = {
	{ "GET", "/organisations", PUBLIC, list_page, ROUTE_CACHED },
	{ 0 }
};
