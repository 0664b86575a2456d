/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "wells/wells_templates.h"

#include "wells/wells_view.h"

#include <stdio.h>
#include <string.h>

/*
 * Prints the page of accepted/wells/wells.html with values that would be
 * scripts anywhere they were not escaped. First argument: "mn" or "en".
 */

#define EVIL "\"'><script>alert(1)</script>&amp;"

static struct wells_view
view(void)
{
	static const char *tags[] = { "deep", EVIL };
	static const char *errors[] = { "Depth", EVIL };
	static struct well items[] = {
		{ .name = "Өвөрхангай", .state = "dry", .depth = 30,
		  .tags = { tags, 2 } },
		{ .name = EVIL, .state = NULL, .depth = 31 },
	};

	return (struct wells_view){ .title = EVIL,
		.url = " javascript:alert(1)",
		.note = "Dug **by hand** <b onclick=x()>1987</b>\n\n"
			"[click](javascript:alert(1))",
		.chart = "<svg width=\"10\"></svg>", .state = "Closed",
		.score = { true, 305 }, .negative = { true, -5 },
		.name = { .name = "depth", .label = "Depth", .value = EVIL,
		    .errors = { errors, 2 }, .limit = 40, .required = true },
		.place = { { "Говь \"1\"", "Gobi \"1\"" } },
		.items = { items, 2 }, .depth = 1234567, .day = 20000,
		.instant = 1795419120, .other_depth = 1234567 };
}

int
main(int argc, char **argv)
{
	AUTO_ARENA struct arena arena;
	AUTO_PAGE struct page page;
	struct wells_view wells = view();

	arena_init(&arena, ARENA_LIMIT);
	page_init(&page, &arena,
	    argc > 1 && strcmp(argv[1], "en") == 0 ? LANGUAGE_EN : LANGUAGE_MN);
	page.address = "/o/" EVIL;
	page.query = "?q=1&r=2";
	page.coalition = wells.place;
	page.person = EVIL;
	page.style_url = "/style.css";
	page.script_url = "data:text/javascript,alert(1)";
	page.alone = true;
	render_wells(&page, &wells);
	puts(buffer_text(&page.out));
	return 0;
}
