/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/list.h"
#include "db/db.h"
#include "text/language.h"

/*
 * Lists of organisations: all, or those whose names hold what was searched.
 * What was searched is folded (text/fold.h). From three letters on it is found
 * anywhere in a name: the rarest of its three-letter pieces leads to the
 * candidates, the folded name decides. Below three letters it is a prefix of
 * the Mongolian name.
 */
struct organisation_search {
	const char *folded;	/* "" lists all */
	const char *unit, *standing, *legal_form;	/* "" does not filter */
	int64_t page;		/* from 1 */
};
enum { SEARCH_PAGE = 25, SEARCH_PAGES_MOST = 1000, SEARCH_NEAR = 5 };

struct organisation_row {
	int64_t id;
	const char *slug;
	struct label name;
	const char *unit, *place, *field, *standing;
	int64_t founded, joined;
};
struct organisation_row_list LIST_OF(struct organisation_row);

/* How many match the words, apart by what can be filtered. */
struct organisation_count {
	const char *unit, *standing, *legal_form;
	int64_t count;
};
struct organisation_count_list LIST_OF(struct organisation_count);

/* One page, by name. */
MUST_CHECK enum outcome organisation_search_list(struct db *db,
    struct arena *a, const struct organisation_search *search,
    struct organisation_row_list *list_out);

/* Filters are not applied: the caller adds up what it shows. */
MUST_CHECK enum outcome organisation_search_count(struct db *db,
    struct arena *a, const struct organisation_search *search,
    struct organisation_count_list *list_out);

/*
 * The SEARCH_NEAR whose names share most pieces with the words, at least a
 * third of them; for "did you mean". Empty below three letters.
 */
MUST_CHECK enum outcome organisation_search_near(struct db *db,
    struct arena *a, const char *folded,
    struct organisation_row_list *list_out);
