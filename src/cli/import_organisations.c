/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cli/import.h"

#include "base/buffer.h"
#include "base/time.h"
#include "cli/import_rows.h"
#include "content/folder.h"
#include "library/library.h"
#include "organisation/organisation_store.h"
#include "text/collate.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

/*
 * tulga import organisations: a public register becomes entries of
 * organisations that have not joined. Everything is read and compared before
 * anything is written; a write takes the lock for one batch at a time, so that
 * a server goes on meanwhile, and an import that was cut off is begun again:
 * what is there already is left out.
 */

enum { BATCH = 100, DUPLICATES_SHOWN = 200, WAL_MOST = 32 * 1024 * 1024 };
#define ROWS_ARENA ((size_t)1024 * 1024 * 1024)

struct organisations LIST_OF(struct organisation);

struct import_command {
	struct cli_place place;
	const char *map, *register_name;
	bool apply, skip_faulty;

	struct arena arena;
	struct content_faults faults;
	struct import_columns columns;
	struct import_known known;
	struct organisations new;
	int64_t rows, faulty, duplicates;

	struct arena batch_arena;	/* of the write under way */
	size_t batch_at;
};

static int
fault(const char *what)
{
	fprintf(stderr, "tulga: %s\n", what);
	return EX_USAGE;
}

/* --- Reading ------------------------------------------------------------- */

/* Everybody who is in the database. */
static enum outcome
known_read(struct import_command *c, struct db *db)
{
	struct organisation_key_list list;
	int64_t after = 0;
	enum outcome got;

	do {
		got = organisation_keys_list(db, &c->arena, after, &list);
		if (got != OK)
			return got;
		LIST_EACH(key, &list) {
			const struct organisation o = {
				.name_mn = key->name_mn, .unit = key->unit,
				.registration = key->registration };

			import_known_add(&c->known, &o, arena_print(&c->arena,
			    "/o/%s", key->slug));
			after = key->id;
		}
	} while (list.count == ORGANISATION_KEYS);
	return OK;
}

static void
duplicate_say(struct import_command *c, const char *file, int line,
    size_t column, const char *what, const char *where)
{
	if (c->duplicates++ < DUPLICATES_SHOWN)
		fprintf(stderr, "%s:%d:%d: probable duplicate: the same %s as "
		    "%s; left out\n", file, line, c->columns.at[column] + 1,
		    what, where);
}

static void
row_take(struct import_command *c, const char *file, int line,
    const struct organisation *o)
{
	const char *number = import_known_number(&c->known, o);
	const char *name = import_known_name(&c->known, o);

	if (number != NULL)
		duplicate_say(c, file, line, COLUMN_REGISTRATION,
		    "registration number", number);
	else if (name != NULL)
		duplicate_say(c, file, line, COLUMN_NAME_MN,
		    "name in the same unit", name);
	else
		*LIST_ADD(&c->arena, &c->new) = *o;
	if (number == NULL && name == NULL)
		import_known_add(&c->known, o, arena_print(&c->arena,
		    "row %d", line));
}

static void
csv_fault_add(struct import_command *c, const char *file,
    const struct csv *csv)
{
	content_fault_add(&c->faults, (struct content_place){ file,
	    csv->fault.line, csv->fault.column }, csv->fault.what, NO_WORDS);
}

static enum outcome
rows_read(struct import_command *c, const char *file, struct csv *csv)
{
	const struct import_source source = { .file = file,
		.register_name = c->register_name, .columns = &c->columns,
		.faults = &c->faults };
	struct organisation o;
	struct csv_row row;
	enum outcome got;

	while ((got = csv_next(csv, &c->arena, &row)) == OK) {
		c->rows++;
		if (import_row_read(&c->arena, &source, &row, &o) == OK)
			row_take(c, file, row.line, &o);
		else
			c->faulty++;
	}
	if (got == INVALID)
		csv_fault_add(c, file, csv);
	return got == NOT_FOUND ? OK : got;
}

static int
table_read(struct import_command *c, const char *file, struct csv *csv)
{
	struct csv_row header;
	enum outcome got = csv_next(csv, &c->arena, &header);

	if (got == NOT_FOUND) {
		fprintf(stderr, "tulga: \"%s\" is empty\n", file);
		return EX_DATAERR;
	}
	if (got == INVALID)
		csv_fault_add(c, file, csv);
	if (got == OK)
		got = import_columns_find(&c->arena, file, &header,
		    &c->faults, &c->columns);
	if (got == OK)
		got = rows_read(c, file, csv);
	content_faults_print(&c->faults, LANGUAGE_EN);
	return cli_exit(got);
}

/* --- Writing ------------------------------------------------------------- */

static enum outcome
batch_write(struct tx *tx, void *arg)
{
	struct import_command *c = arg;
	int64_t now = time_now(), id;
	enum outcome got = OK;

	arena_reset(&c->batch_arena);
	for (size_t i = c->batch_at; i < c->batch_at + BATCH &&
	    i < c->new.count && got == OK; i++)
		got = organisation_add(tx, &c->batch_arena,
		    &c->new.items[i], NULL, now, &id);
	return got;
}

/* A long write-ahead log makes every look-up slow. BUSY: a server does it. */
static enum outcome
log_shorten(struct db *db)
{
	enum outcome got = db_checkpoint(db);

	return got == BUSY ? OK : got;
}

static int
new_write(struct import_command *c, struct db *db)
{
	struct cli_progress progress;
	enum outcome got = OK;

	cli_progress_begin(&progress, "organisations written",
	    (int64_t)c->new.count);
	for (c->batch_at = 0; c->batch_at < c->new.count && got == OK;
	    c->batch_at += BATCH) {
		cli_progress_show(&progress, (int64_t)c->batch_at);
		got = db_write(db, batch_write, c);
		if (got == OK && db_wal_size(db) > WAL_MOST)
			got = log_shorten(db);
	}
	cli_progress_end(&progress);
	if (got != OK)
		fprintf(stderr, "tulga: stopped after %zu organisations; "
		    "start again, what is there is left out\n",
		    c->batch_at - BATCH);
	return cli_exit(got);
}

/* --- The command --------------------------------------------------------- */

static void
columns_say(const struct import_command *c)
{
	for (size_t i = 0; i < IMPORT_COLUMNS; i++)
		if (c->columns.at[i] >= 0)
			printf("column %d \"%s\" is read\n",
			    c->columns.at[i] + 1, c->columns.header[i]);
	LIST_EACH(word, &c->columns.unused)
		printf("column \"%s\" is not used\n", word->folded);
}

static void
summary_say(const struct import_command *c)
{
	printf("%lld rows: %zu new, %lld probable duplicates left out, %lld "
	    "with faults.\n", (long long)c->rows, c->new.count,
	    (long long)c->duplicates, (long long)c->faulty);
}

static int
decide(struct import_command *c, struct db *db)
{
	int got;

	if (c->faulty > 0 && !c->skip_faulty) {
		printf("Nothing was written. Mend the rows named above, or "
		    "leave them out with --skip-faulty.\n");
		return EX_DATAERR;
	}
	if (!c->apply) {
		printf("Nothing was written: this was a trial. --apply "
		    "writes.\n");
		return EX_OK;
	}
	got = new_write(c, db);
	if (got == EX_OK)
		printf("%zu organisations were written. A server that runs "
		    "shows them to readers after SIGHUP.\n", c->new.count);
	return got;
}

static int
run(struct import_command *c, const char *file)
{
	AUTO_BUFFER struct buffer bytes = { 0 };
	AUTO_DB struct db *db = NULL;
	const char *content = content_folder(c->place.content);
	struct csv csv;
	int got;

	if (collate_open() != OK || library_open(content) != OK)
		return EX_CONFIG;
	if (import_columns_open(&c->arena, content, c->map, &c->faults,
	    &c->columns) != OK) {
		content_faults_print(&c->faults, LANGUAGE_EN);
		return EX_CONFIG;
	}
	got = import_file_read(file, BUFFER_LIMIT / 2, &bytes);
	if (got == EX_OK)
		got = cli_open(&c->place, &db);
	if (got == EX_OK)
		got = cli_exit(known_read(c, db));
	if (got != EX_OK)
		return got;
	csv = csv_open(buffer_text(&bytes), bytes.size);
	got = table_read(c, file, &csv);
	if (got != EX_OK)
		return got;
	columns_say(c);
	summary_say(c);
	return decide(c, db);
}

static const char HELP[] =
	"Reads a public register (CSV, UTF-8; commas, semicolons or tabs). Its\n"
	"first row names the columns; known names are in\n"
	"content/organisations/columns.yaml, a file of the same shape with --map\n"
	"adds others. Without --apply nothing is written: rows with faults and\n"
	"probable duplicates are named by row and column.\n";

int
cli_import_organisations(int argc, char **argv)
{
	struct import_command c = { .place = { .data = "data" },
		.register_name = "" };
	const struct cli_option options[] = {
		{ "apply", NULL, "write what is new", NULL, &c.apply },
		{ "map", "FILE.yaml", "names of columns and legal forms in "
		    "this register", &c.map, NULL },
		{ "register", "NAME", "what the register is called; stands on "
		    "each entry", &c.register_name, NULL },
		{ "skip-faulty", NULL, "leave rows with faults out instead of "
		    "stopping", NULL, &c.skip_faulty },
		CLI_PLACE(c.place),
		{ 0 }
	};
	int got;

	if (!cli_read(&argc, argv, "import organisations FILE.csv [OPTIONS]",
		HELP, options, &got))
		return got;
	if (argc != 2)
		return fault("import organisations wants one file; --help "
		    "says more");
	arena_init(&c.arena, ROWS_ARENA);
	arena_init(&c.batch_arena, ARENA_LIMIT);
	content_faults_init(&c.faults, &c.arena);
	import_known_init(&c.known, &c.arena);
	got = run(&c, argv[1]);
	arena_done(&c.batch_arena);
	arena_done(&c.arena);
	return got;
}
