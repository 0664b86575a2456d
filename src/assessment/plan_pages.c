/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment_templates.h"
#include "assessment/cycle_handlers.h"
#include "base/time.h"
#include "text/catalogue.h"

/* Stage 4: the plan as a table, its closing, and the day of the next run. */

static const struct field NEXT[] = {
	{ "next_due", FIELD_DAY, FIELD_REQUIRED, 0, 0,
	    N_("When does the next self-assessment begin?"),
	    N_("For example 2027.03.15. You are reminded on that day."),
	    NULL, NULL },
	{ 0 }
};

struct plan_job {
	struct request *rq;
	struct run run;
	struct plan_view view;
	bool closes;		/* stage 4 becomes 5 */
	int64_t next_due;
	int64_t now;
};

void
next_form(struct request *rq, struct form *form, const struct run *run)
{
	form_open(rq, form, NEXT);
	form_fill_day(rq, form, "next_due", run->row.next_due > 0
	    ? run->row.next_due : next_run_default(run->row.period_to));
}

static const char *
finding_body(const struct finding_list *findings, int64_t id)
{
	LIST_EACH(finding, findings)
		if (finding->id == id)
			return finding->body;
	return "";
}

static int64_t
indicator_count(const struct indicator_list *indicators, int64_t action)
{
	int64_t count = 0;

	LIST_EACH(indicator, indicators)
		count += indicator->action == action;
	return count;
}

struct action_row
action_row_make(const struct action *action,
    const struct finding_list *findings,
    const struct indicator_list *indicators)
{
	return (struct action_row){
		.id = action->id,
		.title = action->title,
		.owner = action->owner,
		.progress = action->progress,
		.kind = given(action_kind_words(action->kind)),
		.state = given(action_state_words(action->state)),
		.tag = given(action_state_tag(action->state)),
		.due = action->due,
		.first_due = action->first_due,
		.moved_because = action->moved_because,
		.cost = action->cost,
		.finding = finding_body(findings, action->finding),
		.indicators = indicator_count(indicators, action->id),
	};
}

static bool
is_answered(const struct action_list *actions, int64_t finding)
{
	LIST_EACH(action, actions)
		if (action->finding == finding)
			return true;
	return false;
}

static enum outcome
plan_load(struct plan_job *job)
{
	struct request *rq = job->rq;
	const struct assessment *run = &job->run.row;
	struct finding_list findings;
	struct action_list actions;
	struct indicator_list indicators;
	enum outcome got = finding_list(rq->db, &rq->arena,
	    run->organisation, run->id, &findings);

	if (got == OK)
		got = action_list(rq->db, &rq->arena, run->organisation,
		    run->id, &actions);
	if (got == OK)
		got = indicator_list(rq->db, &rq->arena, run->organisation,
		    run->id, &indicators);
	if (got != OK)
		return got;
	LIST_EACH(action, &actions) {
		*LIST_ADD(&rq->arena, &job->view.actions) = action_row_make(
		    action, &findings, &indicators);
		job->view.cost += action->cost;
	}
	LIST_EACH(finding, &findings)
		if (!is_answered(&actions, finding->id))
			*LIST_ADD(&rq->arena, &job->view.findings) =
			    finding_row_make(&job->run, finding);
	return OK;
}

static enum outcome
plan_show(struct plan_job *job)
{
	enum outcome got = plan_load(job);

	if (got != OK)
		return got;
	job->view.head = run_head_make(job->rq, &job->run);
	job->view.open = job->view.head.may_edit;
	render_plan(&job->rq->page, &job->view);
	return OK;
}

enum outcome
plan_page(struct request *rq)
{
	struct plan_job *job = ARENA_NEW(&rq->arena, struct plan_job);
	enum outcome got = run_open(rq, &job->run);

	if (got == OK && job->run.row.stage < STAGE_ANALYSIS)
		got = NOT_FOUND;
	if (got != OK)
		return got;
	job->rq = rq;
	next_form(rq, &job->view.next, &job->run);
	return plan_show(job);
}

/* --- Closing the plan, and the next run ---------------------------------- */

static enum outcome
next_write(struct tx *tx, void *arg)
{
	const struct plan_job *job = arg;
	const struct assessment *run = &job->run.row;
	enum outcome got = assessment_change_next_due(tx, &job->rq->arena,
	    run->organisation, run->id, job->next_due);

	if (got == OK && job->closes)
		got = assessment_move(tx, &job->rq->arena, run->organisation,
		    run->id, STAGE_MONITORING, job->now);
	return got;
}

static enum outcome
next_answer(struct request *rq, enum outcome got, void *arg)
{
	const struct plan_job *job = arg;

	if (got != OK)
		return got;
	redirect_notice(rq, job->closes
	    ? N_("The plan stands. Report on it here, and publish.")
	    : N_("Saved."));
	return cycle_redirect(rq, &job->run, "monitoring");
}

static enum outcome
next_send(struct request *rq, bool closes)
{
	struct plan_job *job = ARENA_NEW(&rq->arena, struct plan_job);
	enum outcome got = cycle_open(rq, WORK_MONITOR, &job->run);

	if (got == OK && closes && job->run.row.stage != STAGE_PLAN)
		got = CONFLICT;
	if (got != OK)
		return got;
	job->rq = rq;
	job->closes = closes;
	job->now = time_now();
	next_form(rq, &job->view.next, &job->run);
	form_read(rq, &job->view.next);
	if (job->view.next.errors.count > 0) {
		got = closes ? plan_show(job)
		    : monitoring_show(rq, &job->run, &job->view.next);
		return got == OK ? INVALID : got;
	}
	job->next_due = form_number(&job->view.next, "next_due");
	return write_later(rq, next_write, next_answer, job);
}

enum outcome
plan_close_page(struct request *rq)
{
	return next_send(rq, true);
}

enum outcome
next_run_page(struct request *rq)
{
	return next_send(rq, false);
}
