/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/csv.h"

#include "base/check.h"
#include "text/catalogue.h"
#include "text/utf8.h"

#include <string.h>

/*
 * A strict reader: what it can't be sure of it refuses, and names the place,
 * because a table read wrongly is worse than one sent back. Each field is
 * gathered in an arena of its row; fuzzed by tests/fuzz/csv.
 */

static char
separator_find(const char *bytes, size_t size)
{
	static const char candidates[] = { ',', ';', '\t' };
	size_t counts[sizeof(candidates)] = { 0 };
	bool quoted = false;
	size_t best = 0;

	for (size_t i = 0; i < size && (quoted || bytes[i] != '\n'); i++) {
		quoted ^= bytes[i] == '"';
		for (size_t c = 0; c < sizeof(candidates); c++)
			counts[c] += !quoted && bytes[i] == candidates[c];
	}
	for (size_t c = 1; c < sizeof(candidates); c++)
		if (counts[c] > counts[best])
			best = c;
	return candidates[best];
}

struct csv
csv_open(const char *bytes, size_t size)
{
	static const char mark[] = "\xef\xbb\xbf";
	size_t marked = sizeof(mark) - 1;
	struct csv csv = { .bytes = bytes, .size = size, .line = 1 };

	check(size <= BUFFER_LIMIT);
	if (size >= marked && memcmp(bytes, mark, marked) == 0)
		csv.at = marked;
	csv.separator = separator_find(bytes + csv.at, size - csv.at);
	return csv;
}

static enum outcome
fault(struct csv *csv, const char *what)
{
	csv->fault = (struct csv_fault){ .line = csv->line,
		.column = csv->column, .what = what };
	return INVALID;
}

/* Bytes of the line break that stands here; 0 when none does. */
static size_t
break_size(const struct csv *csv)
{
	size_t left = csv->size - csv->at;
	const char *at = csv->bytes + csv->at;

	if (left >= 1 && at[0] == '\n')
		return 1;
	return left >= 2 && at[0] == '\r' && at[1] == '\n' ? 2 : 0;
}

static bool
field_ends(const struct csv *csv)
{
	return csv->at == csv->size || break_size(csv) > 0 ||
	    csv->bytes[csv->at] == csv->separator;
}

/* A copy of what stands between quotes: one for two, LF for CRLF. */
static char *
quoted_copy(struct arena *a, const char *raw, size_t size, int *breaks)
{
	char *copy = arena_take(a, size + 1);
	char *end = copy;

	for (size_t i = 0; i < size; i++) {
		if (raw[i] == '\r' && i + 1 < size && raw[i + 1] == '\n')
			continue;
		*breaks += raw[i] == '\n';
		*end++ = raw[i];
		i += raw[i] == '"';
	}
	return copy;
}

/* Where the quote opened before `start` closes; the file's size if nowhere. */
static size_t
quote_end(const struct csv *csv, size_t start)
{
	size_t at = start;

	while (at < csv->size && (csv->bytes[at] != '"' ||
	    (at + 1 < csv->size && csv->bytes[at + 1] == '"')))
		at += csv->bytes[at] == '"' ? 2 : 1;
	return at < csv->size ? at : csv->size;
}

static enum outcome
quoted_read(struct csv *csv, struct arena *a, const char **field_out)
{
	size_t start = csv->at + 1;
	size_t end = quote_end(csv, start);
	const char *field;
	int breaks = 0;

	if (end == csv->size)
		return fault(csv, N_("A quotation mark opens here "
		    "and never closes"));
	if (end - start > CSV_FIELD_SIZE)
		return fault(csv, N_("This field is too long"));
	field = quoted_copy(a, csv->bytes + start, end - start, &breaks);
	csv->at = end + 1;
	if (!field_ends(csv))
		return fault(csv, N_("Text follows a closing quotation mark"));
	csv->line += breaks;
	*field_out = field;
	return OK;
}

static enum outcome
plain_read(struct csv *csv, struct arena *a, const char **field_out)
{
	size_t start = csv->at;

	for (; !field_ends(csv); csv->at++)
		if (csv->bytes[csv->at] == '"')
			return fault(csv, N_("A quotation mark stands inside "
			    "a field that does not begin with one"));
	if (csv->at - start > CSV_FIELD_SIZE)
		return fault(csv, N_("This field is too long"));
	*field_out = arena_copy_bytes(a, csv->bytes + start, csv->at - start);
	return OK;
}

static enum outcome
cell_read(struct csv *csv, struct arena *a, const char **field_out)
{
	bool quoted = csv->at < csv->size && csv->bytes[csv->at] == '"';
	const int line = csv->line;
	const size_t start = csv->at;
	const char *field;
	enum outcome got;

	got = quoted ? quoted_read(csv, a, &field) :
	    plain_read(csv, a, &field);
	if (got != OK)
		return got;
	if (memchr(csv->bytes + start, '\0', csv->at - start) != NULL ||
	    !text_is_clean(field, strlen(field))) {
		csv->line = line;
		return fault(csv, N_("This is not text in UTF-8; save the "
		    "table as \"CSV UTF-8\""));
	}
	*field_out = field;
	return OK;
}

/* True when a separator has been passed and another field begins. */
static bool
field_follows(struct csv *csv)
{
	if (csv->at == csv->size || csv->bytes[csv->at] != csv->separator)
		return false;
	csv->at++;
	return true;
}

static void
breaks_skip(struct csv *csv)
{
	while (break_size(csv) > 0) {
		csv->at += break_size(csv);
		csv->line++;
	}
}

enum outcome
csv_next(struct csv *csv, struct arena *a, struct csv_row *row_out)
{
	const char *fields[CSV_COLUMNS];
	struct csv_row row = { 0 };

	breaks_skip(csv);
	if (csv->at == csv->size)
		return NOT_FOUND;
	row.line = csv->line;
	csv->column = 1;
	if (csv->rows++ == CSV_ROWS)
		return fault(csv, N_("The table has too many rows"));
	do {
		csv->column = (int)row.count + 1;
		if (row.count == CSV_COLUMNS)
			return fault(csv, N_("The row has too many columns"));
		if (cell_read(csv, a, &fields[row.count]) != OK)
			return INVALID;
		row.count++;
	} while (field_follows(csv));
	row.items = ARENA_MANY(a, row.count, const char *);
	memcpy(row.items, fields, row.count * sizeof(fields[0]));
	*row_out = row;
	return OK;
}

/* "-1200", "-0.50": what looks like a formula and is only a number. */
static bool
field_is_negative(const char *field)
{
	static const char digits[] = "0123456789";
	size_t whole = strspn(field + 1, digits);
	const char *rest = field + 1 + whole;

	if (*field != '-' || whole == 0)
		return false;
	if (*rest == '.' && rest[1] != '\0')
		rest += 1 + strspn(rest + 1, digits);
	return *rest == '\0';
}

static bool
field_is_formula(const char *field)
{
	return *field != '\0' && strchr("=+-@\t", *field) != NULL &&
	    !field_is_negative(field);
}

/* Every field is followed by a comma; the row's end replaces the last. */
void
csv_add_field(struct buffer *b, const char *field)
{
	bool quoted = *field == '\0' || strpbrk(field, ",;\t\"\r\n ") != NULL;

	if (quoted)
		buffer_add_byte(b, '"');
	if (field_is_formula(field))
		buffer_add_byte(b, '\'');
	for (; *field != '\0'; field++) {
		if (*field == '"')
			buffer_add_byte(b, '"');
		buffer_add_byte(b, *field);
	}
	if (quoted)
		buffer_add_byte(b, '"');
	buffer_add_byte(b, ',');
}

void
csv_end_row(struct buffer *b)
{
	check(b->size > 0 && b->bytes[b->size - 1] == ',');
	b->bytes[b->size - 1] = '\r';
	buffer_add_byte(b, '\n');
}
