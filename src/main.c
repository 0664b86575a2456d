/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cli/cli.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

/* tulga: the subcommands, in the order in which one meets them. */

static const struct cli_command commands[] = {
	{ "serve", cli_serve, "serve a data folder over HTTP" },
	{ "demo", cli_demo, "make a demonstration in an empty data folder" },
	{ "person", cli_person, "add somebody, or give a new way in" },
	{ "import", cli_import, "read organisations, or the charter's text" },
	{ "instrument", cli_instrument, "list, show, or score with one" },
	{ "check", cli_check, "prove that data and content are whole" },
	{ "backup", cli_backup, "copy everything to one file" },
	{ "restore", cli_restore, "make a data folder from such a file" },
	{ "version", cli_version, "what this program is made of" },
};

static const size_t command_count = sizeof(commands) / sizeof(commands[0]);

static void
usage_print(FILE *out)
{
	fprintf(out, "usage: tulga COMMAND [OPTIONS]\n\n"
	    "Organisations hold themselves to account in public.\n\n");
	for (size_t i = 0; i < command_count; i++)
		fprintf(out, "  %-11s %s\n", commands[i].name,
		    commands[i].summary);
	fprintf(out, "\n`tulga COMMAND --help` says more.\n");
}

int
main(int argc, char **argv)
{
	if (sodium_init() < 0)
		return EX_SOFTWARE;
	if (argc < 2 || strcmp(argv[1], "--help") == 0) {
		usage_print(argc < 2 ? stderr : stdout);
		return argc < 2 ? EX_USAGE : EX_OK;
	}
	for (size_t i = 0; i < command_count; i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run(argc - 1, argv + 1);
	fprintf(stderr, "tulga: there is no command \"%s\"; "
	    "`tulga --help` lists them\n", argv[1]);
	return EX_USAGE;
}
