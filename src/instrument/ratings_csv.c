/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "instrument/ratings_csv.h"

#include "base/list.h"
#include "text/csv.h"

#include <stdlib.h>
#include <string.h>

/* Reading ratings.csv: the header, each row, then who answered twice. */

enum column { RATER, GROUP, ITEM, VALUE, COLUMNS };

static const char *const NAMES[] = { "rater", "group", "item", "value" };

/* Who answered which item, kept to find those who did so twice. */
struct answer {
	const char *rater;
	size_t item;
	int line;
};
struct answers LIST_OF(struct answer);

struct reader {
	struct arena *arena;
	struct arena row_arena;	/* holds one row */
	const char *name;
	const struct instrument *instrument;
	struct content_faults *faults;
	size_t at[COLUMNS];	/* where each column stands in a row */
	size_t width;		/* fields of the header */
	struct answers answers;
	struct score_sheet sheet;
};

static struct content_place
place_of(const struct reader *r, int line, size_t column)
{
	return (struct content_place){ .file = r->name, .line = line,
	    .column = (int)column };
}

/* The field without blanks around it, in the row's arena. */
static const char *
trimmed(struct reader *r, const char *field)
{
	size_t size;

	field += strspn(field, " \t");
	size = strlen(field);
	while (size > 0 && (field[size - 1] == ' ' || field[size - 1] == '\t'))
		size--;
	return arena_copy_bytes(&r->row_arena, field, size);
}

static void
refuse_column(struct reader *r, const struct csv_row *row, size_t at,
    const char *name)
{
	const char *nearest = name_nearest(name, NAMES, COLUMNS);

	content_fault_add(r->faults, place_of(r, row->line, at + 1),
	    nearest == NULL ? N_("The column \"%(name)s\" is not known") :
	    N_("The column \"%(name)s\" is not known; did you mean"
	       " \"%(nearest)s\"?"),
	    WORDS(word_text("name", name), word_text("nearest", nearest)));
}

/* Notes where a column stands; `at` counts from 0. */
static void
take_column(struct reader *r, const struct csv_row *row, size_t at,
    bool seen[COLUMNS])
{
	const char *name = trimmed(r, row->items[at]);
	size_t i = 0;

	while (i < COLUMNS && strcmp(name, NAMES[i]) != 0)
		i++;
	if (i == COLUMNS) {
		refuse_column(r, row, at, name);
		return;
	}
	if (seen[i])
		content_fault_add(r->faults, place_of(r, row->line, at + 1),
		    N_("The column \"%(name)s\" stands here twice"),
		    WORDS(word_text("name", name)));
	seen[i] = true;
	r->at[i] = at;
}

static void
read_header(struct reader *r, const struct csv_row *row)
{
	bool seen[COLUMNS] = { false };

	r->width = row->count;
	for (size_t at = 0; at < row->count; at++)
		take_column(r, row, at, seen);
	for (size_t i = 0; i < COLUMNS; i++)
		if (!seen[i])
			content_fault_add(r->faults,
			    place_of(r, row->line, 0),
			    N_("The column \"%(name)s\" is missing"),
			    WORDS(word_text("name", NAMES[i])));
}

/* A fault in a column; the message says what was found there. */
static void
refuse(struct reader *r, const struct csv_row *row, enum column column,
    const char *msgid, const char *found)
{
	content_fault_add(r->faults,
	    place_of(r, row->line, r->at[column] + 1), msgid,
	    WORDS(word_text("column", NAMES[column]),
		word_text("found", found)));
}

static const struct item *
read_item(struct reader *r, const struct csv_row *row)
{
	const char *id = trimmed(r, row->items[r->at[ITEM]]);
	const struct item *item = instrument_find_item(r->instrument, id);

	if (item == NULL)
		refuse(r, row, ITEM, N_("Column \"%(column)s\": this instrument"
		    " has no item \"%(found)s\""), id);
	return item;
}

static const struct respondent_group *
read_group(struct reader *r, const struct csv_row *row)
{
	const char *id = trimmed(r, row->items[r->at[GROUP]]);
	const struct respondent_group *group =
	    instrument_find_group(r->instrument, id);

	if (group == NULL)
		refuse(r, row, GROUP, N_("Column \"%(column)s\": this"
		    " instrument has no group \"%(found)s\""), id);
	return group;
}

/* A number of the scale in plain digits, "NA" or "DK". */
static bool
rating_parse(const struct scale *scale, const char *text,
    struct rating *rating_out)
{
	const char *digits = text + (text[0] == '-');
	size_t size = strspn(digits, "0123456789");
	int value;

	if (strcmp(text, "NA") == 0 || strcmp(text, "DK") == 0) {
		*rating_out = (struct rating){ .kind = text[0] == 'N' ?
		    RATING_NOT_APPLICABLE : RATING_DONT_KNOW };
		return true;
	}
	if (size == 0 || size > 6 || digits[size] != '\0')
		return false;
	value = (int)strtol(text, NULL, 10);
	if (!scale_has(scale, value))
		return false;
	*rating_out = (struct rating){ .kind = RATING_VALUE, .value = value };
	return true;
}

static bool
read_value(struct reader *r, const struct csv_row *row,
    struct rating *rating_out)
{
	const char *text = trimmed(r, row->items[r->at[VALUE]]);

	if (rating_parse(&r->instrument->scale, text, rating_out))
		return true;
	refuse(r, row, VALUE, N_("Column \"%(column)s\": \"%(found)s\" is"
	    " neither on the scale nor NA or DK"), text);
	return false;
}

static void
read_row(struct reader *r, const struct csv_row *row)
{
	const struct respondent_group *group;
	const struct item *item;
	struct rating rating;
	const char *rater;
	bool has_value;

	if (row->count != r->width) {
		content_fault_add(r->faults, place_of(r, row->line, 0),
		    N_("This row has %(count)s fields, the header %(width)s"),
		    WORDS(word_number("count", (int64_t)row->count),
			word_number("width", (int64_t)r->width)));
		return;
	}
	rater = trimmed(r, row->items[r->at[RATER]]);
	if (rater[0] == '\0')
		refuse(r, row, RATER, N_("Column \"%(column)s\" is empty"), "");
	group = read_group(r, row);
	item = read_item(r, row);
	has_value = read_value(r, row, &rating);
	if (rater[0] == '\0' || group == NULL || item == NULL || !has_value)
		return;
	score_sheet_add(&r->sheet, item, group, rating);
	*LIST_ADD(r->arena, &r->answers) = (struct answer){
	    .rater = arena_copy(r->arena, rater), .item = item->index,
	    .line = row->line };
}

static int
by_rater_and_item(const void *left, const void *right)
{
	const struct answer *a = left, *b = right;
	int order = strcmp(a->rater, b->rater);

	if (order != 0)
		return order;
	if (a->item != b->item)
		return a->item < b->item ? -1 : 1;
	return (a->line > b->line) - (a->line < b->line);
}

static void
refuse_repeats(struct reader *r)
{
	const struct answer *answers = r->answers.items;

	if (r->answers.count > 1)
		qsort(r->answers.items, r->answers.count, sizeof(answers[0]),
		    by_rater_and_item);
	for (size_t i = 1; i < r->answers.count; i++) {
		const struct answer *a = &answers[i - 1], *b = &answers[i];

		if (a->item != b->item || strcmp(a->rater, b->rater) != 0)
			continue;
		content_fault_add(r->faults,
		    place_of(r, b->line, r->at[ITEM] + 1),
		    N_("The rater \"%(rater)s\" has answered item \"%(item)s\""
		       " in line %(line)s already"),
		    WORDS(word_text("rater", b->rater),
			word_text("item",
			    r->instrument->items.items[b->item].id),
			word_number("line", a->line)));
	}
}

/* Header and rows; the caller asks `faults`. */
static void
read_table(struct reader *r, struct csv *csv)
{
	size_t before = content_faults_total(r->faults);
	struct csv_row row;
	enum outcome got;

	got = csv_next(csv, &r->row_arena, &row);
	if (got == OK)
		read_header(r, &row);
	else if (got == NOT_FOUND)
		content_fault_add(r->faults, place_of(r, 0, 0),
		    N_("The file is empty"), NO_WORDS);
	if (got != OK || content_faults_total(r->faults) > before)
		goto done;
	for (;;) {
		arena_reset(&r->row_arena);
		got = csv_next(csv, &r->row_arena, &row);
		if (got != OK)
			break;
		read_row(r, &row);
	}
done:
	if (got == INVALID)
		content_fault_add(r->faults, place_of(r, csv->fault.line,
		    (size_t)csv->fault.column), csv->fault.what, NO_WORDS);
}

enum outcome
ratings_csv_read(struct arena *a, const char *name, const char *bytes,
    size_t size, const struct instrument *instrument,
    struct content_faults *faults, struct score_sheet *sheet_out)
{
	size_t before = content_faults_total(faults);
	struct reader r = { .arena = a, .name = name,
		.instrument = instrument, .faults = faults };
	struct csv csv = csv_open(bytes, size);

	arena_init(&r.row_arena, ARENA_LIMIT);
	score_sheet_init(&r.sheet, a, instrument);
	read_table(&r, &csv);
	refuse_repeats(&r);
	arena_done(&r.row_arena);
	if (content_faults_total(faults) > before)
		return INVALID;
	*sheet_out = r.sheet;
	return OK;
}
