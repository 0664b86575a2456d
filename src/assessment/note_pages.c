/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment_templates.h"
#include "assessment/collect_store.h"
#include "assessment/handlers.h"
#include "assessment/run_page.h"
#include "base/time.h"
#include "text/catalogue.h"

#include <string.h>

/* Notes of interviews, discussions and documents that were read. */

static const struct choice KINDS[] = {
	{ "interview", N_("Interview"), NULL },
	{ "discussion", N_("Discussion"), NULL },
	{ "documents", N_("Documents that were read"), NULL },
	{ 0 }
};

static const struct field NOTE[] = {
	{ "kind", FIELD_CHOICE, FIELD_REQUIRED, 0, 0, N_("What was it?"),
	    NULL, KINDS, NULL },
	{ "title", FIELD_TEXT, FIELD_REQUIRED, 2, NOTE_TITLE_MOST,
	    N_("Title"),
	    N_("For example: talk with five herders at the winter camps"),
	    NULL, NULL },
	{ "day", FIELD_DAY, FIELD_REQUIRED, 0, 0, N_("When?"),
	    N_("For example 2026.03.15"), NULL, NULL },
	{ "respondents", FIELD_SELECT, 0, 0, 0, N_("With whom?"), NULL, NULL,
	    NULL },
	{ "item", FIELD_SELECT, 0, 0, 0, N_("Which question does it serve?"),
	    N_("Leave it open when it serves the whole assessment."), NULL,
	    NULL },
	{ "body", FIELD_LONG_TEXT, FIELD_REQUIRED, 3, NOTE_BODY_MOST,
	    N_("What was said or read"),
	    N_("Write no names of people who did not agree to it."), NULL,
	    NULL },
	{ 0 }
};

struct note_job {
	struct request *rq;
	struct run run;
	struct note_form_view view;
	struct note note;
	struct authored by;
	int64_t id;
};

static struct form_choices
item_choices(struct request *rq, const struct run *run)
{
	struct form_choices choices = { 0 };

	LIST_EACH (item, &run->items)
		*LIST_ADD(&rq->arena, &choices) = (struct form_choice){
			.value = (*item)->id,
			.label = arena_print(&rq->arena, "%s %s",
			    (*item)->id,
			    (*item)->question.text[rq->language]) };
	return choices;
}

static enum outcome
note_open(struct request *rq, struct note_job *job)
{
	enum outcome got = run_open(rq, &job->run);
	struct form_choices groups, items;

	if (got != OK)
		return got;
	job->rq = rq;
	job->view.head = run_head_make(rq, &job->run);
	form_open(rq, &job->view.form, NOTE);
	groups = group_choices(rq, job->run.instrument, NULL, false);
	items = item_choices(rq, &job->run);
	form_choose_from(&job->view.form, "respondents", &groups);
	form_choose_from(&job->view.form, "item", &items);
	return OK;
}

static const char *
kind_words(const char *kind)
{
	for (const struct choice *c = KINDS; c->value != NULL; c++)
		if (strcmp(c->value, kind) == 0)
			return c->label;
	return "";
}

enum outcome
notes_page(struct request *rq)
{
	struct notes_view view = { 0 };
	struct note_list notes;
	struct run run;
	enum outcome got = run_open(rq, &run);

	if (got == OK)
		got = note_list(rq->db, &rq->arena, rq->organisation.id,
		    run.row.id, NULL, &notes);
	if (got != OK)
		return got;
	view.head = run_head_make(rq, &run);
	LIST_EACH (note, &notes)
		*LIST_ADD(&rq->arena, &view.notes) = (struct note_row){
			.id = note->id, .kind = kind_words(note->kind),
			.title = note->title, .body = note->body,
			.item = note->item, .day = note->day,
			.group = note->respondents[0] == '\0'
			    ? same_label("")
			    : group_label(run.instrument,
				note->respondents) };
	render_notes(&rq->page, &view);
	return OK;
}

enum outcome
note_new_page(struct request *rq)
{
	struct note_job *job = ARENA_NEW(&rq->arena, struct note_job);
	const char *item = request_field(rq, "item");
	enum outcome got = note_open(rq, job);

	if (got != OK)
		return got;
	form_fill_day(rq, &job->view.form, "day", day_of(time_now()));
	form_fill_text(&job->view.form, "item", item);
	render_note_form(&rq->page, &job->view);
	return OK;
}

static void
note_fill(struct request *rq, struct form *form, const struct note *note)
{
	form_fill_text(form, "kind", note->kind);
	form_fill_text(form, "title", note->title);
	form_fill_day(rq, form, "day", note->day);
	form_fill_text(form, "respondents", note->respondents);
	form_fill_text(form, "item", note->item);
	form_fill_text(form, "body", note->body);
	form->version = note->version;
}

static enum outcome
note_stored(struct request *rq, struct note_job *job)
{
	enum outcome got = note_open(rq, job);

	if (got == OK)
		got = note_find(rq->db, &rq->arena, rq->organisation.id,
		    job->run.row.id, request_path_id(rq, "note"), &job->note);
	if (got != OK)
		return got;
	job->view.note = job->note.id;
	note_fill(rq, &job->view.form, &job->note);
	return OK;
}

enum outcome
note_page(struct request *rq)
{
	struct note_job *job = ARENA_NEW(&rq->arena, struct note_job);
	enum outcome got = note_stored(rq, job);

	if (got == OK)
		render_note_form(&rq->page, &job->view);
	return got;
}

/* --- Writing ------------------------------------------------------------- */

static const char *
text_or_empty(const char *text)
{
	return text == NULL ? "" : text;
}

/* False, and the form shown again, when something is wrong. */
static bool
note_read(struct request *rq, struct note_job *job)
{
	const struct form *form = &job->view.form;

	form_read(rq, &job->view.form);
	if (form->errors.count > 0) {
		render_note_form(&rq->page, &job->view);
		return false;
	}
	job->note = (struct note){ .id = job->view.note,
		.kind = form_text(form, "kind"),
		.item = text_or_empty(form_text(form, "item")),
		.respondents = text_or_empty(form_text(form, "respondents")),
		.title = form_text(form, "title"),
		.body = form_text(form, "body"),
		.day = form_number(form, "day"), .version = form->version };
	job->by = authored_by(rq, form);
	return true;
}

static enum outcome
note_write(struct tx *tx, void *arg)
{
	struct note_job *job = arg;
	struct arena *a = &job->rq->arena;
	const struct assessment *run = &job->run.row;

	if (job->note.id == 0)
		return note_add(tx, a, run->organisation, run->id,
		    &job->note, &job->by, &job->id);
	return note_change(tx, a, run->organisation, run->id, &job->note);
}

static enum outcome
note_remove_write(struct tx *tx, void *arg)
{
	const struct note_job *job = arg;

	return note_remove(tx, &job->rq->arena, job->run.row.organisation,
	    job->run.row.id, job->note.id);
}

static enum outcome
note_conflict(struct request *rq, struct note_job *job)
{
	struct note_job *now = ARENA_NEW(&rq->arena, struct note_job);
	enum outcome got;

	if (job->view.note == 0)
		return CONFLICT;
	got = note_stored(rq, now);
	if (got != OK || !now->view.head.collecting)
		return got == OK ? CONFLICT : got;
	form_conflict(rq, &job->view.form, &now->view.form);
	render_note_form(&rq->page, &job->view);
	return CONFLICT;
}

static enum outcome
note_answer(struct request *rq, enum outcome got, void *arg)
{
	struct note_job *job = arg;

	if (got == CONFLICT)
		return note_conflict(rq, job);
	if (got != OK)
		return got;
	redirect_notice(rq, N_("Saved."));
	return redirect(rq, "/o/%s/assessments/%lld/notes",
	    rq->organisation.slug, (long long)job->run.row.number);
}

enum outcome
note_add_page(struct request *rq)
{
	struct note_job *job = ARENA_NEW(&rq->arena, struct note_job);
	enum outcome got = note_open(rq, job);

	if (got != OK)
		return got;
	if (!note_read(rq, job))
		return INVALID;
	return write_later(rq, note_write, note_answer, job);
}

enum outcome
note_change_page(struct request *rq)
{
	struct note_job *job = ARENA_NEW(&rq->arena, struct note_job);
	enum outcome got = note_stored(rq, job);

	if (got != OK)
		return got;
	if (!note_read(rq, job))
		return INVALID;
	return write_later(rq, note_write, note_answer, job);
}

enum outcome
note_remove_page(struct request *rq)
{
	struct note_job *job = ARENA_NEW(&rq->arena, struct note_job);
	enum outcome got = note_stored(rq, job);

	return got == OK ? write_later(rq, note_remove_write, note_answer,
	    job) : got;
}
