/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/markdown.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int
arena_up(void **state)
{
	(void)state;
	arena_init(&arena, ARENA_LIMIT);
	return 0;
}

static int
arena_down(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static void
test_markdown_becomes_html(void **state)
{
	static const struct {
		const char *text, *html;
	} cases[] = {
		{ "", "" },
		{ "Two wells\nwere dug.", "<p>Two wells\nwere dug.</p>\n" },
		{ "The *hearing* is **open**.\n\n- budget\n- plan\n",
		    "<p>The <em>hearing</em> is <strong>open</strong>.</p>\n"
		    "<ul>\n<li>budget</li>\n<li>plan</li>\n</ul>\n" },
		{ "[report](https://example.org/?a=1&b=2)",
		    "<p><a href=\"https://example.org/?a=1&amp;b=2\">report"
		    "</a></p>\n" },
		{ "5 < 7 & \"ok\"", "<p>5 &lt; 7 &amp; &quot;ok&quot;</p>\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(markdown_html(&arena, cases[i].text),
		    cases[i].html);
}

static void
test_an_image_gives_way_to_its_description(void **state)
{
	static const struct {
		const char *text, *html;
	} cases[] = {
		{ "See ![the *new* well](https://example.org/well.jpg \"w\")!",
		    "<p>See the <em>new</em> well!</p>\n" },
		{ "![](https://example.org/spy.gif)", "<p></p>\n" },
		{ "![a ![b](c) d](e)", "<p>a b d</p>\n" },
		{ "[![well](w.jpg)](https://example.org)",
		    "<p><a href=\"https://example.org\">well</a></p>\n" },
		{ "![well][1]\n\n[1]: w.jpg", "<p>well</p>\n" },
		{ "# ![a](b) ![c](d)", "<h1>a c</h1>\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(markdown_html(&arena, cases[i].text),
		    cases[i].html);
}

static void
test_nothing_that_runs_code_comes_through(void **state)
{
	static const char *const texts[] = {
		"<script>alert(1)</script>",
		"a <b onclick=\"alert(1)\">b</b>",
		"<img src=x onerror=alert(1)>",
		"[x](javascript:alert(1))",
		"[x](JaVaScRiPt:alert(1))",
		"[x](vbscript:alert(1))",
		"[x](data:text/html,alert)",
		"<javascript:alert(1)>",
		"![x](javascript:alert(1))",
		"[x](&#106;avascript:alert(1))",
		"[x]\n\n[x]: javascript:alert(1)",
	};
	static const char *const traces[] = { "<script", "<b", "<img",
		"href=\"j", "href=\"J", "href=\"v", "href=\"d", "src=\"" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const char *html = markdown_html(&arena, texts[i]);

		for (size_t t = 0; t < sizeof(traces) / sizeof(traces[0]); t++)
			if (strstr(html, traces[t]) != NULL)
				fail_msg("%s gave %s", texts[i], html);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_markdown_becomes_html),
		cmocka_unit_test(test_an_image_gives_way_to_its_description),
		cmocka_unit_test(test_nothing_that_runs_code_comes_through),
	};

	return cmocka_run_group_tests_name("markdown", tests, arena_up,
	    arena_down);
}
