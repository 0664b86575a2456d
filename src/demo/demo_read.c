/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo_content.h"

#include "content/folder.h"
#include "library/library.h"
#include "organisation/organisation.h"
#include "people/person_store.h"
#include "text/date.h"
#include "text/slug.h"

#include <string.h>

/* Reads content/demo/coalition.yaml: organisations and people. */

/* --- Shared with the other files of content ------------------------------ */

static int64_t
read_day(const struct yaml_node *node, struct content_faults *faults)
{
	int64_t day;

	if (day_parse(node->text, &day) == OK)
		return day;
	yaml_fault(faults, node,
	    N_("\"%(key)s\" must be a day such as 2026-10-14"),
	    WORDS(word_text("key", node->key)));
	return 0;
}

int64_t
demo_read_day(const struct yaml_node *map, const char *key,
    struct content_faults *faults)
{
	const char *text = yaml_text(map, key, faults);

	return *text == '\0' ? 0 : read_day(yaml_find(map, key), faults);
}

int64_t
demo_read_day_or_none(const struct yaml_node *map, const char *key,
    struct content_faults *faults)
{
	return yaml_find(map, key) == NULL ? 0
	    : demo_read_day(map, key, faults);
}

struct demo_organisation *
demo_read_organisation(const struct yaml_node *map,
    struct demo_coalition *coalition, struct content_faults *faults)
{
	const char *slug = yaml_text(map, "organisation", faults);

	LIST_EACH(o, &coalition->organisations)
		if (strcmp(o->slug, slug) == 0)
			return o;
	if (*slug != '\0')
		yaml_fault(faults, yaml_find(map, "organisation"),
		    N_("There is no \"%(id)s\" here"),
		    WORDS(word_text("id", slug)));
	return NULL;
}

/* A term's id; a fault when the vocabulary lacks it. */
static const char *
read_term(const struct yaml_node *map, const char *key,
    const struct vocabulary *vocabulary, struct content_faults *faults)
{
	const char *id = yaml_id(map, key, faults);

	if (*id != '\0' && vocabulary_find(vocabulary, id) == NULL)
		yaml_fault(faults, yaml_find(map, key),
		    N_("There is no \"%(id)s\" here"),
		    WORDS(word_text("id", id)));
	return id;
}

/* --- Organisations ------------------------------------------------------- */

static void
read_team(struct arena *a, const struct yaml_node *map,
    struct content_faults *faults, struct demo_team *team)
{
	static const char *const keys[] = { "person", "name", "duty", NULL };
	const struct yaml_nodes *list = yaml_list_or_none(map, "team",
	    faults);

	LIST_EACH(node, list) {
		struct demo_member *m = LIST_ADD(a, team);

		yaml_check_keys(node, keys, faults);
		m->person = yaml_text_or(node, "person", "", faults);
		m->name = *m->person != '\0' ? ""
		    : yaml_text(node, "name", faults);
		m->duty = yaml_text(node, "duty", faults);
	}
}

static const char *
read_slug(const struct yaml_node *map, struct content_faults *faults)
{
	const char *slug = yaml_id(map, "slug", faults);

	if (*slug != '\0' && !slug_is_valid(slug))
		yaml_fault(faults, yaml_find(map, "slug"),
		    N_("\"%(id)s\" can't stand in an address"),
		    WORDS(word_text("id", slug)));
	return slug;
}

static const char *
read_registration(const struct yaml_node *map, struct content_faults *faults)
{
	const char *number = yaml_text(map, "registration", faults);

	if (*number != '\0' && !registration_is_valid(number))
		yaml_fault(faults, yaml_find(map, "registration"),
		    N_("A registration number has seven digits"), NO_WORDS);
	return number;
}

/* How it is reached, and how it joined: all of it may be absent. */
static void
read_optional(const struct yaml_node *node, struct content_faults *faults,
    struct demo_organisation *o)
{
	o->bichig = yaml_text_or(node, "bichig", "", faults);
	o->website = yaml_text_or(node, "website", "", faults);
	o->email = yaml_text_or(node, "email", "", faults);
	o->phone = yaml_text_or(node, "phone", "", faults);
	o->source = yaml_text_or(node, "source", "", faults);
	o->joined = demo_read_day_or_none(node, "joined", faults);
	o->signed_by = o->joined == 0 ? ""
	    : yaml_text(node, "signed_by", faults);
}

static void
read_one_organisation(struct arena *a, const struct yaml_node *node,
    struct content_faults *faults, struct demo_organisation *o)
{
	static const char *const keys[] = { "slug", "name", "bichig",
		"registration", "legal_form", "unit", "place", "field",
		"purpose", "people", "founded", "joined", "website", "email",
		"phone", "source", "signed_by", "team", NULL };

	yaml_check_keys(node, keys, faults);
	o->slug = read_slug(node, faults);
	o->name = yaml_label(node, "name", faults);
	o->purpose = yaml_label(node, "purpose", faults);
	o->registration = read_registration(node, faults);
	o->legal_form = read_term(node, "legal_form",
	    &library()->legal_forms, faults);
	o->unit = read_term(node, "unit", &library()->units, faults);
	o->place = yaml_label(node, "place", faults).text[LANGUAGE_MN];
	o->field = yaml_label(node, "field", faults).text[LANGUAGE_MN];
	o->people = yaml_int(node, "people", 0, 100000, faults);
	o->founded = yaml_int(node, "founded", FOUNDED_FIRST, 2100, faults);
	read_optional(node, faults, o);
	read_team(a, node, faults, &o->team);
}

/* --- People -------------------------------------------------------------- */

/* Either a right in the coalition, or a role in an organisation. */
static void
read_place(const struct yaml_node *node, struct demo_coalition *coalition,
    struct content_faults *faults, struct demo_person *p)
{
	bool known;

	if (yaml_find(node, "right") != NULL) {
		p->role_name = yaml_text(node, "right", faults);
		known = right_parse(p->role_name, &p->right) == OK;
	} else {
		p->organisation = demo_read_organisation(node, coalition,
		    faults);
		p->role_name = yaml_text(node, "role", faults);
		known = role_parse(p->role_name, &p->role) == OK;
	}
	if (!known)
		yaml_fault(faults, node, N_("There is no \"%(id)s\" here"),
		    WORDS(word_text("id", p->role_name)));
}

static void
read_people(struct arena *a, const struct yaml_node *root,
    struct content_faults *faults, struct demo_coalition *coalition)
{
	static const char *const keys[] = { "email", "name", "right",
		"organisation", "role", NULL };
	const struct yaml_nodes *list = yaml_list(root, "people", faults);

	LIST_EACH(node, list) {
		struct demo_person *p = LIST_ADD(a, &coalition->people);
		const struct yaml_node *name = yaml_map(node, "name", faults);

		yaml_check_keys(node, keys, faults);
		p->email = yaml_text(node, "email", faults);
		p->given = yaml_text(name, "given", faults);
		p->patronymic = yaml_text(name, "patronymic", faults);
		read_place(node, coalition, faults, p);
	}
}

/* --- The file ------------------------------------------------------------ */

static void
read_charter(const struct yaml_node *root, struct content_faults *faults,
    struct demo_coalition *c)
{
	static const char *const keys[] = { "edition", "imported", "title",
		NULL };
	const struct yaml_node *charter = yaml_map(root, "charter", faults);

	yaml_check_keys(charter, keys, faults);
	c->edition = yaml_id(charter, "edition", faults);
	c->imported = demo_read_day(charter, "imported", faults);
	c->charter_title = yaml_label(charter, "title", faults);
}

static const char *
read_password(const struct yaml_node *root, struct content_faults *faults)
{
	const char *password = yaml_text(root, "password", faults);
	const char *fault = password_fault(password, "");

	if (*password != '\0' && fault != NULL)
		yaml_fault(faults, yaml_find(root, "password"), fault,
		    NO_WORDS);
	return password;
}

enum outcome
demo_coalition_read(struct arena *a, const char *folder,
    struct content_faults *faults, struct demo_coalition *coalition_out)
{
	static const char *const keys[] = { "title", "password", "today",
		"charter", "organisations", "people", NULL };
	struct demo_coalition c = { 0 };
	size_t before = content_faults_total(faults);
	const struct yaml_nodes *list;
	const struct yaml_node *root;
	enum outcome got = yaml_open(a, content_path(a, folder, "demo",
	    "coalition"), faults, &root);

	if (got != OK)
		return got;
	yaml_check_keys(root, keys, faults);
	c.title = yaml_label(root, "title", faults);
	c.password = read_password(root, faults);
	c.today = demo_read_day(root, "today", faults);
	read_charter(root, faults, &c);
	list = yaml_list(root, "organisations", faults);
	LIST_EACH(node, list)
		read_one_organisation(a, node, faults,
		    LIST_ADD(a, &c.organisations));
	read_people(a, root, faults, &c);
	*coalition_out = c;
	return content_faults_total(faults) == before ? OK : INVALID;
}
