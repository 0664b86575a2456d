/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment_templates.h"
#include "assessment/cycle_handlers.h"
#include "base/time.h"
#include "text/catalogue.h"
#include "text/number.h"

#include <stdlib.h>

/* Indicators: how one will see that the plan works. */

static const struct field INDICATOR[] = {
	{ "title", FIELD_TEXT, FIELD_REQUIRED, 3, INDICATOR_TITLE_MOST,
	    N_("What is measured"),
	    N_("For example: soums where the report hangs on the board"),
	    NULL, NULL },
	{ "unit", FIELD_TEXT, FIELD_REQUIRED | FIELD_NARROW, 1,
	    INDICATOR_UNIT_MOST, N_("Unit"),
	    N_("For example: soums, households, %"), NULL, NULL },
	{ "baseline", FIELD_TEXT, FIELD_REQUIRED | FIELD_NARROW, 1, 30,
	    N_("Baseline"), N_("Where you stand now, for example 2 or 12.5"),
	    NULL, NULL },
	{ "target", FIELD_TEXT, FIELD_REQUIRED | FIELD_NARROW, 1, 30,
	    N_("Target"), NULL, NULL, NULL },
	{ "target_day", FIELD_DAY, FIELD_REQUIRED, 0, 0, N_("Until when?"),
	    N_("For example 2027.03.15"), NULL, NULL },
	{ "action", FIELD_SELECT, 0, 0, 0, N_("Which action does it belong "
	    "to?"), N_("Leave it open when it belongs to the whole plan."),
	    NULL, NULL },
	{ 0 }
};

struct indicator_job {
	struct request *rq;
	struct run run;
	struct indicator_form_view view;
	struct indicator indicator;
	struct authored by;
	int64_t id;
	const char *notice;
};

static struct form_choices
action_choices(struct request *rq, const struct action_list *actions)
{
	struct form_choices choices = { 0 };

	LIST_EACH(action, actions)
		*LIST_ADD(&rq->arena, &choices) = (struct form_choice){
			.value = arena_print(&rq->arena, "%lld",
			    (long long)action->id),
			.label = action->title };
	return choices;
}

static enum outcome
indicator_open(struct request *rq, struct indicator_job *job)
{
	struct action_list actions;
	struct form_choices choices;
	enum outcome got = cycle_open(rq, WORK_PLAN, &job->run);

	if (got == OK)
		got = action_list(rq->db, &rq->arena, rq->organisation.id,
		    job->run.row.id, &actions);
	if (got != OK)
		return got;
	job->rq = rq;
	job->notice = N_("Saved.");
	job->view.head = run_head_make(rq, &job->run);
	form_open(rq, &job->view.form, INDICATOR);
	choices = action_choices(rq, &actions);
	form_choose_from(&job->view.form, "action", &choices);
	return OK;
}

/* A value as people type it; shown in both languages alike. */
static const char *
value_show(struct request *rq, int64_t hundredths)
{
	return decimal_show(&rq->arena,
	    (struct decimal){ true, hundredths });
}

static enum outcome
indicator_stored(struct request *rq, struct indicator_job *job)
{
	struct form *form = &job->view.form;
	const struct indicator *i = &job->indicator;
	enum outcome got = indicator_open(rq, job);

	if (got == OK)
		got = indicator_find(rq->db, &rq->arena, rq->organisation.id,
		    job->run.row.id, request_path_id(rq, "indicator"),
		    &job->indicator);
	if (got != OK)
		return got;
	job->view.indicator = i->id;
	form_fill_text(form, "title", i->title);
	form_fill_text(form, "unit", i->unit);
	form_fill_text(form, "baseline", value_show(rq, i->baseline));
	form_fill_text(form, "target", value_show(rq, i->target));
	form_fill_day(rq, form, "target_day", i->target_day);
	if (i->action > 0)
		form_fill_text(form, "action", arena_print(&rq->arena,
		    "%lld", (long long)i->action));
	form->version = i->version;
	return OK;
}

enum outcome
indicator_new_page(struct request *rq)
{
	struct indicator_job *job = ARENA_NEW(&rq->arena,
	    struct indicator_job);
	enum outcome got = indicator_open(rq, job);

	if (got != OK)
		return got;
	form_fill_text(&job->view.form, "action",
	    request_field(rq, "action"));
	render_indicator_form(&rq->page, &job->view);
	return OK;
}

enum outcome
indicator_edit_page(struct request *rq)
{
	struct indicator_job *job = ARENA_NEW(&rq->arena,
	    struct indicator_job);
	enum outcome got = indicator_stored(rq, job);

	if (got == OK)
		render_indicator_form(&rq->page, &job->view);
	return got;
}

/* --- Writing ------------------------------------------------------------- */

static void
value_take(struct request *rq, struct form *form, const char *name,
    int64_t *hundredths_out)
{
	if (hundredths_parse(form_text(form, name), hundredths_out) != OK)
		form_fault(rq, form, name, request_text(rq,
		    N_("Write a number, for example 1 250 or 12.5, with at "
		       "most two decimals."), NULL, 0));
}

/* False, and the form shown again, when something is wrong. */
static bool
indicator_read(struct request *rq, struct indicator_job *job)
{
	struct form *form = &job->view.form;
	struct indicator *i = &job->indicator;

	form_read(rq, form);
	if (form_given(form, "baseline"))
		value_take(rq, form, "baseline", &i->baseline);
	if (form_given(form, "target"))
		value_take(rq, form, "target", &i->target);
	if (form->errors.count > 0) {
		render_indicator_form(&rq->page, &job->view);
		return false;
	}
	i->title = form_text(form, "title");
	i->unit = form_text(form, "unit");
	i->target_day = form_number(form, "target_day");
	i->action = form_given(form, "action")
	    ? strtoll(form_text(form, "action"), NULL, 10) : 0;
	i->version = form->version;
	job->by = authored_by(rq, form);
	return true;
}

static enum outcome
indicator_write(struct tx *tx, void *arg)
{
	struct indicator_job *job = arg;
	struct arena *a = &job->rq->arena;
	const struct assessment *run = &job->run.row;

	if (job->indicator.id == 0)
		return indicator_add(tx, a, run->organisation, run->id,
		    &job->indicator, &job->by, &job->id);
	return indicator_change(tx, a, run->organisation, run->id,
	    &job->indicator);
}

static enum outcome
indicator_remove_write(struct tx *tx, void *arg)
{
	const struct indicator_job *job = arg;

	return indicator_remove(tx, &job->rq->arena,
	    job->run.row.organisation, job->run.row.id, job->indicator.id);
}

static enum outcome
indicator_conflict(struct request *rq, struct indicator_job *job)
{
	struct indicator_job *now = ARENA_NEW(&rq->arena,
	    struct indicator_job);
	enum outcome got;

	if (job->view.indicator == 0)
		return CONFLICT;
	got = indicator_stored(rq, now);
	if (got != OK)
		return got;
	form_conflict(rq, &job->view.form, &now->view.form);
	render_indicator_form(&rq->page, &job->view);
	return CONFLICT;
}

static enum outcome
indicator_answer(struct request *rq, enum outcome got, void *arg)
{
	struct indicator_job *job = arg;

	if (got == CONFLICT)
		return indicator_conflict(rq, job);
	if (got != OK)
		return got;
	redirect_notice(rq, job->notice);
	return cycle_redirect(rq, &job->run,
	    job->run.row.stage < STAGE_PLAN ? "plan" : "monitoring");
}

enum outcome
indicator_add_page(struct request *rq)
{
	struct indicator_job *job = ARENA_NEW(&rq->arena,
	    struct indicator_job);
	enum outcome got = indicator_open(rq, job);

	if (got != OK)
		return got;
	if (!indicator_read(rq, job))
		return INVALID;
	return write_later(rq, indicator_write, indicator_answer, job);
}

enum outcome
indicator_change_page(struct request *rq)
{
	struct indicator_job *job = ARENA_NEW(&rq->arena,
	    struct indicator_job);
	enum outcome got = indicator_stored(rq, job);

	if (got != OK)
		return got;
	if (!indicator_read(rq, job))
		return INVALID;
	return write_later(rq, indicator_write, indicator_answer, job);
}

enum outcome
indicator_remove_page(struct request *rq)
{
	struct indicator_job *job = ARENA_NEW(&rq->arena,
	    struct indicator_job);
	enum outcome got = indicator_stored(rq, job);

	if (got != OK)
		return got;
	job->notice = N_("The indicator is removed.");
	return write_later(rq, indicator_remove_write, indicator_answer, job);
}
