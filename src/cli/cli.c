/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cli/cli.h"

#include "base/arena.h"
#include "base/time.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

/* Options are long ones only, so that a command line reads as a sentence. */

enum { FIRST_PROGRESS_MS = 2000, PROGRESS_MS = 1000 };

static void
help_print(const char *usage, const char *text,
    const struct cli_option *options)
{
	printf("usage: tulga %s\n\n%s\n", usage, text);
	for (const struct cli_option *o = options; o->name != NULL; o++)
		printf("  --%s%s%s\n        %s\n", o->name,
		    o->value == NULL ? "" : " ",
		    o->value == NULL ? "" : o->value, o->help);
	printf("  --help\n        this text\n");
}

static const struct cli_option *
option_find(const struct cli_option *options, const char *name, size_t size)
{
	for (; options->name != NULL; options++)
		if (strlen(options->name) == size &&
		    memcmp(options->name, name, size) == 0)
			return options;
	return NULL;
}

/* One "--name", "--name value" or "--name=value"; false: explained. */
static bool
option_take(int argc, char **argv, int *at,
    const struct cli_option *options)
{
	const char *word = argv[*at] + 2, *equals = strchr(word, '=');
	size_t size = equals == NULL ? strlen(word) : (size_t)(equals - word);
	const struct cli_option *o = option_find(options, word, size);

	if (o == NULL) {
		fprintf(stderr, "tulga: there is no option \"%s\"; "
		    "--help lists them\n", argv[*at]);
		return false;
	}
	if (o->value == NULL && equals != NULL) {
		fprintf(stderr, "tulga: --%s takes no value\n", o->name);
		return false;
	}
	if (o->value == NULL) {
		*o->flag = true;
		return true;
	}
	if (equals == NULL && *at + 1 >= argc) {
		fprintf(stderr, "tulga: --%s wants a value: %s\n", o->name,
		    o->value);
		return false;
	}
	*o->text = equals == NULL ? argv[++*at] : equals + 1;
	return true;
}

bool
cli_read(int *argc_io, char **argv, const char *usage, const char *text,
    const struct cli_option *options, int *exit_out)
{
	int kept = 1;
	bool options_end = false;

	for (int i = 1; i < *argc_io; i++) {
		if (!options_end && strcmp(argv[i], "--") == 0) {
			options_end = true;
		} else if (!options_end && strcmp(argv[i], "--help") == 0) {
			help_print(usage, text, options);
			*exit_out = EX_OK;
			return false;
		} else if (!options_end && strncmp(argv[i], "--", 2) == 0) {
			if (!option_take(*argc_io, argv, &i, options)) {
				*exit_out = EX_USAGE;
				return false;
			}
		} else {
			argv[kept++] = argv[i];
		}
	}
	*argc_io = kept;
	return true;
}

int
cli_exit(enum outcome outcome)
{
	static const int codes[] = {
		[OK] = EX_OK,
		[NOT_FOUND] = EX_NOINPUT,
		[FORBIDDEN] = EX_NOPERM,
		[INVALID] = EX_DATAERR,
		[CONFLICT] = EX_CANTCREAT,
		[BUSY] = EX_TEMPFAIL,
		[FAILED] = EX_IOERR,
	};

	return codes[outcome];
}

static int
folder_make(const char *path)
{
	if (mkdir(path, 0700) == 0 || errno == EEXIST)
		return EX_OK;
	fprintf(stderr, "tulga: can't make \"%s\": %s\n", path,
	    strerror(errno));
	return EX_CANTCREAT;
}

int
cli_data_make(const char *data)
{
	static const char *const inside[] = { "db", "evidence", "incoming", "pdf",
		"mail", "secrets" };
	AUTO_ARENA struct arena a;
	int got = folder_make(data);

	arena_init(&a, ARENA_LIMIT);
	for (size_t i = 0; got == EX_OK &&
	    i < sizeof(inside) / sizeof(inside[0]); i++)
		got = folder_make(arena_print(&a, "%s/%s", data, inside[i]));
	return got;
}

int
cli_open(const struct cli_place *place, struct db **db_out)
{
	const char *postgres = place->postgres != NULL ? place->postgres
	    : getenv("TULGA_POSTGRES");
	const char *data = place->data == NULL ? "data" : place->data;
	AUTO_ARENA struct arena a;
	struct db_config config = { .postgres = postgres };
	int made = cli_data_make(data);
	enum outcome got;

	arena_init(&a, ARENA_LIMIT);
	if (made != EX_OK)
		return made;
	config.folder = arena_print(&a, "%s/db", data);
	got = db_open(&config, DB_WRITE, db_out);
	if (got == OK) {
		got = db_migrate(*db_out);
		if (got != OK) {
			db_close(*db_out);
			*db_out = NULL;
		}
	}
	if (got != OK)
		fprintf(stderr, "tulga: the database in \"%s\" can't be "
		    "opened; the reason stands above\n", data);
	return cli_exit(got);
}

void
cli_progress_begin(struct cli_progress *p, const char *label, int64_t total)
{
	int64_t now = time_monotonic_ms();

	*p = (struct cli_progress){ label, total, now,
		now + FIRST_PROGRESS_MS - PROGRESS_MS };
}

void
cli_progress_show(struct cli_progress *p, int64_t done)
{
	int64_t now = time_monotonic_ms();
	bool here = isatty(STDERR_FILENO) == 1;

	if (now - p->shown < PROGRESS_MS)
		return;
	p->shown = now;
	fprintf(stderr, "%s%s: %lld of %lld%s", here ? "\r" : "", p->label,
	    (long long)done, (long long)p->total, here ? "" : "\n");
}

void
cli_progress_end(struct cli_progress *p)
{
	if (isatty(STDERR_FILENO) == 1 &&
	    p->shown > p->begun + FIRST_PROGRESS_MS - PROGRESS_MS)
		fprintf(stderr, "\n");
}
