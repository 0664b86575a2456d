/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/run_page.h"

#include "base/log.h"
#include "base/time.h"
#include "library/library.h"
#include "text/catalogue.h"

#include <string.h>

/* Finding a run from the address, and the parts that its pages share. */

static const struct {
	const char *title;
	const char *path;
} steps[] = {
	[STAGE_GOALS] = { N_("Goals and criteria"), "setup" },
	[STAGE_COLLECTING] = { N_("Collecting"), "tasks" },
	[STAGE_ANALYSIS] = { N_("Analysis"), "analysis" },
	[STAGE_PLAN] = { N_("Plan"), "plan" },
	[STAGE_MONITORING] = { N_("Monitoring and report"), "monitoring" },
};

const char *
stage_words(int stage)
{
	return steps[stage].title;
}

struct run_steps
run_steps_make(struct arena *a, int stage)
{
	struct run_steps list = { 0 };

	for (int i = STAGE_GOALS; i <= STAGE_MONITORING; i++)
		*LIST_ADD(a, &list) = (struct run_step){
			.title = steps[i].title,
			.path = i <= stage ? steps[i].path : "",
			.done = i < stage, .now = i == stage };
	return list;
}

/* --- The run ------------------------------------------------------------- */

enum outcome
run_complete(struct arena *a, const struct assessment *row,
    struct run *run_out)
{
	struct run run = { .row = *row };
	enum outcome got = assessment_instrument(row->instrument,
	    row->edition, &run.instrument);

	if (got != OK)
		return got;
	run.track = instrument_find_track(run.instrument, row->track);
	if (run.track == NULL) {
		log_error("instrument \"%s\" has no track \"%s\"",
		    row->instrument, row->track);
		return FAILED;
	}
	for (size_t i = 0; i < run.instrument->items.count; i++) {
		const struct item *item = &run.instrument->items.items[i];

		if (item_is_in_track(run.instrument, item, run.track))
			*LIST_ADD(a, &run.items) = item;
	}
	*run_out = run;
	return OK;
}

enum outcome
run_open(struct request *rq, struct run *run_out)
{
	struct assessment row;
	enum outcome got = assessment_find(rq->db, &rq->arena,
	    rq->organisation.id, request_path_id(rq, "number"), &row);

	return got == OK ? run_complete(&rq->arena, &row, run_out) : got;
}

struct run_head
run_head_make(struct request *rq, const struct run *run)
{
	return (struct run_head){
		.slug = rq->organisation.slug,
		.organisation = rq->organisation.name,
		.number = run->row.number,
		.stage = run->row.stage,
		.may_edit = asker_may_edit(rq),
		.collecting = assessment_allows(run->row.stage, WORK_COLLECT),
		.steps = run_steps_make(&rq->arena, run->row.stage),
	};
}

enum outcome
run_item(struct request *rq, const struct run *run,
    const struct item **item_out)
{
	const struct item *item = instrument_find_item(run->instrument,
	    request_path(rq, "item"));

	if (item == NULL ||
	    !item_is_in_track(run->instrument, item, run->track))
		return NOT_FOUND;
	*item_out = item;
	return OK;
}

size_t
run_item_place(const struct run *run, const struct item *item)
{
	size_t place = 0;

	while (place < run->items.count && run->items.items[place] != item)
		place++;
	return place;
}

int64_t
run_minutes(const struct run *run)
{
	int64_t minutes = 0;

	LIST_EACH (item, &run->items)
		minutes += (*item)->minutes;
	return minutes;
}

int64_t
run_public_count(const struct run *run)
{
	int64_t count = 0;

	LIST_EACH (item, &run->items)
		count += (*item)->is_public;
	return count;
}

/* --- Who asks ------------------------------------------------------------ */

bool
asker_is_member(const struct request *rq)
{
	return rq->organisation.role >= ROLE_VIEWER;
}

bool
asker_may_edit(const struct request *rq)
{
	return rq->organisation.role >= ROLE_EDITOR;
}

struct authored
authored_by(struct request *rq, const struct form *form)
{
	return (struct authored){ .person = rq->asker.person,
		.now = time_now(), .once = form == NULL ? NULL : form->once };
}

const char *
request_origin(struct request *rq)
{
	const char *proto = request_header(rq, "X-Forwarded-Proto");
	bool tls = proto != NULL && strcmp(proto, "https") == 0;

	return arena_print(&rq->arena, "%s://%s", tls ? "https" : "http",
	    rq->host);
}

/* --- Words --------------------------------------------------------------- */

struct label
name_label(const char *mn, const char *en)
{
	return (struct label){ { [LANGUAGE_MN] = mn,
	    [LANGUAGE_EN] = en == NULL || *en == '\0' ? mn : en } };
}

struct label
message_label(const char *msgid)
{
	return (struct label){ {
	    [LANGUAGE_MN] = catalogue_text(LANGUAGE_MN, msgid),
	    [LANGUAGE_EN] = catalogue_text(LANGUAGE_EN, msgid) } };
}

struct label
same_label(const char *text)
{
	return name_label(text, text);
}

struct label
dimension_title(const struct dimension *dimension)
{
	const struct principle *principle;

	if (dimension->title.text[LANGUAGE_MN] != NULL)
		return dimension->title;
	principle = charter_find_principle(&library()->charter,
	    dimension->principle);
	return principle == NULL ? same_label(dimension->id)
	    : principle->title;
}

struct label
group_label(const struct instrument *instrument, const char *group)
{
	const struct respondent_group *found =
	    instrument_find_group(instrument, group);

	return found == NULL ? same_label(group) : found->label;
}

struct form_choices
group_choices(struct request *rq, const struct instrument *instrument,
    const char *groups, bool outside)
{
	struct form_choices choices = { 0 };

	for (size_t i = 0; i < instrument->groups.count; i++) {
		const struct respondent_group *g =
		    &instrument->groups.items[i];

		if ((groups == NULL || ids_have(groups, g->id)) &&
		    (!outside || g->side == SIDE_OUTSIDE))
			*LIST_ADD(&rq->arena, &choices) = (struct form_choice){
				.value = g->id,
				.label = g->label.text[rq->language] };
	}
	return choices;
}

/* --- Answers ------------------------------------------------------------- */

static void
level_add(struct arena *a, struct level_rows *list, const char *name,
    size_t place, struct level_row row)
{
	row.id = place == 0 ? name : arena_print(a, "%s-%zu", name, place + 1);
	*LIST_ADD(a, list) = row;
}

struct levels_view
levels_make(struct arena *a, const struct instrument *instrument,
    const struct item *item, bool is_public, const char *name,
    const char *chosen)
{
	const struct scale *scale = &instrument->scale;
	const struct labels *words = is_public ? &item->public_levels
	    : &item->levels;
	struct levels_view view = { .name = name };

	for (size_t i = 0; i < words->count; i++) {
		const char *value = arena_print(a, "%d",
		    scale->levels.items[i].value);

		level_add(a, &view.levels, name, i, (struct level_row){
		    .value = value, .words = words->items[i],
		    .chosen = strcmp(chosen, value) == 0 });
	}
	level_add(a, &view.others, name, words->count, (struct level_row){
	    .value = "na", .words = scale->not_applicable,
	    .chosen = strcmp(chosen, "na") == 0 });
	level_add(a, &view.others, name, words->count + 1,
	    (struct level_row){ .value = "dk", .words = scale->dont_know,
	    .chosen = strcmp(chosen, "dk") == 0 });
	return view;
}

struct label
answer_words(const struct instrument *instrument, const struct item *item,
    struct rating answer)
{
	const struct scale *scale = &instrument->scale;

	if (answer.kind == RATING_NOT_APPLICABLE)
		return scale->not_applicable;
	if (answer.kind == RATING_DONT_KNOW)
		return scale->dont_know;
	for (size_t i = 0; i < scale->levels.count; i++)
		if (scale->levels.items[i].value == answer.value &&
		    i < item->levels.count)
			return item->levels.items[i];
	return same_label("");
}

const char *
answer_number(struct arena *a, struct rating answer)
{
	return answer.kind == RATING_VALUE
	    ? arena_print(a, "%d", answer.value) : "";
}

/* --- Evidence ------------------------------------------------------------ */

const char *
visible_words(const char *visible)
{
	if (strcmp(visible, "public") == 0)
		return N_("Everybody sees it");
	if (strcmp(visible, "reviewers") == 0)
		return N_("Your organisation and its reviewers see it");
	return N_("Only your organisation sees it");
}

/* What people call a media type. */
static const char *
type_word(const char *type)
{
	static const struct { const char *type, *word; } words[] = {
		{ "application/pdf", "PDF" },
		{ "image/jpeg", "JPEG" },
		{ "image/png", "PNG" },
		{ "image/webp", "WebP" },
		{ "text/plain", "TXT" },
		{ "text/csv", "CSV" },
		{ "application/vnd.openxmlformats-officedocument."
		  "wordprocessingml.document", "DOCX" },
		{ "application/vnd.openxmlformats-officedocument."
		  "spreadsheetml.sheet", "XLSX" },
		{ "application/vnd.openxmlformats-officedocument."
		  "presentationml.presentation", "PPTX" },
		{ "application/vnd.oasis.opendocument.text", "ODT" },
		{ "application/vnd.oasis.opendocument.spreadsheet", "ODS" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(type, words[i].type) == 0)
			return words[i].word;
	return type;
}

struct piece_rows
piece_rows_make(struct arena *a, const struct evidence_list *list)
{
	struct piece_rows rows = { 0 };

	LIST_EACH (e, list)
		*LIST_ADD(a, &rows) = (struct piece_row){ .id = e->id,
			.title = e->title, .kind = e->kind, .link = e->link,
			.visible = visible_words(e->visible),
			.type = type_word(e->type), .size = e->size,
			.has_day = e->has_day, .day = e->day,
			.confirmed_by = e->confirmed_by,
			.confirmed = e->confirmed, .created = e->created };
	return rows;
}
