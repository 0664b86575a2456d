/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "publish/publish_pages.h"

#include "assessment/run_page.h"
#include "base/time.h"
#include "http/later.h"
#include "http/response.h"
#include "publish/publish_run.h"
#include "publish/publish_templates.h"
#include "publish/report_store.h"
#include "text/catalogue.h"

#include <inttypes.h>

/*
 * Choosing how much is public on a preview, and publishing. The preview is the
 * document itself, built and parsed like a published one.
 */

static const struct choice DETAILS[] = {
	{ "full", N_("Full scores"),
	    N_("Every figure by principle, question and group.") },
	{ "levels", N_("Levels by principle"),
	    N_("Whole levels in words, nothing finer.") },
	{ "findings", N_("Findings and plan only"),
	    N_("Your words and your actions, no scores.") },
	{ NULL, NULL, NULL }
};

static const struct field FIRST[] = {
	{ "detail", FIELD_CHOICE, FIELD_REQUIRED, 0, 0,
	    N_("How much is public"), NULL, DETAILS, NULL },
	{ 0 }
};

static const struct field CORRECTION[] = {
	{ "detail", FIELD_CHOICE, FIELD_REQUIRED, 0, 0,
	    N_("How much is public"), NULL, DETAILS, NULL },
	{ "reason", FIELD_LONG_TEXT, FIELD_REQUIRED, 3, REPORT_REASON_MOST,
	    N_("Reason for the correction"),
	    N_("Everybody reads it beside the report."), NULL, NULL },
	{ 0 }
};

struct publish_job {
	struct request *rq;
	struct run run;
	struct form form;
	int64_t newest;		/* revision; 0 none */
	struct authored by;
	int64_t report;
};

static const char *
detail_asked(struct request *rq)
{
	const char *asked = request_field(rq, "detail");

	return asked != NULL && detail_is_valid(asked) ? asked : "full";
}

/* The report as the public would see it. */
static enum outcome
preview_make(struct request *rq, const struct publish_job *job,
    const char *detail, struct report_view *view_out)
{
	struct publish_input input;
	const char *document;
	enum outcome got = publish_gather(rq->db, &rq->arena, &job->run.row,
	    &input);

	if (got != OK)
		return got;
	input.detail = detail;
	input.revision = job->newest + 1;
	input.published = time_now();
	got = publish_document(&rq->arena, &input, &document);
	if (got == OK)
		got = publish_parse(&rq->arena, rq->language, document,
		    view_out);
	return got == INVALID ? FAILED : got;
}

static enum outcome
publish_show(struct request *rq, struct publish_job *job)
{
	struct publish_view view = { .slug = rq->organisation.slug,
		.organisation = rq->organisation.name,
		.number = job->run.row.number,
		.may_publish = rq->organisation.role >= ROLE_ADMINISTRATOR,
		.is_correction = job->newest > 0,
		.detail = detail_asked(rq), .form = job->form };
	enum outcome got = preview_make(rq, job, view.detail, &view.report);

	if (got == OK)
		got = report_revision_list(rq->db, &rq->arena,
		    rq->organisation.id, view.number, &view.revisions);
	if (got != OK)
		return got;
	view.report.preview = true;
	view.report.revisions = view.revisions;
	render_publish(&rq->page, &view);
	return OK;
}

/* The run, which has to be in stage 4 or 5, and its empty form. */
static enum outcome
publish_open(struct request *rq, struct publish_job *job)
{
	int64_t next;
	enum outcome got = run_open(rq, &job->run);

	if (got == OK && !assessment_allows(job->run.row.stage, WORK_PUBLISH))
		got = NOT_FOUND;
	if (got == OK)
		got = report_next(rq->db, &rq->arena, rq->organisation.id,
		    job->run.row.id, &next);
	if (got != OK)
		return got;
	job->rq = rq;
	job->newest = next - 1;
	form_open(rq, &job->form, next == 1 ? FIRST : CORRECTION);
	job->form.version = job->newest;
	return OK;
}

enum outcome
publish_page(struct request *rq)
{
	struct publish_job *job = ARENA_NEW(&rq->arena, struct publish_job);
	enum outcome got = publish_open(rq, job);

	if (got != OK)
		return got;
	form_fill_text(&job->form, "detail", detail_asked(rq));
	return publish_show(rq, job);
}

/* --- Publishing ---------------------------------------------------------- */

static enum outcome
publish_write(struct tx *tx, void *arg)
{
	struct publish_job *job = arg;
	struct request *rq = job->rq;
	const struct publish_order order = {
		.assessment = job->run.row.id,
		.after = job->form.version,
		.detail = form_text(&job->form, "detail"),
		.reason = job->newest == 0 ? ""
		    : form_text(&job->form, "reason"),
	};

	return publish_run(tx, &rq->arena, rq->organisation.id, &order,
	    &job->by, &job->report);
}

static enum outcome
publish_answer(struct request *rq, enum outcome got, void *arg)
{
	struct publish_job *job = arg;

	if (got != OK)
		return got;
	redirect_notice(rq, N_("Published. The PDF follows in a minute."));
	return redirect(rq, "/o/%s/assessments/%" PRId64,
	    rq->organisation.slug, job->run.row.number);
}

/* Whether this very form has published already: it was sent twice. */
static bool
is_sent_again(struct request *rq, struct publish_job *job)
{
	const char *once = request_field(rq, "once");

	return once != NULL && report_find_once(rq->db, &rq->arena,
	    rq->organisation.id, once, &job->report) == OK;
}

enum outcome
publish_send_page(struct request *rq)
{
	struct publish_job *job = ARENA_NEW(&rq->arena, struct publish_job);
	enum outcome got = publish_open(rq, job);

	if (got != OK)
		return got;
	if (is_sent_again(rq, job))
		return publish_answer(rq, OK, job);
	form_read(rq, &job->form);
	if (job->form.errors.count > 0) {
		got = publish_show(rq, job);
		return got == OK ? INVALID : got;
	}
	job->by = authored_by(rq, &job->form);
	write_raises(rq, GENERATION_ORGANISATION, rq->organisation.id);
	write_raises(rq, GENERATION_ORGANISATIONS, 0);
	return write_later(rq, publish_write, publish_answer, job);
}
