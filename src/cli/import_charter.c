/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cli/import.h"

#include "base/buffer.h"
#include "base/time.h"
#include "organisation/pledge_store.h"
#include "text/utf8.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

/* tulga import charter: the text that members sign, word for word. */

enum { TITLE_MOST = 200, EDITION_MOST = 64 };

struct charter_command {
	struct cli_place place;
	const char *edition, *language_code, *title;
	struct arena arena;
	struct charter_text text;
	bool is_there;		/* the same text was imported before */
};

static int
fault(const char *what)
{
	fprintf(stderr, "tulga: %s\n", what);
	return EX_USAGE;
}

/* The same text again is no fault; another under the same name is one. */
static enum outcome
charter_write(struct tx *tx, void *arg)
{
	struct charter_command *c = arg;
	struct charter_text stored;
	enum outcome got = charter_text_find_edition(tx->db, &c->arena,
	    c->text.edition, c->text.language, &stored);

	c->is_there = got == OK;
	if (got == OK)
		return strcmp(stored.body, c->text.body) == 0 ? OK : CONFLICT;
	if (got != NOT_FOUND)
		return got;
	return charter_text_add(tx, &c->arena, &c->text);
}

/* The first line, without the marks of a heading. */
static const char *
title_of(struct charter_command *c)
{
	const char *body = c->text.body;

	body += strspn(body, "\n \t");
	if (c->text.is_markdown)
		body += strspn(body, "# ");
	return arena_copy_bytes(&c->arena, body, strcspn(body, "\n"));
}

static bool
is_markdown(const char *path)
{
	size_t size = strlen(path);

	return size > 3 && strcmp(path + size - 3, ".md") == 0;
}

static int
text_read(struct charter_command *c, const char *path)
{
	AUTO_BUFFER struct buffer file = { 0 };
	int got = import_file_read(path, CHARTER_BODY_MOST, &file);
	const char *body;

	if (got != EX_OK)
		return got;
	body = buffer_text(&file);
	if (strlen(body) != file.size || !utf8_is_valid(body, file.size)) {
		fault("the file is not text in UTF-8");
		return EX_DATAERR;
	}
	body = utf8_normalize(&c->arena, body);
	if (!text_is_clean(body, strlen(body)) ||
	    body[strspn(body, " \t\n")] == '\0') {
		fault("the file is empty or holds control characters");
		return EX_DATAERR;
	}
	c->text.body = body;
	c->text.is_markdown = is_markdown(path);
	c->text.title = c->title != NULL ? c->title : title_of(c);
	return EX_OK;
}

static int
words_check(struct charter_command *c)
{
	if (c->edition == NULL || *c->edition == '\0' ||
	    strlen(c->edition) > EDITION_MOST ||
	    c->edition[strspn(c->edition, "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")] != '\0')
		return fault("--edition is a short name, for instance "
		    "2026-1");
	if (c->language_code == NULL ||
	    language_parse(c->language_code, &c->text.language) != OK)
		return fault("--language is mn or en");
	c->text.edition = c->edition;
	c->text.imported = time_now();
	return EX_OK;
}

static int
title_check(const struct charter_command *c)
{
	const char *title = c->text.title;
	size_t size = strlen(title);

	if (size > 0 && utf8_is_valid(title, size) &&
	    text_is_clean(title, size) && utf8_length(title) <= TITLE_MOST)
		return EX_OK;
	fault("the first line is no title of up to 200 letters; --title says "
	    "what it is");
	return EX_DATAERR;
}

static int
run(struct charter_command *c, const char *path)
{
	AUTO_DB struct db *db = NULL;
	int got = words_check(c);
	enum outcome wrote;

	if (got == EX_OK)
		got = text_read(c, path);
	if (got == EX_OK)
		got = title_check(c);
	if (got == EX_OK)
		got = cli_open(&c->place, &db);
	if (got != EX_OK)
		return got;
	wrote = db_write(db, charter_write, c);
	if (wrote == CONFLICT)
		fprintf(stderr, "tulga: edition \"%s\" has another text in "
		    "this language already, which organisations may have "
		    "signed; give the new text a new edition\n", c->edition);
	if (wrote == OK)
		printf("%s: \"%s\", edition %s, language %s, %zu bytes.\n",
		    c->is_there ? "Was there already" : "Imported",
		    c->text.title, c->edition, c->language_code,
		    strlen(c->text.body));
	return cli_exit(wrote);
}

int
cli_import_charter(int argc, char **argv)
{
	struct charter_command c = { .place = { .data = "data" } };
	const struct cli_option options[] = {
		{ "edition", "NAME", "the edition of this text; a text never "
		    "changes within it", &c.edition, NULL },
		{ "language", "mn|en", "the language of this file",
		    &c.language_code, NULL },
		{ "title", "TEXT", "its title (default: the first line)",
		    &c.title, NULL },
		CLI_PLACE(c.place),
		{ 0 }
	};
	int got;

	if (!cli_read(&argc, argv, "import charter FILE.md|FILE.txt "
		"--edition NAME --language mn|en [OPTIONS]",
		"Puts the text that member organisations sign on the site, "
		"word for word.\nA file that ends in .md is read as "
		"Markdown, any other as plain text.\n", options, &got))
		return got;
	if (argc != 2)
		return fault("import charter wants one file; --help says "
		    "more");
	arena_init(&c.arena, ARENA_LIMIT);
	got = run(&c, argv[1]);
	arena_done(&c.arena);
	return got;
}
