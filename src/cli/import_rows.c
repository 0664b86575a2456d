/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cli/import_rows.h"

#include "base/check.h"
#include "content/field.h"
#include "text/fold.h"

#include <stdlib.h>
#include <string.h>

/* From a row to an organisation, and who is known already. */

static const struct field FIELDS[IMPORT_COLUMNS] = {
	[COLUMN_NAME_MN] = { "name_mn", FIELD_TEXT, FIELD_REQUIRED, 2, 160,
	    NULL, NULL, NULL, NULL },
	[COLUMN_NAME_EN] = { "name_en", FIELD_TEXT, 0, 1, 160, NULL, NULL,
	    NULL, NULL },
	[COLUMN_NAME_BICHIG] = { "name_bichig", FIELD_TEXT, 0, 1, 160, NULL,
	    NULL, NULL, NULL },
	[COLUMN_REGISTRATION] = { "registration", FIELD_TEXT, 0, 1, 20, NULL,
	    NULL, NULL, NULL },
	[COLUMN_LEGAL_FORM] = { "legal_form", FIELD_TEXT, 0, 1, 120, NULL,
	    NULL, NULL, NULL },
	[COLUMN_UNIT] = { "unit", FIELD_TEXT, 0, 1, 80, NULL, NULL, NULL,
	    NULL },
	[COLUMN_PLACE] = { "place", FIELD_TEXT, 0, 1, 80, NULL, NULL, NULL,
	    NULL },
	[COLUMN_FIELD] = { "field", FIELD_TEXT, 0, 1, 120, NULL, NULL, NULL,
	    NULL },
	[COLUMN_PURPOSE_MN] = { "purpose_mn", FIELD_LONG_TEXT, 0, 1, 600,
	    NULL, NULL, NULL, NULL },
	[COLUMN_PURPOSE_EN] = { "purpose_en", FIELD_LONG_TEXT, 0, 1, 600,
	    NULL, NULL, NULL, NULL },
	[COLUMN_WEBSITE] = { "website", FIELD_LINK, 0, 0, 300, NULL, NULL,
	    NULL, NULL },
	[COLUMN_EMAIL] = { "email", FIELD_EMAIL, 0, 0, 0, NULL, NULL, NULL,
	    NULL },
	[COLUMN_PHONE] = { "phone", FIELD_TEXT, 0, 1, 40, NULL, NULL, NULL,
	    NULL },
	[COLUMN_FOUNDED] = { "founded", FIELD_NUMBER, 0, 0, 9999, NULL, NULL,
	    NULL, NULL },
	[COLUMN_PEOPLE] = { "people", FIELD_NUMBER, 0, 0, 100000, NULL, NULL,
	    NULL, NULL },
};

/* One row being read. */
struct reading {
	struct arena *arena;
	const struct import_source *source;
	const struct csv_row *row;
	bool faulty;
};

static void
fault_add(struct reading *r, size_t column, const char *msgid,
    const char *value)
{
	const struct import_columns *columns = r->source->columns;

	r->faulty = true;
	content_fault_add(r->source->faults,
	    (struct content_place){ r->source->file, r->row->line,
		columns->at[column] + 1 }, msgid,
	    WORDS(word_text("column", columns->header[column]),
		word_text("value", value)));
}

/* The cell's value by the rules of its kind; "" and 0 for nothing. */
static struct field_value
cell_read(struct reading *r, size_t column)
{
	int at = r->source->columns->at[column];
	struct field_value value = { .text = NULL };

	if (at >= 0 && (size_t)at < r->row->count)
		value = field_read(r->arena, LANGUAGE_EN, &FIELDS[column],
		    r->row->items[at]);
	else if (column == COLUMN_NAME_MN)
		value.error = T_(N_("Please fill this in"), LANGUAGE_EN);
	if (value.error != NULL)
		fault_add(r, column, N_("%(column)s: %(value)s"),
		    value.error);
	if (value.text == NULL)
		value.text = "";
	return value;
}

static const char *
text_read(struct reading *r, size_t column)
{
	return cell_read(r, column).text;
}

/* The id of a word; "" for nothing, `otherwise` when there is no column. */
static const char *
id_read(struct reading *r, size_t column, const struct import_words *words,
    const char *otherwise)
{
	const char *text = text_read(r, column), *id;

	if (*text == '\0')
		return otherwise;
	id = import_word_id(r->arena, words, text);
	if (id != NULL)
		return id;
	fault_add(r, column,
	    N_("%(column)s: what is \"%(value)s\"? A --map file may say"),
	    text);
	return otherwise;
}

static const char *
registration_read(struct reading *r)
{
	const char *text = text_read(r, COLUMN_REGISTRATION);

	if (*text != '\0' && !registration_is_valid(text))
		fault_add(r, COLUMN_REGISTRATION,
		    N_("%(column)s: \"%(value)s\" is not seven digits"),
		    text);
	return text;
}

static int64_t
founded_read(struct reading *r)
{
	struct field_value value = cell_read(r, COLUMN_FOUNDED);

	if (value.error == NULL && *value.text != '\0' &&
	    !founded_is_valid(value.number))
		fault_add(r, COLUMN_FOUNDED,
		    N_("%(column)s: \"%(value)s\" is no year from 1900 on"),
		    value.text);
	return value.number;
}

enum outcome
import_row_read(struct arena *a, const struct import_source *source,
    const struct csv_row *row, struct organisation *organisation_out)
{
	struct reading r = { a, source, row, false };
	struct organisation o = { .slug = "", .standing = "registered",
		.source = source->register_name };

	o.name_mn = text_read(&r, COLUMN_NAME_MN);
	o.name_en = text_read(&r, COLUMN_NAME_EN);
	o.name_bichig = text_read(&r, COLUMN_NAME_BICHIG);
	o.registration = registration_read(&r);
	o.legal_form = id_read(&r, COLUMN_LEGAL_FORM,
	    &source->columns->legal_forms, "other");
	o.unit = id_read(&r, COLUMN_UNIT, &source->columns->units, "");
	o.place = text_read(&r, COLUMN_PLACE);
	o.field = text_read(&r, COLUMN_FIELD);
	o.purpose_mn = text_read(&r, COLUMN_PURPOSE_MN);
	o.purpose_en = text_read(&r, COLUMN_PURPOSE_EN);
	o.website = text_read(&r, COLUMN_WEBSITE);
	o.email = text_read(&r, COLUMN_EMAIL);
	o.phone = text_read(&r, COLUMN_PHONE);
	o.founded = founded_read(&r);
	o.people = cell_read(&r, COLUMN_PEOPLE).number;
	if (r.faulty)
		return INVALID;
	*organisation_out = o;
	return OK;
}

/* --- Who is known -------------------------------------------------------- */

/* Open addressing over copied keys; room is a power of two. */
struct known_entry {
	const char *key;	/* NULL: free */
	const char *where;
};

enum { KNOWN_ROOM = 1024 };

void
import_known_init(struct import_known *known, struct arena *a)
{
	*known = (struct import_known){ .arena = a, .room = KNOWN_ROOM,
		.entries = ARENA_MANY(a, KNOWN_ROOM, struct known_entry) };
}

/* FNV-1a, 64 bits. */
static size_t
hash_of(const char *key)
{
	uint64_t hash = 0xcbf29ce484222325;

	for (; *key != '\0'; key++)
		hash = (hash ^ (unsigned char)*key) * 0x100000001b3;
	return (size_t)(hash ^ hash >> 32);
}

/* The entry of a key, or the free one where it belongs. */
static struct known_entry *
entry_of(const struct import_known *known, const char *key)
{
	size_t at = hash_of(key) & (known->room - 1);

	while (known->entries[at].key != NULL &&
	    strcmp(known->entries[at].key, key) != 0)
		at = (at + 1) & (known->room - 1);
	return &known->entries[at];
}

static void
grow(struct import_known *known)
{
	struct import_known wide = *known;

	wide.room = known->room * 4;
	wide.entries = ARENA_MANY(known->arena, wide.room,
	    struct known_entry);
	for (size_t i = 0; i < known->room; i++)
		if (known->entries[i].key != NULL)
			*entry_of(&wide, known->entries[i].key) =
			    known->entries[i];
	*known = wide;
}

/* The first with a key stays. */
static void
key_add(struct import_known *known, const char *key, const char *where)
{
	struct known_entry *entry;

	if (2 * known->count >= known->room)
		grow(known);
	entry = entry_of(known, key);
	if (entry->key != NULL)
		return;
	known->count++;
	*entry = (struct known_entry){ key, where };
}

static const char *
name_key(struct arena *a, const struct organisation *o)
{
	return arena_print(a, "%s|%s", o->unit, fold_search(a, o->name_mn));
}

void
import_known_add(struct import_known *known, const struct organisation *o,
    const char *where)
{
	if (*o->registration != '\0')
		key_add(known, arena_copy(known->arena, o->registration),
		    where);
	key_add(known, name_key(known->arena, o), where);
}

const char *
import_known_number(struct import_known *known, const struct organisation *o)
{
	return *o->registration == '\0' ? NULL
	    : entry_of(known, o->registration)->where;
}

const char *
import_known_name(struct import_known *known, const struct organisation *o)
{
	AUTO_ARENA struct arena a;

	arena_init(&a, ARENA_LIMIT);
	return entry_of(known, name_key(&a, o))->where;
}
