/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "publish/publish.h"

#include "base/check.h"

#include <stdint.h>
#include <string.h>

/*
 * Any text is a report or is refused, in either language; what is one can be
 * sent in its other forms or is refused there.
 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
check_view(const struct report_view *view)
{
	check(view->scale_least < view->scale_most);
	check(!view->has_radar || view->radar.labels.count ==
	    view->principles.count);
	LIST_EACH(principle, &view->principles) {
		check(principle->self_percent >= 0 &&
		    principle->self_percent <= 100);
		check(principle->cells.count == view->columns.count);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	AUTO_ARENA struct arena a;
	struct report_view view;
	const char *text, *json, *csv;
	size_t csv_size;

	arena_init(&a, ARENA_LIMIT);
	text = arena_copy_bytes(&a, bytes, size);
	for (int i = 0; i < LANGUAGES; i++)
		if (publish_parse(&a, (enum language)i, text, &view) == OK)
			check_view(&view);
	if (publish_json(&a, text, &json) == OK)
		check(strstr(json, "\"hash\":\"") != NULL);
	if (publish_csv(&a, text, &csv, &csv_size) == OK)
		check(csv[csv_size - 1] == '\n');
	return 0;
}
