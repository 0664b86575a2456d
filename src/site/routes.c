/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "site/routes.h"

#include "assessment/assessment_pages.h"
#include "assessment/cycle_pages.h"
#include "base/time.h"
#include "charter/charter_pages.h"
#include "organisation/organisation_pages.h"
#include "organisation/organisation_view.h"
#include "people/people.h"
#include "publish/report_pages.h"
#include "library/library.h"
#include "publish/publish.h"
#include "publish/report_store.h"
#include "site/site_pages.h"
#include "survey/survey_pages.h"

/* The house's doors, one line each. */

const struct route *const site_routes[] = {
	site_page_routes,
	principle_routes,
	sign_in_routes,
	recovery_routes,
	words_routes,
	account_routes,
	second_step_routes,
	invitation_routes,
	organisation_list_routes,
	organisation_edit_routes,
	profile_routes,
	member_routes,
	pledge_routes,
	coalition_people_routes,
	assessment_routes,
	rater_routes,
	evidence_routes,
	cycle_routes,
	survey_routes,
	publish_routes,
	NULL
};

const struct server_hooks site_hooks = {
	.who_asks = people_who_asks,
	.which_organisation = organisation_which,
	.frame = site_frame,
};

/* --- What things that know nothing of each other show together ----------- */

/* An organisation's published reports, on its profile. */
static enum outcome
profile_reports(struct db *db, struct arena *a, int64_t organisation,
    struct profile_reports *reports_out)
{
	struct published_list published;
	enum outcome got = publish_of_organisation(db, a, organisation,
	    &published);

	if (got != OK)
		return got;
	*reports_out = (struct profile_reports){ 0 };
	LIST_EACH (p, &published)
		*LIST_ADD(a, &reports_out->reports) = (struct assessment_link){
			.number = p->number,
			.period_from = p->period_from,
			.period_to = p->period_to,
			.published = p->published,
			.revision = p->revision,
		};
	if (published.count > 0)
		reports_out->current_until =
		    assessed_until(day_of(published.items[0].published));
	return OK;
}

void
site_open(void)
{
	charter_pages_open(&library()->charter);
	profile_reports_set(profile_reports);
}
