/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "publish/report_file.h"

#include "base/keep.h"
#include "http/asset.h"
#include "publish/publish.h"
#include "publish/publish_templates.h"
#include "publish/report_store.h"
#include "setting/setting_store.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

/* The HTML that WeasyPrint gets. The clerk keeps what it makes. */

/* What the template writes as the style's address; replaced by the style. */
static const char STYLE_PLACE[] = "/style-of-the-printed-form";

/* The style itself as an address, since WeasyPrint may open no file. */
static const char *
style_data(struct arena *a)
{
	static const char before[] = "data:text/css;base64,";
	const struct asset *css = asset_find("pdf.css");
	size_t most = sodium_base64_encoded_len(css->form[0].size,
	    sodium_base64_VARIANT_ORIGINAL);
	char *text = arena_take(a, sizeof(before) + most);

	memcpy(text, before, sizeof(before) - 1);
	sodium_bin2base64(text + sizeof(before) - 1, most,
	    css->form[0].bytes, css->form[0].size,
	    sodium_base64_VARIANT_ORIGINAL);
	return text;
}

/* Puts the style in; page_write_url refuses such addresses, rightly. */
static void
style_put(struct page *page)
{
	struct buffer whole;
	const char *html = buffer_text(&page->out);
	const char *at = strstr(html, STYLE_PLACE);

	if (at == NULL)
		return;
	buffer_init(&whole);
	buffer_add(&whole, html, (size_t)(at - html));
	buffer_add_text(&whole, style_data(page->arena));
	buffer_add_text(&whole, at + strlen(STYLE_PLACE));
	buffer_done(&page->out);
	page->out = whole;
}

static const char *
address_of(const struct page *page, struct arena *a, const char *site,
    const struct report_view *view)
{
	if (site[0] == '\0')
		return "";
	return arena_print(a, "%s%s/o/%s/assessments/%" PRId64, site,
	    page->root, view->slug, view->number);
}

enum outcome
report_html_for_pdf(struct db *db, struct arena *a, int64_t report,
    struct page *page)
{
	struct report row;
	struct report_view view;
	struct settings settings;
	enum outcome got = report_find_id(db, a, report, &row);

	if (got == OK)
		got = settings_find(db, a, &settings);
	if (got == OK)
		got = publish_parse(a, page->language, row.document, &view);
	if (got != OK)
		return got;
	view.hash = publish_hash_show(a, row.hash);
	view.address = address_of(page, a, settings.address, &view);
	page->demo = settings.demo;
	page->style_url = STYLE_PLACE;
	render_report_pdf(page, &view);
	style_put(page);
	return OK;
}

enum outcome
report_file_open(const char *data, const uint8_t hash[32], int *fd_out)
{
	AUTO_ARENA struct arena a;

	arena_init(&a, ARENA_LIMIT);
	return keep_open(arena_print(&a, "%s/pdf", data), hash, fd_out);
}
