/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"

/*
 * Tables as text (RFC 4180). Read row by row from bytes in memory:
 *
 *	struct csv csv = csv_open(bytes, size);
 *
 *	while ((got = csv_next(&csv, &arena, &row)) == OK)
 *		...
 *
 * A byte-order mark is skipped. Commas, semicolons or tabs part the fields,
 * whichever the first line has most of outside quotes. Rows end with LF or
 * CRLF, which become LF within a quoted field; empty lines are skipped.
 * Fields are clean text (utf8.h) as it was written, neither trimmed nor
 * normalised. Rows may differ in length: the caller knows what it expects.
 */
#define CSV_ROWS 1000000
#define CSV_COLUMNS 200
#define CSV_FIELD_SIZE ((size_t)64 * 1024)	/* bytes of a field */

struct csv_row {
	const char **items;
	size_t count;	/* 1 .. CSV_COLUMNS */
	int line;	/* where it starts, from 1 */
};

struct csv_fault {
	int line;		/* from 1 */
	int column;		/* the field's place in its row, from 1 */
	const char *what;	/* a message of the catalogue */
};

struct csv {
	const char *bytes;	/* the caller's; they outlive the reader */
	size_t size, at;
	char separator;		/* ',', ';' or '\t' */
	int line, column, rows;
	struct csv_fault fault;	/* told by csv_next */
};

/* `size` is at most BUFFER_LIMIT. */
struct csv csv_open(const char *bytes, size_t size);

/*
 * The next row, in `a`, which may be reset between rows: a file of many short
 * rows takes many times its size when all are kept. NOT_FOUND after the last;
 * INVALID at a fault, which csv->fault then tells; there is no way past it.
 */
MUST_CHECK enum outcome csv_next(struct csv *csv, struct arena *a,
    struct csv_row *row_out);

/*
 * Adds a field to a table with commas and CRLF. Text that a spreadsheet would
 * run as a formula (first of it =, +, -, @, tab) gets an apostrophe in front,
 * unless it is a plain negative number such as "-1200" or "-0.50".
 */
void csv_add_field(struct buffer *b, const char *field);

/* Ends a row of at least one field. */
void csv_end_row(struct buffer *b);
