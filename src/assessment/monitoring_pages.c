/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment_templates.h"
#include "assessment/calendar.h"
#include "assessment/cycle_handlers.h"
#include "base/time.h"
#include "text/catalogue.h"
#include "text/date.h"

#include <sodium.h>
#include <string.h>

/* Stage 5: how far the plan is, measurements, the calendar, the next run. */

/* --- The page ------------------------------------------------------------ */

struct monitoring_load {
	struct request *rq;
	const struct run *run;
	struct finding_list findings;
	struct action_list actions;
	struct indicator_list indicators;
	struct monitoring_view view;
};

static const char *
action_title(const struct action_list *actions, int64_t id)
{
	LIST_EACH(action, actions)
		if (action->id == id)
			return action->title;
	return "";
}

static struct measurement_row
measurement_row_make(const struct measurement *m)
{
	return (struct measurement_row){ m->id, m->day, { true, m->value },
		m->note };
}

static struct indicator_row
indicator_row_make(const struct indicator *i,
    const struct action_list *actions,
    const struct measurement_list *measurements)
{
	struct indicator_row row = { .id = i->id, .title = i->title,
		.unit = i->unit, .action = action_title(actions, i->action),
		.baseline = { true, i->baseline },
		.target = { true, i->target }, .target_day = i->target_day };
	int64_t last = 0;

	if (measurements->count > 0) {
		row.measured = true;
		row.last = measurement_row_make(
		    &measurements->items[measurements->count - 1]);
		last = row.last.day;
	}
	row.is_due = measurement_is_due(last, day_of(time_now()));
	return row;
}

static enum outcome
monitoring_read(struct monitoring_load *load)
{
	struct request *rq = load->rq;
	const struct assessment *run = &load->run->row;
	enum outcome got = finding_list(rq->db, &rq->arena,
	    run->organisation, run->id, &load->findings);

	if (got == OK)
		got = action_list(rq->db, &rq->arena, run->organisation,
		    run->id, &load->actions);
	if (got == OK)
		got = indicator_list(rq->db, &rq->arena, run->organisation,
		    run->id, &load->indicators);
	return got;
}

static enum outcome
indicators_add(struct monitoring_load *load)
{
	struct request *rq = load->rq;

	LIST_EACH(indicator, &load->indicators) {
		struct measurement_list measurements;
		enum outcome got = measurement_list(rq->db, &rq->arena,
		    rq->organisation.id, load->run->row.id, indicator->id,
		    &measurements);

		if (got != OK)
			return got;
		*LIST_ADD(&rq->arena, &load->view.indicators) =
		    indicator_row_make(indicator, &load->actions,
			&measurements);
	}
	return OK;
}

static void
actions_add(struct monitoring_load *load)
{
	LIST_EACH(action, &load->actions) {
		*LIST_ADD(&load->rq->arena, &load->view.actions) =
		    action_row_make(action, &load->findings,
			&load->indicators);
		load->view.kept += !action_is_open(action);
	}
}

/* The calendar's address, when its secret is there. */
static enum outcome
calendar_add(struct monitoring_load *load)
{
	struct request *rq = load->rq;
	uint8_t secret[CALENDAR_SECRET];
	char key[CALENDAR_KEY_SIZE];
	enum outcome got = calendar_secret_find(rq->db, &rq->arena, secret);

	load->view.calendar = "";
	if (got != OK)
		return got == NOT_FOUND ? OK : got;
	calendar_key_make(secret, rq->organisation.id, key);
	load->view.calendar = arena_print(&rq->arena,
	    "%s/o/%s/calendar.ics?key=%s", request_origin(rq),
	    rq->organisation.slug, key);
	return OK;
}

/* Whether the report is published: the list of runs knows. */
static enum outcome
report_add_facts(struct monitoring_load *load)
{
	struct assessment_rows rows;
	enum outcome got = assessment_list(load->rq->db, &load->rq->arena,
	    load->rq->organisation.id, true, &rows);

	if (got != OK)
		return got;
	LIST_EACH(row, &rows)
		if (row->run.id == load->run->row.id) {
			load->view.revision = row->revision;
			load->view.published = row->published;
		}
	return OK;
}

enum outcome
monitoring_show(struct request *rq, const struct run *run,
    const struct form *next)
{
	struct monitoring_load load = { .rq = rq, .run = run };
	enum outcome got = monitoring_read(&load);

	if (got == OK)
		got = indicators_add(&load);
	if (got == OK)
		got = calendar_add(&load);
	if (got == OK)
		got = report_add_facts(&load);
	if (got != OK)
		return got;
	actions_add(&load);
	load.view.head = run_head_make(rq, run);
	load.view.open = load.view.head.may_edit;
	load.view.next_due = run->row.next_due;
	load.view.next = *next;
	render_monitoring(&rq->page, &load.view);
	return OK;
}

enum outcome
monitoring_page(struct request *rq)
{
	struct run run;
	struct form next;
	enum outcome got = run_open(rq, &run);

	if (got == OK && !assessment_allows(run.row.stage, WORK_MONITOR))
		got = NOT_FOUND;
	if (got != OK)
		return got;
	next_form(rq, &next, &run);
	return monitoring_show(rq, &run, &next);
}

/* --- One indicator ------------------------------------------------------- */

static const struct field MEASUREMENT[] = {
	{ "day", FIELD_DAY, FIELD_REQUIRED, 0, 0, N_("When was it measured?"),
	    N_("For example 2027.03.15"), NULL, NULL },
	{ "value", FIELD_TEXT, FIELD_REQUIRED | FIELD_NARROW, 1, 30,
	    N_("Value"), NULL, NULL, NULL },
	{ "note", FIELD_TEXT, 0, 0, MEASUREMENT_NOTE_MOST, N_("Note"),
	    N_("How it was measured, or what explains it."), NULL, NULL },
	{ 0 }
};

struct measurement_job {
	struct request *rq;
	struct run run;
	struct indicator indicator;
	struct indicator_view view;
	struct measurement measurement;
	struct authored by;
	int64_t id;
	const char *notice;
};

static void
trend_add(struct measurement_job *job)
{
	struct arena *a = &job->rq->arena;
	enum language language = job->rq->language;
	struct trend_points points = { 0 };
	const struct trend_goal goal = { job->view.row.baseline,
		job->view.row.target, job->indicator.target_day,
		day_show(a, language, job->indicator.target_day) };

	LIST_EACH(m, &job->view.measurements)
		*LIST_ADD(a, &points) = (struct trend_point){ m->day,
			m->value, day_show(a, language, m->day) };
	job->view.has_trend = points.count > 0;
	if (job->view.has_trend)
		job->view.trend = trend_make(a, job->indicator.title,
		    &points, &goal);
}

static enum outcome
indicator_load(struct request *rq, struct measurement_job *job)
{
	struct action_list actions;
	struct measurement_list measurements;
	enum outcome got = run_open(rq, &job->run);

	if (got == OK)
		got = indicator_find(rq->db, &rq->arena, rq->organisation.id,
		    job->run.row.id, request_path_id(rq, "indicator"),
		    &job->indicator);
	if (got == OK)
		got = action_list(rq->db, &rq->arena, rq->organisation.id,
		    job->run.row.id, &actions);
	if (got == OK)
		got = measurement_list(rq->db, &rq->arena,
		    rq->organisation.id, job->run.row.id, job->indicator.id,
		    &measurements);
	if (got != OK)
		return got;
	job->rq = rq;
	job->view.head = run_head_make(rq, &job->run);
	job->view.open = job->view.head.may_edit &&
	    assessment_allows(job->run.row.stage, WORK_MONITOR);
	job->view.row = indicator_row_make(&job->indicator, &actions,
	    &measurements);
	LIST_EACH(m, &measurements)
		*LIST_ADD(&rq->arena, &job->view.measurements) =
		    measurement_row_make(m);
	trend_add(job);
	form_open(rq, &job->view.form, MEASUREMENT);
	return OK;
}

enum outcome
indicator_page(struct request *rq)
{
	struct measurement_job *job = ARENA_NEW(&rq->arena,
	    struct measurement_job);
	enum outcome got = indicator_load(rq, job);

	if (got != OK)
		return got;
	form_fill_day(rq, &job->view.form, "day", day_of(time_now()));
	render_indicator(&rq->page, &job->view);
	return OK;
}

/* False, and the form shown again, when something is wrong. */
static bool
measurement_read(struct request *rq, struct measurement_job *job)
{
	struct form *form = &job->view.form;

	form_read(rq, form);
	if (form_given(form, "value") && hundredths_parse(
	    form_text(form, "value"), &job->measurement.value) != OK)
		form_fault(rq, form, "value", request_text(rq,
		    N_("Write a number, for example 1 250 or 12.5, with at "
		       "most two decimals."), NULL, 0));
	if (form->errors.count > 0) {
		render_indicator(&rq->page, &job->view);
		return false;
	}
	job->measurement.indicator = job->indicator.id;
	job->measurement.day = form_number(form, "day");
	job->measurement.note = given(form_text(form, "note"));
	job->by = authored_by(rq, form);
	return true;
}

static enum outcome
measurement_write(struct tx *tx, void *arg)
{
	struct measurement_job *job = arg;

	return measurement_add(tx, &job->rq->arena,
	    job->run.row.organisation, job->run.row.id, &job->measurement,
	    &job->by, &job->id);
}

static enum outcome
measurement_remove_write(struct tx *tx, void *arg)
{
	const struct measurement_job *job = arg;

	return measurement_remove(tx, &job->rq->arena,
	    job->run.row.organisation, job->run.row.id, job->measurement.id);
}

static enum outcome
measurement_answer(struct request *rq, enum outcome got, void *arg)
{
	const struct measurement_job *job = arg;

	if (got != OK)
		return got;
	redirect_notice(rq, job->notice);
	return redirect(rq, "/o/%s/assessments/%lld/indicators/%lld",
	    rq->organisation.slug, (long long)job->run.row.number,
	    (long long)job->indicator.id);
}

enum outcome
measurement_add_page(struct request *rq)
{
	struct measurement_job *job = ARENA_NEW(&rq->arena,
	    struct measurement_job);
	enum outcome got = indicator_load(rq, job);

	if (got == OK && !job->view.open)
		got = CONFLICT;
	if (got != OK)
		return got;
	if (!measurement_read(rq, job))
		return INVALID;
	job->notice = N_("Saved.");
	return write_later(rq, measurement_write, measurement_answer, job);
}

enum outcome
measurement_remove_page(struct request *rq)
{
	struct measurement_job *job = ARENA_NEW(&rq->arena,
	    struct measurement_job);
	enum outcome got = indicator_load(rq, job);

	if (got == OK && !job->view.open)
		got = CONFLICT;
	if (got != OK)
		return got;
	job->measurement.id = request_path_id(rq, "measurement");
	job->notice = N_("The measurement is removed.");
	return write_later(rq, measurement_remove_write, measurement_answer,
	    job);
}

/* --- The calendar's address ---------------------------------------------- */

struct calendar_job {
	struct request *rq;
	struct run run;
	uint8_t secret[CALENDAR_SECRET];
};

static enum outcome
calendar_write_secret(struct tx *tx, void *arg)
{
	const struct calendar_job *job = arg;

	return calendar_secret_add(tx, &job->rq->arena, job->secret);
}

static enum outcome
calendar_answer(struct request *rq, enum outcome got, void *arg)
{
	const struct calendar_job *job = arg;

	return got == OK ? cycle_redirect(rq, &job->run, "monitoring") : got;
}

enum outcome
calendar_make_page(struct request *rq)
{
	struct calendar_job *job = ARENA_NEW(&rq->arena,
	    struct calendar_job);
	enum outcome got = cycle_open(rq, WORK_MONITOR, &job->run);

	if (got != OK)
		return got;
	job->rq = rq;
	randombytes_buf(job->secret, sizeof(job->secret));
	return write_later(rq, calendar_write_secret, calendar_answer, job);
}
