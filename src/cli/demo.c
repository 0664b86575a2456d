/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cli/cli.h"

#include "base/arena.h"
#include "base/time.h"
#include "content/fault.h"
#include "content/folder.h"
#include "demo/demo.h"
#include "library/library.h"
#include "text/catalogue.h"
#include "text/collate.h"
#include "text/number.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

/* tulga demo: a made-up coalition in an empty data folder. */

static const char TEXT[] =
	"Makes a made-up coalition in the data folder DIR, which must hold\n"
	"nothing yet: twelve organisations, three years of one of them, a run\n"
	"in each stage. What outside tools need is in DIR/demo.json then.\n";

/* --- What was made, in words --------------------------------------------- */

static void
counts_print(struct arena *a, enum language language,
    const struct demo_made *made)
{
	printf("%s\n", catalogue_print(a, language,
	    N_("%(organisations)s organisations, %(runs)s assessments, "
	       "%(reports)s published reports, %(ratings)s ratings, "
	       "%(responses)s stakeholder answers"),
	    WORDS(word_text("organisations", number_show(a, language,
		      made->organisations)),
		word_text("runs", number_show(a, language, made->runs)),
		word_text("reports", number_show(a, language,
		    made->reports)),
		word_text("ratings", number_show(a, language,
		    made->ratings)),
		word_text("responses", number_show(a, language,
		    made->responses)))));
}

static void
addresses_print(enum language language, const struct demo_made *made)
{
	const struct {
		const char *label, *address;
	} rows[] = {
		{ N_("Report"), made->report },
		{ N_("Organisation"), made->organisation },
		{ N_("Survey that is open"), made->survey },
		{ N_("A rater's link"), made->rater },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		printf("  %s: %s\n", catalogue_text(language, rows[i].label),
		    rows[i].address == NULL ? "-" : rows[i].address);
}

static void
made_print(struct arena *a, enum language language, const char *data,
    const struct demo_made *made)
{
	const struct demo_accounts *accounts = &made->accounts;

	counts_print(a, language, made);
	printf("%s\n", catalogue_print(a, language,
	    N_("To look at it: tulga serve --data %(data)s, then "
	       "http://127.0.0.1:8080 and one of these addresses:"),
	    WORDS(word_text("data", data))));
	addresses_print(language, made);
	printf("%s\n", catalogue_print(a, language,
	    N_("Accounts, all with the password %(password)s:"),
	    WORDS(word_text("password", accounts->count == 0 ? ""
		: accounts->items[0].password))));
	LIST_EACH(account, accounts)
		printf("  %s  %s %s\n", account->email, account->role,
		    account->organisation);
}

/* --- Making it ----------------------------------------------------------- */

static void
note(void *arg, int64_t done, int64_t total)
{
	struct cli_progress *p = arg;

	if (total != p->total) {
		cli_progress_end(p);
		cli_progress_begin(p, total > 1000 ? "organisations"
		    : "assessments", total);
	}
	cli_progress_show(p, done);
}

static int
make(struct arena *a, const struct cli_place *place, bool national)
{
	struct cli_progress progress;
	struct content_faults faults;
	struct demo_made made;
	AUTO_DB struct db *db = NULL;
	const struct demo_options options = {
		.data = place->data,
		.content = content_folder(place->content),
		.national = national ? DEMO_NATIONAL_ORGANISATIONS : 0,
		.now = time_now(),
		.note = note,
		.arg = &progress,
	};
	int opened = cli_open(place, &db);
	enum outcome got;

	if (opened != EX_OK)
		return opened;
	content_faults_init(&faults, a);
	cli_progress_begin(&progress, "assessments", 1);
	got = demo_make(db, a, &options, &faults, &made);
	cli_progress_end(&progress);
	content_faults_print(&faults, LANGUAGE_EN);
	if (got == CONFLICT)
		fprintf(stderr, "tulga: \"%s\" holds something already; "
		    "nothing was changed\n", place->data);
	if (got == OK)
		got = demo_json_save(&made, place->data);
	if (got != OK)
		return cli_exit(got);
	made_print(a, LANGUAGE_EN, place->data, &made);
	printf("\n");
	made_print(a, LANGUAGE_MN, place->data, &made);
	return EX_OK;
}

int
cli_demo(int argc, char **argv)
{
	struct cli_place place = { .data = NULL };
	const char *scale = NULL;
	const struct cli_option options[] = {
		{ "scale", "national", "20,000 organisations besides, with "
		    "40,000 reports and a million ratings", &scale, NULL },
		{ "postgres", "CONNINFO", "a PostgreSQL database instead of "
		    "SQLite", &place.postgres, NULL },
		{ "content", "DIR", "the folder of content", &place.content,
		    NULL },
		{ 0 }
	};
	AUTO_ARENA struct arena a;
	int got;

	arena_init(&a, ARENA_LIMIT);
	if (!cli_read(&argc, argv, "demo DIR [OPTIONS]", TEXT, options, &got))
		return got;
	if (argc != 2 || (scale != NULL && strcmp(scale, "national") != 0)) {
		fprintf(stderr, argc != 2
		    ? "tulga: demo wants one data folder\n"
		    : "tulga: --scale knows national only\n");
		return EX_USAGE;
	}
	place.data = argv[1];
	if (collate_open() != OK ||
	    library_open(content_folder(place.content)) != OK)
		return EX_CONFIG;
	return make(&a, &place, scale != NULL);
}
