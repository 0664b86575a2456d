/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment_templates.h"
#include "assessment/collect_store.h"
#include "assessment/handlers.h"
#include "assessment/run_page.h"
#include "base/time.h"
#include "text/catalogue.h"

#include <string.h>

/* Raters as the team sees them: codes, groups, progress; links once. */

static const struct field ADD[] = {
	{ "respondents", FIELD_CHOICE, FIELD_REQUIRED, 0, 0,
	    N_("From which group?"), NULL, NULL, NULL },
	{ "count", FIELD_NUMBER, FIELD_REQUIRED | FIELD_NARROW, 1,
	    RATERS_AT_ONCE, N_("How many links?"),
	    N_("One for each person. Five or more of a group protect each of "
	       "them best."), NULL, NULL },
	{ 0 }
};

struct raters_job {
	struct request *rq;
	struct run run;
	struct raters_view view;
	const char *respondents;
	int64_t count;
	int64_t now;
	const char *tokens[RATERS_AT_ONCE];
	int64_t ids[RATERS_AT_ONCE];
};

static enum outcome
raters_load(struct request *rq, struct raters_job *job)
{
	struct rater_list raters;
	struct form_choices groups;
	enum outcome got = run_open(rq, &job->run);

	if (got == OK)
		got = rater_list(rq->db, &rq->arena, rq->organisation.id,
		    job->run.row.id, &raters);
	if (got != OK)
		return got;
	job->rq = rq;
	job->view.head = run_head_make(rq, &job->run);
	job->view.items = (int64_t)job->run.items.count;
	job->view.minutes = run_minutes(&job->run);
	LIST_EACH (rater, &raters)
		*LIST_ADD(&rq->arena, &job->view.raters) = (struct rater_row){
			.id = rater->id, .code = rater->code,
			.group = group_label(job->run.instrument,
			    rater->respondents),
			.member = rater->has_person,
			.answered = rater->answered,
			.finished = rater->finished };
	form_open(rq, &job->view.form, ADD);
	groups = group_choices(rq, job->run.instrument, job->run.row.groups,
	    false);
	form_choose_from(&job->view.form, "respondents", &groups);
	return OK;
}

enum outcome
raters_page(struct request *rq)
{
	struct raters_job *job = ARENA_NEW(&rq->arena, struct raters_job);
	enum outcome got = raters_load(rq, job);

	if (got == OK)
		render_raters(&rq->page, &job->view);
	return got;
}

/* --- Adding -------------------------------------------------------------- */

static enum outcome
raters_write(struct tx *tx, void *arg)
{
	struct raters_job *job = arg;
	enum outcome got = OK;

	for (int64_t i = 0; i < job->count && got == OK; i++) {
		struct rater_new rater = {
			.assessment = job->run.row.id,
			.respondents = job->respondents, .now = job->now };

		link_token_hash(job->tokens[i], rater.token_hash);
		got = rater_add(tx, &job->rq->arena,
		    job->run.row.organisation, &rater, &job->ids[i]);
	}
	return got;
}

/* The sheet with the links, which nobody can show again. */
static enum outcome
links_show(struct request *rq, const struct raters_job *job)
{
	struct links_view view = { .head = run_head_make(rq, &job->run),
		.minutes = run_minutes(&job->run) };
	struct rater_list raters;
	enum outcome got = rater_list(rq->db, &rq->arena, rq->organisation.id,
	    job->run.row.id, &raters);

	if (got != OK)
		return got;
	for (int64_t i = 0; i < job->count; i++)
		LIST_EACH (rater, &raters) {
			const char *link;

			if (rater->id != job->ids[i])
				continue;
			link = arena_print(&rq->arena, "%s/r/%s",
			    request_origin(rq), job->tokens[i]);
			*LIST_ADD(&rq->arena, &view.links) =
			    (struct link_row){ .code = rater->code,
				.group = group_label(job->run.instrument,
				    rater->respondents),
				.link = link,
				.qr = qr_draw(&rq->arena, link) };
		}
	render_rater_links(&rq->page, &view);
	return OK;
}

static enum outcome
raters_answer(struct request *rq, enum outcome got, void *arg)
{
	struct raters_job *job = arg;

	if (got == INVALID) {
		form_fault(rq, &job->view.form, "count", request_text(rq,
		    N_("An assessment takes at most %(most)s raters, of the "
		       "groups that it asks"),
		    WORDS(word_number("most", RATERS_MOST))));
		render_raters(&rq->page, &job->view);
		return INVALID;
	}
	return got == OK ? links_show(rq, job) : got;
}

static const char *
token_copy(struct request *rq, const char *once, int64_t index)
{
	char token[LINK_TOKEN_SIZE];

	link_token_make(once, index, token);
	return arena_copy(&rq->arena, token);
}

enum outcome
raters_add_page(struct request *rq)
{
	struct raters_job *job = ARENA_NEW(&rq->arena, struct raters_job);
	enum outcome got = raters_load(rq, job);

	if (got != OK)
		return got;
	form_read(rq, &job->view.form);
	if (job->view.form.errors.count > 0) {
		render_raters(&rq->page, &job->view);
		return INVALID;
	}
	job->respondents = form_text(&job->view.form, "respondents");
	job->count = form_number(&job->view.form, "count");
	job->now = time_now();
	for (int64_t i = 0; i < job->count; i++)
		job->tokens[i] = token_copy(rq, job->view.form.once, i);
	return write_later(rq, raters_write, raters_answer, job);
}

/* --- A new link ---------------------------------------------------------- */

static enum outcome
rater_of_path(struct request *rq, const struct raters_job *job,
    const struct rater_row **row_out)
{
	int64_t id = request_path_id(rq, "rater");

	LIST_EACH (row, &job->view.raters)
		if (row->id == id) {
			*row_out = row;
			return OK;
		}
	return NOT_FOUND;
}

enum outcome
rater_link_page(struct request *rq)
{
	struct raters_job *job = ARENA_NEW(&rq->arena, struct raters_job);
	const struct rater_row *row;
	enum outcome got = raters_load(rq, job);
	struct rater_link_view view;

	if (got == OK)
		got = rater_of_path(rq, job, &row);
	if (got != OK)
		return got;
	view = (struct rater_link_view){ .head = job->view.head,
		.rater = row->id, .code = row->code, .form = job->view.form };
	render_rater_link(&rq->page, &view);
	return OK;
}

static enum outcome
link_write(struct tx *tx, void *arg)
{
	const struct raters_job *job = arg;
	uint8_t hash[LINK_HASH_SIZE];

	link_token_hash(job->tokens[0], hash);
	return rater_change_link(tx, &job->rq->arena,
	    job->run.row.organisation, job->run.row.id, job->ids[0], hash);
}

enum outcome
rater_link_change_page(struct request *rq)
{
	static const struct field none[] = { { 0 } };
	struct raters_job *job = ARENA_NEW(&rq->arena, struct raters_job);
	const struct rater_row *row;
	enum outcome got = raters_load(rq, job);

	if (got == OK)
		got = rater_of_path(rq, job, &row);
	if (got != OK)
		return got;
	form_open(rq, &job->view.form, none);
	form_read(rq, &job->view.form);
	job->count = 1;
	job->ids[0] = row->id;
	job->tokens[0] = token_copy(rq, job->view.form.once, row->id);
	return write_later(rq, link_write, raters_answer, job);
}

/* --- Removing ------------------------------------------------------------ */

static enum outcome
remove_write(struct tx *tx, void *arg)
{
	const struct raters_job *job = arg;

	return rater_remove(tx, &job->rq->arena, job->run.row.organisation,
	    job->run.row.id, job->ids[0]);
}

static enum outcome
remove_answer(struct request *rq, enum outcome got, void *arg)
{
	const struct raters_job *job = arg;

	if (got == CONFLICT)
		redirect_notice(rq, N_("This rater has answered already and "
		    "stays."));
	else if (got == OK)
		redirect_notice(rq, N_("Removed. The link is dead."));
	else
		return got;
	return redirect(rq, "/o/%s/assessments/%lld/raters",
	    rq->organisation.slug, (long long)job->run.row.number);
}

enum outcome
rater_remove_page(struct request *rq)
{
	struct raters_job *job = ARENA_NEW(&rq->arena, struct raters_job);
	enum outcome got = raters_load(rq, job);

	if (got != OK)
		return got;
	job->ids[0] = request_path_id(rq, "rater");
	return write_later(rq, remove_write, remove_answer, job);
}
