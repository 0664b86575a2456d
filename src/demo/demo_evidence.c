/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo_part.h"

#include "assessment/evidence.h"
#include "assessment/evidence_store.h"
#include "base/buffer.h"
#include "base/descriptor.h"
#include "base/log.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Pieces of evidence: their files, and the items that they serve. */

enum { STATED_TOO = 30 };	/* percent of low levels that have a piece */

/* --- Files --------------------------------------------------------------- */

static enum outcome
file_copy(const char *from, const char *to)
{
	AUTO_FD int in = open(from, O_RDONLY | O_CLOEXEC);
	AUTO_FD int out = in < 0 ? -1
	    : open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	char bytes[16384];
	ssize_t size = out < 0 ? -1 : 1;

	while (size > 0) {
		size = read(in, bytes, sizeof(bytes));
		if (size > 0 && write(out, bytes, (size_t)size) != size)
			size = -1;
	}
	if (size == 0)
		return OK;
	log_errno("can't copy \"%s\" to \"%s\"", from, to);
	return FAILED;
}

static enum outcome
file_keep(const struct demo *demo, struct demo_evidence *piece)
{
	const struct demo_options *o = demo->options;
	const char *from = arena_print(demo->arena, "%s/demo/files/%s",
	    o->content, piece->file);
	const char *copy = arena_print(demo->arena, "%s/incoming/demo",
	    o->data);
	enum outcome got = file_copy(from, copy);

	if (got == OK)
		got = evidence_file_hash(copy, piece->hash, &piece->size);
	return got == OK ? evidence_file_keep(o->data, copy, piece->hash)
	    : got;
}

enum outcome
demo_evidence_keep(struct demo *demo)
{
	enum outcome got = OK;

	LIST_EACH(piece, &demo->book.evidence)
		if (got == OK && *piece->file != '\0')
			got = file_keep(demo, piece);
	return got;
}

/* --- Pieces -------------------------------------------------------------- */

/* As libmagic calls such files. */
static const char *
type_of(const char *file)
{
	size_t size = strlen(file);

	if (size == 0)
		return "";
	return size > 4 && strcmp(file + size - 4, ".csv") == 0 ? "text/csv"
	    : "text/plain";
}

static struct evidence
evidence_of(const struct demo *demo, const struct demo_evidence *piece)
{
	bool is_file = *piece->file != '\0';

	return (struct evidence){
		.kind = piece->kind,
		.title = piece->title,
		.link = piece->link,
		.hash = is_file ? piece->hash : NULL,
		.size = piece->size,
		.type = type_of(piece->file),
		.file_name = piece->file,
		.has_day = piece->day != 0,
		.day = piece->day == 0 ? 0 : demo_day(demo, piece->day),
		.visible = piece->visible,
		.confirmed_by = "",
	};
}

/* The highest level that a piece carries. */
static int
carries(const struct demo_making *m, const struct demo_evidence *piece)
{
	const struct evidence evidence = evidence_of(m->demo, piece);

	return m->instrument->evidence_cap[evidence_kind_of(&evidence)];
}

static bool
is_there(const struct demo_making *m, const struct demo_evidence *piece)
{
	return piece->organisation == m->run->organisation &&
	    piece->day <= m->run->ends;
}

/* One of those that carry the level; NULL: none does. */
static struct demo_evidence *
piece_draw(struct demo_making *m, int level)
{
	struct demo_evidence_list *list = &m->demo->book.evidence;
	int64_t count = 0, wanted;

	LIST_EACH(piece, list)
		count += is_there(m, piece) && carries(m, piece) >= level;
	if (count == 0)
		return NULL;
	wanted = demo_draw(&m->draw, count);
	LIST_EACH(piece, list)
		if (is_there(m, piece) && carries(m, piece) >= level &&
		    wanted-- == 0)
			return piece;
	return NULL;
}

/* Adds a piece the first time that it serves. */
static enum outcome
piece_link(struct demo_making *m, const struct item *item,
    struct demo_evidence *piece)
{
	enum outcome got = OK;

	if (piece->id == 0) {
		const struct evidence new = evidence_of(m->demo, piece);

		got = evidence_add(m->tx, m->arena, m->organisation, &new,
		    &m->editor, &piece->id);
	}
	if (got == OK)
		got = evidence_item_add(m->tx, m->arena, m->organisation,
		    m->id, item->id, piece->id);
	return got;
}

enum outcome
demo_evidence_link(struct demo_making *m, const struct item *item,
    int *level_io)
{
	int free = m->instrument->evidence_cap[EVIDENCE_NONE];
	int level = *level_io;
	struct demo_evidence *piece;

	if (level <= free && !demo_draw_chance(&m->draw, STATED_TOO))
		return OK;
	while ((piece = piece_draw(m, level)) == NULL && level > free)
		level--;
	*level_io = level;
	return piece == NULL ? OK : piece_link(m, item, piece);
}
