/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/db.h"

/*
 * What the subcommands share: options, opening the data folder, progress.
 * Exit codes are those of sysexits.h. Output for people goes to standard
 * output, faults and progress to standard error.
 */

/* One subcommand; argv[0] is its name. Returns the exit code. */
typedef int cli_run(int argc, char **argv);

struct cli_command {
	const char *name;
	cli_run *run;
	const char *summary;	/* one line for `tulga --help` */
};

cli_run cli_serve, cli_demo, cli_check, cli_backup, cli_restore, cli_person,
    cli_import, cli_instrument, cli_version;

/* An option of a subcommand, with or without a value. */
struct cli_option {
	const char *name;	/* "data" for --data; NULL ends a table */
	const char *value;	/* what its value is called, NULL: a flag */
	const char *help;
	const char **text;	/* set to the value */
	bool *flag;		/* set to true */
};

/*
 * Reads options into their places and moves the other words to the front of
 * argv; *argc_io becomes their number (argv[0] kept). --help prints the usage
 * line, the text and the options and ends with EX_OK in *exit_out; a fault
 * explains itself and is EX_USAGE. True: go on.
 */
bool cli_read(int *argc_io, char **argv, const char *usage, const char *text,
    const struct cli_option *options, int *exit_out);

/* Options of nearly all: --data, --postgres, --content. */
struct cli_place {
	const char *data;	/* default "data" */
	const char *postgres;	/* else TULGA_POSTGRES, else none */
	const char *content;	/* see content_folder */
};

/* The three options as rows of a table, writing to `place`. */
#define CLI_PLACE(place) \
	{ "data", "DIR", "the data folder (default: data)", \
	    &(place).data, NULL }, \
	{ "postgres", "CONNINFO", "a PostgreSQL database instead of SQLite", \
	    &(place).postgres, NULL }, \
	{ "content", "DIR", "the folder of content", &(place).content, NULL }

/* Makes the folder and those inside it unless they are there. EX_OK or why. */
int cli_data_make(const char *data);

/* Opens and migrates the database of a place; EX_OK or why, said. */
int cli_open(const struct cli_place *place, struct db **db_out);

/* An outcome's exit code. */
int cli_exit(enum outcome outcome);

/* "label 1,200 of 20,000", once a second at most after two seconds. */
struct cli_progress {
	const char *label;
	int64_t total, begun, shown;
};
void cli_progress_begin(struct cli_progress *p, const char *label,
    int64_t total);
void cli_progress_show(struct cli_progress *p, int64_t done);
void cli_progress_end(struct cli_progress *p);
