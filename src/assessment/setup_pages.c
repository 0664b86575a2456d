/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment_templates.h"
#include "assessment/handlers.h"
#include "assessment/run_page.h"
#include "assessment/setup_form.h"
#include "base/time.h"
#include "library/library.h"
#include "text/catalogue.h"

/* Stage 1: a new run, and changing what was set. */

struct setup_job {
	struct request *rq;
	struct setup_form f;
	struct authored by;
	struct assessment now;	/* id 0: a new run */
	int64_t id;
};

static void
setup_show(struct request *rq, const struct setup_form *f,
    const struct assessment *run)
{
	size_t count = f->form.fields.count;
	struct setup_view view = {
		.slug = rq->organisation.slug,
		.organisation = rq->organisation.name,
		.number = run->number,
		.steps = run_steps_make(&rq->arena,
		    run->id > 0 ? run->stage : STAGE_GOALS),
		.form = f->form,
		.base = { f->form.fields.items, f->base },
		.weights = { f->form.fields.items + f->base,
		    count - f->base },
	};

	render_setup(&rq->page, &view);
}

/* The newest run, for what is likely the same again; NOT_FOUND: none. */
static enum outcome
newest_run(struct request *rq, struct assessment *run_out)
{
	struct assessment_rows rows;
	enum outcome got = assessment_list(rq->db, &rq->arena,
	    rq->organisation.id, false, &rows);

	if (got == OK && rows.count == 0)
		return NOT_FOUND;
	if (got == OK)
		*run_out = rows.items[0].run;
	return got;
}

/* A new run begins as the last one; days are for the person to say. */
static enum outcome
setup_prefill(struct request *rq, struct setup_form *f)
{
	struct assessment last;
	struct weight_list weights;
	struct team_list team;
	enum outcome got = newest_run(rq, &last);

	form_fill_text(&f->form, "track", "short");
	if (got == NOT_FOUND)
		return OK;
	if (got == OK)
		got = weight_list(rq->db, &rq->arena, rq->organisation.id,
		    last.id, &weights);
	if (got == OK)
		got = team_list(rq->db, &rq->arena, rq->organisation.id,
		    last.id, &team);
	if (got != OK)
		return got;
	setup_form_fill(rq, f, &last, &weights, &team);
	form_fill_day(rq, &f->form, "period_from", last.period_to + 1);
	form_fill_text(&f->form, "period_to", "");
	form_fill_text(&f->form, "target", "");
	f->form.version = 0;
	return OK;
}

static const struct instrument *
new_instrument(void)
{
	return library_instrument(LIBRARY_INSTRUMENT, LIBRARY_EDITION);
}

enum outcome
setup_new_page(struct request *rq)
{
	const struct assessment none = { 0 };
	struct setup_form f;
	enum outcome got;

	setup_form_open(rq, &f, new_instrument());
	got = setup_prefill(rq, &f);
	if (got == OK)
		setup_show(rq, &f, &none);
	return got;
}

static enum outcome
setup_add_write(struct tx *tx, void *arg)
{
	struct setup_job *job = arg;

	return assessment_add(tx, &job->rq->arena,
	    job->rq->organisation.id, &job->f.setup, &job->by, &job->id);
}

static enum outcome
setup_add_answer(struct request *rq, enum outcome got, void *arg)
{
	const struct setup_job *job = arg;
	struct assessment run;

	if (got == OK)
		got = assessment_find_id(rq->db, &rq->arena,
		    rq->organisation.id, job->id, &run);
	if (got != OK)
		return got;
	redirect_notice(rq, N_("Saved. The assessment is set up."));
	return redirect(rq, "/o/%s/assessments/%lld/tasks",
	    rq->organisation.slug, (long long)run.number);
}

enum outcome
setup_add_page(struct request *rq)
{
	struct setup_job *job = ARENA_NEW(&rq->arena, struct setup_job);

	job->rq = rq;
	setup_form_open(rq, &job->f, new_instrument());
	setup_form_read(rq, &job->f, new_instrument(), NULL);
	if (job->f.form.errors.count > 0) {
		setup_show(rq, &job->f, &job->now);
		return INVALID;
	}
	job->by = authored_by(rq, &job->f.form);
	return write_later(rq, setup_add_write, setup_add_answer, job);
}

/* --- Changing ------------------------------------------------------------ */

/* The form as stored. */
static enum outcome
setup_stored(struct request *rq, const struct run *run,
    struct setup_form *f)
{
	struct weight_list weights;
	struct team_list team;
	enum outcome got = weight_list(rq->db, &rq->arena,
	    rq->organisation.id, run->row.id, &weights);

	if (got == OK)
		got = team_list(rq->db, &rq->arena, rq->organisation.id,
		    run->row.id, &team);
	if (got != OK)
		return got;
	setup_form_open(rq, f, run->instrument);
	setup_form_fill(rq, f, &run->row, &weights, &team);
	return OK;
}

enum outcome
setup_page(struct request *rq)
{
	struct setup_form f;
	struct run run;
	enum outcome got = run_open(rq, &run);

	if (got == OK)
		got = setup_stored(rq, &run, &f);
	if (got != OK)
		return got;
	if (!assessment_allows(run.row.stage, WORK_SETUP)) {
		redirect_notice(rq, N_("Goals and criteria are fixed once "
		    "collecting is closed."));
		return redirect(rq, "/o/%s/assessments/%lld/tasks",
		    rq->organisation.slug, (long long)run.row.number);
	}
	setup_show(rq, &f, &run.row);
	return OK;
}

static enum outcome
setup_change_write(struct tx *tx, void *arg)
{
	struct setup_job *job = arg;

	return assessment_change(tx, &job->rq->arena,
	    job->rq->organisation.id, job->now.id, job->f.form.version,
	    &job->f.setup, job->by.now);
}

/* Both texts, when the run still takes changes. */
static enum outcome
setup_conflict(struct request *rq, struct setup_job *job)
{
	struct setup_form stored;
	struct run run;
	enum outcome got = run_open(rq, &run);

	if (got != OK || !assessment_allows(run.row.stage, WORK_SETUP))
		return got == OK ? CONFLICT : got;
	got = setup_stored(rq, &run, &stored);
	if (got != OK)
		return got;
	form_conflict(rq, &job->f.form, &stored.form);
	setup_show(rq, &job->f, &run.row);
	return CONFLICT;
}

static enum outcome
setup_change_answer(struct request *rq, enum outcome got, void *arg)
{
	struct setup_job *job = arg;

	if (got == CONFLICT)
		return setup_conflict(rq, job);
	if (got == INVALID) {
		form_fault(rq, &job->f.form, "groups",
		    T_("A group that has raters or answers already can't be "
		       "left out", rq->language));
		setup_show(rq, &job->f, &job->now);
		return INVALID;
	}
	if (got != OK)
		return got;
	redirect_notice(rq, N_("Saved."));
	return redirect(rq, "/o/%s/assessments/%lld/tasks",
	    rq->organisation.slug, (long long)job->now.number);
}

enum outcome
setup_change_page(struct request *rq)
{
	struct setup_job *job = ARENA_NEW(&rq->arena, struct setup_job);
	struct run run;
	enum outcome got = run_open(rq, &run);

	if (got != OK)
		return got;
	job->rq = rq;
	job->now = run.row;
	setup_form_open(rq, &job->f, run.instrument);
	setup_form_read(rq, &job->f, run.instrument, &run.row);
	if (job->f.form.errors.count > 0) {
		setup_show(rq, &job->f, &run.row);
		return INVALID;
	}
	job->by = authored_by(rq, &job->f.form);
	return write_later(rq, setup_change_write, setup_change_answer, job);
}
