/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/list.h"

/*
 * The geometry of charts, in integers: tenths of a pixel, printed as "230.0".
 * html/chart.html draws what is made here, with presentation attributes for the
 * PDF and classes for the screen's themes (docs/components.md). Strings live in
 * the arena. A value that is not known leaves a gap, never a zero.
 */

struct chart_texts LIST_OF(const char *);

/* --- Radar --------------------------------------------------------------- */

enum { RADAR_AXES_LEAST = 3, RADAR_AXES_MOST = 12 };

struct radar_axis {
	const char *number;	/* stands for the label on a phone: "3" */
	const char *label;	/* "Transparency" */
	struct decimal self, stake, last;
};
struct radar_axes LIST_OF(struct radar_axis);

struct radar_scale {
	int64_t least, most;	/* in hundredths; least < most */
};

struct radar_dot {
	const char *x, *y;
};
struct radar_dots LIST_OF(struct radar_dot);

/*
 * One line of the picture. Either all axes have a value and `polygon` holds
 * the points, or `path` joins those neighbours that both have one. `dots` are
 * all points of `self`; of the others those that stand alone.
 */
struct radar_line {
	const char *polygon;	/* NULL: there are gaps */
	const char *path;	/* NULL: nothing to join */
	struct radar_dots dots;
};

struct radar_label {
	const char *x, *y;	/* of the words */
	const char *short_y;	/* of the number, on the same x */
	const char *anchor;	/* "start", "middle", "end" */
	const char *number;
	const char *first;	/* "2. Independent" */
	const char *second;	/* the words' second line, or "" */
};
struct radar_labels LIST_OF(struct radar_label);

struct radar_spoke {
	const char *x, *y;
};
struct radar_spokes LIST_OF(struct radar_spoke);

struct radar {
	const char *title;	/* what the picture shows, for those who hear it */
	struct chart_texts rings;	/* points of each, the outermost last */
	struct radar_spokes spokes;
	struct radar_line last, stake, self;
	struct radar_labels labels;
};

/* RADAR_AXES_LEAST..MOST axes, the first upwards, the others clockwise. */
struct radar radar_make(struct arena *a, const char *title,
    const struct radar_axes *axes, struct radar_scale scale);

/* --- Bar ----------------------------------------------------------------- */

/*
 * How long a bar is, in percent of the scale, rounded; cut to 0..100; 0 when
 * the value is not known.
 */
int64_t bar_percent(struct decimal value, struct radar_scale scale);

/* --- Trend --------------------------------------------------------------- */

struct trend_point {
	int64_t day;
	struct decimal value;
	const char *label;	/* the day, in words */
};
struct trend_points LIST_OF(struct trend_point);

struct trend_goal {
	struct decimal baseline, target;
	int64_t target_day;
	const char *label;	/* the target's day, in words */
};

struct trend_dot {
	const char *x, *y;
	const char *value_y;	/* of the figure above the dot */
	const char *anchor;
	bool labelled;		/* there is room for its figure */
	struct decimal value;
};
struct trend_dots LIST_OF(struct trend_dot);

/* Measurements against time; baseline and target are lines across. */
struct trend {
	const char *title;
	const char *baseline_y, *target_y;
	const char *baseline_text_y, *target_text_y;
	struct decimal baseline, target;
	const char *path;	/* NULL for fewer than two points */
	struct trend_dots dots;
	const char *first, *last;	/* days below the two ends */
};

/* At least one point, by day. */
struct trend trend_make(struct arena *a, const char *title,
    const struct trend_points *points, const struct trend_goal *goal);
