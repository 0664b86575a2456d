/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment_templates.h"
#include "assessment/collect_store.h"
#include "assessment/handlers.h"
#include "assessment/run_page.h"
#include "base/time.h"
#include "survey/answer.h"
#include "text/catalogue.h"

#include <sodium.h>
#include <string.h>

/*
 * A rater's own pages. Two ways lead here: a secret link without an account,
 * and a member's own code below the organisation; all else is one.
 */

struct rater_job {
	struct request *rq;
	struct rater_run found;
	struct run run;
	struct item_ratings ratings;
	struct rater_head head;
	const struct item *item;
	struct rating_new rating;
	struct rater_new new;
	struct form form;
	int64_t now;
};

static bool
by_link(const struct request *rq)
{
	return strncmp(rq->path, "/r/", 3) == 0;
}

/* Where this rater's pages begin, without the language. */
static const char *
base_of(struct request *rq)
{
	if (by_link(rq))
		return arena_print(&rq->arena, "/r/%s",
		    request_path(rq, "token"));
	return arena_print(&rq->arena, "/o/%s/assessments/%s/mine",
	    rq->organisation.slug, request_path(rq, "number"));
}

static enum outcome
rater_find(struct request *rq, struct rater_run *found_out)
{
	uint8_t hash[LINK_HASH_SIZE];
	struct assessment run;
	enum outcome got;

	if (by_link(rq)) {
		link_token_hash(request_path(rq, "token"), hash);
		return rater_find_by_token(rq->db, &rq->arena, hash,
		    found_out);
	}
	got = assessment_find(rq->db, &rq->arena, rq->organisation.id,
	    request_path_id(rq, "number"), &run);
	if (got != OK)
		return got;
	return rater_find_by_person(rq->db, &rq->arena, rq->organisation.id,
	    run.id, rq->asker.person, found_out);
}

/* The rater's answer to an item; NULL: none yet. */
static const struct rating *
answer_to(const struct rater_job *job, const struct item *item)
{
	LIST_EACH (one, &job->ratings)
		if (strcmp(one->item, item->id) == 0)
			return &one->answer;
	return NULL;
}

static void
head_make(struct request *rq, struct rater_job *job)
{
	const struct rater_run *found = &job->found;

	job->head = (struct rater_head){ .base = base_of(rq),
		.organisation = name_label(found->name_mn, found->name_en),
		.code = found->rater.code,
		.group = group_label(job->run.instrument,
		    found->rater.respondents),
		.items = (int64_t)job->run.items.count,
		.finished = found->rater.finished,
		.closed = !assessment_allows(job->run.row.stage,
		    WORK_COLLECT),
		.member = !by_link(rq) };
	LIST_EACH (item, &job->run.items) {
		if (answer_to(job, *item) != NULL)
			job->head.answered++;
		else
			job->head.minutes_left += (*item)->minutes;
	}
}

static enum outcome
rater_open(struct request *rq, struct rater_job *job)
{
	static const struct field none[] = { { 0 } };
	enum outcome got = rater_find(rq, &job->found);

	rq->page.alone = by_link(rq);
	job->rq = rq;
	job->now = time_now();
	if (got == OK)
		got = run_complete(&rq->arena, &job->found.run, &job->run);
	if (got == OK)
		got = rating_list(rq->db, &rq->arena, job->found.rater.id,
		    &job->ratings);
	if (got != OK)
		return got;
	form_open(rq, &job->form, none);
	head_make(rq, job);
	return OK;
}

/* --- The beginning ------------------------------------------------------- */

/* The first item without an answer; the first of all when all have one. */
static const char *
item_to_go_on(const struct rater_job *job)
{
	LIST_EACH (item, &job->run.items)
		if (answer_to(job, *item) == NULL)
			return (*item)->id;
	return job->run.items.items[0]->id;
}

static const struct field SELF[] = {
	{ "respondents", FIELD_CHOICE, FIELD_REQUIRED, 0, 0,
	    N_("In which capacity do you answer?"), NULL, NULL, NULL },
	{ 0 }
};

/* A member who has no code yet chooses a group first. */
static enum outcome
self_form(struct request *rq, struct rater_job *job)
{
	struct form_choices groups;
	enum outcome got = run_open(rq, &job->run);

	if (got != OK)
		return got;
	job->rq = rq;
	job->head = (struct rater_head){ .base = base_of(rq),
		.organisation = rq->organisation.name, .member = true,
		.items = (int64_t)job->run.items.count,
		.minutes_left = run_minutes(&job->run),
		.closed = !assessment_allows(job->run.row.stage,
		    WORK_COLLECT) };
	form_open(rq, &job->form, SELF);
	groups = group_choices(rq, job->run.instrument, job->run.row.groups,
	    false);
	form_choose_from(&job->form, "respondents", &groups);
	return OK;
}

static void
start_show(struct request *rq, const struct rater_job *job,
    const char *first)
{
	struct rater_start_view view = { .head = job->head,
		.about = job->run.instrument->about,
		.minutes = run_minutes(&job->run), .first = first,
		.form = job->form };

	render_rater_start(&rq->page, &view);
}

enum outcome
rater_start_page(struct request *rq)
{
	struct rater_job *job = ARENA_NEW(&rq->arena, struct rater_job);
	enum outcome got = rater_open(rq, job);

	if (got == OK) {
		start_show(rq, job, item_to_go_on(job));
		return OK;
	}
	if (got != NOT_FOUND || by_link(rq))
		return got;
	got = self_form(rq, job);
	if (got == OK)
		start_show(rq, job, "");
	return got;
}

static enum outcome
self_write(struct tx *tx, void *arg)
{
	struct rater_job *job = arg;
	int64_t id;

	return rater_add(tx, &job->rq->arena, job->rq->organisation.id,
	    &job->new, &id);
}

static enum outcome
self_answer(struct request *rq, enum outcome got, void *arg)
{
	(void)arg;
	return got == OK ? redirect(rq, "%s", base_of(rq)) : got;
}

enum outcome
rater_self_page(struct request *rq)
{
	struct rater_job *job = ARENA_NEW(&rq->arena, struct rater_job);
	enum outcome got = self_form(rq, job);

	if (got != OK)
		return got;
	form_read(rq, &job->form);
	if (job->form.errors.count > 0) {
		start_show(rq, job, "");
		return INVALID;
	}
	job->new = (struct rater_new){ .assessment = job->run.row.id,
		.respondents = form_text(&job->form, "respondents"),
		.person = rq->asker.person, .now = time_now() };
	/* No link leads to it: random bytes that are the hash of nothing. */
	randombytes_buf(job->new.token_hash, sizeof(job->new.token_hash));
	return write_later(rq, self_write, self_answer, job);
}

/* --- One question -------------------------------------------------------- */

static void
item_show(struct request *rq, const struct rater_job *job,
    const char *chosen, const char *error)
{
	const struct item *item = job->item;
	const struct instrument *instrument = job->run.instrument;
	size_t place = run_item_place(&job->run, item);
	struct rater_item_view view = { .head = job->head,
		.form = job->form, .id = item->id,
		.place = (int64_t)place + 1,
		.principle = dimension_title(
		    &instrument->dimensions.items[item->dimension]),
		.question = item->question, .help = item->help,
		.example = item->example, .error = error,
		.levels = levels_make(&rq->arena, instrument, item, false,
		    "answer", chosen),
		.previous = place == 0 ? ""
		    : job->run.items.items[place - 1]->id,
		.is_last = place + 1 == job->run.items.count };

	view.next = view.is_last ? "" : job->run.items.items[place + 1]->id;
	render_rater_item(&rq->page, &view);
}

static enum outcome
item_open(struct request *rq, struct rater_job *job)
{
	enum outcome got = rater_open(rq, job);

	return got == OK ? run_item(rq, &job->run, &job->item) : got;
}

enum outcome
rater_item_page(struct request *rq)
{
	struct rater_job *job = ARENA_NEW(&rq->arena, struct rater_job);
	const struct rating *answer;
	enum outcome got = item_open(rq, job);

	if (got != OK)
		return got;
	if (job->head.closed || job->head.finished > 0)
		return redirect(rq, "%s/check", job->head.base);
	answer = answer_to(job, job->item);
	item_show(rq, job, answer == NULL ? ""
	    : answer_text(&rq->arena, *answer), NULL);
	return OK;
}

static enum outcome
put_write(struct tx *tx, void *arg)
{
	const struct rater_job *job = arg;

	return rating_put(tx, &job->rq->arena, &job->rating);
}

static enum outcome
put_answer(struct request *rq, enum outcome got, void *arg)
{
	const struct rater_job *job = arg;
	size_t next = run_item_place(&job->run, job->item) + 1;

	if (got == CONFLICT && !request_is_autosave(rq))
		return redirect(rq, "%s/check", job->head.base);
	if (got != OK)
		return got;
	if (next == job->run.items.count)
		return redirect(rq, "%s/check", job->head.base);
	return redirect(rq, "%s/items/%s", job->head.base,
	    job->run.items.items[next]->id);
}

enum outcome
rater_put_page(struct request *rq)
{
	struct rater_job *job = ARENA_NEW(&rq->arena, struct rater_job);
	const char *sent = request_field(rq, "answer");
	struct rating answer;
	enum outcome got = item_open(rq, job);

	if (got != OK)
		return got;
	if (sent == NULL || answer_parse(&job->run.instrument->scale, sent,
	    &answer) != OK) {
		item_show(rq, job, "", T_("Choose one of the answers, or "
		    "“don’t know”", rq->language));
		return INVALID;
	}
	job->rating = (struct rating_new){ .rater = job->found.rater.id,
		.item = job->item->id, .answer = answer,
		.scale = &job->run.instrument->scale, .now = job->now };
	return write_later(rq, put_write, put_answer, job);
}

/* --- Check, done --------------------------------------------------------- */

static struct rater_check_row
check_row_make(struct request *rq, const struct rater_job *job,
    const struct item *item, int64_t place)
{
	const struct rating *answer = answer_to(job, item);
	struct rater_check_row row = { .id = item->id, .place = place,
		.question = item->question, .value = "" };

	if (answer == NULL)
		return row;
	row.answered = true;
	row.value = answer_number(&rq->arena, *answer);
	row.words = answer_words(job->run.instrument, item, *answer);
	return row;
}

enum outcome
rater_check_page(struct request *rq)
{
	struct rater_job *job = ARENA_NEW(&rq->arena, struct rater_job);
	struct rater_check_view view = { 0 };
	int64_t place = 0;
	enum outcome got = rater_open(rq, job);

	if (got != OK)
		return got;
	view.head = job->head;
	view.form = job->form;
	LIST_EACH (item, &job->run.items)
		*LIST_ADD(&rq->arena, &view.rows) =
		    check_row_make(rq, job, *item, ++place);
	render_rater_check(&rq->page, &view);
	return OK;
}

static enum outcome
done_write(struct tx *tx, void *arg)
{
	const struct rater_job *job = arg;

	return rater_change_finished(tx, &job->rq->arena,
	    job->found.rater.id, job->now);
}

static enum outcome
done_answer(struct request *rq, enum outcome got, void *arg)
{
	const struct rater_job *job = arg;

	/* Closed meanwhile: the page of answers says so. */
	if (got != OK && got != CONFLICT)
		return got;
	return redirect(rq, "%s/check", job->head.base);
}

static enum outcome
finish_later(struct request *rq, bool done)
{
	struct rater_job *job = ARENA_NEW(&rq->arena, struct rater_job);
	enum outcome got = rater_open(rq, job);

	if (got != OK)
		return got;
	if (!done)
		job->now = 0;
	return write_later(rq, done_write, done_answer, job);
}

enum outcome
rater_done_page(struct request *rq)
{
	return finish_later(rq, true);
}

enum outcome
rater_reopen_page(struct request *rq)
{
	return finish_later(rq, false);
}
