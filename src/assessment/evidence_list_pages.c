/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment_templates.h"
#include "assessment/evidence_store.h"
#include "assessment/handlers.h"
#include "assessment/run_page.h"
#include "text/catalogue.h"

#include <string.h>

/* All evidence of an organisation, one piece of it, and its file. */

enum outcome
evidence_list_page(struct request *rq)
{
	struct evidence_list list;
	struct evidence_list_view view = { .slug = rq->organisation.slug,
		.organisation = rq->organisation.name,
		.may_edit = asker_may_edit(rq) };
	enum outcome got = evidence_list(rq->db, &rq->arena,
	    rq->organisation.id, &list);

	if (got != OK)
		return got;
	view.pieces = piece_rows_make(&rq->arena, &list);
	render_evidence_list(&rq->page, &view);
	return OK;
}

/* --- One piece ----------------------------------------------------------- */

static const struct choice VISIBLE[] = {
	{ "team", N_("Only our organisation"), NULL },
	{ "reviewers", N_("Our organisation and its reviewers"), NULL },
	{ "public", N_("Everybody"), NULL },
	{ 0 }
};

static const struct field CHANGE[] = {
	{ "title", FIELD_TEXT, FIELD_REQUIRED, 2, EVIDENCE_TITLE_MOST,
	    N_("What is it?"), NULL, NULL, NULL },
	{ "day", FIELD_DAY, 0, 0, 0, N_("Date of the document"),
	    N_("For example 2026.03.15"), NULL, NULL },
	{ "visible", FIELD_CHOICE, FIELD_REQUIRED, 0, 0,
	    N_("Who may see it?"), NULL, VISIBLE, NULL },
	{ 0 }
};

struct change_job {
	struct request *rq;
	struct evidence_change_view view;
	struct evidence piece;
	int64_t id;
};

static enum outcome
change_open(struct request *rq, struct change_job *job)
{
	struct evidence_list one = { &job->piece, 1 };
	enum outcome got = evidence_find(rq->db, &rq->arena,
	    rq->organisation.id, request_path_id(rq, "evidence"),
	    &job->piece);

	if (got != OK)
		return got;
	job->rq = rq;
	job->id = job->piece.id;
	job->view.slug = rq->organisation.slug;
	job->view.organisation = rq->organisation.name;
	job->view.piece = piece_rows_make(&rq->arena, &one).items[0];
	form_open(rq, &job->view.form, CHANGE);
	return OK;
}

enum outcome
evidence_page(struct request *rq)
{
	struct change_job *job = ARENA_NEW(&rq->arena, struct change_job);
	enum outcome got = change_open(rq, job);

	if (got != OK)
		return got;
	form_fill_text(&job->view.form, "title", job->piece.title);
	form_fill_text(&job->view.form, "visible", job->piece.visible);
	if (job->piece.has_day)
		form_fill_day(rq, &job->view.form, "day", job->piece.day);
	render_evidence_change(&rq->page, &job->view);
	return OK;
}

static enum outcome
change_write(struct tx *tx, void *arg)
{
	const struct change_job *job = arg;

	return evidence_change(tx, &job->rq->arena,
	    job->rq->organisation.id, job->id, &job->piece);
}

static enum outcome
change_answer(struct request *rq, enum outcome got, void *arg)
{
	struct change_job *job = arg;

	if (got == INVALID) {
		form_fault(rq, &job->view.form, "visible",
		    T_("An agreed level rests on its being public", rq->language));
		render_evidence_change(&rq->page, &job->view);
		return INVALID;
	}
	if (got != OK)
		return got;
	redirect_notice(rq, N_("Saved."));
	return redirect(rq, "/o/%s/evidence", rq->organisation.slug);
}

enum outcome
evidence_change_page(struct request *rq)
{
	struct change_job *job = ARENA_NEW(&rq->arena, struct change_job);
	const struct form *form = &job->view.form;
	enum outcome got = change_open(rq, job);

	if (got != OK)
		return got;
	form_read(rq, &job->view.form);
	if (form->errors.count > 0) {
		render_evidence_change(&rq->page, &job->view);
		return INVALID;
	}
	job->piece = (struct evidence){ .title = form_text(form, "title"),
		.has_day = form_given(form, "day"),
		.day = form_number(form, "day"),
		.visible = form_text(form, "visible") };
	write_raises(rq, GENERATION_ORGANISATION, rq->organisation.id);
	return write_later(rq, change_write, change_answer, job);
}

/* --- Its file ------------------------------------------------------------ */

/* Members see every file, others public ones; both as a download. */
enum outcome
evidence_file_page(struct request *rq)
{
	struct evidence piece;
	int fd;
	enum outcome got = evidence_find(rq->db, &rq->arena,
	    rq->organisation.id, request_path_id(rq, "evidence"), &piece);

	if (got != OK)
		return got;
	if (!asker_is_member(rq) && strcmp(piece.visible, "public") != 0)
		return NOT_FOUND;
	if (piece.hash == NULL)
		return NOT_FOUND;
	got = evidence_file_open(rq->data, piece.hash, &fd);
	if (got != OK)
		return got;
	return respond_file(rq, piece.type, fd, piece.file_name);
}
