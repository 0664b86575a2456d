/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cli/cli.h"

#include "backup/backup.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* tulga backup and tulga restore. */

/* What is copied from must be there; nothing is made in its place. */
static bool
is_there(const char *path)
{
	if (access(path, R_OK) == 0)
		return true;
	fprintf(stderr, "tulga: can't read \"%s\": %s\n", path,
	    strerror(errno));
	return false;
}

static void
note(void *arg, int64_t files)
{
	struct cli_progress *p = arg;

	p->total = files > p->total ? files : p->total;
	cli_progress_show(p, files);
}

int
cli_backup(int argc, char **argv)
{
	struct cli_place place = { .data = NULL };
	const struct cli_option options[] = {
		{ "postgres", "CONNINFO", "a PostgreSQL database (refused: "
		    "use pg_dump)", &place.postgres, NULL },
		{ 0 }
	};
	struct cli_progress progress;
	AUTO_DB struct db *db = NULL;
	enum outcome made;
	int got;

	if (!cli_read(&argc, argv, "backup DIR FILE", "Copies the data folder "
		"DIR, complete and consistent, to one new file,\nalso while "
		"it is being served. The file holds the vault's key too:\n"
		"keep it safe.", options, &got))
		return got;
	if (argc != 3) {
		fprintf(stderr, "tulga: backup wants a data folder and a "
		    "file\n");
		return EX_USAGE;
	}
	if (!is_there(argv[1]))
		return EX_NOINPUT;
	place.data = argv[1];
	got = cli_open(&place, &db);
	if (got != EX_OK)
		return got;
	cli_progress_begin(&progress, "files", 0);
	made = backup_make(db, argv[1], argv[2], note, &progress);
	cli_progress_end(&progress);
	if (made == CONFLICT)
		fprintf(stderr, "tulga: \"%s\" is there already; nothing was "
		    "changed\n", argv[2]);
	else if (made == OK)
		printf("%s\n", argv[2]);
	return cli_exit(made);
}

int
cli_restore(int argc, char **argv)
{
	const struct cli_option options[] = { { 0 } };
	struct cli_progress progress;
	enum outcome made;
	int got;

	if (!cli_read(&argc, argv, "restore FILE DIR", "Makes the data folder "
		"DIR, which must be missing or empty, from a backup.\nEvery "
		"file is checked against the backup's list.", options, &got))
		return got;
	if (argc != 3) {
		fprintf(stderr, "tulga: restore wants a backup and an empty "
		    "folder\n");
		return EX_USAGE;
	}
	if (!is_there(argv[1]))
		return EX_NOINPUT;
	cli_progress_begin(&progress, "files", 0);
	made = backup_restore(argv[1], argv[2], note, &progress);
	cli_progress_end(&progress);
	if (made == CONFLICT)
		fprintf(stderr, "tulga: \"%s\" is not empty; nothing was "
		    "changed\n", argv[2]);
	else if (made == OK)
		printf("%s\n", argv[2]);
	return cli_exit(made);
}
