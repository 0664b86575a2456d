/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/markdown.h"

#include "base/check.h"
#include "text/utf8.h"

#include <stdint.h>
#include <string.h>

/* Any text as CommonMark: what comes out holds nothing that runs or loads. */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char *const never[] = { "<script", "<img", "<iframe",
		"<style", "<svg", "<form", "<input", "href=\"javascript:",
		"href=\"data:", "href=\"vbscript:" };
	AUTO_ARENA struct arena a;
	const char *text, *html;

	arena_init(&a, 4 * ARENA_LIMIT);
	text = arena_copy_bytes(&a, bytes, size);
	if (!utf8_is_valid(text, strlen(text)))
		return 0;
	html = markdown_html(&a, text);
	check(utf8_is_valid(html, strlen(html)));
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		check(strcasestr(html, never[i]) == NULL);
	return 0;
}
