/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment_templates.h"
#include "assessment/cycle_handlers.h"
#include "base/time.h"
#include "text/catalogue.h"

#include <stdlib.h>
#include <string.h>

/* One action of the plan: written, changed, moved once, removed. */

static const struct choice KINDS[] = {
	{ "policy", N_("Policy"), NULL },
	{ "training", N_("Training"), NULL },
	{ "structure", N_("Structure"), NULL },
	{ "rules", N_("Rules"), NULL },
	{ "activity", N_("Activity"), NULL },
	{ "keep", N_("Keep doing"), N_("What works and shall go on.") },
	{ "help", N_("We need help"),
	    N_("Others in the coalition see it once it is published.") },
	{ NULL, NULL, NULL }
};

static const struct choice STATES[] = {
	{ "open", N_("Not begun"), NULL },
	{ "under-way", N_("Under way"), NULL },
	{ "kept", N_("Kept"), NULL },
	{ "needs-help", N_("Needs help"), NULL },
	{ NULL, NULL, NULL }
};

#define MOVED { "moved_because", FIELD_TEXT, 0, 3, ACTION_REASON_MOST, \
	N_("Reason, when the date moves"), \
	N_("A date moves once. Everybody reads the reason beside it."), \
	NULL, NULL }

static const struct field ACTION[] = {
	{ "title", FIELD_TEXT, FIELD_REQUIRED, 3, ACTION_TITLE_MOST,
	    N_("What will be done"),
	    N_("For example: put the quarterly report on the soum's board"),
	    NULL, NULL },
	{ "kind", FIELD_CHOICE, FIELD_REQUIRED, 0, 0, N_("What kind?"), NULL,
	    KINDS, NULL },
	{ "finding", FIELD_SELECT, 0, 0, 0,
	    N_("Which finding does it answer?"), NULL, NULL, NULL },
	{ "owner", FIELD_TEXT, FIELD_REQUIRED, 2, ACTION_OWNER_MOST,
	    N_("Who is responsible"), N_("An office, not a name."), NULL,
	    NULL },
	{ "due", FIELD_DAY, FIELD_REQUIRED, 0, 0, N_("Until when?"),
	    N_("For example 2027.03.15"), NULL, NULL },
	MOVED,
	{ "cost", FIELD_MONEY, 0, 0, 0, N_("Cost in tögrög"), NULL, NULL,
	    NULL },
	{ "state", FIELD_CHOICE, FIELD_REQUIRED, 0, 0, N_("How far is it?"),
	    NULL, STATES, NULL },
	{ "progress", FIELD_LONG_TEXT, 0, 0, ACTION_PROGRESS_MOST,
	    N_("What was done so far"), NULL, NULL, NULL },
	{ 0 }
};

struct action_job {
	struct request *rq;
	struct run run;
	struct action_view view;
	struct action action;	/* as stored, then as typed */
	struct action stored;
	struct finding_list findings;
	struct authored by;
	int64_t id;
	const char *notice;
};

static struct form_choices
finding_choices(struct request *rq, const struct finding_list *findings)
{
	struct form_choices choices = { 0 };

	LIST_EACH(finding, findings)
		*LIST_ADD(&rq->arena, &choices) = (struct form_choice){
			.value = arena_print(&rq->arena, "%lld",
			    (long long)finding->id),
			.label = arena_print(&rq->arena, "%s. %s",
			    finding_place(finding), finding->body) };
	return choices;
}

/* An action that is new has no date that could move. */
static const struct field *
new_fields(struct request *rq)
{
	struct field *table = ARENA_MANY(&rq->arena,
	    sizeof(ACTION) / sizeof(ACTION[0]), struct field);
	size_t count = 0;

	for (const struct field *f = ACTION; f->name != NULL; f++)
		if (strcmp(f->name, "moved_because") != 0)
			table[count++] = *f;
	return table;
}

static enum outcome
action_open(struct request *rq, struct action_job *job,
    const struct field *fields)
{
	struct form_choices findings;
	enum outcome got = cycle_open(rq, WORK_PLAN, &job->run);

	if (got == OK)
		got = finding_list(rq->db, &rq->arena, rq->organisation.id,
		    job->run.row.id, &job->findings);
	if (got == OK)
		got = plan_is_fixed(rq->db, &rq->arena, rq->organisation.id,
		    job->run.row.id, &job->view.fixed);
	if (got != OK)
		return got;
	job->rq = rq;
	job->view.head = run_head_make(rq, &job->run);
	job->notice = N_("Saved.");
	form_open(rq, &job->view.form, fields);
	findings = finding_choices(rq, &job->findings);
	form_choose_from(&job->view.form, "finding", &findings);
	return OK;
}

static void
action_fill(struct request *rq, struct form *form,
    const struct action *action)
{
	form_fill_text(form, "title", action->title);
	form_fill_text(form, "kind", action->kind);
	if (action->finding > 0)
		form_fill_text(form, "finding", arena_print(&rq->arena,
		    "%lld", (long long)action->finding));
	form_fill_text(form, "owner", action->owner);
	form_fill_day(rq, form, "due", action->due);
	form_fill_text(form, "moved_because", action->moved_because);
	if (action->cost > 0)
		form_fill_number(rq, form, "cost", action->cost);
	form_fill_text(form, "state", action->state);
	form_fill_text(form, "progress", action->progress);
	form->version = action->version;
}

static enum outcome
action_stored(struct request *rq, struct action_job *job)
{
	enum outcome got = action_open(rq, job, ACTION);

	if (got == OK)
		got = action_find(rq->db, &rq->arena, rq->organisation.id,
		    job->run.row.id, request_path_id(rq, "action"),
		    &job->stored);
	if (got != OK)
		return got;
	job->action = job->stored;
	job->view.action = job->stored.id;
	action_fill(rq, &job->view.form, &job->stored);
	return OK;
}

enum outcome
action_page(struct request *rq)
{
	struct action_job *job = ARENA_NEW(&rq->arena, struct action_job);
	enum outcome got = action_stored(rq, job);

	if (got == OK)
		render_action(&rq->page, &job->view);
	return got;
}

enum outcome
action_new_page(struct request *rq)
{
	struct action_job *job = ARENA_NEW(&rq->arena, struct action_job);
	enum outcome got = action_open(rq, job, new_fields(rq));

	if (got != OK)
		return got;
	form_fill_text(&job->view.form, "finding",
	    request_field(rq, "finding"));
	form_fill_text(&job->view.form, "state", "open");
	render_action(&rq->page, &job->view);
	return OK;
}

/* --- Writing ------------------------------------------------------------- */

static void
action_take(const struct form *form, struct action *action)
{
	action->title = form_text(form, "title");
	action->kind = form_text(form, "kind");
	action->finding = form_given(form, "finding")
	    ? strtoll(form_text(form, "finding"), NULL, 10) : 0;
	action->owner = form_text(form, "owner");
	action->due = form_number(form, "due");
	action->moved_because = action->id == 0 ? ""
	    : given(form_text(form, "moved_because"));
	action->cost = form_given(form, "cost") ? form_number(form, "cost")
	    : 0;
	action->state = form_text(form, "state");
	action->progress = given(form_text(form, "progress"));
	action->version = form->version;
}

/* What action_check finds, beside its field. */
static void
action_faults(struct request *rq, struct action_job *job)
{
	if (job->stored.id == 0)
		return;
	switch (action_check(&job->action, &job->stored, job->view.fixed)) {
	case ACTION_FINE:
		return;
	case ACTION_MOVED_TWICE:
		form_fault(rq, &job->view.form, "due", request_text(rq,
		    N_("The date was moved before. Say under “How far is it?” "
		       "what stands in the way."), NULL, 0));
		return;
	case ACTION_REASON:
		form_fault(rq, &job->view.form, "moved_because",
		    request_text(rq, N_("Say why the date moves."), NULL, 0));
		return;
	}
}

/* False, and the form shown again, when something is wrong. */
static bool
action_read(struct request *rq, struct action_job *job)
{
	struct form *form = &job->view.form;

	form_read(rq, form);
	if (form->errors.count == 0) {
		action_take(form, &job->action);
		action_faults(rq, job);
	}
	if (form->errors.count > 0) {
		render_action(&rq->page, &job->view);
		return false;
	}
	job->by = authored_by(rq, form);
	return true;
}

static enum outcome
action_write(struct tx *tx, void *arg)
{
	struct action_job *job = arg;
	struct arena *a = &job->rq->arena;
	const struct assessment *run = &job->run.row;

	if (job->action.id == 0)
		return action_add(tx, a, run->organisation, run->id,
		    &job->action, &job->by, &job->id);
	return action_change(tx, a, run->organisation, run->id,
	    &job->action, job->by.now);
}

static enum outcome
action_conflict(struct request *rq, struct action_job *job)
{
	struct action_job *now = ARENA_NEW(&rq->arena, struct action_job);
	enum outcome got;

	if (job->view.action == 0)
		return CONFLICT;
	got = action_stored(rq, now);
	if (got != OK)
		return got;
	form_conflict(rq, &job->view.form, &now->view.form);
	render_action(&rq->page, &job->view);
	return CONFLICT;
}

static enum outcome
action_answer(struct request *rq, enum outcome got, void *arg)
{
	struct action_job *job = arg;

	if (got == CONFLICT)
		return action_conflict(rq, job);
	if (got != OK)
		return got;
	redirect_notice(rq, job->notice);
	return cycle_redirect(rq, &job->run, "plan");
}

enum outcome
action_add_page(struct request *rq)
{
	struct action_job *job = ARENA_NEW(&rq->arena, struct action_job);
	enum outcome got = action_open(rq, job, new_fields(rq));

	if (got != OK)
		return got;
	if (!action_read(rq, job))
		return INVALID;
	return write_later(rq, action_write, action_answer, job);
}

enum outcome
action_change_page(struct request *rq)
{
	struct action_job *job = ARENA_NEW(&rq->arena, struct action_job);
	enum outcome got = action_stored(rq, job);

	if (got != OK)
		return got;
	if (!action_read(rq, job))
		return INVALID;
	return write_later(rq, action_write, action_answer, job);
}

static enum outcome
action_remove_write(struct tx *tx, void *arg)
{
	const struct action_job *job = arg;

	return action_remove(tx, &job->rq->arena, job->run.row.organisation,
	    job->run.row.id, job->stored.id);
}

enum outcome
action_remove_page(struct request *rq)
{
	struct action_job *job = ARENA_NEW(&rq->arena, struct action_job);
	enum outcome got = action_stored(rq, job);

	if (got == OK && job->view.fixed)
		got = CONFLICT;
	if (got != OK)
		return got;
	job->notice = N_("The action is removed.");
	return write_later(rq, action_remove_write, action_answer, job);
}
