/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "site/routes.h"

#include "assessment/assessment_pages.h"
#include "charter/charter_pages.h"
#include "organisation/organisation_pages.h"
#include "people/people.h"
#include "publish/report_pages.h"
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
	organisation_list_routes,
	organisation_edit_routes,
	profile_routes,
	member_routes,
	invitation_routes,
	pledge_routes,
	assessment_routes,
	rater_routes,
	evidence_routes,
	survey_routes,
	publish_routes,
	NULL
};

const struct server_hooks site_hooks = {
	.who_asks = people_who_asks,
	.which_organisation = organisation_which,
	.frame = site_frame,
};
