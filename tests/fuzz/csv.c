/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/csv.h"

#include "base/arena.h"
#include "base/check.h"
#include "text/utf8.h"

#include <stdint.h>
#include <string.h>

/* What is read is clean and within limits, and comes back when written. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* The writer may have put an apostrophe before a formula. */
static bool
field_came_back(const char *field, const char *again)
{
	return strcmp(field, again) == 0 ||
	    (*again == '\'' && strcmp(field, again + 1) == 0);
}

static void
check_written(struct arena *a, const struct csv_row *row)
{
	AUTO_BUFFER struct buffer b;
	struct csv_row again;
	struct csv csv;

	buffer_init(&b);
	/* a header that makes the comma the separator */
	for (size_t i = 0; i < CSV_COLUMNS; i++)
		csv_add_field(&b, "h");
	csv_end_row(&b);
	for (size_t i = 0; i < row->count; i++)
		csv_add_field(&b, row->items[i]);
	csv_end_row(&b);
	csv = csv_open(b.bytes, b.size);
	check(csv_next(&csv, a, &again) == OK);
	check(csv_next(&csv, a, &again) == OK);
	check(again.count == row->count);
	for (size_t i = 0; i < row->count; i++)
		check(field_came_back(row->items[i], again.items[i]));
	check(csv_next(&csv, a, &again) == NOT_FOUND);
}

static void
check_row(const struct csv_row *row, int line)
{
	check(row->line > line);
	check(row->count > 0 && row->count <= CSV_COLUMNS);
	for (size_t i = 0; i < row->count; i++) {
		size_t size = strlen(row->items[i]);

		check(size <= CSV_FIELD_SIZE);
		check(text_is_clean(row->items[i], size));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct csv csv = csv_open((const char *)bytes, size);
	AUTO_ARENA struct arena a;
	struct csv_row row;
	enum outcome got;
	int line = 0;

	arena_init(&a, ARENA_LIMIT);
	while ((got = csv_next(&csv, &a, &row)) == OK) {
		check_row(&row, line);
		check_written(&a, &row);
		line = row.line;
		arena_reset(&a);
	}
	check(got == NOT_FOUND || csv.fault.what != NULL);
	check(got == NOT_FOUND || csv.fault.line > line);
	return 0;
}
