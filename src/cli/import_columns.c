/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cli/import_columns.h"

#include "content/folder.h"
#include "content/yaml.h"
#include "library/library.h"
#include "text/fold.h"

#include <string.h>

/* Names of columns, and finding them in a table. */

static const char *const KEYS[IMPORT_COLUMNS + 1] = {
	[COLUMN_NAME_MN] = "name_mn",
	[COLUMN_NAME_EN] = "name_en",
	[COLUMN_NAME_BICHIG] = "name_bichig",
	[COLUMN_REGISTRATION] = "registration",
	[COLUMN_LEGAL_FORM] = "legal_form",
	[COLUMN_UNIT] = "unit",
	[COLUMN_PLACE] = "place",
	[COLUMN_FIELD] = "field",
	[COLUMN_PURPOSE_MN] = "purpose_mn",
	[COLUMN_PURPOSE_EN] = "purpose_en",
	[COLUMN_WEBSITE] = "website",
	[COLUMN_EMAIL] = "email",
	[COLUMN_PHONE] = "phone",
	[COLUMN_FOUNDED] = "founded",
	[COLUMN_PEOPLE] = "people",
};

static const struct import_word *
word_find(const struct import_words *words, const char *folded)
{
	LIST_EACH(word, words)
		if (strcmp(word->folded, folded) == 0)
			return word;
	return NULL;
}

const char *
import_word_id(struct arena *a, const struct import_words *words,
    const char *text)
{
	const struct import_word *word = word_find(words,
	    fold_search(a, text));

	return word == NULL ? NULL : word->id;
}

static void
word_add(struct arena *a, struct import_words *words, const char *text,
    size_t column, const char *id)
{
	*LIST_ADD(a, words) = (struct import_word){
		.folded = fold_search(a, text), .column = column, .id = id };
}

/* --- What is known ------------------------------------------------------- */

static void
names_read(struct arena *a, const struct yaml_node *map,
    struct content_faults *faults, struct import_words *names)
{
	yaml_check_keys(map, KEYS, faults);
	for (size_t i = 0; i < IMPORT_COLUMNS; i++)
		LIST_EACH(node, yaml_list_or_none(map, KEYS[i], faults))
			word_add(a, names, yaml_as_text(node, faults), i,
			    NULL);
}

static void
forms_read(struct arena *a, const struct yaml_node *map,
    struct content_faults *faults, struct import_words *forms)
{
	LIST_EACH(form, &map->nodes) {
		if (vocabulary_find(&library()->legal_forms, form->key) ==
		    NULL)
			yaml_fault(faults, form,
			    N_("There is no legal form \"%(id)s\""),
			    WORDS(word_text("id", form->key)));
		LIST_EACH(node, yaml_list(map, form->key, faults))
			word_add(a, forms, yaml_as_text(node, faults), 0,
			    form->key);
	}
}

static enum outcome
file_read(struct arena *a, const char *path, struct content_faults *faults,
    struct import_columns *columns)
{
	static const char *const TOP[] = { "columns", "legal_forms", NULL };
	const struct yaml_node *root, *forms;
	enum outcome got = yaml_open(a, path, faults, &root);

	if (got != OK)
		return got;
	yaml_check_keys(root, TOP, faults);
	if (yaml_find(root, "columns") != NULL)
		names_read(a, yaml_map(root, "columns", faults), faults,
		    &columns->names);
	forms = yaml_find(root, "legal_forms");
	if (forms != NULL)
		forms_read(a, yaml_map(root, "legal_forms", faults), faults,
		    &columns->legal_forms);
	return faults->count == 0 ? OK : INVALID;
}

/* A term is known by its id, its names and its code elsewhere. */
static void
terms_add(struct arena *a, const struct vocabulary *terms,
    struct import_words *words)
{
	LIST_EACH(term, terms) {
		word_add(a, words, term->id, 0, term->id);
		for (size_t i = 0; i < LANGUAGES; i++)
			word_add(a, words, term->label.text[i], 0, term->id);
		if (*term->code != '\0')
			word_add(a, words, term->code, 0, term->id);
	}
}

enum outcome
import_columns_open(struct arena *a, const char *content, const char *map,
    struct content_faults *faults, struct import_columns *columns_out)
{
	struct import_columns columns = { 0 };
	enum outcome got = OK;

	if (map != NULL)
		got = file_read(a, map, faults, &columns);
	if (got == OK)
		got = file_read(a, content_path(a, content, "organisations",
		    "columns"), faults, &columns);
	if (got != OK)
		return got;
	terms_add(a, &library()->units, &columns.units);
	terms_add(a, &library()->legal_forms, &columns.legal_forms);
	*columns_out = columns;
	return OK;
}

/* --- What a table has ---------------------------------------------------- */

static void
column_found(const struct content_place *place, const char *header,
    size_t column, struct content_faults *faults,
    struct import_columns *columns)
{
	if (columns->at[column] >= 0) {
		content_fault_add(faults, *place,
		    N_("\"%(first)s\" and \"%(second)s\" both mean "
		       "\"%(column)s\"; take one out, or say in a --map file "
		       "which it is"),
		    WORDS(word_text("first", columns->header[column]),
			word_text("second", header),
			word_text("column", KEYS[column])));
		return;
	}
	columns->at[column] = place->column - 1;
	columns->header[column] = header;
}

enum outcome
import_columns_find(struct arena *a, const char *file,
    const struct csv_row *header, struct content_faults *faults,
    struct import_columns *columns)
{
	for (size_t i = 0; i < IMPORT_COLUMNS; i++)
		columns->at[i] = -1;
	for (size_t i = 0; i < header->count; i++) {
		const char *name = arena_copy(a, header->items[i]);
		const struct import_word *word = word_find(&columns->names,
		    fold_search(a, name));
		struct content_place place = { file, header->line,
			(int)i + 1 };

		if (word != NULL)
			column_found(&place, name, word->column, faults,
			    columns);
		else if (*name != '\0')
			LIST_ADD(a, &columns->unused)->folded = name;
	}
	if (columns->at[COLUMN_NAME_MN] < 0)
		content_fault_add(faults,
		    (struct content_place){ file, header->line, 0 },
		    N_("No column has the name of the organisation. Its "
		       "first row must name the columns, for instance "
		       "\"Нэр\" or \"Name\"; other names go into a --map "
		       "file."), NO_WORDS);
	return faults->count == 0 ? OK : INVALID;
}
