/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "http/request.h"
#include "http/route.h"
#include "organisation/organisation_view.h"

/* The pages of organisations, for the table of all routes. */
extern const struct route organisation_list_routes[];
extern const struct route profile_routes[];
extern const struct route organisation_edit_routes[];
extern const struct route member_routes[];
extern const struct route invitation_routes[];
extern const struct route pledge_routes[];
extern const struct route coalition_people_routes[];

/* The server's hook: fills rq->organisation from the address. One query. */
enum outcome organisation_which(struct request *rq, const char *slug);

/*
 * What a profile shows of self-assessments: published reports, newest first,
 * and the day until which the newest counts as current (0: there is none).
 * Strings and lists live in `a`. Set once at the start by whoever knows them;
 * a profile without it shows none.
 */
struct profile_reports {
	struct assessment_links reports;
	int64_t current_until;
};
typedef enum outcome profile_reports_fn(struct db *db, struct arena *a,
    int64_t organisation, struct profile_reports *reports_out);
void profile_reports_set(profile_reports_fn *fn);

/* --- Shared by the pages ----------------------------------------------- */

/* "Цэцэрлэг, Архангай" */
const char *place_show(struct request *rq, const char *place,
    const char *unit);

/* The text that members sign; OK also when none was imported. */
MUST_CHECK enum outcome charter_text_show(struct request *rq,
    struct charter_text_view *view_out);
