/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/analysis_load.h"
#include "assessment/assessment_templates.h"
#include "assessment/cycle_handlers.h"
#include "base/time.h"
#include "text/catalogue.h"

#include <string.h>

/* Findings: taken over from a proposal, or written; changed, owned, removed. */

static const struct choice KINDS[] = {
	{ "strength", N_("Strength"), NULL },
	{ "weakness", N_("To improve"), NULL },
	{ "disagreement", N_("Where views differ"), NULL },
	{ NULL, NULL, NULL }
};

#define REPLY { "reply", FIELD_LONG_TEXT, 0, 0, FINDING_REPLY_MOST, \
	N_("Our reply"), \
	N_("Stands beside the finding in the report, for example why " \
	   "stakeholders see it otherwise."), NULL, NULL }

static const struct field FINDING[] = {
	{ "kind", FIELD_CHOICE, FIELD_REQUIRED, 0, 0, N_("What is it?"),
	    NULL, KINDS, NULL },
	{ "place", FIELD_SELECT, FIELD_REQUIRED, 0, 0,
	    N_("Principle or question"), NULL, NULL, NULL },
	{ "body", FIELD_LONG_TEXT, FIELD_REQUIRED, 3, FINDING_BODY_MOST,
	    N_("The finding, in your words"),
	    N_("Say what is so and why. It may become public."), NULL,
	    NULL },
	REPLY,
	{ 0 }
};

static const struct field REPLY_ALONE[] = { REPLY, { 0 } };

struct finding_job {
	struct request *rq;
	struct run run;
	struct finding_view view;
	struct finding finding;	/* id 0: a new one */
	struct authored by;
	int64_t id;
	const char *notice;
};

static struct form_choices
place_choices(struct request *rq, const struct run *run)
{
	struct form_choices choices = { 0 };
	size_t dimension = SIZE_MAX;

	LIST_EACH(item, &run->items) {
		const struct dimension *d =
		    &run->instrument->dimensions.items[(*item)->dimension];

		if ((*item)->dimension != dimension)
			*LIST_ADD(&rq->arena, &choices) = (struct form_choice){
				.value = d->id,
				.label = arena_print(&rq->arena, "%s. %s",
				    d->id, dimension_short(d).
				    text[rq->language]) };
		dimension = (*item)->dimension;
		*LIST_ADD(&rq->arena, &choices) = (struct form_choice){
			.value = (*item)->id,
			.label = arena_print(&rq->arena, "%s %s",
			    (*item)->id,
			    (*item)->question.text[rq->language]) };
	}
	return choices;
}

/* "3" or "3.2" into principle and item; INVALID: the run has neither. */
static enum outcome
place_take(const struct run *run, const char *place, struct finding *finding)
{
	LIST_EACH(item, &run->items) {
		const struct dimension *d =
		    &run->instrument->dimensions.items[(*item)->dimension];

		if (strcmp(place, d->id) != 0 &&
		    strcmp(place, (*item)->id) != 0)
			continue;
		finding->principle = d->id;
		finding->item = strcmp(place, d->id) == 0 ? "" : (*item)->id;
		return OK;
	}
	return INVALID;
}

static enum outcome
finding_open(struct request *rq, struct finding_job *job)
{
	struct form_choices places;
	enum outcome got = cycle_open(rq, WORK_PLAN, &job->run);

	if (got != OK)
		return got;
	job->rq = rq;
	job->view.head = run_head_make(rq, &job->run);
	job->view.open = assessment_allows(job->run.row.stage, WORK_ANALYSE);
	job->notice = N_("Saved.");
	if (!job->view.open) {
		form_open(rq, &job->view.form, REPLY_ALONE);
		return OK;
	}
	form_open(rq, &job->view.form, FINDING);
	places = place_choices(rq, &job->run);
	form_choose_from(&job->view.form, "place", &places);
	return OK;
}

static enum outcome
finding_stored(struct request *rq, struct finding_job *job)
{
	struct form *form = &job->view.form;
	enum outcome got = finding_open(rq, job);

	if (got == OK)
		got = finding_find(rq->db, &rq->arena, rq->organisation.id,
		    job->run.row.id, request_path_id(rq, "finding"),
		    &job->finding);
	if (got != OK)
		return got;
	job->view.finding = job->finding.id;
	job->view.row = finding_row_make(&job->run, &job->finding);
	if (job->view.open) {
		form_fill_text(form, "kind", job->finding.kind);
		form_fill_text(form, "place", finding_place(&job->finding));
		form_fill_text(form, "body", job->finding.body);
	}
	form_fill_text(form, "reply", job->finding.reply);
	form->version = job->finding.version;
	return OK;
}

enum outcome
finding_page(struct request *rq)
{
	struct finding_job *job = ARENA_NEW(&rq->arena, struct finding_job);
	enum outcome got = finding_stored(rq, job);

	if (got == OK)
		render_finding(&rq->page, &job->view);
	return got;
}

enum outcome
finding_new_page(struct request *rq)
{
	struct finding_job *job = ARENA_NEW(&rq->arena, struct finding_job);
	enum outcome got = finding_open(rq, job);

	if (got == OK && !job->view.open)
		got = CONFLICT;
	if (got == OK)
		render_finding(&rq->page, &job->view);
	return got;
}

/* --- Writing ------------------------------------------------------------- */

/* False, and the form shown again, when something is wrong. */
static bool
finding_read(struct request *rq, struct finding_job *job)
{
	struct form *form = &job->view.form;

	form_read(rq, form);
	if (form->errors.count == 0 && job->view.open &&
	    place_take(&job->run, form_text(form, "place"), &job->finding)
	    != OK)
		form_fault(rq, form, "place", request_text(rq,
		    N_("Choose a principle or a question of this run."),
		    NULL, 0));
	if (form->errors.count > 0) {
		render_finding(&rq->page, &job->view);
		return false;
	}
	if (job->view.open) {
		job->finding.kind = form_text(form, "kind");
		job->finding.body = form_text(form, "body");
	}
	job->finding.reply = given(form_text(form, "reply"));
	job->finding.version = form->version;
	job->by = authored_by(rq, form);
	return true;
}

static enum outcome
finding_write(struct tx *tx, void *arg)
{
	struct finding_job *job = arg;
	struct arena *a = &job->rq->arena;
	const struct assessment *run = &job->run.row;
	struct finding finding = job->finding;
	enum outcome got;

	if (finding.id == 0)
		return finding_add(tx, a, run->organisation, run->id,
		    &finding, &job->by, &job->id);
	if (job->view.open) {
		got = finding_change(tx, a, run->organisation, run->id,
		    &finding, job->by.person);
		if (got != OK)
			return got;
		finding.version++;
	}
	return finding_reply(tx, a, run->organisation, run->id, &finding);
}

static enum outcome
finding_conflict(struct request *rq, struct finding_job *job)
{
	struct finding_job *now = ARENA_NEW(&rq->arena, struct finding_job);
	enum outcome got;

	if (job->view.finding == 0)
		return CONFLICT;
	got = finding_stored(rq, now);
	if (got != OK || now->view.open != job->view.open)
		return got == OK ? CONFLICT : got;
	form_conflict(rq, &job->view.form, &now->view.form);
	render_finding(&rq->page, &job->view);
	return CONFLICT;
}

static enum outcome
finding_answer(struct request *rq, enum outcome got, void *arg)
{
	struct finding_job *job = arg;

	if (got == CONFLICT)
		return finding_conflict(rq, job);
	if (got != OK)
		return got;
	redirect_notice(rq, job->notice);
	return cycle_redirect(rq, &job->run, "analysis");
}

enum outcome
finding_add_page(struct request *rq)
{
	struct finding_job *job = ARENA_NEW(&rq->arena, struct finding_job);
	enum outcome got = finding_open(rq, job);

	if (got == OK && !job->view.open)
		got = CONFLICT;
	if (got != OK)
		return got;
	if (!finding_read(rq, job))
		return INVALID;
	return write_later(rq, finding_write, finding_answer, job);
}

enum outcome
finding_change_page(struct request *rq)
{
	struct finding_job *job = ARENA_NEW(&rq->arena, struct finding_job);
	enum outcome got = finding_stored(rq, job);

	if (got != OK)
		return got;
	if (!finding_read(rq, job))
		return INVALID;
	return write_later(rq, finding_write, finding_answer, job);
}

static enum outcome
finding_remove_write(struct tx *tx, void *arg)
{
	const struct finding_job *job = arg;

	return finding_remove(tx, &job->rq->arena, job->run.row.organisation,
	    job->run.row.id, job->finding.id);
}

enum outcome
finding_remove_page(struct request *rq)
{
	struct finding_job *job = ARENA_NEW(&rq->arena, struct finding_job);
	enum outcome got = finding_stored(rq, job);

	if (got != OK)
		return got;
	job->notice = N_("The finding is removed.");
	return write_later(rq, finding_remove_write, finding_answer, job);
}

/* --- Proposals ----------------------------------------------------------- */

/* The proposal that the button named; NOT_FOUND: it is proposed no more. */
static enum outcome
proposal_find(struct request *rq, struct finding_job *job,
    const struct proposal **proposal_out)
{
	const char *kind = given(request_field(rq, "kind"));
	const char *place = given(request_field(rq, "place"));
	struct analysis *analysis = ARENA_NEW(&rq->arena, struct analysis);
	struct proposals list;
	enum outcome got = analysis_load(rq->db, &rq->arena, &job->run.row,
	    analysis);

	if (got != OK)
		return got;
	list = analysis_propose(&rq->arena, analysis);
	LIST_EACH(p, &list)
		if (strcmp(p->kind, kind) == 0 && strcmp(place,
		    p->item == NULL ? p->dimension->id : p->item->id) == 0) {
			*proposal_out = p;
			return OK;
		}
	return NOT_FOUND;
}

/* One button: the proposal's words become a finding of who pressed it. */
enum outcome
finding_propose_page(struct request *rq)
{
	struct finding_job *job = ARENA_NEW(&rq->arena, struct finding_job);
	const struct proposal *p;
	enum outcome got = cycle_open(rq, WORK_ANALYSE, &job->run);

	if (got == OK)
		got = proposal_find(rq, job, &p);
	if (got != OK)
		return got;
	job->rq = rq;
	job->notice = N_("Taken over. Change the words so that they say why.");
	job->finding = (struct finding){ .kind = p->kind,
		.principle = p->dimension->id,
		.item = p->item == NULL ? "" : p->item->id,
		.body = finding_words(&rq->arena, rq->language, p),
		.reply = "" };
	job->by = authored_by(rq, NULL);
	job->by.once = arena_print(&rq->arena, "proposal %lld %s %s",
	    (long long)job->run.row.id, p->kind,
	    finding_place(&job->finding));
	return write_later(rq, finding_write, finding_answer, job);
}
