/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment_templates.h"
#include "assessment/evidence_store.h"
#include "assessment/handlers.h"
#include "assessment/run_page.h"
#include "runner/client.h"
#include "text/catalogue.h"
#include "text/number.h"

#include <string.h>

/*
 * Adding evidence to an item: a file, which the runner looks at first, a link,
 * or a statement; serving what is there for a further item.
 */

static const struct choice VISIBLE[] = {
	{ "team", N_("Only our organisation"), NULL },
	{ "reviewers", N_("Our organisation and its reviewers"), NULL },
	{ "public", N_("Everybody"),
	    N_("Level 4 needs evidence that everybody can see, or that a peer "
	       "confirmed.") },
	{ 0 }
};

#define TITLE_FIELD \
	{ "title", FIELD_TEXT, FIELD_REQUIRED, 2, EVIDENCE_TITLE_MOST, \
	    N_("What is it?"), \
	    N_("For example: minutes of the meeting about the well"), \
	    NULL, NULL }
#define DAY_FIELD \
	{ "day", FIELD_DAY, 0, 0, 0, N_("Date of the document"), \
	    N_("For example 2026.03.15"), NULL, NULL }
#define VISIBLE_FIELD \
	{ "visible", FIELD_CHOICE, FIELD_REQUIRED, 0, 0, \
	    N_("Who may see it?"), NULL, VISIBLE, NULL }

static const struct field FILE_FORM[] = {
	TITLE_FIELD,
	{ "file", FIELD_FILE, 0, 0, 0, N_("File or photo"),
	    N_("PDF, JPEG, PNG, DOCX, XLSX, ODT, ODS, CSV or text; up to "
	       "20 MB. Look whether it shows names or numbers of people who "
	       "did not agree."), NULL, NULL },
	DAY_FIELD, VISIBLE_FIELD, { 0 }
};

static const struct field LINK_FORM[] = {
	TITLE_FIELD,
	{ "link", FIELD_LINK, FIELD_REQUIRED, 0, 0, N_("Address"),
	    N_("Begins with https:// or http://"), NULL, NULL },
	DAY_FIELD, VISIBLE_FIELD, { 0 }
};

static const struct field STATED_FORM[] = {
	TITLE_FIELD, DAY_FIELD, VISIBLE_FIELD, { 0 }
};

struct piece_job {
	struct request *rq;
	struct run run;
	const struct item *item;
	struct evidence_form_view view;
	struct evidence piece;
	struct authored by;
	uint8_t hash[32];
	int64_t id;
};

static const struct field *
table_of(const char *kind)
{
	if (strcmp(kind, "link") == 0)
		return LINK_FORM;
	return strcmp(kind, "stated") == 0 ? STATED_FORM : FILE_FORM;
}

/* One of the three kinds, whatever was asked for. */
static const char *
kind_of(const char *asked)
{
	if (asked != NULL && strcmp(asked, "link") == 0)
		return "link";
	if (asked != NULL && strcmp(asked, "stated") == 0)
		return "stated";
	return "file";
}

static enum outcome
piece_open(struct request *rq, struct piece_job *job)
{
	enum outcome got = run_open(rq, &job->run);

	job->rq = rq;
	if (got == OK)
		got = run_item(rq, &job->run, &job->item);
	if (got != OK)
		return got;
	if (!assessment_allows(job->run.row.stage, WORK_COLLECT))
		return CONFLICT;
	job->view = (struct evidence_form_view){
		.head = run_head_make(rq, &job->run),
		.item = job->item->id, .question = job->item->question,
		.kind = kind_of(request_field(rq, "kind")) };
	form_open(rq, &job->view.form, table_of(job->view.kind));
	return OK;
}

enum outcome
evidence_new_page(struct request *rq)
{
	struct piece_job *job = ARENA_NEW(&rq->arena, struct piece_job);
	enum outcome got = piece_open(rq, job);

	if (got != OK)
		return got;
	form_fill_text(&job->view.form, "visible", "team");
	render_evidence_form(&rq->page, &job->view);
	return OK;
}

/* --- Writing ------------------------------------------------------------- */

static enum outcome
piece_write(struct tx *tx, void *arg)
{
	struct piece_job *job = arg;
	struct arena *a = &job->rq->arena;
	enum outcome got = evidence_add(tx, a, job->run.row.organisation,
	    &job->piece, &job->by, &job->id);

	if (got != OK)
		return got;
	return evidence_item_add(tx, a, job->run.row.organisation,
	    job->run.row.id, job->item->id, job->id);
}

static enum outcome
to_item(struct request *rq, const struct run *run, const char *item)
{
	return redirect(rq, "/o/%s/assessments/%lld/items/%s#evidence",
	    rq->organisation.slug, (long long)run->row.number, item);
}

static enum outcome
piece_answer(struct request *rq, enum outcome got, void *arg)
{
	struct piece_job *job = arg;

	if (got == INVALID) {
		form_fault(rq, &job->view.form, "", request_text(rq,
		    N_("An item takes at most %(most)s pieces of evidence"),
		    WORDS(word_number("most", EVIDENCE_OF_ITEM_MOST))));
		render_evidence_form(&rq->page, &job->view);
		return INVALID;
	}
	if (got != OK)
		return got;
	redirect_notice(rq, N_("Saved. It now serves this question."));
	return to_item(rq, &job->run, job->item->id);
}

/* --- A file -------------------------------------------------------------- */

static enum outcome
file_refused(struct request *rq, struct piece_job *job, const char *message)
{
	form_fault(rq, &job->view.form, "file", message);
	render_evidence_form(&rq->page, &job->view);
	return INVALID;
}

/* The runner has looked: keep the file, then write its row. */
static enum outcome
file_inspected(struct request *rq, const struct channel_answer *got,
    void *arg)
{
	struct piece_job *job = arg;
	const struct upload *upload = request_upload(rq);
	struct runner_inspection seen;
	enum outcome kept;

	if (got->outcome != OK)
		return got->outcome;
	if (got->size != sizeof(seen))
		return FAILED;
	memcpy(&seen, got->bytes, sizeof(seen));
	if (!seen.accepted)
		return file_refused(rq, job, request_text(rq,
		    N_("Files of this type (%(type)s) are not taken. Make a "
		       "PDF or a photo of it."), WORDS(word_text("type",
			arena_copy_bytes(&rq->arena, seen.type,
			    strnlen(seen.type, sizeof(seen.type)) + 1)))));
	memcpy(job->hash, seen.sha256, sizeof(job->hash));
	kept = evidence_file_keep(rq->data, upload->path, job->hash);
	if (kept != OK)
		return kept;
	job->piece.hash = job->hash;
	job->piece.size = seen.size;
	job->piece.type = arena_copy_bytes(&rq->arena, seen.type,
	    strnlen(seen.type, sizeof(seen.type)) + 1);
	job->piece.file_name = upload->name;
	return write_later(rq, piece_write, piece_answer, job);
}

/* What is wrong with the file before anybody looked inside; NULL nothing. */
static const char *
file_fault(struct request *rq)
{
	const struct upload *upload = request_upload(rq);

	if (upload == NULL)
		return T_("Choose a file", rq->language);
	if (upload->too_large)
		return request_text(rq, N_("The file is too large: at most "
		    "%(most)s are taken. A photo of the page is often "
		    "smaller."), WORDS(word_text("most", size_show(&rq->arena,
			rq->language, UPLOAD_MOST))));
	if (upload->size == 0)
		return T_("The file is empty", rq->language);
	return NULL;
}

static enum outcome
file_later(struct request *rq, struct piece_job *job)
{
	enum outcome asked = runner_inspect(rq->runner,
	    request_upload(rq)->fd, later_answer,
	    later_wait(rq, file_inspected, job));

	return asked == OK ? OK : later_refused(rq, asked);
}

static const char *
text_or_empty(const char *text)
{
	return text == NULL ? "" : text;
}

static void
piece_read(struct request *rq, struct piece_job *job)
{
	const struct form *form = &job->view.form;
	bool link = strcmp(job->view.kind, "link") == 0;

	job->piece = (struct evidence){ .kind = job->view.kind,
		.title = form_text(form, "title"),
		.link = link ? text_or_empty(form_text(form, "link")) : "",
		.type = "", .file_name = "",
		.has_day = form_given(form, "day"),
		.day = form_number(form, "day"),
		.visible = form_text(form, "visible") };
	job->by = authored_by(rq, form);
}

enum outcome
evidence_add_page(struct request *rq)
{
	struct piece_job *job = ARENA_NEW(&rq->arena, struct piece_job);
	enum outcome got = piece_open(rq, job);
	bool file;

	if (got != OK)
		return got;
	file = strcmp(job->view.kind, "file") == 0;
	form_read(rq, &job->view.form);
	if (file && file_fault(rq) != NULL)
		form_fault(rq, &job->view.form, "file", file_fault(rq));
	if (job->view.form.errors.count > 0) {
		if (file && request_upload(rq) != NULL &&
		    request_upload(rq)->too_large)
			respond_status(rq, 413);
		render_evidence_form(&rq->page, &job->view);
		return INVALID;
	}
	piece_read(rq, job);
	return file ? file_later(rq, job)
	    : write_later(rq, piece_write, piece_answer, job);
}

/* --- What is there already ----------------------------------------------- */

struct link_job {
	struct request *rq;
	struct run run;
	const struct item *item;
	int64_t evidence;
};

static enum outcome
link_open(struct request *rq, struct link_job *job, int64_t evidence)
{
	enum outcome got = run_open(rq, &job->run);

	job->rq = rq;
	job->evidence = evidence;
	return got == OK ? run_item(rq, &job->run, &job->item) : got;
}

static enum outcome
serve_write(struct tx *tx, void *arg)
{
	const struct link_job *job = arg;

	return evidence_item_add(tx, &job->rq->arena,
	    job->run.row.organisation, job->run.row.id, job->item->id,
	    job->evidence);
}

static enum outcome
unlink_write(struct tx *tx, void *arg)
{
	const struct link_job *job = arg;

	return evidence_item_remove(tx, &job->rq->arena,
	    job->run.row.organisation, job->run.row.id, job->item->id,
	    job->evidence);
}

static enum outcome
link_answer(struct request *rq, enum outcome got, void *arg)
{
	const struct link_job *job = arg;

	if (got == INVALID)
		redirect_notice(rq, N_("It stays: the agreed level rests on "
		    "it. Agree on a lower level first."));
	else if (got == OK)
		redirect_notice(rq, N_("Saved."));
	else
		return got;
	return to_item(rq, &job->run, job->item->id);
}

static int64_t
id_parse(const char *text)
{
	int64_t id;

	if (text == NULL || number_parse(text, 1, INT64_MAX, &id) != OK)
		return 0;
	return id;
}

enum outcome
evidence_serve_page(struct request *rq)
{
	struct link_job *job = ARENA_NEW(&rq->arena, struct link_job);
	int64_t evidence = id_parse(request_field(rq, "evidence"));
	enum outcome got = link_open(rq, job, evidence);

	if (got != OK)
		return got;
	if (evidence == 0)
		return to_item(rq, &job->run, job->item->id);
	return write_later(rq, serve_write, link_answer, job);
}

enum outcome
evidence_unlink_page(struct request *rq)
{
	struct link_job *job = ARENA_NEW(&rq->arena, struct link_job);
	enum outcome got = link_open(rq, job,
	    request_path_id(rq, "evidence"));

	return got == OK ? write_later(rq, unlink_write, link_answer, job)
	    : got;
}
