/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "html/page.h"

#include "html/escape.h"
#include "html/page_generic.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

const struct message *const catalogue_messages[] = { NULL };
const size_t catalogue_count = 0;

static struct arena arena;
static struct page page;

static int
page_up(void **state)
{
	(void)state;
	arena_init(&arena, ARENA_LIMIT);
	page_init(&page, &arena, LANGUAGE_MN);
	return 0;
}

static int
page_down(void **state)
{
	(void)state;
	page_done(&page);
	arena_done(&arena);
	return 0;
}

/* What was written since the last call; valid until the next write. */
static const char *
written(void)
{
	const char *text = arena_copy(&arena, buffer_text(&page.out));

	buffer_clear(&page.out);
	return text;
}

struct pair {
	const char *given;
	const char *written;
};

static void
check_writer(void write(struct page *, const char *), const struct pair *pairs)
{
	for (; pairs->written != NULL; pairs++) {
		write(&page, pairs->given);
		assert_string_equal(written(), pairs->written);
	}
}

static void
test_text_is_escaped_for_html(void **state)
{
	static const struct pair pairs[] = {
		{ NULL, "" },
		{ "", "" },
		{ "Говийн худаг", "Говийн худаг" },
		{ "a<b>&\"c'", "a&lt;b&gt;&amp;&quot;c&#39;" },
		{ "<<", "&lt;&lt;" },
		{ "tab\tline\nreturn\r", "tab\tline\nreturn\r" },
		{ "\x01 \x1f \x7f", "\uFFFD \uFFFD \uFFFD" },
		{ 0 },
	};

	(void)state;
	check_writer(page_write_text, pairs);
}

static void
test_a_nul_inside_bytes_is_replaced(void **state)
{
	AUTO_BUFFER struct buffer out;

	(void)state;
	buffer_init(&out);
	escape_html(&out, "a\0<", 3);
	assert_string_equal(buffer_text(&out), "a\uFFFD&lt;");
}

static void
test_only_harmless_addresses_begin_an_attribute(void **state)
{
	static const struct pair pairs[] = {
		{ NULL, "#" },
		{ "", "#" },
		{ "/o/x?a=1&b=\"2\"", "/o/x?a=1&amp;b=&quot;2&quot;" },
		{ "#main", "#main" },
		{ "?page=2", "?page=2" },
		{ "https://example.mn/", "https://example.mn/" },
		{ "HTTP://example.mn/", "HTTP://example.mn/" },
		{ "mailto:a@example.mn", "mailto:a@example.mn" },
		{ "javascript:alert(1)", "#" },
		{ " /o/x", "#" },
		{ "\tjavascript:alert(1)", "#" },
		{ "data:text/html,x", "#" },
		{ "https:", "#" },
		{ "o/x", "#" },
		{ 0 },
	};

	(void)state;
	check_writer(page_write_url, pairs);
}

static void
test_a_path_may_follow_ours(void **state)
{
	static const struct pair pairs[] = {
		{ NULL, "" },
		{ "", "" },
		{ "/o/x", "/o/x" },
		{ "?a=1&b=2", "?a=1&amp;b=2" },
		{ ".evil.example", "" },
		{ "@evil.example", "" },
		{ 0 },
	};

	(void)state;
	check_writer(page_write_path, pairs);
}

static void
test_parts_of_addresses_are_percent_encoded(void **state)
{
	static const struct pair pairs[] = {
		{ NULL, "" },
		{ "Az09-._~", "Az09-._~" },
		{ "a/b?c=d&e#f%", "a%2Fb%3Fc%3Dd%26e%23f%25" },
		{ "\"'<>: ", "%22%27%3C%3E%3A%20" },
		{ "Ө", "%D3%A8" },
		{ 0 },
	};

	(void)state;
	check_writer(page_write_part_text, pairs);
	for (size_t i = 0; pairs[i].written != NULL; i++)
		assert_string_equal(page_part(&page, pairs[i].given),
		    pairs[i].written);
}

static void
test_trusted_text_is_written_as_it_is(void **state)
{
	static const struct pair pairs[] = {
		{ NULL, "" },
		{ "<svg></svg>", "<svg></svg>" },
		{ 0 },
	};

	(void)state;
	check_writer(page_write_trusted, pairs);
}

static void
test_markdown_holds_no_raw_html(void **state)
{
	(void)state;
	page_write_markdown(&page, NULL);
	assert_string_equal(written(), "");
	page_write_markdown(&page, "**dug** <script>x</script>");
	assert_null(strstr(buffer_text(&page.out), "<script"));
	assert_non_null(strstr(written(), "<strong>dug</strong>"));
}

static void
test_integers_of_every_size_are_written(void **state)
{
	static const struct {
		int64_t number;
		const char *written;
	} cases[] = {
		{ 0, "0" },
		{ 9, "9" },
		{ 10, "10" },
		{ -1, "-1" },
		{ 1234567, "1234567" },
		{ INT64_MAX, "9223372036854775807" },
		{ INT64_MIN, "-9223372036854775808" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		page_write_integer(&page, cases[i].number);
		assert_string_equal(written(), cases[i].written);
	}
	page_write_unsigned(&page, UINT64_MAX);
	assert_string_equal(written(), "18446744073709551615");
}

static void
test_decimals_have_two_places(void **state)
{
	static const struct {
		struct decimal decimal;
		const char *written;
	} cases[] = {
		{ { true, 0 }, "0.00" },
		{ { true, 305 }, "3.05" },
		{ { true, -5 }, "-0.05" },
		{ { false, 305 }, "–" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		page_write_decimal(&page, cases[i].decimal);
		assert_string_equal(written(), cases[i].written);
	}
}

static void
test_a_label_speaks_the_pages_language(void **state)
{
	struct label label = { { "Худаг & ус", "Well" } };

	(void)state;
	page_write_label(&page, label);
	assert_string_equal(written(), "Худаг &amp; ус");
	page.language = LANGUAGE_EN;
	page_write_label(&page, label);
	assert_string_equal(written(), "Well");
	page_write_label(&page, (struct label){ { NULL } });
	assert_string_equal(written(), "");
}

static void
test_the_writer_is_chosen_by_type(void **state)
{
	char room[] = "a<b";
	unsigned char byte = 200;
	short small = -3;
	size_t count = 4;

	(void)state;
	page_write(&page, room);
	page_write(&page, byte);
	page_write(&page, small);
	page_write(&page, count);
	page_write(&page, ((struct decimal){ true, 100 }));
	assert_string_equal(written(), "a&lt;b200-341.00");
	page_write_part(&page, room);
	page_write_part(&page, small);
	assert_string_equal(written(), "a%3Cb-3");
}

static void
test_truth_follows_the_type(void **state)
{
	const char *text = "x", *empty = "", *none = NULL;
	int zero = 0, negative = -1;
	bool yes = true, no = false;
	struct decimal known = { true, 0 }, unknown = { false, 1 };
	struct label label = { { "x", "" } };
	struct { int *items; size_t count; } list = { NULL, 1 }, bare = { 0 };

	(void)state;
	assert_true(page_true(&page, text));
	assert_false(page_true(&page, empty));
	assert_false(page_true(&page, none));
	assert_false(page_true(&page, zero));
	assert_true(page_true(&page, negative));
	assert_true(page_true(&page, yes));
	assert_false(page_true(&page, no));
	assert_true(page_true(&page, known));
	assert_false(page_true(&page, unknown));
	assert_true(page_true(&page, label));
	page.language = LANGUAGE_EN;
	assert_false(page_true(&page, label));
	assert_true(page_true(&page, list));
	assert_false(page_true(&page, bare));
}

static void
test_equality_is_of_text_or_of_numbers(void **state)
{
	char room[] = "dry";
	const char *same = "dry", *other = "deep", *none = NULL, *empty = "";
	int64_t large = 3;
	unsigned char small = 3;

	(void)state;
	assert_true(page_equal(room, same));
	assert_false(page_equal(same, other));
	assert_true(page_equal(none, empty));
	assert_true(page_equal(large, small));
	large = -3;
	assert_false(page_equal(large, small));
}

static void
test_lower_case_knows_mongolian_letters(void **state)
{
	(void)state;
	assert_string_equal(page_lower(&page, "ӨВӨРХАНГАЙ Ү Ё Well"),
	    "өвөрхангай ү ё well");
	assert_string_equal(page_lower(&page, NULL), "");
	assert_string_equal(page_lower(&page, "\xff"), "\uFFFD");
}

static void
test_a_default_stands_for_nothing(void **state)
{
	(void)state;
	assert_string_equal(page_default(NULL, "none"), "none");
	assert_string_equal(page_default("", "none"), "none");
	assert_string_equal(page_default("x", "none"), "x");
}

static void
test_a_message_escapes_its_words(void **state)
{
	static const struct message message = { "Well of %(name)s", NULL,
		{ { "%(name)s <худаг>" }, { "Well of %(name)s" } } };
	const char *name = "<b>";
	struct decimal depth = { true, 150 };

	(void)state;
	page_write_message(&page, &message, 1,
	    (const struct word[]){ page_word(&page, "name", name) }, 1);
	assert_string_equal(written(), "&lt;b&gt; &lt;худаг&gt;");
	page_write_message(&page, &message, 1,
	    (const struct word[]){ page_word(&page, "name", depth) }, 1);
	assert_string_equal(written(), "1.50 &lt;худаг&gt;");
}

static void
test_a_new_page_has_no_null_text(void **state)
{
	const struct page *p = &page;
	const char *texts[] = { p->code, p->root, p->address, p->query,
		p->theme, p->csrf, p->person, p->section, p->notice,
		p->style_url, p->script_url, p->mark_url };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_non_null(texts[i]);
	assert_string_equal(p->root, "/mn");
}

#define PAGE_TEST(test) \
	cmocka_unit_test_setup_teardown(test, page_up, page_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PAGE_TEST(test_text_is_escaped_for_html),
		PAGE_TEST(test_a_nul_inside_bytes_is_replaced),
		PAGE_TEST(test_only_harmless_addresses_begin_an_attribute),
		PAGE_TEST(test_a_path_may_follow_ours),
		PAGE_TEST(test_parts_of_addresses_are_percent_encoded),
		PAGE_TEST(test_trusted_text_is_written_as_it_is),
		PAGE_TEST(test_markdown_holds_no_raw_html),
		PAGE_TEST(test_integers_of_every_size_are_written),
		PAGE_TEST(test_decimals_have_two_places),
		PAGE_TEST(test_a_label_speaks_the_pages_language),
		PAGE_TEST(test_the_writer_is_chosen_by_type),
		PAGE_TEST(test_truth_follows_the_type),
		PAGE_TEST(test_equality_is_of_text_or_of_numbers),
		PAGE_TEST(test_lower_case_knows_mongolian_letters),
		PAGE_TEST(test_a_default_stands_for_nothing),
		PAGE_TEST(test_a_message_escapes_its_words),
		PAGE_TEST(test_a_new_page_has_no_null_text),
	};

	return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
