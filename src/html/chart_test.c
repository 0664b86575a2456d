/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "html/chart.h"

#include "html/html_templates.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The pictures are those of the look, and a gap is never a zero. */

static const struct radar_scale FIVE_LEVELS = { 0, 400 };

#define KNOWN(value) { true, (value) }

/* The nine principles as in the look. */
static struct radar_axis nine[] = {
	{ "1", "Хүний эрх", KNOWN(310), KNOWN(260), KNOWN(250) },
	{ "2", "Бие даасан байдал", KNOWN(240), KNOWN(250), KNOWN(230) },
	{ "3", "Ил тод, нээлттэй", KNOWN(340), KNOWN(230), KNOWN(260) },
	{ "4", "Эерэг өөрчлөлт", KNOWN(280), KNOWN(270), KNOWN(240) },
	{ "5", "Утга учиртай оролцоо", KNOWN(220), KNOWN(170), KNOWN(200) },
	{ "6", "Түншлэл", KNOWN(300), KNOWN(290), KNOWN(260) },
	{ "7", "Байгаль орчин", KNOWN(160), KNOWN(180), KNOWN(120) },
	{ "8", "Бодлогын нөлөөлөл", KNOWN(270), KNOWN(220), KNOWN(210) },
	{ "9", "Энх тайван", KNOWN(190), KNOWN(200), KNOWN(150) },
};

static int
setup(void **state)
{
	static struct arena arena;

	arena_init(&arena, ARENA_LIMIT);
	*state = &arena;
	return 0;
}

static int
teardown(void **state)
{
	arena_done(*state);
	return 0;
}

static struct radar
radar_of(struct arena *a, struct radar_axis *axes)
{
	const struct radar_axes list = { axes, 9 };

	return radar_make(a, "Nine principles", &list, FIVE_LEVELS);
}

static void
test_the_rings_are_those_of_the_look(void **state)
{
	struct radar radar = radar_of(*state, nine);

	assert_int_equal(4, radar.rings.count);
	assert_string_equal("230.0,167.5 254.1,176.3 266.9,198.5 262.5,223.8"
	    " 242.8,240.2 217.2,240.2 197.5,223.8 193.1,198.5 205.9,176.3",
	    radar.rings.items[0]);
	assert_string_equal("326.4", radar.spokes.items[1].x);
	assert_string_equal("90.1", radar.spokes.items[1].y);
}

static void
test_a_value_stands_at_its_part_of_the_axis(void **state)
{
	struct radar radar = radar_of(*state, nine);

	/* 3.10 of 4 upwards: 205 - 150 * 0.775 = 88.75 */
	assert_non_null(radar.self.polygon);
	assert_int_equal(0, strncmp(radar.self.polygon,
	    "230.0,88.7 287.9,136.1 355.6,182.9", 34));
	assert_null(radar.self.path);
	assert_int_equal(9, radar.self.dots.count);
	assert_int_equal(0, radar.stake.dots.count);
}

static void
test_an_axis_without_a_value_leaves_a_gap(void **state)
{
	struct radar_axis axes[9];
	struct radar radar;

	memcpy(axes, nine, sizeof(axes));
	axes[6].self.known = false;
	radar = radar_of(*state, axes);
	assert_null(radar.self.polygon);
	assert_non_null(radar.self.path);
	/* No line goes to the middle, and none over the gap. */
	assert_null(strstr(radar.self.path, "230.0,205.0"));
	assert_int_equal(8, radar.self.dots.count);
	assert_non_null(radar.stake.polygon);
}

static void
test_a_value_without_neighbours_is_a_dot(void **state)
{
	struct radar_axis axes[9];
	struct radar radar;

	memcpy(axes, nine, sizeof(axes));
	for (size_t i = 0; i < 9; i++)
		axes[i].stake.known = i == 3;
	radar = radar_of(*state, axes);
	assert_null(radar.stake.polygon);
	assert_null(radar.stake.path);
	assert_int_equal(1, radar.stake.dots.count);
}

static void
test_a_line_without_values_is_nothing(void **state)
{
	struct radar_axis axes[9];
	struct radar radar;

	memcpy(axes, nine, sizeof(axes));
	for (size_t i = 0; i < 9; i++)
		axes[i].last.known = false;
	radar = radar_of(*state, axes);
	assert_null(radar.last.polygon);
	assert_null(radar.last.path);
	assert_int_equal(0, radar.last.dots.count);
}

static void
test_a_zero_is_drawn_in_the_middle(void **state)
{
	struct radar_axis axes[9];
	struct radar radar;

	memcpy(axes, nine, sizeof(axes));
	axes[0].self = (struct decimal)KNOWN(0);
	radar = radar_of(*state, axes);
	assert_string_equal("230.0", radar.self.dots.items[0].x);
	assert_string_equal("205.0", radar.self.dots.items[0].y);
}

static void
test_long_labels_break_into_even_lines(void **state)
{
	struct radar radar = radar_of(*state, nine);

	assert_string_equal("1. Хүний эрх", radar.labels.items[0].first);
	assert_string_equal("", radar.labels.items[0].second);
	assert_string_equal("middle", radar.labels.items[0].anchor);
	assert_string_equal("5. Утга учиртай", radar.labels.items[4].first);
	assert_string_equal("оролцоо", radar.labels.items[4].second);
	assert_string_equal("start", radar.labels.items[2].anchor);
	assert_string_equal("end", radar.labels.items[7].anchor);
}

static void
test_bars_are_parts_of_the_scale(void **state)
{
	static const struct {
		struct decimal value;
		int64_t percent;
	} cases[] = {
		{ KNOWN(0), 0 }, { KNOWN(400), 100 }, { KNOWN(310), 78 },
		{ KNOWN(200), 50 }, { KNOWN(900), 100 }, { KNOWN(-5), 0 },
		{ { false, 310 }, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(cases[i].percent,
		    bar_percent(cases[i].value, FIVE_LEVELS));
}

static void
test_a_scale_need_not_begin_at_zero(void **state)
{
	(void)state;
	assert_int_equal(25, bar_percent((struct decimal)KNOWN(200),
	    (struct radar_scale){ 100, 500 }));
}

static void
test_a_trend_goes_from_the_first_day_to_the_target(void **state)
{
	struct trend_point items[] = {
		{ 100, KNOWN(1000), "100" }, { 150, KNOWN(2000), "150" },
	};
	const struct trend_points points = { items, 2 };
	const struct trend_goal goal = { KNOWN(0), KNOWN(4000), 200, "200" };
	struct trend trend = trend_make(*state, "Households", &points, &goal);

	assert_string_equal("160", trend.baseline_y);
	assert_string_equal("34", trend.target_y);
	assert_string_equal("M20,129L300,97", trend.path);
	assert_string_equal("start", trend.dots.items[0].anchor);
	assert_string_equal("200", trend.last);
}

static void
test_one_measurement_alone_is_a_trend_of_one_dot(void **state)
{
	struct trend_point item = { 100, KNOWN(500), "100" };
	const struct trend_points points = { &item, 1 };
	const struct trend_goal goal = { KNOWN(500), KNOWN(500), 100, "100" };
	struct trend trend = trend_make(*state, "Households", &points, &goal);

	assert_null(trend.path);
	assert_string_equal("300", trend.dots.items[0].x);
	assert_string_equal("97", trend.dots.items[0].y);
}

static void
test_figures_of_near_days_do_not_cover_each_other(void **state)
{
	struct trend_point items[] = {
		{ 100, KNOWN(100), "100" }, { 101, KNOWN(200), "101" },
		{ 150, KNOWN(300), "150" }, { 199, KNOWN(300), "199" },
		{ 200, KNOWN(400), "200" },
	};
	static const bool labelled[] = { true, false, true, false, true };
	const struct trend_points points = { items, 5 };
	const struct trend_goal goal = { KNOWN(0), KNOWN(400), 200, "200" };
	struct trend trend = trend_make(*state, "Wells", &points, &goal);

	for (size_t i = 0; i < 5; i++)
		assert_int_equal(labelled[i], trend.dots.items[i].labelled);
}

/* The extremes of 64 bits do not overflow. */
static void
test_a_trend_bears_any_figures(void **state)
{
	struct trend_point items[] = {
		{ 0, KNOWN(INT64_MIN), "a" }, { 1, KNOWN(INT64_MAX), "b" },
	};
	const struct trend_points points = { items, 2 };
	const struct trend_goal goal = { KNOWN(0), KNOWN(1), 0, "c" };
	struct trend trend = trend_make(*state, "", &points, &goal);

	assert_string_equal("M20,160L580,34", trend.path);
}

static void
test_the_radar_is_drawn_with_attributes_for_the_pdf(void **state)
{
	struct arena *a = *state;
	AUTO_PAGE struct page page;
	struct radar radar = radar_of(a, nine);
	const char *svg;

	page_init(&page, a, LANGUAGE_MN);
	macro_chart_radar(&page, &radar);
	svg = buffer_text(&page.out);
	assert_non_null(strstr(svg, "<polygon class=\"self\" fill=\"#0b5a8f\""));
	assert_non_null(strstr(svg, "<title id=\"radar-t\">Nine principles"));
	assert_non_null(strstr(svg, "<text class=\"short\" fill=\"#1c2128\""
	    " display=\"none\""));
	assert_null(strstr(svg, "style="));
}

static void
test_words_in_charts_are_escaped(void **state)
{
	struct arena *a = *state;
	struct radar_axis axes[9];
	AUTO_PAGE struct page page;
	struct radar radar;

	memcpy(axes, nine, sizeof(axes));
	axes[0].label = "<b>";
	radar = radar_of(a, axes);
	page_init(&page, a, LANGUAGE_EN);
	macro_chart_radar(&page, &radar);
	assert_null(strstr(buffer_text(&page.out), "<b>"));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_the_rings_are_those_of_the_look),
		TEST(test_a_value_stands_at_its_part_of_the_axis),
		TEST(test_an_axis_without_a_value_leaves_a_gap),
		TEST(test_a_value_without_neighbours_is_a_dot),
		TEST(test_a_line_without_values_is_nothing),
		TEST(test_a_zero_is_drawn_in_the_middle),
		TEST(test_long_labels_break_into_even_lines),
		TEST(test_bars_are_parts_of_the_scale),
		TEST(test_a_scale_need_not_begin_at_zero),
		TEST(test_a_trend_goes_from_the_first_day_to_the_target),
		TEST(test_one_measurement_alone_is_a_trend_of_one_dot),
		TEST(test_figures_of_near_days_do_not_cover_each_other),
		TEST(test_a_trend_bears_any_figures),
		TEST(test_the_radar_is_drawn_with_attributes_for_the_pdf),
		TEST(test_words_in_charts_are_escaped),
	};

	return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}
