/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment_templates.h"
#include "assessment/handlers.h"
#include "assessment/run_page.h"
#include "base/time.h"
#include "survey/survey_store.h"
#include "text/catalogue.h"

/* The stakeholder survey as the team sees it: opening, counting, closing. */

static const struct field INVITED[] = {
	{ "invited", FIELD_LONG_TEXT, FIELD_REQUIRED, 3, SURVEY_INVITED_MOST,
	    N_("How are people invited?"),
	    N_("For example: at three bag meetings, and by a poster in the "
	       "soum centre. It stands in the report beside the number of "
	       "answers."), NULL, NULL },
	{ 0 }
};

struct survey_job {
	struct request *rq;
	struct run run;
	struct survey survey;
	struct survey_team_view view;
	char token[SURVEY_TOKEN_SIZE];
	const char *invited;
	int64_t now;
	int64_t id;
};

static bool
asks_outside(const struct run *run)
{
	for (size_t i = 0; i < run->instrument->groups.count; i++) {
		const struct respondent_group *g =
		    &run->instrument->groups.items[i];

		if (g->side == SIDE_OUTSIDE && ids_have(run->row.groups,
		    g->id))
			return true;
	}
	return false;
}

static enum outcome
comments_load(struct request *rq, struct survey_job *job)
{
	struct survey_comments comments;
	enum outcome got = survey_comment_list(rq->db, &rq->arena,
	    rq->organisation.id, job->run.row.id, &comments);

	if (got != OK)
		return got;
	LIST_EACH (c, &comments)
		*LIST_ADD(&rq->arena, &job->view.comments) =
		    (struct comment_row){ group_label(job->run.instrument,
			c->respondents), c->comment };
	return OK;
}

static const char *
survey_link(struct request *rq, const struct survey *survey)
{
	return arena_print(&rq->arena, "%s/s/%s", request_origin(rq),
	    survey->token);
}

static enum outcome
survey_load(struct request *rq, struct survey_job *job)
{
	struct survey_team_view *view = &job->view;
	enum outcome got = run_open(rq, &job->run);

	if (got != OK)
		return got;
	job->rq = rq;
	job->now = time_now();
	view->head = run_head_make(rq, &job->run);
	view->questions = run_public_count(&job->run);
	view->nobody_outside = !asks_outside(&job->run);
	form_open(rq, &view->form, INVITED);
	got = survey_find(rq->db, &rq->arena, rq->organisation.id,
	    job->run.row.id, &job->survey);
	if (got != OK)
		return got == NOT_FOUND ? OK : got;
	view->has_survey = true;
	view->open = job->survey.closes == 0 && view->head.collecting;
	view->link = survey_link(rq, &job->survey);
	view->token = job->survey.token;
	view->invited = job->survey.invited;
	view->opens = job->survey.opens;
	view->closes = job->survey.closes;
	view->responses = job->survey.responses;
	form_fill_text(&view->form, "invited", job->survey.invited);
	return comments_load(rq, job);
}

enum outcome
survey_team_page(struct request *rq)
{
	struct survey_job *job = ARENA_NEW(&rq->arena, struct survey_job);
	enum outcome got = survey_load(rq, job);

	if (got == OK)
		render_survey_team(&rq->page, &job->view);
	return got;
}

enum outcome
survey_poster_page(struct request *rq)
{
	struct survey_job *job = ARENA_NEW(&rq->arena, struct survey_job);
	enum outcome got = survey_load(rq, job);
	struct poster_view view;

	if (got != OK)
		return got;
	if (!job->view.has_survey)
		return NOT_FOUND;
	view = (struct poster_view){ .head = job->view.head,
		.minutes = survey_minutes(job->view.questions),
		.link = job->view.link,
		.qr = qr_draw(&rq->arena, job->view.link) };
	render_survey_poster(&rq->page, &view);
	return OK;
}

/* --- Opening and closing ------------------------------------------------- */

static enum outcome
to_survey(struct request *rq, const struct survey_job *job,
    const char *notice)
{
	redirect_notice(rq, notice);
	return redirect(rq, "/o/%s/assessments/%lld/survey",
	    rq->organisation.slug, (long long)job->run.row.number);
}

static enum outcome
open_write(struct tx *tx, void *arg)
{
	struct survey_job *job = arg;

	return survey_open(tx, &job->rq->arena, job->rq->organisation.id,
	    job->run.row.id, job->token, job->invited, job->now, &job->id);
}

static enum outcome
open_answer(struct request *rq, enum outcome got, void *arg)
{
	return got == OK ? to_survey(rq, arg,
	    N_("The survey is open. Share its link.")) : got;
}

enum outcome
survey_open_page(struct request *rq)
{
	struct survey_job *job = ARENA_NEW(&rq->arena, struct survey_job);
	enum outcome got = survey_load(rq, job);

	if (got != OK)
		return got;
	form_read(rq, &job->view.form);
	if (job->view.nobody_outside)
		form_fault(rq, &job->view.form, "",
		    T_("No group outside is asked in this assessment. Choose "
		       "one in the goals first.", rq->language));
	if (job->view.form.errors.count > 0) {
		render_survey_team(&rq->page, &job->view);
		return INVALID;
	}
	job->invited = form_text(&job->view.form, "invited");
	survey_token_make(job->view.form.once, job->token);
	return write_later(rq, open_write, open_answer, job);
}

static enum outcome
close_write(struct tx *tx, void *arg)
{
	const struct survey_job *job = arg;

	return survey_close(tx, &job->rq->arena, job->rq->organisation.id,
	    job->run.row.id, job->now);
}

static enum outcome
close_answer(struct request *rq, enum outcome got, void *arg)
{
	return got == OK ? to_survey(rq, arg, N_("The survey is closed."))
	    : got;
}

enum outcome
survey_close_page(struct request *rq)
{
	struct survey_job *job = ARENA_NEW(&rq->arena, struct survey_job);
	enum outcome got = survey_load(rq, job);

	return got == OK ? write_later(rq, close_write, close_answer, job)
	    : got;
}
