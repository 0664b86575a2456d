/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cli/cli.h"

#include "backup/backup.h"
#include "content/folder.h"
#include "library/library.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

/* tulga check: content, database, kept files; each fault in a line. */

/* Only reads: a check changes nothing, and makes no database. */
static int
data_open(const struct cli_place *place, struct db **db_out)
{
	AUTO_ARENA struct arena a;
	struct db_config config = { .postgres = place->postgres != NULL
		? place->postgres : getenv("TULGA_POSTGRES") };
	enum outcome got;

	arena_init(&a, ARENA_LIMIT);
	config.folder = arena_print(&a, "%s/db", place->data);
	got = db_open(&config, DB_READ, db_out);
	if (got == NOT_FOUND)
		fprintf(stderr, "tulga: \"%s\" holds no database\n",
		    place->data);
	if (got != OK)
		return cli_exit(got);
	got = db_migrate_check(*db_out);
	if (got == NOT_FOUND)
		fprintf(stderr, "tulga: the database was made by an older "
		    "tulga; `tulga serve` brings it up to date\n");
	return got == NOT_FOUND ? EX_DATAERR : cli_exit(got);
}

static int
data_check(const struct cli_place *place)
{
	AUTO_DB struct db *db = NULL;
	struct kept_faults faults;
	enum outcome got;
	int opened = data_open(place, &db);

	if (opened != EX_OK)
		return opened;
	got = db_check(db);
	if (got != OK)
		return cli_exit(got);
	printf("database: whole\n");
	got = kept_check(db, place->data, &faults);
	if (got != OK)
		return cli_exit(got);
	printf("files: %lld named, %lld missing, %lld altered, %lld that no "
	    "row names\n", (long long)faults.files, (long long)faults.missing,
	    (long long)faults.altered, (long long)faults.orphans);
	return faults.missing + faults.altered == 0 ? EX_OK : EX_DATAERR;
}

int
cli_check(int argc, char **argv)
{
	struct cli_place place = { .data = NULL };
	const struct cli_option options[] = {
		{ "postgres", "CONNINFO", "a PostgreSQL database instead of "
		    "SQLite", &place.postgres, NULL },
		{ "content", "DIR", "the folder of content", &place.content,
		    NULL },
		{ 0 }
	};
	int got;

	if (!cli_read(&argc, argv, "check [DIR]", "Proves that content and, "
		"with a data folder, its database and files are\nwhole. Each "
		"fault is named on standard error.", options, &got))
		return got;
	if (argc > 2) {
		fprintf(stderr, "tulga: check takes one data folder\n");
		return EX_USAGE;
	}
	if (library_open(content_folder(place.content)) != OK)
		return EX_DATAERR;
	printf("content: %zu principles, %zu instruments, whole\n",
	    library()->charter.principles.count,
	    library()->instruments.count);
	if (argc < 2)
		return EX_OK;
	if (access(argv[1], F_OK) != 0) {
		fprintf(stderr, "tulga: there is no folder \"%s\"\n", argv[1]);
		return EX_NOINPUT;
	}
	place.data = argv[1];
	return data_check(&place);
}
