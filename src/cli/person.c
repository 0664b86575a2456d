/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cli/cli.h"

#include "base/time.h"
#include "organisation/member_store.h"
#include "organisation/organisation.h"
#include "organisation/organisation_store.h"
#include "people/link_store.h"
#include "people/person_store.h"
#include "text/collate.h"
#include "text/utf8.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

/*
 * tulga person: the first account of a site, and a way back in for whoever has
 * lost theirs. It never sees a password: it prints a link to set one.
 */

struct person_command {
	struct cli_place place;
	const char *name, *patronymic, *language_code, *right_name, *slug,
	    *role_name;
	bool without_code;

	struct arena arena;
	const char *email;
	enum language language;
	bool has_right;
	enum coalition_right right;
	enum organisation_role role;
	struct token token;
	bool is_new, needs_link;
	const char *fault;	/* why it can't be done */
};

static const char USAGE[] =
	"person add EMAIL --name NAME [OPTIONS]\n"
	"       tulga person reset EMAIL [OPTIONS]";

static const char HELP[] =
	"add makes an account, or gives one that exists a further role, and\n"
	"prints a link with which its owner sets a password. reset prints a\n"
	"new link for an account. A link works once, for three days; put the\n"
	"site's address before it.\n";

/* --- Writing ------------------------------------------------------------- */

static enum outcome
link_make(struct tx *tx, struct person_command *c, int64_t person)
{
	c->needs_link = true;
	c->token = token_new();
	return password_link_add(tx, &c->arena, person, c->token.hash,
	    time_now(), LINK_BY_OPERATOR);
}

static enum outcome
roles_add(struct tx *tx, struct person_command *c, int64_t person)
{
	int64_t organisation;
	enum outcome got = OK;

	if (c->has_right)
		got = right_add(tx, &c->arena, person, c->right);
	if (got != OK || c->slug == NULL)
		return got;
	got = organisation_find_slug(tx->db, &c->arena, c->slug,
	    &organisation);
	if (got == NOT_FOUND)
		c->fault = "there is no organisation with this slug";
	if (got == OK)
		got = member_add(tx, &c->arena, organisation, person, c->role,
		    time_now());
	return got;
}

static enum outcome
account_make(struct tx *tx, struct person_command *c, int64_t *person_out)
{
	const struct person_new new = { .email = c->email, .name = c->name,
		.patronymic = c->patronymic == NULL ? "" : c->patronymic,
		.language = c->language, .now = time_now() };

	c->is_new = true;
	if (c->name == NULL) {
		c->fault = "there is no account with this address yet; "
		    "--name says what its owner is called";
		return INVALID;
	}
	return person_add(tx, &c->arena, &new, person_out);
}

static enum outcome
add_write(struct tx *tx, void *arg)
{
	struct person_command *c = arg;
	struct person person = { 0 };
	enum outcome got = person_find_by_email(tx->db, &c->arena, c->email,
	    &person);

	c->is_new = c->needs_link = false;
	if (got == NOT_FOUND)
		got = account_make(tx, c, &person.id);
	if (got == OK)
		got = roles_add(tx, c, person.id);
	if (got == OK && !person.has_password)
		got = link_make(tx, c, person.id);
	return got;
}

static enum outcome
reset_write(struct tx *tx, void *arg)
{
	struct person_command *c = arg;
	struct person person;
	enum outcome got = person_find_by_email(tx->db, &c->arena, c->email,
	    &person);

	if (got == NOT_FOUND)
		c->fault = "there is no account with this address";
	if (got == OK && c->without_code)
		got = person_set_code(tx, &c->arena, person.id, NULL, 0);
	if (got == OK)
		got = link_make(tx, c, person.id);
	return got;
}

/* --- The command --------------------------------------------------------- */

static int
usage_fault(const char *what)
{
	fprintf(stderr, "tulga: %s; --help says more\n", what);
	return EX_USAGE;
}

/* Words from the command line go where words from forms go: same rules. */
static bool
word_is_fine(const char *word)
{
	return word == NULL || (*word != '\0' &&
	    utf8_is_valid(word, strlen(word)) &&
	    text_is_clean(word, strlen(word)) && strchr(word, '\n') == NULL &&
	    utf8_length(word) <= 80);
}

static int
words_check(struct person_command *c, const char *email)
{
	const char *at = strchr(email, '@');

	if (at == NULL || at == email || at[1] == '\0' ||
	    strpbrk(email, " \t\n<>") != NULL || !word_is_fine(email))
		return usage_fault("the address looks like name@example.mn");
	if (!word_is_fine(c->name) || !word_is_fine(c->patronymic))
		return usage_fault("a name has 1 to 80 letters of UTF-8");
	if (c->language_code != NULL &&
	    language_parse(c->language_code, &c->language) != OK)
		return usage_fault("--language is mn or en");
	c->has_right = c->right_name != NULL;
	if (c->has_right && right_parse(c->right_name, &c->right) != OK)
		return usage_fault("--role is coordinator, moderator or site");
	if ((c->slug == NULL) != (c->role_name == NULL))
		return usage_fault("--organisation and --as go together");
	if (c->role_name != NULL && role_parse(c->role_name, &c->role) != OK)
		return usage_fault("--as is administrator, editor, rater or "
		    "viewer");
	c->email = email_normalize(&c->arena, email);
	return EX_OK;
}

static int
report(const struct person_command *c, enum outcome got)
{
	if (got != OK) {
		fprintf(stderr, "tulga: \"%s\": %s\n", c->email,
		    c->fault != NULL ? c->fault : "nothing was written");
		return cli_exit(got);
	}
	if (c->is_new)
		printf("Added \"%s\".\n", c->email);
	if (c->needs_link)
		printf("A link to set the password, good once, for three "
		    "days:\n/%s/password/%s\n", language_code(c->language),
		    c->token.text);
	else
		printf("\"%s\" has an account and a password already; the "
		    "roles are set.\n", c->email);
	return EX_OK;
}

static int
run(struct person_command *c, db_write_fn *fn)
{
	AUTO_DB struct db *db = NULL;
	int opened = cli_open(&c->place, &db);

	if (opened != EX_OK)
		return opened;
	if (collate_open() != OK)
		return EX_OSERR;
	return report(c, db_write(db, fn, c));
}

int
cli_person(int argc, char **argv)
{
	struct person_command c = { .place = { .data = "data" },
		.language = LANGUAGE_MN };
	const struct cli_option options[] = {
		{ "name", "NAME", "given name of a new account", &c.name,
		    NULL },
		{ "patronymic", "NAME", "patronymic of a new account",
		    &c.patronymic, NULL },
		{ "language", "mn|en", "of letters to it, and of the link "
		    "(default: mn)", &c.language_code, NULL },
		{ "role", "ROLE", "coordinator, moderator or site",
		    &c.right_name, NULL },
		{ "organisation", "SLUG", "an organisation to work in, as in "
		    "its address", &c.slug, NULL },
		{ "as", "ROLE", "administrator, editor, rater or viewer there",
		    &c.role_name, NULL },
		{ "without-code", NULL, "reset: also turn off the code from "
		    "the phone", NULL, &c.without_code },
		CLI_PLACE(c.place),
		{ 0 }
	};
	int got;

	if (!cli_read(&argc, argv, USAGE, HELP, options, &got))
		return got;
	if (argc != 3)
		return usage_fault("person wants \"add\" or \"reset\" and one "
		    "address");
	arena_init(&c.arena, ARENA_LIMIT);
	got = words_check(&c, argv[2]);
	if (got != EX_OK)
		;
	else if (strcmp(argv[1], "add") == 0)
		got = run(&c, add_write);
	else if (strcmp(argv[1], "reset") == 0)
		got = run(&c, reset_write);
	else
		got = usage_fault("person wants \"add\" or \"reset\"");
	arena_done(&c.arena);
	return got;
}
