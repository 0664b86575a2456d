/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo_content.h"

#include "content/folder.h"
#include "library/library.h"
#include "text/catalogue.h"

/* Reads content/demo/national.yaml: what names are made of. */

static void
read_labels(struct arena *a, const struct yaml_node *root, const char *key,
    struct content_faults *faults, struct demo_labels *labels)
{
	const struct yaml_nodes *list = yaml_list(root, key, faults);

	LIST_EACH(node, list)
		*LIST_ADD(a, labels) = yaml_as_label(node, faults);
}

static void
read_texts(const struct yaml_node *root, struct content_faults *faults,
    struct demo_words *words)
{
	words->name = yaml_label(root, "name", faults);
	words->purpose = yaml_label(root, "purpose", faults);
	words->legal_form = yaml_id(root, "legal_form", faults);
	words->scope = yaml_text(root, "scope", faults);
	words->finding = yaml_text(root, "finding", faults);
	words->action = yaml_text(root, "action", faults);
	words->owner = yaml_text(root, "owner", faults);
	if (*words->legal_form != '\0' && vocabulary_find(
		&library()->legal_forms, words->legal_form) == NULL)
		yaml_fault(faults, yaml_find(root, "legal_form"),
		    N_("There is no \"%(id)s\" here"),
		    WORDS(word_text("id", words->legal_form)));
}

enum outcome
demo_words_read(struct arena *a, const char *folder,
    struct content_faults *faults, struct demo_words *words_out)
{
	static const char *const keys[] = { "first", "second", "fields",
		"name", "purpose", "legal_form", "scope", "finding", "action",
		"owner", NULL };
	struct demo_words words = { 0 };
	size_t before = content_faults_total(faults);
	const struct yaml_node *root;
	enum outcome got = yaml_open(a, content_path(a, folder, "demo",
	    "national"), faults, &root);

	if (got != OK)
		return got;
	yaml_check_keys(root, keys, faults);
	read_labels(a, root, "first", faults, &words.first);
	read_labels(a, root, "second", faults, &words.second);
	read_labels(a, root, "fields", faults, &words.fields);
	read_texts(root, faults, &words);
	*words_out = words;
	return content_faults_total(faults) == before ? OK : INVALID;
}
