/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment_templates.h"
#include "assessment/handlers.h"
#include "assessment/run_page.h"
#include "assessment/run_state.h"
#include "base/time.h"
#include "survey/survey_store.h"
#include "text/catalogue.h"

/* Opening and closing stage 2. What is missing is named, never hidden. */

struct move_job {
	struct request *rq;
	struct run run;
	int to;
	int64_t now;
	const char *notice;
	bool closes_survey;
};

static enum outcome
move_write(struct tx *tx, void *arg)
{
	const struct move_job *job = arg;
	struct arena *a = &job->rq->arena;
	struct assessment now;
	enum outcome got = assessment_find_id(tx->db, a,
	    job->run.row.organisation, job->run.row.id, &now);

	if (got != OK || now.stage == job->to)
		return got; /* a button pressed twice moves once */
	if (job->closes_survey)
		got = survey_close(tx, a, job->run.row.organisation,
		    job->run.row.id, job->now);
	if (got != OK && got != NOT_FOUND)
		return got;
	return assessment_move(tx, a, job->run.row.organisation,
	    job->run.row.id, job->to, job->now);
}

static enum outcome
move_answer(struct request *rq, enum outcome got, void *arg)
{
	const struct move_job *job = arg;

	if (got != OK)
		return got;
	redirect_notice(rq, job->notice);
	return redirect(rq, "/o/%s/assessments/%lld/%s",
	    rq->organisation.slug, (long long)job->run.row.number,
	    job->to == STAGE_ANALYSIS ? "analysis" : "tasks");
}

static enum outcome
move_later(struct request *rq, int to, const char *notice)
{
	struct move_job *job = ARENA_NEW(&rq->arena, struct move_job);
	enum outcome got = run_open(rq, &job->run);

	if (got != OK)
		return got;
	job->rq = rq;
	job->to = to;
	job->now = time_now();
	job->notice = notice;
	job->closes_survey = to == STAGE_ANALYSIS;
	return write_later(rq, move_write, move_answer, job);
}

enum outcome
stage_begin_page(struct request *rq)
{
	return move_later(rq, STAGE_COLLECTING,
	    N_("Collecting has begun. Invite the raters next."));
}

enum outcome
stage_reopen_page(struct request *rq)
{
	return move_later(rq, STAGE_COLLECTING,
	    N_("Collecting is open again. Findings that were written stay."));
}

/* --- Closing ------------------------------------------------------------- */

static const struct field CLOSE[] = {
	{ "sure", FIELD_TICK, FIELD_REQUIRED, 0, 0,
	    N_("We close collecting with these gaps"), NULL, NULL, NULL },
	{ 0 }
};

static const struct field CLOSE_WHOLE[] = { { 0 } };

static enum outcome
close_counts(struct request *rq, const struct run *run,
    struct close_view *view)
{
	struct rater_list raters;
	struct survey survey;
	enum outcome got = rater_list(rq->db, &rq->arena,
	    run->row.organisation, run->row.id, &raters);

	if (got != OK)
		return got;
	view->raters = (int64_t)raters.count;
	LIST_EACH (rater, &raters)
		view->raters_done += rater->finished > 0;
	got = survey_find(rq->db, &rq->arena, run->row.organisation,
	    run->row.id, &survey);
	view->survey_open = got == OK && survey.closes == 0;
	return got == NOT_FOUND ? OK : got;
}

static enum outcome
close_load(struct request *rq, const struct run *run,
    struct close_view *view)
{
	struct run_state state;
	enum outcome got = run_state_load(rq->db, &rq->arena, run, &state);

	if (got != OK)
		return got;
	view->head = run_head_make(rq, run);
	view->items = (int64_t)state.count;
	LIST_EACH (s, &state) {
		view->agreed += s->has_agreed;
		if (!s->has_agreed)
			*LIST_ADD(&rq->arena, &view->gaps) = (struct gap_row){
				s->item->id, s->item->question };
	}
	form_open(rq, &view->form, view->gaps.count > 0 ? CLOSE
	    : CLOSE_WHOLE);
	return close_counts(rq, run, view);
}

enum outcome
close_page(struct request *rq)
{
	struct close_view view = { 0 };
	struct run run;
	enum outcome got = run_open(rq, &run);

	if (got == OK && !assessment_allows(run.row.stage, WORK_COLLECT))
		return CONFLICT;
	if (got == OK)
		got = close_load(rq, &run, &view);
	if (got == OK)
		render_close(&rq->page, &view);
	return got;
}

enum outcome
stage_close_page(struct request *rq)
{
	struct close_view view = { 0 };
	struct run run;
	enum outcome got = run_open(rq, &run);

	if (got == OK && !assessment_allows(run.row.stage, WORK_COLLECT))
		return CONFLICT;
	if (got == OK)
		got = close_load(rq, &run, &view);
	if (got != OK)
		return got;
	form_read(rq, &view.form);
	if (view.form.errors.count > 0) {
		render_close(&rq->page, &view);
		return INVALID;
	}
	return move_later(rq, STAGE_ANALYSIS,
	    N_("Collecting is closed. The analysis is open now."));
}
