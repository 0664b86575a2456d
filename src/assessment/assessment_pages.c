/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment_pages.h"

#include "assessment/handlers.h"

/* The addresses of this folder: what each needs, and who answers. */

#define RUNS "/o/:slug/assessments"
#define RUN RUNS "/:number"
#define ITEM RUN "/items/:item"
#define MINE RUN "/mine"

const struct route assessment_routes[] = {
	{ "GET", RUNS, PUBLIC, runs_page, ROUTE_CACHED },
	{ "GET", RUNS "/new", EDITOR, setup_new_page, 0 },
	{ "POST", RUNS, EDITOR, setup_add_page, 0 },
	{ "GET", RUN "/setup", EDITOR, setup_page, 0 },
	{ "POST", RUN "/setup", EDITOR, setup_change_page, 0 },
	{ "GET", RUN "/tasks", VIEWER, tasks_page, 0 },
	{ "GET", RUN "/tasks/:dimension", VIEWER, principle_page, 0 },
	{ "POST", RUN "/begin", EDITOR, stage_begin_page, 0 },
	{ "GET", RUN "/close", EDITOR, close_page, 0 },
	{ "POST", RUN "/close", EDITOR, stage_close_page, 0 },
	{ "POST", RUN "/reopen", EDITOR, stage_reopen_page, 0 },
	{ "GET", ITEM, VIEWER, item_page, 0 },
	{ "POST", ITEM, EDITOR, agreed_put_page, 0 },
	{ "GET", RUN "/notes", VIEWER, notes_page, 0 },
	{ "GET", RUN "/notes/new", EDITOR, note_new_page, 0 },
	{ "POST", RUN "/notes", EDITOR, note_add_page, 0 },
	{ "GET", RUN "/notes/:note", EDITOR, note_page, 0 },
	{ "POST", RUN "/notes/:note", EDITOR, note_change_page, 0 },
	{ "POST", RUN "/notes/:note/remove", EDITOR, note_remove_page, 0 },
	{ "GET", RUN "/raters", EDITOR, raters_page, 0 },
	{ "POST", RUN "/raters", EDITOR, raters_add_page, 0 },
	{ "GET", RUN "/raters/:rater/link", EDITOR, rater_link_page, 0 },
	{ "POST", RUN "/raters/:rater/link", EDITOR, rater_link_change_page,
	    0 },
	{ "POST", RUN "/raters/:rater/remove", EDITOR, rater_remove_page, 0 },
	{ "GET", RUN "/survey", EDITOR, survey_team_page, 0 },
	{ "POST", RUN "/survey", EDITOR, survey_open_page, 0 },
	{ "POST", RUN "/survey/close", EDITOR, survey_close_page, 0 },
	{ "GET", RUN "/survey/poster", EDITOR, survey_poster_page, 0 },
	{ "GET", "/coalition/assessments", COORDINATOR, coalition_page, 0 },
	{ 0 }
};

enum { RATES = ROUTE_SECRET | ROUTE_ANONYMOUS };

const struct route rater_routes[] = {
	{ "GET", "/r/:token", PUBLIC, rater_start_page, RATES },
	{ "GET", "/r/:token/items/:item", PUBLIC, rater_item_page, RATES },
	{ "POST", "/r/:token/items/:item", PUBLIC, rater_put_page, RATES },
	{ "GET", "/r/:token/check", PUBLIC, rater_check_page, RATES },
	{ "POST", "/r/:token/done", PUBLIC, rater_done_page, RATES },
	{ "POST", "/r/:token/reopen", PUBLIC, rater_reopen_page, RATES },
	{ "GET", MINE, RATER, rater_start_page, 0 },
	{ "POST", MINE, RATER, rater_self_page, 0 },
	{ "GET", MINE "/items/:item", RATER, rater_item_page, 0 },
	{ "POST", MINE "/items/:item", RATER, rater_put_page, 0 },
	{ "GET", MINE "/check", RATER, rater_check_page, 0 },
	{ "POST", MINE "/done", RATER, rater_done_page, 0 },
	{ "POST", MINE "/reopen", RATER, rater_reopen_page, 0 },
	{ 0 }
};

const struct route evidence_routes[] = {
	{ "GET", ITEM "/evidence/new", EDITOR, evidence_new_page, 0 },
	{ "POST", ITEM "/evidence", EDITOR, evidence_add_page, ROUTE_UPLOAD },
	{ "POST", ITEM "/evidence/serve", EDITOR, evidence_serve_page, 0 },
	{ "POST", ITEM "/evidence/:evidence/remove", EDITOR,
	    evidence_unlink_page, 0 },
	{ "GET", "/o/:slug/evidence", VIEWER, evidence_list_page, 0 },
	{ "GET", "/o/:slug/evidence/:evidence", EDITOR, evidence_page, 0 },
	{ "POST", "/o/:slug/evidence/:evidence", EDITOR, evidence_change_page,
	    0 },
	{ "GET", "/o/:slug/evidence/:evidence/file", PUBLIC,
	    evidence_file_page, 0 },
	{ 0 }
};
