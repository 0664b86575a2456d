/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "assessment/analysis.h"
#include "assessment/assessment_view.h"
#include "assessment/finding_store.h"
#include "assessment/plan_store.h"
#include "assessment/run_page.h"

/* The handlers of stages 3 to 5, file by file, and what they share. */

/* analysis_pages.c */
handler_fn analysis_page, analysis_close_page;

/* finding_pages.c */
handler_fn finding_propose_page, finding_new_page, finding_add_page,
    finding_page, finding_change_page, finding_remove_page;

/* plan_pages.c */
handler_fn plan_page, plan_close_page, next_run_page;

/* action_pages.c */
handler_fn action_new_page, action_add_page, action_page, action_change_page,
    action_remove_page;

/* indicator_pages.c */
handler_fn indicator_new_page, indicator_add_page, indicator_edit_page,
    indicator_change_page, indicator_remove_page;

/* monitoring_pages.c */
handler_fn monitoring_page, indicator_page, measurement_add_page,
    measurement_remove_page, calendar_make_page;

/* calendar_pages.c */
handler_fn calendar_page;

/* --- Shared -------------------------------------------------------------- */

/* "" for NULL. */
const char *given(const char *text);

/* The run, when its stage allows the work: CONFLICT else. */
MUST_CHECK enum outcome cycle_open(struct request *rq,
    enum assessment_work work, struct run *run_out);

/* A page of the run, as redirect takes it: "/o/x/assessments/3/plan". */
enum outcome cycle_redirect(struct request *rq, const struct run *run,
    const char *page);

/* The principle's short title, which labels charts. */
struct label dimension_short(const struct dimension *dimension);

/* msgid of a finding's kind. */
const char *finding_kind_words(const char *kind);
struct finding_row finding_row_make(const struct run *run,
    const struct finding *finding);

/* "3" or "3.2": the item when there is one. */
const char *finding_place(const struct finding *finding);

/* The short reason that is proposed as a finding's words. */
const char *proposal_words(struct arena *a, enum language language,
    const struct proposal *proposal);

/* The same without figures, as a finding begins: what a report that shows no
 * scores may show. */
const char *finding_words(struct arena *a, enum language language,
    const struct proposal *proposal);

struct action_row action_row_make(const struct action *action,
    const struct finding_list *findings,
    const struct indicator_list *indicators);

/* The page of stage 5 with this form of the next run's day. */
MUST_CHECK enum outcome monitoring_show(struct request *rq,
    const struct run *run, const struct form *next);

/* The form of the next run's day, filled. */
void next_form(struct request *rq, struct form *form, const struct run *run);
