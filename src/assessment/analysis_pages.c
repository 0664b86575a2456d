/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/analysis_load.h"
#include "assessment/assessment_templates.h"
#include "assessment/cycle_handlers.h"
#include "base/time.h"
#include "library/library.h"
#include "text/catalogue.h"
#include "text/number.h"

#include <inttypes.h>
#include <string.h>

/* Stage 3: the figures, what they suggest, and closing the analysis. */

struct analysis_job {
	struct request *rq;
	struct run run;
	struct analysis analysis;
	struct finding_list findings;
	struct action_list actions;
	struct analysis_view view;
	struct radar_scale scale;
	int64_t now;
};

/* --- Figures ------------------------------------------------------------- */

static struct figures_row
figures_make(const struct analysis_job *job, const struct figures *f,
    const char *id, struct label title)
{
	return (struct figures_row){ .id = id, .title = title,
		.not_applicable = f->not_applicable, .split = f->split,
		.self = f->self, .raters = f->raters, .spread = f->spread,
		.agreement = f->agreement,
		.stakeholders = f->stakeholders, .last = f->last,
		.gap = f->gap, .n = f->n,
		.stakeholders_n = f->stakeholders_n,
		.self_percent = bar_percent(f->self, job->scale),
		.stakeholders_percent = bar_percent(f->stakeholders,
		    job->scale) };
}

static const char *
heat_kind(const struct analysis_job *job, const struct analysis_cell *cell)
{
	int64_t part = bar_percent(cell->mean, job->scale) / 25;

	if (cell->hidden)
		return "hid";
	if (!cell->mean.known)
		return "gap";
	return arena_print(&job->rq->arena, "%" PRId64, part > 4 ? 4 : part);
}

static void
principle_add(struct analysis_job *job,
    const struct analysis_principle *principle)
{
	struct arena *a = &job->rq->arena;
	struct principle_row *row = LIST_ADD(a, &job->view.principles);

	row->figures = figures_make(job, &principle->figures,
	    principle->dimension->id, dimension_short(principle->dimension));
	for (size_t i = 0; i < principle->count; i++) {
		const struct analysis_item *item =
		    &job->analysis.items.items[principle->first + i];

		*LIST_ADD(a, &row->items) = figures_make(job, &item->figures,
		    item->item->id, item->item->question);
	}
	LIST_EACH(cell, &principle->cells)
		*LIST_ADD(a, &row->cells) = (struct heat_cell){
			heat_kind(job, cell), cell->mean };
}

static void
radar_add(struct analysis_job *job)
{
	struct arena *a = &job->rq->arena;
	const struct analysis_principles *list = &job->analysis.principles;
	struct radar_axes axes = { 0 };

	job->view.has_radar = list->count >= RADAR_AXES_LEAST &&
	    list->count <= RADAR_AXES_MOST;
	if (!job->view.has_radar)
		return;
	LIST_EACH(p, list)
		*LIST_ADD(a, &axes) = (struct radar_axis){ p->dimension->id,
			dimension_short(p->dimension).text[job->rq->language],
			p->figures.self, p->figures.stakeholders,
			p->figures.last };
	job->view.radar = radar_make(a, catalogue_text(job->rq->language,
	    N_("By principle: self-assessment, stakeholders, last run")),
	    &axes, job->scale);
}

static void
columns_add(struct analysis_job *job)
{
	LIST_EACH(column, &job->analysis.columns)
		*LIST_ADD(&job->rq->arena, &job->view.columns) =
		    column->group != NULL ? column->group->label
		    : column->side == SIDE_INSIDE
		    ? message_label(N_("Inside"))
		    : message_label(N_("Outside"));
}

static void
criteria_add(struct analysis_job *job)
{
	if (!job->analysis.weights_differ)
		return;
	LIST_EACH(criterion, &job->analysis.criteria) {
		const struct term *term = vocabulary_find(
		    &library()->criteria, criterion->id);

		*LIST_ADD(&job->rq->arena, &job->view.criteria) =
		    (struct criterion_row){
			term == NULL ? same_label(criterion->id)
			: term->label, criterion->weight, criterion->self,
			criterion->stakeholders };
	}
	job->view.plain = job->analysis.plain;
	job->view.weighted = job->analysis.weighted;
}

/* --- The first sentence -------------------------------------------------- */

static const struct analysis_principle *
extreme(const struct analysis *analysis, bool highest)
{
	const struct analysis_principle *found = NULL;

	LIST_EACH(p, &analysis->principles) {
		int64_t self = p->figures.self.hundredths;

		if (!p->figures.self.known)
			continue;
		if (found == NULL ||
		    (highest ? self > found->figures.self.hundredths
			     : self < found->figures.self.hundredths))
			found = p;
	}
	return found;
}

static const char *
named(struct analysis_job *job, const struct analysis_principle *p)
{
	struct arena *a = &job->rq->arena;

	return arena_print(a, "%s. %s (%s)", p->dimension->id,
	    dimension_short(p->dimension).text[job->rq->language],
	    decimal_show(a, p->figures.self));
}

static const char *
summary_make(struct analysis_job *job)
{
	const struct analysis_principle *highest = extreme(&job->analysis,
	    true);
	const struct analysis_principle *lowest = extreme(&job->analysis,
	    false);

	if (highest == NULL)
		return catalogue_text(job->rq->language,
		    N_("There are no scores yet."));
	return request_text(job->rq,
	    N_("Strongest: %(highest)s. Weakest: %(lowest)s."),
	    WORDS(word_text("highest", named(job, highest)),
	    word_text("lowest", named(job, lowest))));
}

/* --- Proposals and findings ---------------------------------------------- */

static bool
is_taken_over(const struct analysis_job *job, const struct proposal *proposal)
{
	LIST_EACH(finding, &job->findings)
		if (strcmp(finding->kind, proposal->kind) == 0 &&
		    strcmp(finding_place(finding), proposal->item == NULL
			? proposal->dimension->id : proposal->item->id) == 0)
			return true;
	return false;
}

static void
findings_add(struct analysis_job *job)
{
	struct arena *a = &job->rq->arena;
	struct proposals proposals = analysis_propose(a, &job->analysis);

	LIST_EACH(finding, &job->findings)
		*LIST_ADD(a, &job->view.findings) = finding_row_make(
		    &job->run, finding);
	LIST_EACH(p, &proposals)
		if (!is_taken_over(job, p))
			*LIST_ADD(a, &job->view.proposals) =
			    (struct proposal_row){ p->kind,
				finding_kind_words(p->kind),
				p->item == NULL ? p->dimension->id
				: p->item->id,
				dimension_short(p->dimension),
				proposal_words(a, job->rq->language, p) };
}

/* --- The page ------------------------------------------------------------ */

static enum outcome
previous_load(struct analysis_job *job)
{
	struct assessment previous;
	enum outcome got;

	if (job->run.row.previous == 0)
		return OK;
	got = assessment_find_id(job->rq->db, &job->rq->arena,
	    job->run.row.organisation, job->run.row.previous, &previous);
	if (got == OK)
		job->view.previous_year =
		    date_of_day(previous.period_to).year;
	return got;
}

static enum outcome
analysis_read(struct analysis_job *job)
{
	struct request *rq = job->rq;
	const struct assessment *run = &job->run.row;
	enum outcome got = analysis_load(rq->db, &rq->arena, run,
	    &job->analysis);

	if (got == OK)
		got = finding_list(rq->db, &rq->arena, run->organisation,
		    run->id, &job->findings);
	if (got == OK)
		got = action_list(rq->db, &rq->arena, run->organisation,
		    run->id, &job->actions);
	if (got == OK)
		got = previous_load(job);
	return got;
}

static enum outcome
analysis_show(struct analysis_job *job, const char *error)
{
	const struct scale *scale = &job->run.instrument->scale;
	enum outcome got = analysis_read(job);

	if (got != OK)
		return got;
	job->scale = (struct radar_scale){ (int64_t)scale->min * 100,
		(int64_t)scale->max * 100 };
	job->view.head = run_head_make(job->rq, &job->run);
	job->view.open = job->view.head.may_edit &&
	    assessment_allows(job->run.row.stage, WORK_ANALYSE);
	job->view.scale_least = scale->min;
	job->view.scale_most = scale->max;
	job->view.actions = (int64_t)job->actions.count;
	job->view.close_error = error;
	job->view.summary = summary_make(job);
	LIST_EACH(principle, &job->analysis.principles)
		principle_add(job, principle);
	columns_add(job);
	criteria_add(job);
	radar_add(job);
	findings_add(job);
	render_analysis(&job->rq->page, &job->view);
	return OK;
}

enum outcome
analysis_page(struct request *rq)
{
	struct analysis_job *job = ARENA_NEW(&rq->arena, struct analysis_job);
	enum outcome got = run_open(rq, &job->run);

	if (got == OK && job->run.row.stage < STAGE_ANALYSIS)
		got = NOT_FOUND;
	if (got != OK)
		return got;
	job->rq = rq;
	return analysis_show(job, "");
}

/* --- Closing ------------------------------------------------------------- */

static enum outcome
close_write(struct tx *tx, void *arg)
{
	const struct analysis_job *job = arg;

	return analysis_close(tx, &job->rq->arena, job->run.row.organisation,
	    job->run.row.id, job->now);
}

static enum outcome
close_answer(struct request *rq, enum outcome got, void *arg)
{
	struct analysis_job *job = arg;

	if (got == INVALID) {
		got = analysis_show(job, request_text(rq,
		    N_("Write at least one action first. “Keep doing” and "
		       "“we need help” count."), NULL, 0));
		return got == OK ? INVALID : got;
	}
	if (got != OK)
		return got;
	redirect_notice(rq,
	    N_("The analysis is closed. The plan can still change."));
	return cycle_redirect(rq, &job->run, "plan");
}

enum outcome
analysis_close_page(struct request *rq)
{
	struct analysis_job *job = ARENA_NEW(&rq->arena, struct analysis_job);
	enum outcome got = cycle_open(rq, WORK_ANALYSE, &job->run);

	if (got != OK)
		return got;
	job->rq = rq;
	job->now = time_now();
	return write_later(rq, close_write, close_answer, job);
}
