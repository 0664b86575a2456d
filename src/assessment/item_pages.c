/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment_templates.h"
#include "assessment/evidence_store.h"
#include "assessment/handlers.h"
#include "assessment/run_state.h"
#include "survey/answer.h"
#include "survey/tally_store.h"
#include "text/catalogue.h"

#include <string.h>

/* One item as the team sees it: sums, evidence, the score they agree on. */

static const struct field AGREED[] = {
	{ "answer", FIELD_CHOICE, FIELD_REQUIRED, 0, 0,
	    N_("What do you agree on?"), NULL, NULL, NULL },
	{ "rationale", FIELD_LONG_TEXT, 0, 0, RATIONALE_MOST, N_("Why?"),
	    N_("What speaks for this level, and what for another. It can "
	       "stand in the report."), NULL, NULL },
	{ 0 }
};

/* What the page shows and what a sending of its form needs. */
struct item_job {
	struct request *rq;
	struct run run;
	const struct item *item;
	struct evidence_list pieces;
	struct item_view view;
	struct agreed agreed;	/* as sent */
	struct authored by;
};

/* --- The form ------------------------------------------------------------ */

static void
form_begin(struct request *rq, struct item_job *job)
{
	struct form_choices choices = { 0 };
	struct levels_view levels = levels_make(&rq->arena,
	    job->run.instrument, job->item, false, "answer", "");

	LIST_EACH (row, &levels.levels)
		*LIST_ADD(&rq->arena, &choices) = (struct form_choice){
			.value = row->value,
			.label = row->words.text[rq->language] };
	LIST_EACH (row, &levels.others)
		*LIST_ADD(&rq->arena, &choices) = (struct form_choice){
			.value = row->value,
			.label = row->words.text[rq->language] };
	form_open(rq, &job->view.form, AGREED);
	form_choose_from(&job->view.form, "answer", &choices);
}

/* What is stored, as a form. */
static enum outcome
form_stored(struct request *rq, struct item_job *job)
{
	struct agreed agreed;
	enum outcome got = agreed_find(rq->db, &rq->arena,
	    job->run.row.organisation, job->run.row.id, job->item->id,
	    &agreed);

	form_begin(rq, job);
	if (got == NOT_FOUND)
		return OK;
	if (got != OK)
		return got;
	form_fill_text(&job->view.form, "answer",
	    answer_text(&rq->arena, agreed.answer));
	form_fill_text(&job->view.form, "rationale", agreed.rationale);
	job->view.form.version = agreed.version;
	job->view.answer = answer_text(&rq->arena, agreed.answer);
	job->view.answer_words = answer_words(job->run.instrument, job->item,
	    agreed.answer);
	return OK;
}

/* --- Sums ---------------------------------------------------------------- */

static struct sums_row
sums_make(struct label group, const struct tally *tally)
{
	bool shown = shows_mean(tally->n);

	return (struct sums_row){ .group = group, .n = tally->n,
		.na = tally->na, .dk = tally->dk, .shows_mean = shown,
		.mean = shown ? score_mean(tally) : (struct decimal){ 0 },
		.spread = shows_distribution(tally->n) ? score_spread(tally)
		    : (struct decimal){ 0 } };
}

static struct count_cells
distribution_make(struct arena *a, const struct instrument *instrument,
    const struct tally *tally)
{
	struct count_cells cells = { 0 };

	for (size_t i = 0; i < instrument->scale.levels.count; i++) {
		int value = instrument->scale.levels.items[i].value;

		*LIST_ADD(a, &cells) = (struct count_cell){
			arena_print(a, "%d", value),
			tally->levels[tally_level(&instrument->scale,
			    value)] };
	}
	return cells;
}

static enum outcome
sums_load(struct request *rq, struct item_job *job)
{
	struct tally all = { 0 };
	struct tally_rows rows;
	enum outcome got = tally_list_of_item(rq->db, &rq->arena,
	    job->run.row.organisation, job->run.row.id, job->item->id, &rows);

	if (got != OK)
		return got;
	LIST_EACH (row, &rows) {
		bool survey = strcmp(row->source, "survey") == 0;
		struct label group = group_label(job->run.instrument,
		    row->respondents);

		if (!survey)
			tally_merge(&all, &row->tally);
		else
			*LIST_ADD(&rq->arena, &job->view.groups) =
			    sums_make(group, &row->tally);
	}
	job->view.sums = sums_make(message_label(N_("All raters")), &all);
	job->view.shows_distribution = shows_distribution(all.n);
	if (job->view.shows_distribution)
		job->view.distribution = distribution_make(&rq->arena,
		    job->run.instrument, &all);
	return OK;
}

/* --- Evidence and the last run ------------------------------------------- */

static const char *const cap_reasons[] = {
	[EVIDENCE_NONE] = N_("because nothing is here that shows it"),
	[EVIDENCE_STATED] = N_("because it is only stated so far"),
	[EVIDENCE_DOCUMENTED] =
	    N_("because it is documented but not public"),
	[EVIDENCE_PUBLISHED] = N_("because it is public"),
	[EVIDENCE_CONFIRMED] = N_("because a peer confirmed it"),
};

static bool
is_among(const struct evidence_list *list, int64_t id)
{
	LIST_EACH (piece, list)
		if (piece->id == id)
			return true;
	return false;
}

static enum outcome
evidence_load(struct request *rq, struct item_job *job)
{
	struct evidence_list all, others = { 0 };
	enum outcome got = evidence_item_list(rq->db, &rq->arena,
	    job->run.row.organisation, job->run.row.id, job->item->id,
	    &job->pieces);

	if (got == OK)
		got = evidence_list(rq->db, &rq->arena,
		    job->run.row.organisation, &all);
	if (got != OK)
		return got;
	LIST_EACH (piece, &all)
		if (!is_among(&job->pieces, piece->id))
			*LIST_ADD(&rq->arena, &others) = *piece;
	job->view.pieces = piece_rows_make(&rq->arena, &job->pieces);
	job->view.choices = piece_rows_make(&rq->arena, &others);
	job->view.cap = evidence_cap(job->run.instrument, &job->pieces);
	job->view.cap_reason = cap_reasons[evidence_strongest(&job->pieces)];
	return OK;
}

static enum outcome
last_load(struct request *rq, struct item_job *job)
{
	struct assessment last;
	struct agreed agreed;
	enum outcome got;

	job->view.last_answer = "";
	if (job->run.row.previous == 0)
		return OK;
	got = assessment_find_id(rq->db, &rq->arena,
	    job->run.row.organisation, job->run.row.previous, &last);
	if (got == OK)
		got = agreed_find(rq->db, &rq->arena, last.organisation,
		    last.id, job->item->id, &agreed);
	if (got == NOT_FOUND)
		return OK;
	if (got != OK)
		return got;
	job->view.last_answer = answer_text(&rq->arena, agreed.answer);
	job->view.last_words = answer_words(job->run.instrument, job->item,
	    agreed.answer);
	job->view.last_rationale = agreed.rationale;
	job->view.last_number = last.number;
	return OK;
}

/* --- The page ------------------------------------------------------------ */

static const char *
neighbour(const struct run *run, size_t place)
{
	return place < run->items.count ? run->items.items[place]->id : "";
}

static void
words_load(struct request *rq, struct item_job *job)
{
	const struct item *item = job->item;
	const struct dimension *d =
	    &job->run.instrument->dimensions.items[item->dimension];
	size_t place = run_item_place(&job->run, item);
	struct item_view *view = &job->view;

	view->head = run_head_make(rq, &job->run);
	view->id = item->id;
	view->dimension = d->id;
	view->principle = dimension_title(d);
	view->question = item->question;
	view->help = item->help;
	view->example = item->example;
	view->hints = (struct term_labels){ item->evidence.items,
		item->evidence.count };
	view->previous = place == 0 ? "" : neighbour(&job->run, place - 1);
	view->next = neighbour(&job->run, place + 1);
	view->answer = "";
}

static enum outcome
item_load(struct request *rq, struct item_job *job)
{
	enum outcome got = run_open(rq, &job->run);

	job->rq = rq;
	if (got == OK)
		got = run_item(rq, &job->run, &job->item);
	if (got != OK)
		return got;
	words_load(rq, job);
	got = sums_load(rq, job);
	if (got == OK)
		got = evidence_load(rq, job);
	return got == OK ? last_load(rq, job) : got;
}

static void
item_show(struct request *rq, struct item_job *job)
{
	struct item_view *view = &job->view;
	const struct form_field *answer = form_find(&view->form, "answer");

	view->levels = levels_make(&rq->arena, job->run.instrument, job->item,
	    false, "answer", answer->typed);
	view->answer_error = answer->error;
	view->rationale = *form_find(&view->form, "rationale");
	render_item(&rq->page, view);
}

enum outcome
item_page(struct request *rq)
{
	struct item_job *job = ARENA_NEW(&rq->arena, struct item_job);
	enum outcome got = item_load(rq, job);

	if (got == OK)
		got = form_stored(rq, job);
	if (got == OK)
		item_show(rq, job);
	return got;
}

/* --- Agreeing ------------------------------------------------------------ */

static enum outcome
agreed_write(struct tx *tx, void *arg)
{
	const struct item_job *job = arg;

	return agreed_put(tx, &job->rq->arena, job->run.row.organisation,
	    job->run.row.id, &job->agreed, &job->by);
}

static void
cap_fault(struct request *rq, struct item_job *job)
{
	form_fault(rq, &job->view.form, "answer", request_text(rq,
	    N_("With the evidence that is here, at most level %(cap)s can be "
	       "agreed. Add evidence below, or choose a lower level; what you "
	       "wrote is kept."), WORDS(word_number("cap", job->view.cap))));
	item_show(rq, job);
}

/* Somebody else agreed on something meanwhile: both, side by side. */
static enum outcome
agreed_conflict(struct request *rq, struct item_job *job)
{
	struct item_job *now = ARENA_NEW(&rq->arena, struct item_job);
	enum outcome got = item_load(rq, now);

	if (got == OK && !assessment_allows(now->run.row.stage, WORK_COLLECT))
		return CONFLICT;
	if (got == OK)
		got = form_stored(rq, now);
	if (got != OK)
		return got;
	form_conflict(rq, &job->view.form, &now->view.form);
	item_show(rq, job);
	return CONFLICT;
}

static enum outcome
agreed_answer(struct request *rq, enum outcome got, void *arg)
{
	struct item_job *job = arg;
	const char *next = job->view.next;

	if (got == INVALID) {
		cap_fault(rq, job);
		return INVALID;
	}
	if (got == CONFLICT)
		return agreed_conflict(rq, job);
	if (got != OK)
		return got;
	redirect_notice(rq, N_("Saved. Next question."));
	if (*next == '\0' || request_field(rq, "stay") != NULL)
		return redirect(rq, "/o/%s/assessments/%lld/tasks",
		    rq->organisation.slug, (long long)job->run.row.number);
	return redirect(rq, "/o/%s/assessments/%lld/items/%s",
	    rq->organisation.slug, (long long)job->run.row.number, next);
}

enum outcome
agreed_put_page(struct request *rq)
{
	struct item_job *job = ARENA_NEW(&rq->arena, struct item_job);
	const char *rationale;
	enum outcome got = item_load(rq, job);

	if (got != OK)
		return got;
	form_begin(rq, job);
	form_read(rq, &job->view.form);
	if (job->view.form.errors.count > 0) {
		item_show(rq, job);
		return INVALID;
	}
	rationale = form_text(&job->view.form, "rationale");
	job->agreed = (struct agreed){ .item = job->item->id,
		.rationale = rationale == NULL ? "" : rationale,
		.version = job->view.form.version };
	if (answer_parse(&job->run.instrument->scale,
	    form_text(&job->view.form, "answer"), &job->agreed.answer) != OK)
		return INVALID;
	job->by = authored_by(rq, &job->view.form);
	return write_later(rq, agreed_write, agreed_answer, job);
}
