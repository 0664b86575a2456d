/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/list.h"
#include "base/outcome.h"
#include "content/fault.h"
#include "text/language.h"

/*
 * Files of content: YAML 1.1 as libyaml reads it, made strict. A file is one
 * document in UTF-8 of at most YAML_BYTES_MOST, nested at most YAML_DEPTH_MOST
 * deep; anchors, aliases, tags and a key that comes twice are refused. Every
 * plain scalar is text: "no", "1.10" and "~" mean what stands there, and only
 * the reader of a key decides what it must be.
 *
 * The getters below collect faults instead of failing: read everything, then
 * ask whether `faults->count` is 0. What they return after a fault is safe to
 * use ("" , the least number, an empty list) and never NULL. All strings live
 * in the arena of the tree.
 */
enum { YAML_BYTES_MOST = 4 * 1024 * 1024, YAML_DEPTH_MOST = 32 };

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml_node;
struct yaml_nodes LIST_OF(struct yaml_node);

struct yaml_node {
	enum yaml_kind kind;
	const char *key;	/* within a map, else NULL */
	const char *text;	/* YAML_TEXT; "" for the others */
	struct yaml_nodes nodes;	/* YAML_LIST and YAML_MAP, in order */
	struct content_place place;
};

/*
 * Reads a file into a tree. NOT_FOUND when there is none, INVALID when it is
 * not such a file (both with one fault added), FAILED when it can't be read.
 */
MUST_CHECK enum outcome yaml_open(struct arena *a, const char *path,
    struct content_faults *faults, const struct yaml_node **root_out);

/* The same for bytes in memory; `name` stands for the file. INVALID or OK. */
MUST_CHECK enum outcome yaml_parse(struct arena *a, const char *name,
    const char *bytes, size_t size, struct content_faults *faults,
    const struct yaml_node **root_out);

/* The node of a key, NULL when the map (or what should be one) lacks it. */
const struct yaml_node *yaml_find(const struct yaml_node *map, const char *key);

/*
 * A fault for every key that is not among `known` (NULL at the end), so that a
 * key misspelt is not silently nothing; it names the nearest known one.
 */
void yaml_check_keys(const struct yaml_node *map, const char *const *known,
    struct content_faults *faults);

/* Required text, not empty. */
const char *yaml_text(const struct yaml_node *map, const char *key,
    struct content_faults *faults);

/* Text that may be absent: then `otherwise`. */
const char *yaml_text_or(const struct yaml_node *map, const char *key,
    const char *otherwise, struct content_faults *faults);

/* Required text that is an identifier: a-z A-Z 0-9 . _ - , 1 to 64 bytes. */
const char *yaml_id(const struct yaml_node *map, const char *key,
    struct content_faults *faults);

/* Required integer in plain digits, within least..most. */
int64_t yaml_int(const struct yaml_node *map, const char *key, int64_t least,
    int64_t most, struct content_faults *faults);

/* Required; the index of the text among `names` (NULL at the end), else 0. */
size_t yaml_choice(const struct yaml_node *map, const char *key,
    const char *const *names, struct content_faults *faults);

/* Required text in every language of the interface, {mn: …, en: …}. */
struct label yaml_label(const struct yaml_node *map, const char *key,
    struct content_faults *faults);

/* Absent: a label of NULLs. Present: complete as above. */
struct label yaml_label_or_none(const struct yaml_node *map, const char *key,
    struct content_faults *faults);

/* A node that is itself a label, as in a list of labels. */
struct label yaml_as_label(const struct yaml_node *node,
    struct content_faults *faults);

/* A node that is itself text, as in a list of texts. */
const char *yaml_as_text(const struct yaml_node *node,
    struct content_faults *faults);

/* Required list with at least one entry; LIST_EACH wants it in a variable. */
const struct yaml_nodes *yaml_list(const struct yaml_node *map, const char *key,
    struct content_faults *faults);

/* Absent: an empty list. */
const struct yaml_nodes *yaml_list_or_none(const struct yaml_node *map,
    const char *key, struct content_faults *faults);

/* Required map; an empty one after a fault. */
const struct yaml_node *yaml_map(const struct yaml_node *map, const char *key,
    struct content_faults *faults);

/* A fault at a node. */
void yaml_fault(struct content_faults *faults, const struct yaml_node *node,
    const char *msgid, const struct word *words, size_t count);
