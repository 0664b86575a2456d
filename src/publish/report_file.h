/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "base/outcome.h"
#include "db/db.h"
#include "html/page.h"
#include "text/language.h"

/*
 * The printed form of reports. The clerk finds outbox rows of kind "pdf",
 * {"language","report"}, asks for the HTML, lets WeasyPrint make the PDF,
 * keeps it in DATA/pdf (base/keep.h) and names it with report_file_add
 * (report_store.h).
 */

/*
 * Renders the report into *page as HTML that needs nothing else: the style
 * stands in it. page->language chooses the words. NOT_FOUND: no such report.
 */
MUST_CHECK enum outcome report_html_for_pdf(struct db *db, struct arena *a,
    int64_t report, struct page *page);

/* Opens a kept one for reading. NOT_FOUND when it is not there. */
MUST_CHECK enum outcome report_file_open(const char *data,
    const uint8_t hash[32], int *fd_out);
