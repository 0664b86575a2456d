/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "content/yaml.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/*
 * Typed reading of a tree: what a key must be, and a fault where it is not.
 */

static const struct yaml_nodes NO_NODES;
static const struct yaml_node NO_MAP = { .kind = YAML_MAP, .text = "",
	.place = { .file = "" } };

void
yaml_fault(struct content_faults *faults, const struct yaml_node *node,
    const char *msgid, const struct word *words, size_t count)
{
	content_fault_add(faults, node->place, msgid, words, count);
}

const struct yaml_node *
yaml_find(const struct yaml_node *map, const char *key)
{
	if (map->kind != YAML_MAP)
		return NULL;
	LIST_EACH(node, &map->nodes)
		if (strcmp(node->key, key) == 0)
			return node;
	return NULL;
}

/* Whether a node is what it must be; a fault names its key if it has one. */
static bool
check_kind(const struct yaml_node *node, enum yaml_kind kind,
    struct content_faults *faults)
{
	static const char *const MUST_BE[] = {
		[YAML_TEXT] = N_("\"%(key)s\" must be a text"),
		[YAML_LIST] = N_("\"%(key)s\" must be a list"),
		[YAML_MAP] = N_("\"%(key)s\" must hold keys with values"),
	};
	static const char *const ENTRY_MUST_BE[] = {
		[YAML_TEXT] = N_("This entry must be a text"),
		[YAML_LIST] = N_("This entry must be a list"),
		[YAML_MAP] = N_("This entry must hold keys with values"),
	};

	if (node->kind == kind)
		return true;
	if (node->key == NULL)
		yaml_fault(faults, node, ENTRY_MUST_BE[kind], NO_WORDS);
	else
		yaml_fault(faults, node, MUST_BE[kind],
		    WORDS(word_text("key", node->key)));
	return false;
}

/* The node of a required key, of the kind wanted; else a fault and NULL. */
static const struct yaml_node *
required(const struct yaml_node *map, const char *key, enum yaml_kind kind,
    struct content_faults *faults)
{
	const struct yaml_node *node = yaml_find(map, key);

	if (map == &NO_MAP)
		return NULL;
	if (node == NULL) {
		if (check_kind(map, YAML_MAP, faults))
			yaml_fault(faults, map, N_("\"%(key)s\" is missing"),
			    WORDS(word_text("key", key)));
		return NULL;
	}
	return check_kind(node, kind, faults) ? node : NULL;
}

static size_t
names_count(const char *const *names)
{
	size_t count = 0;

	while (names[count] != NULL)
		count++;
	return count;
}

static void
refuse_key(const struct yaml_node *node, const char *const *known,
    struct content_faults *faults)
{
	const char *nearest = name_nearest(node->key, known,
	    names_count(known));

	if (nearest == NULL)
		yaml_fault(faults, node, N_("\"%(key)s\" is not known here"),
		    WORDS(word_text("key", node->key)));
	else
		yaml_fault(faults, node,
		    N_("\"%(key)s\" is not known here; did you mean"
		       " \"%(nearest)s\"?"),
		    WORDS(word_text("key", node->key),
			word_text("nearest", nearest)));
}

void
yaml_check_keys(const struct yaml_node *map, const char *const *known,
    struct content_faults *faults)
{
	if (map->kind != YAML_MAP) {
		check_kind(map, YAML_MAP, faults);
		return;
	}
	LIST_EACH(node, &map->nodes) {
		size_t i = 0;

		while (known[i] != NULL && strcmp(known[i], node->key) != 0)
			i++;
		if (known[i] == NULL)
			refuse_key(node, known, faults);
	}
}

const char *
yaml_as_text(const struct yaml_node *node, struct content_faults *faults)
{
	if (!check_kind(node, YAML_TEXT, faults))
		return "";
	if (node->text[strspn(node->text, " \t\r\n")] != '\0')
		return node->text;
	if (node->key == NULL)
		yaml_fault(faults, node, N_("This entry is empty"), NO_WORDS);
	else
		yaml_fault(faults, node, N_("\"%(key)s\" is empty"),
		    WORDS(word_text("key", node->key)));
	return "";
}

const char *
yaml_text(const struct yaml_node *map, const char *key,
    struct content_faults *faults)
{
	const struct yaml_node *node = required(map, key, YAML_TEXT, faults);

	return node == NULL ? "" : yaml_as_text(node, faults);
}

const char *
yaml_text_or(const struct yaml_node *map, const char *key,
    const char *otherwise, struct content_faults *faults)
{
	const struct yaml_node *node = yaml_find(map, key);

	return node == NULL ? otherwise : yaml_as_text(node, faults);
}

const char *
yaml_id(const struct yaml_node *map, const char *key,
    struct content_faults *faults)
{
	static const char ALLOWED[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
	const char *id = yaml_text(map, key, faults);
	size_t size = strlen(id);

	if (size <= 64 && strspn(id, ALLOWED) == size)
		return id;
	yaml_fault(faults, yaml_find(map, key),
	    N_("\"%(id)s\" is no identifier: use at most 64 Latin letters,"
	       " digits, full stops, hyphens"),
	    WORDS(word_text("id", id)));
	return "";
}

/* Plain digits with an optional minus, up to 18 of them. */
static bool
integer_read(const char *text, int64_t *number_out)
{
	const char *digits = text + (text[0] == '-');
	size_t size = strspn(digits, "0123456789");

	if (size == 0 || size > 18 || digits[size] != '\0')
		return false;
	*number_out = strtoll(text, NULL, 10);
	return true;
}

int64_t
yaml_int(const struct yaml_node *map, const char *key, int64_t least,
    int64_t most, struct content_faults *faults)
{
	const struct yaml_node *node = required(map, key, YAML_TEXT, faults);
	int64_t number;

	if (node == NULL)
		return least;
	if (integer_read(node->text, &number) && number >= least &&
	    number <= most)
		return number;
	yaml_fault(faults, node,
	    N_("\"%(key)s\" must be a whole number from %(least)s to"
	       " %(most)s"),
	    WORDS(word_text("key", key), word_number("least", least),
		word_number("most", most)));
	return least;
}

size_t
yaml_choice(const struct yaml_node *map, const char *key,
    const char *const *names, struct content_faults *faults)
{
	const struct yaml_node *node = required(map, key, YAML_TEXT, faults);
	const char *nearest;

	if (node == NULL)
		return 0;
	for (size_t i = 0; names[i] != NULL; i++)
		if (strcmp(names[i], node->text) == 0)
			return i;
	nearest = name_nearest(node->text, names, names_count(names));
	yaml_fault(faults, node,
	    N_("\"%(value)s\" can't stand for \"%(key)s\"; the nearest that can"
	       " is \"%(nearest)s\""),
	    WORDS(word_text("value", node->text), word_text("key", key),
		word_text("nearest", nearest == NULL ? names[0] : nearest)));
	return 0;
}

struct label
yaml_as_label(const struct yaml_node *node, struct content_faults *faults)
{
	const char *codes[LANGUAGES + 1] = { NULL };
	struct label label;

	for (size_t i = 0; i < LANGUAGES; i++) {
		codes[i] = language_code((enum language)i);
		label.text[i] = "";
	}
	if (!check_kind(node, YAML_MAP, faults))
		return label;
	yaml_check_keys(node, codes, faults);
	for (size_t i = 0; i < LANGUAGES; i++)
		label.text[i] = yaml_text(node, codes[i], faults);
	return label;
}

struct label
yaml_label(const struct yaml_node *map, const char *key,
    struct content_faults *faults)
{
	const struct yaml_node *node = required(map, key, YAML_MAP, faults);
	struct label label;

	if (node != NULL)
		return yaml_as_label(node, faults);
	for (size_t i = 0; i < LANGUAGES; i++)
		label.text[i] = "";
	return label;
}

struct label
yaml_label_or_none(const struct yaml_node *map, const char *key,
    struct content_faults *faults)
{
	const struct yaml_node *node = yaml_find(map, key);

	return node == NULL ? (struct label){ { NULL } } :
	    yaml_as_label(node, faults);
}

const struct yaml_nodes *
yaml_list_or_none(const struct yaml_node *map, const char *key,
    struct content_faults *faults)
{
	const struct yaml_node *node = yaml_find(map, key);

	if (node == NULL || !check_kind(node, YAML_LIST, faults))
		return &NO_NODES;
	return &node->nodes;
}

const struct yaml_nodes *
yaml_list(const struct yaml_node *map, const char *key,
    struct content_faults *faults)
{
	const struct yaml_node *node = required(map, key, YAML_LIST, faults);

	if (node == NULL)
		return &NO_NODES;
	if (node->nodes.count == 0)
		yaml_fault(faults, node, N_("\"%(key)s\" is empty"),
		    WORDS(word_text("key", key)));
	return &node->nodes;
}

const struct yaml_node *
yaml_map(const struct yaml_node *map, const char *key,
    struct content_faults *faults)
{
	const struct yaml_node *node = required(map, key, YAML_MAP, faults);

	return node == NULL ? &NO_MAP : node;
}
