/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo_read_part.h"

#include "assessment/assessment.h"
#include "content/folder.h"
#include "library/library.h"
#include "text/catalogue.h"
#include "text/number.h"

#include <string.h>

/* Reads content/demo/runs.yaml: runs, evidence, and what people said. */

enum { RUN_DAYS = 60 };	/* from begin to end when the file does not say */

int64_t
demo_read_integer(const struct yaml_node *node, int64_t most,
    struct content_faults *faults)
{
	const char *text = yaml_as_text(node, faults);
	int64_t value = 0;

	if (*text != '\0' && number_parse(text, 0, most, &value) != OK)
		yaml_fault(faults, node, N_("This must be a whole number from "
		    "%(least)s to %(most)s"), WORDS(word_number("least", 0),
			word_number("most", most)));
	return value;
}

/* --- Runs ---------------------------------------------------------------- */

/* A list of ids as one text, blanks between. */
static const char *
read_ids(struct arena *a, const struct yaml_node *map, const char *key,
    struct content_faults *faults)
{
	const struct yaml_nodes *list = yaml_list_or_none(map, key, faults);
	const char *ids = "";

	LIST_EACH(node, list)
		ids = arena_print(a, "%s%s%s", ids, *ids == '\0' ? "" : " ",
		    yaml_as_text(node, faults));
	return ids;
}

/* Tenths of a level, one for each principle. */
static void
read_tenths(const struct yaml_node *map, const char *key,
    struct content_faults *faults, int tenths[DEMO_PRINCIPLES])
{
	const struct yaml_nodes *list = yaml_list(map, key, faults);

	if (list->count > 0 && list->count != DEMO_PRINCIPLES)
		yaml_fault(faults, yaml_find(map, key),
		    N_("\"%(key)s\" must have %(count)s entries"),
		    WORDS(word_text("key", key),
			word_number("count", DEMO_PRINCIPLES)));
	for (size_t i = 0; i < list->count && i < DEMO_PRINCIPLES; i++)
		tenths[i] = (int)demo_read_integer(&list->items[i],
		    (DEMO_LEVELS - 1) * 10, faults);
}

static void
read_weights(const struct yaml_node *map, struct content_faults *faults,
    struct demo_run *run)
{
	enum { ROOM = sizeof(run->weights) / sizeof(run->weights[0]) };
	const struct vocabulary *criteria = &library()->criteria;
	const struct yaml_node *weights;

	for (size_t i = 0; i < ROOM; i++)
		run->weights[i] = 1;
	if (yaml_find(map, "weights") == NULL)
		return;
	run->weighted = true;
	weights = yaml_map(map, "weights", faults);
	LIST_EACH(node, &weights->nodes)
		if (vocabulary_find(criteria, node->key) == NULL)
			yaml_fault(faults, node,
			    N_("There is no \"%(id)s\" here"),
			    WORDS(word_text("id", node->key)));
	for (size_t i = 0; i < criteria->count && i < ROOM; i++)
		if (yaml_find(weights, criteria->items[i].id) != NULL)
			run->weights[i] = yaml_int(weights,
			    criteria->items[i].id, 0, WEIGHT_MOST, faults);
}

static struct demo_story *
read_story_of(const struct yaml_node *node, struct demo_stories *stories,
    struct content_faults *faults)
{
	const char *id = yaml_text_or(node, "story", "", faults);

	LIST_EACH(story, stories)
		if (strcmp(story->id, id) == 0)
			return story;
	if (*id != '\0')
		yaml_fault(faults, yaml_find(node, "story"),
		    N_("There is no \"%(id)s\" here"),
		    WORDS(word_text("id", id)));
	return NULL;
}

/* A second revision of its report. */
static void
read_correction(const struct yaml_node *node, struct content_faults *faults,
    struct demo_run *run)
{
	static const char *const keys[] = { "day", "reason", NULL };
	const struct yaml_node *correction;

	run->correction = "";
	if (yaml_find(node, "correction") == NULL)
		return;
	correction = yaml_map(node, "correction", faults);
	yaml_check_keys(correction, keys, faults);
	run->corrected = demo_read_day(correction, "day", faults);
	run->correction = yaml_text(correction, "reason", faults);
}

static void
read_answers(const struct yaml_node *node, struct content_faults *faults,
    struct demo_run *run)
{
	read_tenths(node, "self", faults, run->self);
	read_tenths(node, "stakeholders", faults, run->stakeholders);
	run->raters = yaml_int(node, "raters", 0, RATERS_AT_ONCE, faults);
	run->answers = yaml_int(node, "answers", 0, 1000, faults);
	run->member = yaml_text_or(node, "member", "", faults);
	run->invited = yaml_text_or(node, "invited", "", faults);
}

static void
read_run(struct arena *a, const struct yaml_node *node,
    struct demo_coalition *coalition, struct content_faults *faults,
    struct demo_story_book *book)
{
	static const char *const keys[] = { "organisation", "track", "begins",
		"ends", "stage", "self", "stakeholders", "raters", "answers",
		"story", "objectives", "weights", "scope", "invited",
		"not_our_field", "member", "correction", NULL };
	static const char *const tracks[] = { "short", "full", NULL };
	struct demo_run *run = LIST_ADD(a, &book->runs);

	yaml_check_keys(node, keys, faults);
	run->organisation = demo_read_organisation(node, coalition, faults);
	run->track = tracks[yaml_choice(node, "track", tracks, faults)];
	run->scope = yaml_text(node, "scope", faults);
	run->objectives = read_ids(a, node, "objectives", faults);
	run->not_our_field = read_ids(a, node, "not_our_field", faults);
	run->begins = demo_read_day(node, "begins", faults);
	run->ends = demo_read_day_or_none(node, "ends", faults);
	if (run->ends == 0)
		run->ends = run->begins + RUN_DAYS;
	run->stage = yaml_int(node, "stage", 1, DEMO_FINISHED, faults);
	read_weights(node, faults, run);
	read_answers(node, faults, run);
	read_correction(node, faults, run);
	run->story = read_story_of(node, &book->stories, faults);
	if (run->stage >= STAGE_PLAN && run->story == NULL)
		yaml_fault(faults, node, N_("\"%(key)s\" is missing"),
		    WORDS(word_text("key", "story")));
}

/* --- Evidence, comments, notes ------------------------------------------- */

static void
read_evidence(struct arena *a, const struct yaml_node *node,
    struct demo_coalition *coalition, struct content_faults *faults,
    struct demo_story_book *book)
{
	static const char *const keys[] = { "organisation", "kind", "title",
		"file", "link", "visible", "day", NULL };
	static const char *const kinds[] = { "stated", "file", "link", NULL };
	static const char *const visible[] = { "team", "reviewers", "public",
		NULL };
	struct demo_evidence *e = LIST_ADD(a, &book->evidence);

	yaml_check_keys(node, keys, faults);
	e->organisation = demo_read_organisation(node, coalition, faults);
	e->kind = kinds[yaml_choice(node, "kind", kinds, faults)];
	e->title = yaml_text(node, "title", faults);
	e->visible = visible[yaml_choice(node, "visible", visible, faults)];
	e->day = demo_read_day_or_none(node, "day", faults);
	e->file = strcmp(e->kind, "file") != 0 ? ""
	    : yaml_id(node, "file", faults);
	e->link = strcmp(e->kind, "link") != 0 ? ""
	    : yaml_text(node, "link", faults);
}

static void
read_comment(struct arena *a, const struct yaml_node *node,
    struct demo_coalition *coalition, struct content_faults *faults,
    struct demo_story_book *book)
{
	static const char *const keys[] = { "organisation", "text", NULL };
	struct demo_text *text = LIST_ADD(a, &book->comments);

	yaml_check_keys(node, keys, faults);
	text->organisation = demo_read_organisation(node, coalition, faults);
	text->text = yaml_text(node, "text", faults);
}

static void
read_note(struct arena *a, const struct yaml_node *node,
    struct demo_coalition *coalition, struct content_faults *faults,
    struct demo_story_book *book)
{
	static const char *const keys[] = { "organisation", "kind", "item",
		"respondents", "title", "body", NULL };
	static const char *const kinds[] = { "interview", "discussion",
		"documents", NULL };
	struct demo_note_text *note = LIST_ADD(a, &book->notes);

	yaml_check_keys(node, keys, faults);
	note->organisation = demo_read_organisation(node, coalition, faults);
	note->kind = kinds[yaml_choice(node, "kind", kinds, faults)];
	note->item = yaml_text_or(node, "item", "", faults);
	note->respondents = yaml_text_or(node, "respondents", "", faults);
	note->title = yaml_text(node, "title", faults);
	note->body = yaml_text(node, "body", faults);
}

static void
read_rationales(const struct yaml_node *root, struct content_faults *faults,
    struct demo_story_book *book)
{
	const struct yaml_nodes *list = yaml_list(root, "rationales", faults);

	if (list->count > 0 && list->count != DEMO_LEVELS)
		yaml_fault(faults, yaml_find(root, "rationales"),
		    N_("\"%(key)s\" must have %(count)s entries"),
		    WORDS(word_text("key", "rationales"),
			word_number("count", DEMO_LEVELS)));
	for (size_t i = 0; i < DEMO_LEVELS; i++)
		book->rationales[i] = i < list->count
		    ? yaml_as_text(&list->items[i], faults) : "";
}

/* --- The file ------------------------------------------------------------ */

typedef void read_entry(struct arena *a, const struct yaml_node *node,
    struct demo_coalition *coalition, struct content_faults *faults,
    struct demo_story_book *book);

enum outcome
demo_runs_read(struct arena *a, const char *folder,
    struct content_faults *faults, struct demo_coalition *coalition,
    struct demo_story_book *book_out)
{
	static const char *const keys[] = { "runs", "stories", "evidence",
		"comments", "notes", "rationales", NULL };
	static read_entry *const lists[] = { read_run, NULL, read_evidence,
		read_comment, read_note, NULL };
	struct demo_story_book book = { 0 };
	size_t before = content_faults_total(faults);
	const struct yaml_node *root;
	enum outcome got = yaml_open(a, content_path(a, folder, "demo",
	    "runs"), faults, &root);

	if (got != OK)
		return got;
	yaml_check_keys(root, keys, faults);
	demo_stories_read(a, root, faults, &book.stories);
	read_rationales(root, faults, &book);
	for (size_t i = 0; keys[i] != NULL; i++) {
		const struct yaml_nodes *list = yaml_list(root, keys[i],
		    faults);

		if (lists[i] != NULL)
			LIST_EACH(node, list)
				lists[i](a, node, coalition, faults, &book);
	}
	*book_out = book;
	return content_faults_total(faults) == before ? OK : INVALID;
}
