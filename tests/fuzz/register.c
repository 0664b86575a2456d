/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/check.h"
#include "cli/import_rows.h"
#include "content/folder.h"
#include "library/library.h"
#include "text/utf8.h"

#include <stdint.h>
#include <string.h>

/*
 * Any bytes as a register of organisations: each row is refused with a fault
 * of its own, or is an organisation that has a name, is clean text, and is
 * found again as its own duplicate.
 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* What does not depend on the input, read once. */
static const struct import_columns *
columns_known(void)
{
	static struct import_columns columns;
	static struct arena arena;
	struct content_faults faults;

	if (arena.limit > 0)
		return &columns;
	arena_init(&arena, ARENA_LIMIT);
	content_faults_init(&faults, &arena);
	check(library_open(content_folder(NULL)) == OK);
	check(import_columns_open(&arena, content_folder(NULL), NULL, &faults,
	    &columns) == OK);
	return &columns;
}

static void
check_organisation(struct import_known *known, const struct organisation *o)
{
	check(o->name_mn != NULL && o->name_mn[0] != '\0');
	check(text_is_clean(o->name_mn, strlen(o->name_mn)));
	check(text_is_clean(o->registration, strlen(o->registration)));
	import_known_add(known, o, "row");
	check(import_known_name(known, o) != NULL);
	check(o->registration[0] == '\0' ||
	    import_known_number(known, o) != NULL);
}

static void
check_rows(struct arena *a, struct csv *csv,
    const struct import_source *source)
{
	struct import_known known;
	struct organisation o;
	struct csv_row row;

	import_known_init(&known, a);
	while (csv_next(csv, a, &row) == OK) {
		size_t before = content_faults_total(source->faults);
		enum outcome got = import_row_read(a, source, &row, &o);

		check((got == OK) ==
		    (content_faults_total(source->faults) == before));
		if (got == OK)
			check_organisation(&known, &o);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct import_columns columns = *columns_known();
	struct content_faults faults;
	const struct import_source source = { .file = "fuzz",
		.register_name = "", .columns = &columns,
		.faults = &faults };
	AUTO_ARENA struct arena a;
	struct csv csv = csv_open((const char *)bytes, size);
	struct csv_row header;

	arena_init(&a, 4 * ARENA_LIMIT);
	content_faults_init(&faults, &a);
	if (csv_next(&csv, &a, &header) != OK)
		return 0;
	if (import_columns_find(&a, "fuzz", &header, &faults, &columns) == OK)
		check_rows(&a, &csv, &source);
	else
		check(content_faults_total(&faults) > 0);
	return 0;
}
