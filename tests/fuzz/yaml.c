/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/check.h"
#include "content/vocabulary.h"
#include "content/yaml.h"

#include <string.h>

/*
 * Any bytes as a file of content: read or refused with a fault, and what was
 * read has the shape that getters count on.
 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
check_tree(const struct yaml_node *node, int depth)
{
	check(depth < YAML_DEPTH_MOST);
	check(node->text != NULL && node->place.line >= 1);
	check(node->kind == YAML_TEXT || node->text[0] == '\0');
	for (size_t i = 0; i < node->nodes.count; i++) {
		const struct yaml_node *entry = &node->nodes.items[i];

		check((entry->key != NULL) == (node->kind == YAML_MAP));
		if (entry->key != NULL)
			check(yaml_find(node, entry->key) == entry);
		check_tree(entry, depth + 1);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	AUTO_ARENA struct arena a;
	struct content_faults faults;
	struct vocabulary units;
	const struct yaml_node *root = NULL;

	arena_init(&a, 4 * ARENA_LIMIT);
	content_faults_init(&faults, &a);
	if (yaml_parse(&a, "fuzz", (const char *)bytes, size, &faults,
	    &root) != OK) {
		check(root == NULL && faults.count == 1);
		return 0;
	}
	check_tree(root, 0);
	check(faults.count == 0);
	if (vocabulary_read(&a, root, VOCABULARY_UNITS, &faults, &units) != OK)
		check(content_faults_total(&faults) > 0);
	for (size_t i = 0; i < faults.count; i++)
		check(strlen(content_fault_show(&a, LANGUAGE_EN,
		    &faults.items[i])) > 0);
	return 0;
}
