/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "publish/report_pages.h"

#include "assessment/run_page.h"
#include "base/time.h"
#include "http/later.h"
#include "http/response.h"
#include "publish/publish.h"
#include "publish/publish_pages.h"
#include "publish/publish_templates.h"
#include "publish/report_file.h"
#include "publish/report_store.h"

#include <inttypes.h>
#include <string.h>

/* What everybody may read: a report as page, JSON, CSV and PDF. */

static enum outcome
report_open(struct request *rq, int64_t revision, struct report *report_out)
{
	page_shows(rq, GENERATION_ORGANISATION, rq->organisation.id);
	page_shows(rq, GENERATION_ALL, 0);
	return report_find(rq->db, &rq->arena, rq->organisation.id,
	    request_path_id(rq, "number"), revision, report_out);
}

/* What stands on the page beside the document. */
static enum outcome
view_complete(struct request *rq, const struct report *report,
    struct report_view *view)
{
	struct report_file file;
	enum outcome got = report_revision_list(rq->db, &rq->arena,
	    rq->organisation.id, report->number, &view->revisions);

	if (got != OK)
		return got;
	LIST_EACH(revision, &view->revisions)
		revision->shown = revision->revision == report->revision;
	view->hash = publish_hash_show(&rq->arena, report->hash);
	view->newest = report->revision == report->newest;
	got = report_file_find(rq->db, &rq->arena, report->id, rq->language,
	    &file);
	if (got == OK)
		view->pdf_size = file.size;
	return got == NOT_FOUND ? OK : got;
}

static enum outcome
report_show(struct request *rq, const struct report *report)
{
	struct report_view view;
	enum outcome got = publish_parse(&rq->arena, rq->language,
	    report->document, &view);

	if (got == OK)
		got = view_complete(rq, report, &view);
	if (got != OK)
		return got == INVALID ? FAILED : got;
	rq->page.section = "organisations";
	render_report(&rq->page, &view);
	return OK;
}

/* Members find their run's pages here while nothing is published. */
static enum outcome
report_page(struct request *rq)
{
	struct report report;
	struct run run;
	enum outcome got = report_open(rq, 0, &report);

	if (got == OK)
		return report_show(rq, &report);
	if (got == NOT_FOUND && asker_is_member(rq) &&
	    run_open(rq, &run) == OK)
		return redirect(rq, "/o/%s/assessments/%" PRId64 "/tasks",
		    rq->organisation.slug, run.row.number);
	return got;
}

static enum outcome
revision_page(struct request *rq)
{
	struct report report;
	int64_t revision = request_path_id(rq, "revision");
	enum outcome got;

	if (revision == 0)
		return NOT_FOUND;
	got = report_open(rq, revision, &report);
	return got == OK ? report_show(rq, &report) : got;
}

/* --- Other forms --------------------------------------------------------- */

/* ":number.json": request_path gives the number alone. */
static enum outcome
json_page(struct request *rq)
{
	struct report report;
	const char *json;
	enum outcome got = report_open(rq, 0, &report);

	if (got == OK)
		got = publish_json(&rq->arena, report.document, &json);
	if (got != OK)
		return got == INVALID ? FAILED : got;
	respond_header(rq, "Access-Control-Allow-Origin", "*");
	return respond(rq, "application/json", json, strlen(json));
}

static const char *
file_name(struct request *rq, const struct report *report, const char *end)
{
	return arena_print(&rq->arena, "%s-%" PRId64 "-%" PRId64 ".%s",
	    rq->organisation.slug, report->number, report->revision, end);
}

static enum outcome
csv_page(struct request *rq)
{
	struct report report;
	const char *csv;
	size_t size;
	enum outcome got = report_open(rq, 0, &report);

	if (got == OK)
		got = publish_csv(&rq->arena, report.document, &csv, &size);
	if (got != OK)
		return got == INVALID ? FAILED : got;
	respond_header(rq, "Access-Control-Allow-Origin", "*");
	respond_header(rq, "Content-Disposition", arena_print(&rq->arena,
	    "attachment; filename=\"%s\"", file_name(rq, &report, "csv")));
	return respond(rq, "text/csv; charset=utf-8; header=present", csv,
	    size);
}

struct pdf_asking {
	struct request *rq;
	struct report report;
};

static enum outcome
pdf_ask_write(struct tx *tx, void *arg)
{
	struct pdf_asking *asking = arg;

	return report_file_ask(tx, &asking->rq->arena, asking->report.id,
	    asking->rq->language, time_now());
}

static enum outcome
pdf_wait(struct request *rq, enum outcome got, void *arg)
{
	const struct pdf_asking *asking = arg;
	const struct report_wait_view view = { .slug = rq->organisation.slug,
		.organisation = rq->organisation.name,
		.number = asking->report.number };

	if (got != OK)
		return got;
	respond_status(rq, 202);
	render_report_wait(&rq->page, &view);
	return OK;
}

/* It was never asked for, or its file is lost: both mend themselves. */
static enum outcome
pdf_ask(struct request *rq, const struct report *report)
{
	struct pdf_asking *asking = ARENA_NEW(&rq->arena, struct pdf_asking);

	*asking = (struct pdf_asking){ rq, *report };
	return write_later(rq, pdf_ask_write, pdf_wait, asking);
}

static enum outcome
pdf_page(struct request *rq)
{
	struct report report;
	struct report_file file;
	int fd;
	enum outcome got = report_open(rq, 0, &report);

	if (got != OK)
		return got;
	got = report_file_find(rq->db, &rq->arena, report.id, rq->language,
	    &file);
	if (got == OK)
		got = report_file_open(rq->data, file.hash, &fd);
	if (got == NOT_FOUND)
		return pdf_ask(rq, &report);
	if (got != OK)
		return got;
	return respond_file(rq, "application/pdf", fd,
	    file_name(rq, &report, "pdf"));
}

const struct route publish_routes[] = {
	{ "GET", "/o/:slug/assessments/:number", PUBLIC, report_page,
	    ROUTE_CACHED },
	{ "GET", "/o/:slug/assessments/:number/revisions/:revision", PUBLIC,
	    revision_page, ROUTE_CACHED },
	{ "GET", "/o/:slug/assessments/:number.json", PUBLIC, json_page,
	    ROUTE_CACHED | ROUTE_BARE },
	{ "GET", "/o/:slug/assessments/:number.csv", PUBLIC, csv_page,
	    ROUTE_CACHED | ROUTE_BARE },
	{ "GET", "/o/:slug/assessments/:number.pdf", PUBLIC, pdf_page, 0 },
	{ "GET", "/o/:slug/assessments/:number/publish", VIEWER,
	    publish_page, 0 },
	{ "POST", "/o/:slug/assessments/:number/publish", ADMINISTRATOR,
	    publish_send_page, 0 },
	{ 0 }
};
