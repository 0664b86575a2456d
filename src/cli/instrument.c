/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cli/cli.h"

#include "base/buffer.h"
#include "base/check.h"
#include "base/list.h"
#include "charter/charter.h"
#include "cli/instrument_json.h"
#include "content/folder.h"
#include "instrument/ratings_csv.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/*
 * tulga instrument list | show NAME [--json] | score NAME RATINGS
 *
 * Looking at instruments, and scoring ratings collected elsewhere. NAME is
 * "initiative-2026-1", or "initiative" for its newest edition.
 */

static const char USAGE[] =
	"instrument list | show NAME [--json] | score NAME RATINGS.csv";
static const char TEXT[] =
	"Lists the instruments, shows one, or scores ratings with one. RATINGS\n"
	"has the columns rater, group, item, value (a number of the scale, NA\n"
	"or DK). A score is JSON: for each item and principle its exact\n"
	"figures, overall and by group, null where a figure is undefined.\n";

enum { MEMORY_MOST = 512 * 1024 * 1024 };

struct command {
	struct arena arena;
	struct content_faults faults;
	enum language language;
	const char *folder;
	bool json;
	struct charter charter;
	struct vocabulary criteria, objectives, principles;
};

/* The language of the caller's locale; English where there is none. */
static enum language
locale_language(void)
{
	static const char *const NAMES[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	enum language language = LANGUAGE_EN;

	for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++) {
		const char *value = getenv(NAMES[i]);
		char code[3] = "";

		if (value == NULL || value[0] == '\0')
			continue;
		strncpy(code, value, 2);
		if (language_parse(code, &language) != OK)
			language = LANGUAGE_EN;
		break;
	}
	return language;
}

/* Faults to standard error, and the code for an outcome that is not OK. */
static int
explain(struct command *c, enum outcome got, int invalid)
{
	content_faults_print(&c->faults, c->language);
	switch (got) {
	case NOT_FOUND:
		return EX_NOINPUT;
	case INVALID:
		return invalid;
	default:
		return EX_IOERR;
	}
}

/* What instruments refer to. */
static enum outcome
open_words(struct command *c)
{
	enum outcome got;

	got = vocabulary_open(&c->arena, c->folder, VOCABULARY_CRITERIA,
	    &c->faults, &c->criteria);
	if (got == OK)
		got = vocabulary_open(&c->arena, c->folder,
		    VOCABULARY_OBJECTIVES, &c->faults, &c->objectives);
	if (got == OK)
		got = charter_open(&c->arena, c->folder, CHARTER_EDITION,
		    &c->faults, &c->charter);
	if (got == OK)
		c->principles = charter_terms(&c->arena, &c->charter);
	return got;
}

/* Names that differ in their edition, "2026-10" being newer than "2026-9". */
static bool
is_newer(const char *name, const char *than)
{
	size_t size = strlen(name), other = strlen(than);

	return size == other ? strcmp(name, than) > 0 : size > other;
}

/*
 * The file's name for what was asked: itself, or the newest edition of an
 * instrument. What is not there is looked for as it stands.
 */
static enum outcome
edition_name(struct command *c, const char *asked, const char **name_out)
{
	size_t size = strlen(asked);
	const char *newest = NULL;
	struct ids names;
	enum outcome got;

	got = instrument_list(&c->arena, c->folder, &names);
	if (got != OK)
		return got;
	for (size_t i = 0; i < names.count; i++) {
		const char *name = names.items[i];

		if (strcmp(name, asked) == 0) {
			newest = name;
			break;
		}
		if (strncmp(name, asked, size) == 0 && name[size] == '-' &&
		    name[size + 1] >= '0' && name[size + 1] <= '9' &&
		    (newest == NULL || is_newer(name, newest)))
			newest = name;
	}
	if (newest == NULL) {
		fprintf(stderr, "%s\n", catalogue_print(&c->arena, c->language,
		    N_("There is no instrument \"%(name)s\""),
		    WORDS(word_text("name", asked))));
		return NOT_FOUND;
	}
	*name_out = newest;
	return OK;
}

static enum outcome
open_instrument(struct command *c, const char *asked,
    struct instrument *instrument_out)
{
	const struct instrument_words words = { &c->criteria, &c->objectives,
		&c->principles };
	const char *name;
	enum outcome got;

	got = edition_name(c, asked, &name);
	if (got == OK)
		got = open_words(c);
	if (got == OK)
		got = instrument_open(&c->arena, c->folder, name, &words,
		    &c->faults, instrument_out);
	return got;
}

/* Takes over `json`. */
static int
write_json(json_t *json)
{
	int failed = json_dumpf(json, stdout, JSON_INDENT(2));

	json_decref(json);
	if (failed == 0)
		failed = putchar('\n') == EOF || fflush(stdout) == EOF;
	if (!failed)
		return EX_OK;
	perror("stdout");
	return EX_IOERR;
}

static int
list_command(struct command *c)
{
	struct ids names;
	enum outcome got = instrument_list(&c->arena, c->folder, &names);
	int code = EX_OK;

	if (got != OK)
		return EX_IOERR;
	for (size_t i = 0; i < names.count; i++) {
		struct instrument instrument;

		got = open_instrument(c, names.items[i], &instrument);
		if (got != OK) {
			code = explain(c, got, EX_CONFIG);
			content_faults_init(&c->faults, &c->arena);
			continue;
		}
		printf("%s\t%s\n", names.items[i],
		    instrument.title.text[c->language]);
	}
	return code;
}

static void
print_instrument(const struct command *c, const struct instrument *instrument)
{
	const enum language language = c->language;

	printf("%s-%s\n%s\n\n%s\n\n", instrument->name, instrument->edition,
	    instrument->title.text[language], instrument->about.text[language]);
	LIST_EACH(level, &instrument->scale.levels)
		printf("%4d  %s\n", level->value, level->label.text[language]);
	LIST_EACH(dimension, &instrument->dimensions) {
		const struct term *principle = vocabulary_find(&c->principles,
		    dimension->principle);

		printf("\n%s  %s\n", dimension->id,
		    dimension->title.text[language] != NULL ?
		    dimension->title.text[language] :
		    principle->label.text[language]);
		LIST_EACH(item, &dimension->items)
			printf("  %-6s %s\n", item->id,
			    item->question.text[language]);
	}
}

static int
show_command(struct command *c, const char *asked)
{
	struct instrument instrument;
	enum outcome got = open_instrument(c, asked, &instrument);

	if (got != OK)
		return explain(c, got, EX_CONFIG);
	if (c->json)
		return write_json(instrument_json(&instrument));
	print_instrument(c, &instrument);
	return EX_OK;
}

/* The whole file; EX_OK or a code whose reason has been told. */
static int
read_ratings(const char *path, struct buffer *bytes)
{
	FILE *file = fopen(path, "re");
	char part[65536];
	size_t size;
	int code;

	if (file == NULL) {
		perror(path);
		return EX_NOINPUT;
	}
	while (bytes->size < BUFFER_LIMIT / 2 &&
	    (size = fread(part, 1, sizeof(part), file)) > 0)
		buffer_add(bytes, part, size);
	code = ferror(file) ? EX_IOERR : EX_OK;
	if (code == EX_OK && !feof(file) && bytes->size >= BUFFER_LIMIT / 2) {
		errno = EFBIG;
		code = EX_DATAERR;
	}
	if (code != EX_OK)
		perror(path);
	fclose(file);
	return code;
}

static int
score_command(struct command *c, const char *asked, const char *path)
{
	AUTO_BUFFER struct buffer bytes;
	struct instrument instrument;
	struct score_sheet sheet;
	enum outcome got;
	int code;

	buffer_init(&bytes);
	got = open_instrument(c, asked, &instrument);
	if (got != OK)
		return explain(c, got, EX_CONFIG);
	code = read_ratings(path, &bytes);
	if (code != EX_OK)
		return code;
	got = ratings_csv_read(&c->arena, path, buffer_text(&bytes),
	    bytes.size, &instrument, &c->faults, &sheet);
	if (got != OK)
		return explain(c, got, EX_DATAERR);
	return write_json(score_sheet_json(&sheet));
}

/* Chooses by the words that are left when the options are read. */
static int
run(struct command *c, int count, char **words)
{
	if (count == 1 && strcmp(words[0], "list") == 0)
		return list_command(c);
	if (count == 2 && strcmp(words[0], "show") == 0)
		return show_command(c, words[1]);
	if (count == 3 && strcmp(words[0], "score") == 0)
		return score_command(c, words[1], words[2]);
	fprintf(stderr, "usage: tulga %s\n", USAGE);
	return EX_USAGE;
}

int
cli_instrument(int argc, char **argv)
{
	struct command c = { .language = locale_language() };
	const char *folder = NULL;
	const struct cli_option options[] = {
		{ "content", "DIR", "the folder of content", &folder, NULL },
		{ "json", NULL, "show as JSON", NULL, &c.json },
		{ 0 }
	};
	int code;

	if (!cli_read(&argc, argv, USAGE, TEXT, options, &code))
		return code;
	c.folder = content_folder(folder);
	arena_init(&c.arena, MEMORY_MOST);
	content_faults_init(&c.faults, &c.arena);
	code = run(&c, argc - 1, argv + 1);
	arena_done(&c.arena);
	return code;
}
