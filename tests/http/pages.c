/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "pages.h"

#include "base/time.h"
#include "html/html_view.h"
#include "http/csrf.h"
#include "http/form.h"
#include "http/later.h"
#include "http/request.h"
#include "http/response.h"
#include "runner/client.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Handlers of the test site. HTML and SQL stand here only because it is one. */

static const struct field WELL[] = {
	{ "name", FIELD_TEXT, FIELD_REQUIRED, 2, 40, "Name", NULL, NULL, NULL },
	{ "kinds", FIELD_CHOICES, 0, 0, 0, "Kinds", NULL,
	    (const struct choice[]){ { "dug", "Dug", NULL },
		{ "drilled", "Drilled", NULL }, { 0 } }, NULL },
	{ 0 }
};

static const char WELL_TABLE[] =
	"CREATE TABLE IF NOT EXISTS well (id INTEGER PRIMARY KEY,"
	" name TEXT NOT NULL, once TEXT UNIQUE) STRICT";

static enum outcome
table_write(struct tx *tx, void *arg)
{
	return tx_run_values(tx, arg, WELL_TABLE, NULL, 0);
}

enum outcome
test_tables(struct db *db)
{
	AUTO_ARENA struct arena a;

	arena_init(&a, ARENA_LIMIT);
	return db_write(db, table_write, &a);
}

/* --- Pages that only read ---------------------------------------------- */

static void
add_text(struct request *rq, const char *html)
{
	page_add(&rq->page, html, strlen(html));
}

static const char WELL_COUNT[] = "SELECT count(*) FROM well WHERE id > $1";

static enum outcome
wells_page(struct request *rq)
{
	int64_t count;
	enum outcome got;

	page_shows(rq, GENERATION_ORGANISATIONS, 0);
	got = db_one_int(rq->db, &rq->arena, WELL_COUNT, &count, db_int(0));
	if (got != OK)
		return got;
	add_text(rq, "<!doctype html><title>Wells</title><p class=count>");
	page_write_integer(&rq->page, count);
	add_text(rq, "</p><p class=notice>");
	page_write_text(&rq->page, rq->page.notice);
	add_text(rq, "</p><p class=person>");
	page_write_text(&rq->page, rq->page.person);
	add_text(rq, "</p><p class=csrf>");
	page_write_text(&rq->page, rq->page.csrf);
	add_text(rq, "</p>");
	for (int i = 0; i < 200; i++)
		add_text(rq, "<p>The well has been deepened.</p>\n");
	return OK;
}

/* A kept page that is larger than the whole store of kept pages. */
static enum outcome
long_page(struct request *rq)
{
	const char *size = request_field(rq, "kib");
	int64_t kib = size == NULL ? 1 : atoi(size);
	char line[1025];

	if ((rq->match.route->flags & ROUTE_CACHED) != 0)
		page_shows(rq, GENERATION_ALL, 0);
	for (int64_t i = 0; i < kib; i++) {
		uint8_t noise[512];

		randombytes_buf(noise, sizeof(noise));
		sodium_bin2hex(line, sizeof(line), noise, sizeof(noise));
		page_add(&rq->page, line, 1024);
	}
	return OK;
}

static enum outcome
echo_page(struct request *rq)
{
	const char *text = request_path(rq, "text");

	return respond(rq, "text/plain; charset=utf-8", text, strlen(text));
}

static enum outcome
table_csv(struct request *rq)
{
	const char *text = arena_print(&rq->arena, "language\n%s\n",
	    language_code(rq->language));

	page_shows(rq, GENERATION_ALL, 0);
	return respond(rq, "text/csv; charset=utf-8", text, strlen(text));
}

static enum outcome
minutes_file(struct request *rq)
{
	char *path = arena_print(&rq->arena, "%s/incoming/minutes-XXXXXX",
	    rq->data);
	int fd = mkstemp(path);

	if (fd < 0)
		return FAILED;
	unlink(path);
	for (int i = 0; i < 4096; i++)
		if (write(fd, "The hearing began at ten in the morning; four "
			"herders and the well\n", 67) < 0)
			return FAILED;
	return respond_file(rq, "application/pdf", fd,
	    "Хурлын \"протокол\".pdf");
}

static enum outcome
secret_page(struct request *rq)
{
	add_text(rq, "<p>Your hearing</p>");
	return OK;
}

static enum outcome
theme_page(struct request *rq)
{
	respond_cookie(rq, "theme", "dark", 3600);
	return redirect(rq, "/wells");
}

/* --- Writing ----------------------------------------------------------- */

struct well_write {
	struct request *rq;
	struct form form;
	const char *name, *once;
	int64_t id;
};

static const char WELL_INSERT[] =
	"INSERT INTO well (name, once) VALUES ($1, $2)"
	" ON CONFLICT (once) DO UPDATE SET once = excluded.once RETURNING id";

/* Writes first and refuses then, so that the refusal must undo it. */
static enum outcome
well_write(struct tx *tx, void *arg)
{
	struct well_write *w = arg;
	enum outcome got = tx_insert(tx, &w->rq->arena, WELL_INSERT, &w->id,
	    db_text(w->name), db_text(w->once));

	if (strncmp(w->name, "slow", 4) == 0)
		nanosleep(&(struct timespec){ .tv_nsec = 300000000 }, NULL);
	if (got != OK)
		return got;
	if (strncmp(w->name, "taken", 5) == 0)
		return CONFLICT;
	return strncmp(w->name, "dry", 3) == 0 ? INVALID : OK;
}

static void
well_form_show(struct request *rq, struct form *form)
{
	add_text(rq, "<form><input name=csrf value=");
	page_write_text(&rq->page, rq->page.csrf);
	add_text(rq, "><input name=once value=");
	page_write_text(&rq->page, form->once);
	add_text(rq, "><input name=name value=\"");
	page_write_text(&rq->page, form_find(form, "name")->typed);
	add_text(rq, "\">");
	LIST_EACH (error, &form->errors) {
		add_text(rq, "<p class=error>");
		page_write_text(&rq->page, error->message);
		add_text(rq, "</p>");
	}
	add_text(rq, "</form>");
}

static enum outcome
well_form_page(struct request *rq)
{
	struct form form;

	form_open(rq, &form, WELL);
	well_form_show(rq, &form);
	return OK;
}

static enum outcome
well_added(struct request *rq, enum outcome got, void *arg)
{
	struct well_write *w = arg;

	if (got == OK) {
		redirect_notice(rq, "Done");
		return redirect(rq, "/wells/%lld", (long long)w->id);
	}
	if (got == INVALID || got == CONFLICT)
		well_form_show(rq, &w->form);
	return got;
}

static enum outcome
well_add(struct request *rq)
{
	struct well_write *w = ARENA_NEW(&rq->arena, struct well_write);

	w->rq = rq;
	form_open(rq, &w->form, WELL);
	form_read(rq, &w->form);
	if (w->form.errors.count > 0) {
		well_form_show(rq, &w->form);
		return INVALID;
	}
	w->name = form_text(&w->form, "name");
	w->once = w->form.once;
	write_raises(rq, GENERATION_ORGANISATIONS, 0);
	return write_later(rq, well_write, well_added, w);
}

static const char WELL_FIND[] = "SELECT name FROM well WHERE id = $1";

static enum outcome
well_page(struct request *rq)
{
	AUTO_CLOSE struct rows rows = db_query(rq->db, &rq->arena, WELL_FIND,
	    db_int(request_path_id(rq, "well")));
	enum outcome got = rows_next(&rows);

	if (got == OK) {
		add_text(rq, "<h1>");
		page_write_text(&rq->page, rows_text(&rows, 0));
		add_text(rq, "</h1>");
	}
	return got;
}

static enum outcome
evidence_add(struct request *rq)
{
	const struct upload *u = request_upload(rq);
	const char *text = u == NULL ? "no file"
	    : arena_print(&rq->arena, "%s|%s|%lld|%d|%s|%s", u->field, u->name,
		(long long)u->size, u->too_large, u->path,
		request_field(rq, "note"));

	return respond(rq, "text/plain; charset=utf-8", text, strlen(text));
}

/* --- Asking the runner ------------------------------------------------- */

static enum outcome
derived(struct request *rq, const struct channel_answer *got, void *arg)
{
	char hex[2 * DERIVE_KEY + 1];

	(void)arg;
	if (got->outcome != OK || got->size != DERIVE_KEY)
		return got->outcome;
	sodium_bin2hex(hex, sizeof(hex), got->bytes, DERIVE_KEY);
	add_text(rq, hex);
	return OK;
}

static enum outcome
derive_page(struct request *rq)
{
	struct runner_derive d = { .size = 4, .password = "well" };
	enum outcome asked = runner_derive(rq->runner, &d, later_answer,
	    later_wait(rq, derived, NULL));

	return asked == OK ? OK : later_refused(rq, asked);
}

/* --- Who asks ---------------------------------------------------------- */

static enum outcome
who_asks(struct request *rq, const char *token)
{
	int64_t person = strcmp(token, "bat") == 0 ? 1
	    : strcmp(token, "tsetseg") == 0 ? 2 : 0;

	if (person == 0)
		return OK;
	rq->asker.person = rq->asker.session = person;
	rq->asker.name = person == 1 ? "Bat" : "Tsetseg";
	memset(rq->asker.csrf, (int)person, sizeof(rq->asker.csrf));
	return OK;
}

static enum outcome
which_organisation(struct request *rq, const char *slug)
{
	if (strcmp(slug, "bayan") != 0)
		return NOT_FOUND;
	rq->organisation.id = 7;
	rq->organisation.slug = "bayan";
	rq->organisation.role = rq->asker.person == 1 ? ROLE_EDITOR : ROLE_NONE;
	return OK;
}

static void
frame(struct request *rq)
{
	rq->page.coalition = (struct label){ .text = { "Эвсэл", "Coalition" } };
}

const struct server_hooks test_hooks = { who_asks, which_organisation, frame };

static const struct route ROUTES[] = {
	{ "GET", "/", PUBLIC, wells_page, 0 },
	{ "GET", "/wells", PUBLIC, wells_page, ROUTE_CACHED },
	{ "GET", "/wells/new", SIGNED_IN, well_form_page, 0 },
	{ "GET", "/wells/:well", PUBLIC, well_page, 0 },
	{ "POST", "/wells", SIGNED_IN, well_add, 0 },
	{ "POST", "/hearings", PUBLIC, well_add, ROUTE_ANONYMOUS },
	{ "GET", "/wells.csv", PUBLIC, table_csv, ROUTE_BARE | ROUTE_CACHED },
	{ "GET", "/minutes", PUBLIC, minutes_file, 0 },
	{ "GET", "/long", PUBLIC, long_page, 0 },
	{ "GET", "/kept", PUBLIC, long_page, ROUTE_CACHED },
	{ "GET", "/echo/:text", PUBLIC, echo_page, 0 },
	{ "GET", "/derive", PUBLIC, derive_page, 0 },
	{ "POST", "/evidence", SIGNED_IN, evidence_add, ROUTE_UPLOAD },
	{ "POST", "/notes", SIGNED_IN, evidence_add, 0 },
	{ "GET", "/secret/:token", PUBLIC, secret_page, ROUTE_SECRET },
	{ "POST", "/secret/:token", PUBLIC, secret_page,
	    ROUTE_SECRET | ROUTE_ANONYMOUS },
	{ "POST", "/theme", PUBLIC, theme_page, ROUTE_ANONYMOUS },
	{ "GET", "/o/:slug", PUBLIC, secret_page, 0 },
	{ "GET", "/o/:slug/hearings/new", EDITOR, secret_page, 0 },
	{ "GET", "/coalition", COORDINATOR, secret_page, 0 },
	{ 0 }
};

const struct route *const test_routes[] = { ROUTES, NULL };
