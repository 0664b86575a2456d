/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "content/yaml.h"

#include "base/buffer.h"
#include "base/check.h"
#include "base/log.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

/*
 * From libyaml's events to a tree, refusing what strict content may not hold.
 * What the tree means is asked by the getters in yaml_get.c.
 */

struct reader {
	yaml_parser_t parser;
	struct arena *arena;
	struct content_faults *faults;
	const char *name;
};

static enum outcome read_node(struct reader *r, const yaml_event_t *event,
    int depth, struct yaml_node *node);

static struct content_place
place_of(const struct reader *r, yaml_mark_t mark)
{
	return (struct content_place){ .file = r->name,
	    .line = (int)mark.line + 1, .column = (int)mark.column + 1 };
}

static enum outcome
refuse(struct reader *r, yaml_mark_t mark, const char *msgid)
{
	content_fault_add(r->faults, place_of(r, mark), msgid, NO_WORDS);
	return INVALID;
}

/* libyaml's own words are English and technical: they go in brackets. */
static enum outcome
refuse_syntax(struct reader *r)
{
	const yaml_parser_t *p = &r->parser;
	yaml_mark_t mark = p->problem_mark.line == 0 &&
	    p->problem_mark.column == 0 ? p->mark : p->problem_mark;

	content_fault_add(r->faults, place_of(r, mark),
	    N_("This is not readable YAML (%(problem)s)"),
	    WORDS(word_text("problem", p->problem)));
	return INVALID;
}

/* The next event, which the caller deletes when OK. */
static enum outcome
next(struct reader *r, yaml_event_t *event)
{
	return yaml_parser_parse(&r->parser, event) ? OK : refuse_syntax(r);
}

static enum outcome
read_text(struct reader *r, const yaml_event_t *event, struct yaml_node *node)
{
	const char *bytes = (const char *)event->data.scalar.value;
	size_t size = event->data.scalar.length;

	if (memchr(bytes, '\0', size) != NULL)
		return refuse(r, event->start_mark,
		    N_("A text may not hold the character NUL"));
	node->text = arena_copy_bytes(r->arena, bytes, size);
	return OK;
}

/* A fault when `map` has the key already. */
static enum outcome
check_new_key(struct reader *r, const struct yaml_node *map,
    const struct yaml_node *key)
{
	const struct yaml_node *first = yaml_find(map, key->text);

	if (key->kind == YAML_TEXT && first == NULL)
		return OK;
	if (key->kind != YAML_TEXT)
		content_fault_add(r->faults, key->place,
		    N_("A key must be a plain word"), NO_WORDS);
	else
		content_fault_add(r->faults, key->place,
		    N_("The key \"%(key)s\" stands here twice; the first is in"
		       " line %(line)s"),
		    WORDS(word_text("key", key->text),
			word_number("line", first->place.line)));
	return INVALID;
}

/* One entry of a map, whose key's event has been read. */
static enum outcome
read_entry(struct reader *r, const yaml_event_t *key_event, int depth,
    struct yaml_node *map)
{
	struct yaml_node key, value;
	yaml_event_t event;
	enum outcome got;

	got = read_node(r, key_event, depth, &key);
	if (got == OK)
		got = check_new_key(r, map, &key);
	if (got == OK)
		got = next(r, &event);
	if (got != OK)
		return got;
	got = read_node(r, &event, depth, &value);
	yaml_event_delete(&event);
	if (got != OK)
		return got;
	value.key = key.text;
	*LIST_ADD(r->arena, &map->nodes) = value;
	return OK;
}

/* Entries of a list or a map up to its end. */
static enum outcome
read_entries(struct reader *r, yaml_event_type_t end, int depth,
    struct yaml_node *node)
{
	yaml_event_t event;
	enum outcome got;

	while ((got = next(r, &event)) == OK) {
		bool over = event.type == end;

		if (!over && node->kind == YAML_MAP) {
			got = read_entry(r, &event, depth, node);
		} else if (!over) {
			struct yaml_node item;

			got = read_node(r, &event, depth, &item);
			if (got == OK)
				*LIST_ADD(r->arena, &node->nodes) = item;
		}
		yaml_event_delete(&event);
		if (over || got != OK)
			break;
	}
	return got;
}

static bool
event_is_named(const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_ALIAS_EVENT:
		return true;
	case YAML_SCALAR_EVENT:
		return event->data.scalar.anchor != NULL;
	case YAML_SEQUENCE_START_EVENT:
		return event->data.sequence_start.anchor != NULL;
	case YAML_MAPPING_START_EVENT:
		return event->data.mapping_start.anchor != NULL;
	default:
		return false;
	}
}

static bool
event_is_tagged(const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return event->data.scalar.tag != NULL;
	case YAML_SEQUENCE_START_EVENT:
		return event->data.sequence_start.tag != NULL;
	case YAML_MAPPING_START_EVENT:
		return event->data.mapping_start.tag != NULL;
	default:
		return false;
	}
}

/* The node that begins with `event`; entries below it are one deeper. */
static enum outcome
read_node(struct reader *r, const yaml_event_t *event, int depth,
    struct yaml_node *node)
{
	*node = (struct yaml_node){ .text = "",
	    .place = place_of(r, event->start_mark) };
	if (depth >= YAML_DEPTH_MOST)
		return refuse(r, event->start_mark,
		    N_("This is nested too deep"));
	if (event_is_named(event))
		return refuse(r, event->start_mark,
		    N_("Anchors (&) and aliases (*) are not used here"));
	if (event_is_tagged(event))
		return refuse(r, event->start_mark,
		    N_("Tags (!) are not used here"));
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return read_text(r, event, node);
	case YAML_SEQUENCE_START_EVENT:
		node->kind = YAML_LIST;
		return read_entries(r, YAML_SEQUENCE_END_EVENT, depth + 1,
		    node);
	case YAML_MAPPING_START_EVENT:
		node->kind = YAML_MAP;
		return read_entries(r, YAML_MAPPING_END_EVENT, depth + 1, node);
	default:
		return refuse(r, event->start_mark,
		    N_("The file holds nothing to read"));
	}
}

/* Skips one event that must come; INVALID when another does. */
static enum outcome
expect(struct reader *r, yaml_event_type_t type, const char *msgid)
{
	yaml_event_t event;
	enum outcome got = next(r, &event);

	if (got != OK)
		return got;
	if (event.type != type)
		got = refuse(r, event.start_mark, msgid);
	yaml_event_delete(&event);
	return got;
}

static enum outcome
read_document(struct reader *r, struct yaml_node *root)
{
	const char *one = N_("A file holds exactly one document");
	yaml_event_t event;
	enum outcome got;

	got = expect(r, YAML_STREAM_START_EVENT, one);
	if (got == OK)
		got = expect(r, YAML_DOCUMENT_START_EVENT, one);
	if (got == OK)
		got = next(r, &event);
	if (got != OK)
		return got;
	got = read_node(r, &event, 0, root);
	yaml_event_delete(&event);
	if (got == OK)
		got = expect(r, YAML_DOCUMENT_END_EVENT, one);
	if (got == OK)
		got = expect(r, YAML_STREAM_END_EVENT, one);
	return got;
}

static struct content_place
whole_file(const char *name)
{
	return (struct content_place){ .file = name };
}

enum outcome
yaml_parse(struct arena *a, const char *name, const char *bytes, size_t size,
    struct content_faults *faults, const struct yaml_node **root_out)
{
	struct reader r = { .arena = a, .faults = faults };
	struct yaml_node *root = ARENA_NEW(a, struct yaml_node);
	enum outcome got;

	r.name = arena_copy(a, name);
	if (size > YAML_BYTES_MOST) {
		content_fault_add(faults, whole_file(name),
		    N_("The file is larger than 4 MiB"), NO_WORDS);
		return INVALID;
	}
	check(yaml_parser_initialize(&r.parser));
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)bytes,
	    size);
	got = read_document(&r, root);
	yaml_parser_delete(&r.parser);
	if (got == OK)
		*root_out = root;
	return got;
}

/* The bytes of a file, a little more than the limit at most. */
static enum outcome
read_bytes(const char *path, struct buffer *bytes)
{
	FILE *file = fopen(path, "re");
	char part[16384];
	size_t size;
	int failed;

	if (file == NULL && errno == ENOENT)
		return NOT_FOUND;
	if (file == NULL) {
		log_errno("can't open \"%s\"", path);
		return FAILED;
	}
	while (bytes->size <= YAML_BYTES_MOST &&
	    (size = fread(part, 1, sizeof(part), file)) > 0)
		buffer_add(bytes, part, size);
	failed = ferror(file);
	if (failed)
		log_errno("can't read \"%s\"", path);
	fclose(file);
	return failed ? FAILED : OK;
}

enum outcome
yaml_open(struct arena *a, const char *path, struct content_faults *faults,
    const struct yaml_node **root_out)
{
	AUTO_BUFFER struct buffer bytes;
	enum outcome got;

	buffer_init(&bytes);
	got = read_bytes(path, &bytes);
	if (got == NOT_FOUND)
		content_fault_add(faults, whole_file(path),
		    N_("There is no such file"), NO_WORDS);
	if (got != OK)
		return got;
	return yaml_parse(a, path, buffer_text(&bytes), bytes.size, faults,
	    root_out);
}
