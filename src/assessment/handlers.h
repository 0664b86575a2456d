/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "http/route.h"

/* The handlers that the route tables of this folder name, file by file. */

/* run_pages.c */
handler_fn runs_page, tasks_page, principle_page, coalition_page;

/* stage_pages.c */
handler_fn stage_begin_page, close_page, stage_close_page, stage_reopen_page;

/* setup_pages.c */
handler_fn setup_new_page, setup_add_page, setup_page, setup_change_page;

/* item_pages.c */
handler_fn item_page, agreed_put_page;

/* evidence_pages.c */
handler_fn evidence_new_page, evidence_add_page, evidence_serve_page,
    evidence_unlink_page, evidence_list_page, evidence_page,
    evidence_change_page, evidence_file_page;

/* note_pages.c */
handler_fn notes_page, note_new_page, note_add_page, note_page,
    note_change_page, note_remove_page;

/* raters_pages.c */
handler_fn raters_page, raters_add_page, rater_link_page,
    rater_link_change_page, rater_remove_page, rater_self_page;

/* survey_team_pages.c */
handler_fn survey_team_page, survey_open_page, survey_close_page,
    survey_poster_page;

/* rater_pages.c */
handler_fn rater_start_page, rater_item_page, rater_put_page,
    rater_check_page, rater_done_page, rater_reopen_page;
