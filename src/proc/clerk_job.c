/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "proc/clerk_job.h"

#include "assessment/reminder.h"
#include "base/descriptor.h"
#include "base/generation.h"
#include "base/keep.h"
#include "base/log.h"
#include "base/time.h"
#include "publish/report_file.h"
#include "publish/report_store.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the kinds of outbox work do, and what is done once a day. */

enum { PIECE = 64 * 1024 };

/* --- Printed reports --------------------------------------------------- */

struct printing {
	struct arena *arena;
	int64_t report;
	enum language language;
	uint8_t hash[KEEP_HASH];
	struct report_file file;
};

static enum outcome
printing_read(const char *payload, struct printing *p)
{
	json_t *job = json_loads(payload, 0, NULL);
	const char *language =
	    json_string_value(json_object_get(job, "language"));
	enum outcome got = INVALID;

	p->report = json_integer_value(json_object_get(job, "report"));
	if (p->report > 0 && language != NULL)
		got = language_parse(language, &p->language);
	json_decref(job);
	return got == OK ? OK : INVALID;
}

static bool
write_whole(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t wrote = write(fd, bytes, size);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return false;
		bytes += wrote;
		size -= (size_t)wrote;
	}
	return true;
}

/* The page as a file that only the runner's child will read. */
static enum outcome
page_file(const struct page *page, int *fd_out)
{
	int fd = memfd_create("report", MFD_CLOEXEC);

	if (fd < 0 || !write_whole(fd, page->out.bytes, page->out.size) ||
	    lseek(fd, 0, SEEK_SET) != 0) {
		log_errno("can't hand a report over to be printed");
		if (fd >= 0)
			close(fd);
		return FAILED;
	}
	*fd_out = fd;
	return OK;
}

static bool
copy_whole(int from, int into)
{
	char piece[PIECE];
	ssize_t size;

	while ((size = read(from, piece, sizeof(piece))) > 0)
		if (!write_whole(into, piece, (size_t)size))
			return false;
	return size == 0;
}

/* The runner's answer as a kept file in DATA/pdf. */
static enum outcome
pdf_keep(struct clerk *clerk, struct printing *p, int pdf)
{
	const char *folder = arena_print(p->arena, "%s/pdf",
	    clerk->config->data);
	char *path = arena_print(p->arena, "%s/new-XXXXXX", folder);
	int fd = mkostemp(path, O_CLOEXEC);
	enum outcome got;

	if (fd < 0 || !copy_whole(pdf, fd)) {
		log_errno("can't write \"%s\"", path);
		if (fd >= 0)
			close(fd);
		return BUSY;
	}
	close(fd);
	got = keep_hash(path, p->hash, &p->file.size);
	if (got == OK)
		got = keep_file(folder, path, p->hash);
	if (got != OK)
		unlink(path);
	return got;
}

static enum outcome
pdf_note(struct tx *tx, void *arg)
{
	struct printing *p = arg;

	return report_file_add(tx, p->arena, p->report, p->language,
	    &p->file);
}

static enum outcome
pdf_make(struct clerk *clerk, struct printing *p, const struct page *page)
{
	const uint8_t program = PROGRAM_PDF;
	struct channel_answer answer;
	enum outcome got;
	int html;

	got = page_file(page, &html);
	if (got != OK)
		return got;
	got = channel_ask_wait(clerk->runner, p->arena, RUNNER_PROGRAM,
	    &program, sizeof(program), html, &answer);
	close(html);
	if (got != OK || answer.outcome != OK || answer.fd < 0)
		return BUSY;
	got = pdf_keep(clerk, p, answer.fd);
	close(answer.fd);
	return got;
}

static enum outcome
print_report(struct clerk *clerk, struct arena *a, const char *payload)
{
	struct printing p = { .arena = a };
	enum outcome got = printing_read(payload, &p);
	AUTO_PAGE struct page page = { 0 };

	if (got != OK)
		return got;
	page_init(&page, a, p.language);
	got = report_html_for_pdf(clerk->db, a, p.report, &page);
	if (got == OK)
		got = pdf_make(clerk, &p, &page);
	if (got != OK)
		return got;
	p.file.hash = p.hash;
	got = db_write(clerk->db, pdf_note, &p);
	if (got == OK)
		generation_raise(GENERATION_ALL, 0);
	return got;
}

/* --- All kinds --------------------------------------------------------- */

enum outcome
clerk_job_do(struct clerk *clerk, struct arena *a,
    const struct outbox_job *job)
{
	if (strcmp(job->kind, "mail") == 0)
		return mail_send(a, &clerk->config->mail, job->id,
		    job->payload, time_now());
	if (strcmp(job->kind, "pdf") == 0)
		return print_report(clerk, a, job->payload);
	log_error("the outbox holds \"%s\", which nobody knows", job->kind);
	return INVALID;
}

void
clerk_daily(struct clerk *clerk)
{
	int64_t day = day_of(time_now());

	if (day == clerk->day)
		return;
	if (reminder_write(clerk->db, day) != OK)
		return;
	clerk->day = day;
	generation_raise(GENERATION_ALL, 0); /* kept pages say "expired" */
}
