/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "html/chart.h"

#include "base/buffer.h"
#include "base/check.h"

#include <inttypes.h>

/* The trend of an indicator: measured values against days. */

/* The drawing's box in whole units of its 600 x 200 picture. */
enum { LEFT = 20, RIGHT = 580, TOP = 34, BOTTOM = 160, FIGURE_WIDE = 60 };

struct frame {
	int64_t first, last;	/* days */
	int64_t least, most;	/* hundredths */
};

static void
frame_hold(struct frame *frame, struct decimal value)
{
	if (!value.known)
		return;
	if (value.hundredths < frame->least)
		frame->least = value.hundredths;
	if (value.hundredths > frame->most)
		frame->most = value.hundredths;
}

static struct frame
frame_of(const struct trend_points *points, const struct trend_goal *goal)
{
	struct frame frame = {
		.first = points->items[0].day,
		.last = points->items[points->count - 1].day,
		.least = INT64_MAX, .most = INT64_MIN };

	if (goal->target_day > frame.last)
		frame.last = goal->target_day;
	frame_hold(&frame, goal->baseline);
	frame_hold(&frame, goal->target);
	LIST_EACH(point, points)
		frame_hold(&frame, point->value);
	check(frame.least <= frame.most);
	return frame;
}

/* `part` of `whole` on the way from `from` to `to`; halfway without a way. */
static int64_t
along(int64_t from, int64_t to, uint64_t part, uint64_t whole)
{
	if (whole == 0)
		return (from + to) / 2;
	return from + (int64_t)((__int128)(to - from) * (__int128)part /
	    (__int128)whole);
}

static int64_t
place_x(const struct frame *frame, int64_t day)
{
	return along(LEFT, RIGHT, (uint64_t)(day - frame->first),
	    (uint64_t)(frame->last - frame->first));
}

static int64_t
place_y(const struct frame *frame, struct decimal value)
{
	return along(BOTTOM, TOP,
	    (uint64_t)value.hundredths - (uint64_t)frame->least,
	    (uint64_t)frame->most - (uint64_t)frame->least);
}

static const char *
number(struct arena *a, int64_t value)
{
	return arena_print(a, "%" PRId64, value);
}

static const char *
anchor_at(int64_t x)
{
	if (x < LEFT + 40)
		return "start";
	return x > RIGHT - 40 ? "end" : "middle";
}

static const char *
path_of(struct arena *a, const struct frame *frame,
    const struct trend_points *points)
{
	AUTO_BUFFER struct buffer b;

	if (points->count < 2)
		return NULL;
	buffer_init(&b);
	for (size_t i = 0; i + 1 < points->count; i++)
		buffer_print(&b, "M%" PRId64 ",%" PRId64 "L%" PRId64
		    ",%" PRId64,
		    place_x(frame, points->items[i].day),
		    place_y(frame, points->items[i].value),
		    place_x(frame, points->items[i + 1].day),
		    place_y(frame, points->items[i + 1].value));
	return arena_copy(a, buffer_text(&b));
}

/* The last figure always shows, others where they hide none. */
static void
figures_place(const struct frame *frame, const struct trend_points *points,
    struct trend_dots *dots)
{
	int64_t last = place_x(frame, points->items[points->count - 1].day);
	int64_t before = LEFT - FIGURE_WIDE;

	for (size_t i = 0; i + 1 < points->count; i++) {
		int64_t x = place_x(frame, points->items[i].day);

		if (x - before < FIGURE_WIDE || last - x < FIGURE_WIDE)
			continue;
		dots->items[i].labelled = true;
		before = x;
	}
	dots->items[points->count - 1].labelled = true;
}

struct trend
trend_make(struct arena *a, const char *title,
    const struct trend_points *points, const struct trend_goal *goal)
{
	struct frame frame;
	struct trend trend = { .title = title, .baseline = goal->baseline,
		.target = goal->target };

	check(points->count > 0);
	frame = frame_of(points, goal);
	trend.baseline_y = number(a, place_y(&frame, goal->baseline));
	trend.target_y = number(a, place_y(&frame, goal->target));
	trend.baseline_text_y = number(a,
	    place_y(&frame, goal->baseline) - 6);
	trend.target_text_y = number(a, place_y(&frame, goal->target) - 6);
	trend.path = path_of(a, &frame, points);
	trend.first = points->items[0].label;
	trend.last = goal->target_day == frame.last ? goal->label
	    : points->items[points->count - 1].label;
	LIST_EACH(point, points) {
		int64_t x = place_x(&frame, point->day);
		int64_t y = place_y(&frame, point->value);

		*LIST_ADD(a, &trend.dots) = (struct trend_dot){
			number(a, x), number(a, y), number(a, y - 10),
			anchor_at(x), false, point->value };
	}
	figures_place(&frame, points, &trend.dots);
	return trend;
}
