/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey_pages.h"

#include "base/time.h"
#include "http/form.h"
#include "http/later.h"
#include "http/request.h"
#include "http/response.h"
#include "library/library.h"
#include "survey/answer.h"
#include "survey/survey_store.h"
#include "survey/survey_templates.h"
#include "survey/survey_view.h"
#include "text/catalogue.h"

#include <string.h>

/* The stakeholder survey: one page of public questions, nobody named. */

static const struct field RESPONSE[] = {
	{ "respondents", FIELD_CHOICE, FIELD_REQUIRED, 0, 0,
	    N_("Who are you to this organisation?"), NULL, NULL, NULL },
	{ "comment", FIELD_LONG_TEXT, 0, 0, SURVEY_COMMENT_MOST,
	    N_("Anything else?"),
	    N_("The organisation reads it as you write it. Leave out names "
	       "and numbers."), NULL, NULL },
	{ 0 }
};

struct respond_job {
	struct request *rq;
	struct survey_run run;
	const struct instrument *instrument;
	const struct track *track;
	struct survey_form_view view;
	struct survey_response response;
};

/* --- Questions ----------------------------------------------------------- */

static const char *
field_name(struct arena *a, const struct item *item)
{
	return arena_print(a, "q-%s", item->id);
}

static bool
is_asked(const struct respond_job *job, const struct item *item)
{
	return item->is_public && item_is_in_track(job->instrument, item,
	    job->track);
}

static void
level_add(struct request *rq, struct survey_levels *levels,
    const struct survey_question *q, const char *value, struct label words)
{
	const char *typed = request_field(rq, q->name);

	*LIST_ADD(&rq->arena, levels) = (struct survey_level){
		.id = arena_print(&rq->arena, "q%lld-%s", (long long)q->number,
		    value),
		.value = value, .words = words,
		.chosen = typed != NULL && strcmp(typed, value) == 0 };
}

static struct survey_question
question_make(struct request *rq, const struct respond_job *job,
    const struct item *item, int64_t number)
{
	const struct scale *scale = &job->instrument->scale;
	struct survey_question q = { .number = number,
		.name = field_name(&rq->arena, item),
		.question = item->public_question };

	for (size_t i = 0; i < item->public_levels.count; i++)
		level_add(rq, &q.levels, &q, arena_print(&rq->arena, "%d",
		    scale->levels.items[i].value),
		    item->public_levels.items[i]);
	level_add(rq, &q.others, &q, "dk", scale->dont_know);
	return q;
}

static struct label
section_title(const struct dimension *d)
{
	const struct principle *p;

	if (d->title.text[LANGUAGE_MN] != NULL)
		return d->title;
	p = charter_find_principle(&library()->charter, d->principle);
	return p == NULL ? d->title : p->title;
}

static void
sections_make(struct request *rq, struct respond_job *job)
{
	struct survey_form_view *view = &job->view;

	for (size_t i = 0; i < job->instrument->dimensions.count; i++) {
		const struct dimension *d =
		    &job->instrument->dimensions.items[i];
		struct survey_section section = { .title = section_title(d) };

		for (size_t k = 0; k < d->items.count; k++)
			if (is_asked(job, &d->items.items[k]))
				*LIST_ADD(&rq->arena, &section.questions) =
				    question_make(rq, job, &d->items.items[k],
					++view->questions);
		if (section.questions.count > 0)
			*LIST_ADD(&rq->arena, &view->sections) = section;
	}
	view->minutes = survey_minutes(view->questions);
}

/* --- The form ------------------------------------------------------------ */

static struct form_choices
outside_groups(struct request *rq, const struct respond_job *job)
{
	const char *groups = arena_print(&rq->arena, " %s ", job->run.groups);
	struct form_choices choices = { 0 };

	for (size_t i = 0; i < job->instrument->groups.count; i++) {
		const struct respondent_group *g =
		    &job->instrument->groups.items[i];

		if (g->side == SIDE_OUTSIDE && strstr(groups,
		    arena_print(&rq->arena, " %s ", g->id)) != NULL)
			*LIST_ADD(&rq->arena, &choices) = (struct form_choice){
				.value = g->id,
				.label = g->label.text[rq->language] };
	}
	return choices;
}

static void
respond_show(struct request *rq, struct respond_job *job)
{
	struct survey_form_view *view = &job->view;

	view->respondents = *form_find(&view->form, "respondents");
	view->comment = *form_find(&view->form, "comment");
	render_survey_form(&rq->page, view);
}

/* CONFLICT: the survey is closed. */
static enum outcome
respond_open(struct request *rq, struct respond_job *job)
{
	struct form_choices groups;
	enum outcome got;

	rq->page.alone = true;
	job->rq = rq;
	if (!survey_token_is_valid(request_path(rq, "token")))
		return NOT_FOUND;
	got = survey_find_by_token(rq->db, &rq->arena,
	    request_path(rq, "token"), &job->run);
	if (got != OK)
		return got;
	job->instrument = library_instrument(job->run.instrument,
	    job->run.edition);
	job->track = job->instrument == NULL ? NULL
	    : instrument_find_track(job->instrument, job->run.track);
	if (job->track == NULL)
		return FAILED;
	job->view.token = job->run.survey.token;
	job->view.organisation = (struct label){ {
	    [LANGUAGE_MN] = job->run.name_mn,
	    [LANGUAGE_EN] = job->run.name_en[0] == '\0' ? job->run.name_mn
		: job->run.name_en } };
	if (job->run.survey.closes != 0 || job->run.stage != 2)
		return CONFLICT;
	form_open(rq, &job->view.form, RESPONSE);
	groups = outside_groups(rq, job);
	form_choose_from(&job->view.form, "respondents", &groups);
	job->view.chooses_group = groups.count > 1;
	if (groups.count == 1)
		form_fill_text(&job->view.form, "respondents",
		    groups.items[0].value);
	sections_make(rq, job);
	return OK;
}

static enum outcome
end_show(struct request *rq, const struct respond_job *job, bool closed)
{
	struct survey_end_view view = {
		.organisation = job->view.organisation,
		.slug = job->run.slug, .closed = closed };

	render_survey_end(&rq->page, &view);
	return OK;
}

static enum outcome
survey_page(struct request *rq)
{
	struct respond_job *job = ARENA_NEW(&rq->arena, struct respond_job);
	enum outcome got = respond_open(rq, job);

	if (got == CONFLICT)
		return end_show(rq, job, true);
	if (got == OK)
		respond_show(rq, job);
	return got;
}

static enum outcome
thanks_page(struct request *rq)
{
	struct respond_job *job = ARENA_NEW(&rq->arena, struct respond_job);
	enum outcome got = respond_open(rq, job);

	/* Thanks are due also when it was closed right afterwards. */
	if (got != OK && got != CONFLICT)
		return got;
	return end_show(rq, job, false);
}

/* --- Answering ----------------------------------------------------------- */

/* Takes the answers; what is no answer of the scale is a fault. */
static void
answers_read(struct request *rq, struct respond_job *job)
{
	for (size_t i = 0; i < job->instrument->items.count; i++) {
		const struct item *item = &job->instrument->items.items[i];
		const char *sent;
		struct rating answer;

		if (!is_asked(job, item))
			continue;
		sent = request_field(rq, field_name(&rq->arena, item));
		if (sent == NULL)
			continue;
		if (answer_parse(&job->instrument->scale, sent, &answer) != OK)
			form_fault(rq, &job->view.form, "",
			    T_("Choose one of the answers", rq->language));
		else
			*LIST_ADD(&rq->arena, &job->response.answers) =
			    (struct survey_answer){ item->id, answer };
	}
}

static enum outcome
respond_write(struct tx *tx, void *arg)
{
	const struct respond_job *job = arg;

	return survey_response_add(tx, &job->rq->arena, job->run.survey.id,
	    &job->instrument->scale, &job->response, job->view.form.once);
}

static enum outcome
respond_answer(struct request *rq, enum outcome got, void *arg)
{
	const struct respond_job *job = arg;

	if (got == CONFLICT)
		return end_show(rq, job, true);
	if (got != OK)
		return got;
	return redirect(rq, "/s/%s/thanks", job->view.token);
}

static enum outcome
respond_page(struct request *rq)
{
	struct respond_job *job = ARENA_NEW(&rq->arena, struct respond_job);
	const char *comment;
	enum outcome got = respond_open(rq, job);

	if (got == CONFLICT)
		return end_show(rq, job, true);
	if (got != OK)
		return got;
	form_read(rq, &job->view.form);
	answers_read(rq, job);
	comment = form_text(&job->view.form, "comment");
	job->response.respondents = form_text(&job->view.form,
	    "respondents");
	job->response.comment = comment == NULL ? "" : comment;
	job->response.day = day_of(time_now());
	if (job->view.form.errors.count == 0 &&
	    !survey_response_says_something(&job->response))
		form_fault(rq, &job->view.form, "",
		    T_("Answer at least one question, or write something",
			rq->language));
	if (job->view.form.errors.count > 0) {
		respond_show(rq, job);
		return INVALID;
	}
	return write_later(rq, respond_write, respond_answer, job);
}

const struct route survey_routes[] = {
	{ "GET", "/s/:token", PUBLIC, survey_page, 0 },
	{ "POST", "/s/:token", PUBLIC, respond_page, ROUTE_ANONYMOUS },
	{ "GET", "/s/:token/thanks", PUBLIC, thanks_page, 0 },
	{ 0 }
};
