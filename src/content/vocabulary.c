/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "content/vocabulary.h"

#include "base/list.h"
#include "content/folder.h"

#include <string.h>

/* Reading the short lists; what they mean is known where they are used. */

static const struct {
	const char *part, *name, *key;
} FILES[] = {
	[VOCABULARY_OBJECTIVES] = { "charter", "objectives", "objectives" },
	[VOCABULARY_CRITERIA] = { "charter", "criteria", "criteria" },
	[VOCABULARY_LEGAL_FORMS] = { "organisations", "legal-forms",
	    "legal_forms" },
	[VOCABULARY_UNITS] = { "places", "units", "units" },
};

static struct term
term_of(const struct yaml_node *node, struct content_faults *faults)
{
	static const char *const KEYS[] = { "id", "label", "note", "code",
		NULL };
	struct term term;

	yaml_check_keys(node, KEYS, faults);
	term.id = yaml_id(node, "id", faults);
	term.label = yaml_label(node, "label", faults);
	term.note = yaml_label_or_none(node, "note", faults);
	term.code = yaml_text_or(node, "code", "", faults);
	return term;
}

enum outcome
vocabulary_read(struct arena *a, const struct yaml_node *root,
    enum vocabulary_kind kind, struct content_faults *faults,
    struct vocabulary *vocabulary_out)
{
	const char *keys[] = { FILES[kind].key, NULL };
	size_t before = content_faults_total(faults);
	const struct yaml_nodes *terms = yaml_list(root, FILES[kind].key,
	    faults);
	struct vocabulary read = { 0 };

	yaml_check_keys(root, keys, faults);
	LIST_EACH(node, terms) {
		struct term term = term_of(node, faults);

		if (vocabulary_find(&read, term.id) != NULL)
			yaml_fault(faults, node,
			    N_("\"%(id)s\" stands here twice"),
			    WORDS(word_text("id", term.id)));
		*LIST_ADD(a, &read) = term;
	}
	if (content_faults_total(faults) > before)
		return INVALID;
	*vocabulary_out = read;
	return OK;
}

enum outcome
vocabulary_open(struct arena *a, const char *folder, enum vocabulary_kind kind,
    struct content_faults *faults, struct vocabulary *vocabulary_out)
{
	const struct yaml_node *root;
	enum outcome got;

	got = yaml_open(a, content_path(a, folder, FILES[kind].part,
	    FILES[kind].name), faults, &root);
	return got == OK ? vocabulary_read(a, root, kind, faults,
	    vocabulary_out) : got;
}

const struct term *
vocabulary_find(const struct vocabulary *vocabulary, const char *id)
{
	LIST_EACH(term, vocabulary)
		if (strcmp(term->id, id) == 0)
			return term;
	return NULL;
}

const char *const *
vocabulary_ids(struct arena *a, const struct vocabulary *vocabulary)
{
	const char **ids = ARENA_MANY(a, vocabulary->count + 1, const char *);

	for (size_t i = 0; i < vocabulary->count; i++)
		ids[i] = vocabulary->items[i].id;
	return ids;
}
