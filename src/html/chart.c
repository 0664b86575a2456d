/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "html/chart.h"

#include "base/buffer.h"
#include "base/check.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

/*
 * Where the points, lines and words of charts stand. Sines come from a table
 * of whole degrees, so that every machine draws the same bytes.
 */

/* 10,000 times the sine of 0..90 degrees, rounded. */
static const int16_t SINES[91] = {
	0, 175, 349, 523, 698, 872, 1045, 1219, 1392, 1564,
	1736, 1908, 2079, 2250, 2419, 2588, 2756, 2924, 3090, 3256,
	3420, 3584, 3746, 3907, 4067, 4226, 4384, 4540, 4695, 4848,
	5000, 5150, 5299, 5446, 5592, 5736, 5878, 6018, 6157, 6293,
	6428, 6561, 6691, 6820, 6947, 7071, 7193, 7314, 7431, 7547,
	7660, 7771, 7880, 7986, 8090, 8192, 8290, 8387, 8480, 8572,
	8660, 8746, 8829, 8910, 8988, 9063, 9135, 9205, 9272, 9336,
	9397, 9455, 9511, 9563, 9613, 9659, 9703, 9744, 9781, 9816,
	9848, 9877, 9903, 9925, 9945, 9962, 9976, 9986, 9994, 9998,
	10000,
};
enum { SINE_ONE = 10000 };

/* The radar's middle and size, in tenths of the picture's units. */
enum { MIDDLE_X = 2300, MIDDLE_Y = 2050, RADIUS = 1500, LABEL_RADIUS = 1710,
	LABEL_DOWN = 43, SHORT_DOWN = 50, RINGS = 4, LABEL_WIDE = 15 };

struct point {
	int64_t x, y;		/* tenths */
};

static int64_t
sine(int64_t degrees)
{
	degrees %= 360;
	if (degrees < 0)
		degrees += 360;
	if (degrees >= 180)
		return -sine(degrees - 180);
	return SINES[degrees > 90 ? 180 - degrees : degrees];
}

/* above / below, rounded half away from zero; below > 0. */
static int64_t
divide(int64_t above, int64_t below)
{
	return above < 0 ? -((-above + below / 2) / below)
			 : (above + below / 2) / below;
}

static const char *
tenths(struct arena *a, int64_t value)
{
	int64_t size = value < 0 ? -value : value;

	return arena_print(a, "%s%" PRId64 ".%" PRId64, value < 0 ? "-" : "",
	    size / 10, size % 10);
}

/* The point at above/below of the radius on an axis. */
static struct point
radar_point(size_t axis, size_t axes, int64_t above, int64_t below)
{
	int64_t degrees = divide((int64_t)axis * 360, (int64_t)axes);

	return (struct point){
		MIDDLE_X + divide(above * sine(degrees), below * SINE_ONE),
		MIDDLE_Y - divide(above * sine(degrees + 90),
		    below * SINE_ONE),
	};
}

static void
points_add(struct buffer *b, struct point p, const char *before)
{
	buffer_print(b, "%s%" PRId64 ".%" PRId64 ",%" PRId64 ".%" PRId64,
	    before, p.x / 10, p.x % 10, p.y / 10, p.y % 10);
}

static const char *
text_of(struct arena *a, const struct buffer *b)
{
	return arena_copy(a, buffer_text(b));
}

static const char *
ring_points(struct arena *a, size_t axes, int64_t ring)
{
	AUTO_BUFFER struct buffer b;

	buffer_init(&b);
	for (size_t i = 0; i < axes; i++)
		points_add(&b, radar_point(i, axes, RADIUS * ring, RINGS),
		    i == 0 ? "" : " ");
	return text_of(a, &b);
}

/* --- Lines --------------------------------------------------------------- */

/* The values of one line, by axis. */
struct line_values {
	struct decimal of[RADAR_AXES_MOST];
	size_t count;
	struct radar_scale scale;
};

static struct point
value_point(const struct line_values *v, size_t axis)
{
	int64_t range = v->scale.most - v->scale.least;
	int64_t above = v->of[axis].hundredths - v->scale.least;

	if (above < 0)
		above = 0;
	if (above > range)
		above = range;
	return radar_point(axis, v->count, RADIUS * above, range);
}

static const char *
line_polygon(struct arena *a, const struct line_values *v)
{
	AUTO_BUFFER struct buffer b;

	buffer_init(&b);
	for (size_t i = 0; i < v->count; i++) {
		if (!v->of[i].known)
			return NULL;
		points_add(&b, value_point(v, i), i == 0 ? "" : " ");
	}
	return text_of(a, &b);
}

/* Each piece is a line of its own, so that nothing is filled across a gap. */
static const char *
line_path(struct arena *a, const struct line_values *v)
{
	AUTO_BUFFER struct buffer b;

	buffer_init(&b);
	for (size_t i = 0; i < v->count; i++) {
		size_t next = (i + 1) % v->count;

		if (!v->of[i].known || !v->of[next].known)
			continue;
		points_add(&b, value_point(v, i), "M");
		points_add(&b, value_point(v, next), "L");
	}
	return b.size == 0 ? NULL : text_of(a, &b);
}

static bool
stands_alone(const struct line_values *v, size_t axis)
{
	return v->of[axis].known && !v->of[(axis + 1) % v->count].known &&
	    !v->of[(axis + v->count - 1) % v->count].known;
}

static struct radar_line
line_make(struct arena *a, const struct line_values *v, bool every_dot)
{
	struct radar_line line = { .polygon = line_polygon(a, v) };

	if (line.polygon == NULL)
		line.path = line_path(a, v);
	for (size_t i = 0; i < v->count; i++) {
		struct point p;

		if (!(every_dot ? v->of[i].known : stands_alone(v, i)))
			continue;
		p = value_point(v, i);
		*LIST_ADD(a, &line.dots) = (struct radar_dot){
			tenths(a, p.x), tenths(a, p.y) };
	}
	return line;
}

static void
lines_make(struct arena *a, struct radar *radar,
    const struct radar_axes *axes, struct radar_scale scale)
{
	struct line_values self = { .count = axes->count, .scale = scale };
	struct line_values stake = self, last = self;

	for (size_t i = 0; i < axes->count; i++) {
		self.of[i] = axes->items[i].self;
		stake.of[i] = axes->items[i].stake;
		last.of[i] = axes->items[i].last;
	}
	radar->self = line_make(a, &self, true);
	radar->stake = line_make(a, &stake, false);
	radar->last = line_make(a, &last, false);
}

/* --- Words --------------------------------------------------------------- */

static size_t
code_points(const char *text, size_t size)
{
	size_t count = 0;

	for (size_t i = 0; i < size; i++)
		count += ((unsigned char)text[i] & 0xC0) != 0x80;
	return count;
}

/*
 * The blank that parts the label into the two most even lines, after the
 * number's own; NULL when it fits one line or has no other blank.
 */
static const char *
line_break(const char *label)
{
	size_t whole = code_points(label, strlen(label)), best = SIZE_MAX;
	const char *found = NULL, *blank = strchr(label, ' ');

	if (whole <= LABEL_WIDE || blank == NULL)
		return NULL;
	while ((blank = strchr(blank + 1, ' ')) != NULL) {
		size_t before = code_points(label, (size_t)(blank - label));
		size_t after = whole - before - 1;
		size_t longer = before > after ? before : after;

		if (longer <= best) {
			best = longer;
			found = blank;
		}
	}
	return found;
}

static const char *
label_anchor(struct point p)
{
	if (p.x > MIDDLE_X + 100)
		return "start";
	return p.x < MIDDLE_X - 100 ? "end" : "middle";
}

static struct radar_label
label_make(struct arena *a, const struct radar_axis *axis, struct point p)
{
	const char *words = arena_print(a, "%s. %s", axis->number,
	    axis->label);
	const char *cut = line_break(words);

	return (struct radar_label){
		.x = tenths(a, p.x),
		.y = tenths(a, p.y + LABEL_DOWN),
		.short_y = tenths(a, p.y + SHORT_DOWN),
		.anchor = label_anchor(p),
		.number = axis->number,
		.first = cut == NULL ? words
		    : arena_copy_bytes(a, words, (size_t)(cut - words)),
		.second = cut == NULL ? "" : cut + 1,
	};
}

struct radar
radar_make(struct arena *a, const char *title,
    const struct radar_axes *axes, struct radar_scale scale)
{
	struct radar radar = { .title = title };
	size_t count = axes->count;

	check(count >= RADAR_AXES_LEAST && count <= RADAR_AXES_MOST);
	check(scale.least < scale.most);
	for (int64_t ring = 1; ring <= RINGS; ring++)
		*LIST_ADD(a, &radar.rings) = ring_points(a, count, ring);
	for (size_t i = 0; i < count; i++) {
		struct point end = radar_point(i, count, RADIUS, 1);

		*LIST_ADD(a, &radar.spokes) = (struct radar_spoke){
			tenths(a, end.x), tenths(a, end.y) };
		*LIST_ADD(a, &radar.labels) = label_make(a, &axes->items[i],
		    radar_point(i, count, LABEL_RADIUS, 1));
	}
	lines_make(a, &radar, axes, scale);
	return radar;
}

int64_t
bar_percent(struct decimal value, struct radar_scale scale)
{
	int64_t percent;

	check(scale.least < scale.most);
	if (!value.known)
		return 0;
	percent = divide((value.hundredths - scale.least) * 100,
	    scale.most - scale.least);
	if (percent < 0)
		return 0;
	return percent > 100 ? 100 : percent;
}
