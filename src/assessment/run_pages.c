/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment_templates.h"
#include "assessment/evidence_store.h"
#include "assessment/handlers.h"
#include "assessment/run_page.h"
#include "assessment/run_state.h"
#include "library/library.h"
#include "survey/survey_store.h"
#include "text/catalogue.h"

#include <string.h>

/* Lists of runs, the task list of one, its principles; the coalition's view. */

static struct label
track_label(const struct assessment *run)
{
	const struct instrument *instrument = library_instrument(
	    run->instrument, run->edition);
	const struct track *track = instrument == NULL ? NULL
	    : instrument_find_track(instrument, run->track);

	return track == NULL ? same_label(run->track) : track->label;
}

enum outcome
runs_page(struct request *rq)
{
	struct runs_view view = { .slug = rq->organisation.slug,
		.organisation = rq->organisation.name,
		.member = asker_is_member(rq),
		.may_edit = asker_may_edit(rq) };
	struct assessment_rows rows;
	enum outcome got;

	page_shows(rq, GENERATION_ORGANISATION, rq->organisation.id);
	got = assessment_list(rq->db, &rq->arena, rq->organisation.id,
	    !view.member, &rows);
	if (got != OK)
		return got;
	LIST_EACH (row, &rows)
		*LIST_ADD(&rq->arena, &view.rows) = (struct runs_row){
			.number = row->run.number,
			.track = track_label(&row->run),
			.stage = stage_words(row->run.stage),
			.period_from = row->run.period_from,
			.period_to = row->run.period_to,
			.target = row->run.target,
			.published = row->published };
	render_runs(&rq->page, &view);
	return OK;
}

/* --- Tasks --------------------------------------------------------------- */

static const struct {
	const char *words, *tag;
} statuses[] = {
	[PROGRESS_NOT_STARTED] = { N_("Not started"), "grey" },
	[PROGRESS_UNDER_WAY] = { N_("In progress"), "" },
	[PROGRESS_NEEDS_EVIDENCE] = { N_("Needs evidence"), "yellow" },
	[PROGRESS_DONE] = { N_("All agreed"), "done" },
	[PROGRESS_NOT_APPLICABLE] = { N_("Does not apply"), "off" },
};

static struct task_rows
tasks_make(struct arena *a, const struct run *run,
    const struct run_state *state)
{
	struct task_rows tasks = { 0 };

	for (size_t i = 0; i < run->instrument->dimensions.count; i++) {
		const struct dimension *d =
		    &run->instrument->dimensions.items[i];
		struct progress p = run_state_progress(run, state, d);
		enum progress_status status = progress_status(&p);

		if (p.items == 0)
			continue;
		*LIST_ADD(a, &tasks) = (struct task_row){ .id = d->id,
			.title = dimension_title(d),
			.status = statuses[status].words,
			.tag = statuses[status].tag,
			.items = p.items, .agreed = p.agreed };
	}
	return tasks;
}

/* Ids as their words in a vocabulary, or as groups of the instrument. */
static struct term_labels
terms_make(struct arena *a, const struct vocabulary *words, const char *ids)
{
	struct id_list list = ids_split(a, ids);
	struct term_labels labels = { 0 };

	LIST_EACH (id, &list) {
		const struct term *term = vocabulary_find(words, *id);

		*LIST_ADD(a, &labels) = term == NULL ? same_label(*id)
		    : term->label;
	}
	return labels;
}

static struct term_labels
groups_make(struct arena *a, const struct run *run)
{
	struct id_list list = ids_split(a, run->row.groups);
	struct term_labels labels = { 0 };

	LIST_EACH (id, &list)
		*LIST_ADD(a, &labels) = group_label(run->instrument, *id);
	return labels;
}

static enum outcome
tasks_raters(struct request *rq, const struct run *run,
    struct tasks_view *view)
{
	struct rater_list raters;
	enum outcome got = rater_list(rq->db, &rq->arena,
	    run->row.organisation, run->row.id, &raters);

	if (got != OK)
		return got;
	view->raters = (int64_t)raters.count;
	LIST_EACH (rater, &raters) {
		view->raters_begun += rater->answered > 0;
		view->raters_done += rater->finished > 0;
	}
	return OK;
}

static enum outcome
tasks_survey(struct request *rq, const struct run *run,
    struct tasks_view *view)
{
	struct survey survey;
	enum outcome got = survey_find(rq->db, &rq->arena,
	    run->row.organisation, run->row.id, &survey);

	if (got == NOT_FOUND)
		return OK;
	if (got != OK)
		return got;
	view->has_survey = true;
	view->survey_open = survey.closes == 0 && view->head.collecting;
	view->responses = survey.responses;
	return OK;
}

static enum outcome
tasks_counts(struct request *rq, const struct run *run,
    struct tasks_view *view)
{
	struct assessment previous;
	struct note_list notes;
	enum outcome got = evidence_count(rq->db, &rq->arena,
	    run->row.organisation, run->row.id, &view->evidence);

	if (got == OK)
		got = note_list(rq->db, &rq->arena, run->row.organisation,
		    run->row.id, NULL, &notes);
	if (got != OK)
		return got;
	view->notes = (int64_t)notes.count;
	if (run->row.previous == 0)
		return OK;
	got = assessment_find_id(rq->db, &rq->arena, run->row.organisation,
	    run->row.previous, &previous);
	if (got == OK)
		view->previous = previous.number;
	return got;
}

enum outcome
tasks_page(struct request *rq)
{
	struct tasks_view view = { 0 };
	struct run_state state;
	struct progress all;
	struct run run;
	enum outcome got = run_open(rq, &run);

	if (got == OK)
		got = run_state_load(rq->db, &rq->arena, &run, &state);
	if (got != OK)
		return got;
	all = run_state_progress(&run, &state, NULL);
	view = (struct tasks_view){ .head = run_head_make(rq, &run),
		.track = run.track->label, .scope = run.row.scope,
		.objectives = terms_make(&rq->arena, &library()->objectives,
		    run.row.objectives),
		.groups = groups_make(&rq->arena, &run),
		.period_from = run.row.period_from,
		.period_to = run.row.period_to, .target = run.row.target,
		.tasks = tasks_make(&rq->arena, &run, &state),
		.items = all.items, .agreed = all.agreed,
		.minutes_left = run_state_minutes_left(&state),
		.may_rate = rq->organisation.role >= ROLE_RATER };
	got = tasks_raters(rq, &run, &view);
	if (got == OK)
		got = tasks_survey(rq, &run, &view);
	if (got == OK)
		got = tasks_counts(rq, &run, &view);
	if (got == OK)
		render_tasks(&rq->page, &view);
	return got;
}

/* --- One principle ------------------------------------------------------- */

static const char *
answer_state(const struct item_state *s)
{
	if (!s->has_agreed)
		return N_("Not agreed yet");
	if (s->agreed.answer.kind == RATING_NOT_APPLICABLE)
		return N_("Does not apply");
	if (s->agreed.answer.kind == RATING_DONT_KNOW)
		return N_("Not known");
	return N_("Agreed");
}

enum outcome
principle_page(struct request *rq)
{
	struct principle_view view = { 0 };
	const struct dimension *dimension;
	struct run_state state;
	struct run run;
	enum outcome got = run_open(rq, &run);

	if (got != OK)
		return got;
	dimension = instrument_find_dimension(run.instrument,
	    request_path(rq, "dimension"));
	if (dimension == NULL)
		return NOT_FOUND;
	got = run_state_load(rq->db, &rq->arena, &run, &state);
	if (got != OK)
		return got;
	view.head = run_head_make(rq, &run);
	view.title = dimension_title(dimension);
	LIST_EACH (s, &state)
		if (&run.instrument->dimensions.items[s->item->dimension] ==
		    dimension)
			*LIST_ADD(&rq->arena, &view.items) = (struct item_row){
				.id = s->item->id,
				.question = s->item->question,
				.answer = s->has_agreed ? answer_number(
				    &rq->arena, s->agreed.answer) : "",
				.state = answer_state(s),
				.ratings = s->raters.n + s->raters.na +
				    s->raters.dk,
				.pieces = s->pieces };
	render_run_principle(&rq->page, &view);
	return OK;
}

/* --- The coalition ------------------------------------------------------- */

static struct coalition_row
coalition_row_make(const struct progress_row *row)
{
	const struct instrument *instrument = library_instrument(
	    row->instrument, row->edition);
	const struct track *track = instrument == NULL ? NULL
	    : instrument_find_track(instrument, row->track);
	int64_t items = 0;

	for (size_t i = 0; track != NULL && i < instrument->items.count; i++)
		items += item_is_in_track(instrument,
		    &instrument->items.items[i], track);
	return (struct coalition_row){ .slug = row->slug,
		.organisation = name_label(row->name_mn, row->name_en),
		.stage = stage_words(row->stage),
		.number_of_stage = row->stage, .items = items,
		.agreed = row->agreed < items ? row->agreed : items,
		.raters = row->raters, .raters_done = row->finished,
		.target = row->target, .published = row->published };
}

static int64_t
page_number(struct request *rq)
{
	const char *text = request_field(rq, "page");
	int64_t page = 0;

	for (; text != NULL && *text >= '0' && *text <= '9' && page < 10000;
	    text++)
		page = page * 10 + (*text - '0');
	return page < 1 || page > 10000 ? 1 : page;
}

enum outcome
coalition_page(struct request *rq)
{
	struct coalition_view view = { .page = page_number(rq) };
	struct progress_rows rows;
	enum outcome got = progress_list(rq->db, &rq->arena,
	    (view.page - 1) * PROGRESS_PAGE, &rows);

	if (got != OK)
		return got;
	if (rows.count > PROGRESS_PAGE) {
		rows.count = PROGRESS_PAGE;
		view.next = view.page + 1;
	}
	view.previous = view.page - 1;
	LIST_EACH (row, &rows)
		*LIST_ADD(&rq->arena, &view.rows) = coalition_row_make(row);
	render_coalition_runs(&rq->page, &view);
	return OK;
}
