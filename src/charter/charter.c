/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "charter/charter.h"

#include "base/list.h"
#include "content/folder.h"
#include "text/utf8.h"

#include <string.h>

/* Reading the index to the charter and finding a measure in it. */

static const struct measure *
find_in(const struct principle *principle, const char *id)
{
	LIST_EACH(measure, &principle->measures)
		if (strcmp(measure->id, id) == 0)
			return measure;
	return NULL;
}

/* A measure's id begins with its principle's, so that it tells where it is. */
static void
check_measure_id(const struct yaml_node *node, const struct principle *of,
    const char *id, struct content_faults *faults)
{
	size_t size = strlen(of->id);

	if (id[0] == '\0' || size == 0)
		return;
	if (strncmp(id, of->id, size) != 0 || id[size] != '.' ||
	    id[size + 1] == '\0')
		yaml_fault(faults, node,
		    N_("\"%(id)s\" must begin with \"%(principle)s.\""),
		    WORDS(word_text("id", id), word_text("principle", of->id)));
	if (find_in(of, id) != NULL)
		yaml_fault(faults, node, N_("\"%(id)s\" stands here twice"),
		    WORDS(word_text("id", id)));
}

static void
read_measure(struct arena *a, const struct yaml_node *node,
    struct principle *principle, struct content_faults *faults)
{
	static const char *const KEYS[] = { "id", "title", "about", NULL };
	struct measure measure;

	yaml_check_keys(node, KEYS, faults);
	measure.id = yaml_id(node, "id", faults);
	measure.title = yaml_label(node, "title", faults);
	measure.about = yaml_label(node, "about", faults);
	check_measure_id(node, principle, measure.id, faults);
	*LIST_ADD(a, &principle->measures) = measure;
}

static void
check_short_title(const struct yaml_node *node, struct label title,
    struct content_faults *faults)
{
	for (size_t i = 0; i < LANGUAGES; i++)
		if (utf8_length(title.text[i]) > PRINCIPLE_SHORT_MOST)
			yaml_fault(faults, node,
			    N_("\"%(text)s\" is longer than %(most)s"
			       " characters"),
			    WORDS(word_text("text", title.text[i]),
				word_number("most", PRINCIPLE_SHORT_MOST)));
}

static struct principle
read_principle(struct arena *a, const struct yaml_node *node,
    struct content_faults *faults)
{
	static const char *const KEYS[] = { "id", "title", "short", "about",
		"measures", NULL };
	struct principle principle = { 0 };
	const struct yaml_nodes *measures;

	yaml_check_keys(node, KEYS, faults);
	principle.id = yaml_id(node, "id", faults);
	principle.title = yaml_label(node, "title", faults);
	principle.short_title = yaml_label(node, "short", faults);
	principle.about = yaml_label(node, "about", faults);
	check_short_title(yaml_find(node, "short"), principle.short_title,
	    faults);
	measures = yaml_list(node, "measures", faults);
	LIST_EACH(entry, measures)
		read_measure(a, entry, &principle, faults);
	return principle;
}

/* The file names its edition and holds no other. */
static const char *
read_edition(const struct yaml_node *root, const char *edition,
    struct content_faults *faults)
{
	const char *named = yaml_id(root, "edition", faults);

	if (named[0] != '\0' && strcmp(named, edition) != 0)
		yaml_fault(faults, yaml_find(root, "edition"),
		    N_("This is edition \"%(edition)s\", but the file's name"
		       " says \"%(name)s\""),
		    WORDS(word_text("edition", named),
			word_text("name", edition)));
	return named;
}

static void
read_parts(struct arena *a, const struct yaml_node *root,
    const char *edition, struct content_faults *faults,
    struct charter *charter)
{
	static const char *const KEYS[] = { "edition", "title", "principles",
		"initiative", NULL };
	const struct yaml_nodes *principles;

	yaml_check_keys(root, KEYS, faults);
	charter->edition = read_edition(root, edition, faults);
	charter->title = yaml_label(root, "title", faults);
	charter->initiative = read_principle(a,
	    yaml_map(root, "initiative", faults), faults);
	principles = yaml_list(root, "principles", faults);
	LIST_EACH(node, principles) {
		struct principle principle = read_principle(a, node, faults);

		if (charter_find_principle(charter, principle.id) != NULL)
			yaml_fault(faults, node,
			    N_("\"%(id)s\" stands here twice"),
			    WORDS(word_text("id", principle.id)));
		*LIST_ADD(a, &charter->principles) = principle;
	}
}

enum outcome
charter_read(struct arena *a, const struct yaml_node *root,
    const char *edition, struct content_faults *faults,
    struct charter *charter_out)
{
	struct charter charter = { 0 };
	size_t before = content_faults_total(faults);

	read_parts(a, root, edition, faults, &charter);
	if (content_faults_total(faults) > before)
		return INVALID;
	*charter_out = charter;
	return OK;
}

enum outcome
charter_open(struct arena *a, const char *folder, const char *edition,
    struct content_faults *faults, struct charter *charter_out)
{
	const char *name = arena_print(a, "charter-%s", edition);
	const struct yaml_node *root;
	enum outcome got;

	got = yaml_open(a, content_path(a, folder, "charter", name), faults,
	    &root);
	return got == OK ? charter_read(a, root, edition, faults, charter_out) :
	    got;
}

const struct principle *
charter_find_principle(const struct charter *charter, const char *id)
{
	LIST_EACH(principle, &charter->principles)
		if (strcmp(principle->id, id) == 0)
			return principle;
	if (charter->initiative.id != NULL &&
	    strcmp(charter->initiative.id, id) == 0)
		return &charter->initiative;
	return NULL;
}

const struct measure *
charter_find_measure(const struct charter *charter, const char *id)
{
	LIST_EACH(principle, &charter->principles) {
		const struct measure *found = find_in(principle, id);

		if (found != NULL)
			return found;
	}
	return find_in(&charter->initiative, id);
}

struct vocabulary
charter_terms(struct arena *a, const struct charter *charter)
{
	struct vocabulary terms = { 0 };

	LIST_EACH(principle, &charter->principles)
		*LIST_ADD(a, &terms) = (struct term){ .id = principle->id,
		    .label = principle->title, .note = principle->about,
		    .code = "" };
	return terms;
}
