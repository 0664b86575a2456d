/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "html/page.h"

#include "base/check.h"

#include <stdint.h>
#include <string.h>

/*
 * Any text through every escaping writer: nothing that opens a tag or ends an
 * attribute may come out, and no address may begin with a scheme that runs
 * code. The same text is a message with places.
 */

const struct message *const catalogue_messages[] = { NULL };
const size_t catalogue_count = 0;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_written(struct page *page)
{
	const char *text = buffer_text(&page->out);

	check(strlen(text) == page->out.size);
	check(strpbrk(text, "<>\"'") == NULL);
	buffer_clear(&page->out);
}

static void
check_url(struct page *page, const char *text)
{
	page_write_url(page, text);
	text = buffer_text(&page->out);
	check(strchr("/#?hHmM", text[0]) != NULL && text[0] != '\0');
	check_written(page);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA struct arena arena;
	AUTO_PAGE struct page page;
	const char *text;

	arena_init(&arena, ARENA_LIMIT);
	page_init(&page, &arena, LANGUAGE_MN);
	text = arena_copy_bytes(&arena, data, size);
	check_url(&page, text);
	page_write_text(&page, text);
	check_written(&page);
	page_write_path(&page, text);
	check_written(&page);
	page_write_part_text(&page, text);
	check(strcmp(buffer_text(&page.out), page_part(&page, text)) == 0);
	check_written(&page);
	page_write_text(&page, page_lower(&page, text));
	check_written(&page);
	if (text[0] != '\0')
		page_write_text(&page, catalogue_print(&arena, LANGUAGE_EN,
		    text, WORDS(word_text("a", text), word_number("b", 1))));
	check_written(&page);
	return 0;
}
