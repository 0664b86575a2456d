/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo_draw.h"

#include "base/check.h"

#include <stdbool.h>

/* Made-up answers: a sequence of numbers, and levels drawn with it. */

/* FNV-1a spreads names that differ in one letter. */
struct demo_draw
demo_draw_begin(const char *name)
{
	uint64_t state = UINT64_C(14695981039346656037);

	for (; *name != '\0'; name++)
		state = (state ^ (unsigned char)*name) *
		    UINT64_C(1099511628211);
	return (struct demo_draw){ state == 0 ? 1 : state };
}

/* Vigna's xorshift64*; its upper half is good. */
int64_t
demo_draw(struct demo_draw *draw, int64_t below)
{
	uint64_t x = draw->state;

	check(below > 0 && below <= INT32_MAX);
	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	draw->state = x;
	return (int64_t)(((x * UINT64_C(2685821657736338717)) >> 32) %
	    (uint64_t)below);
}

bool
demo_draw_chance(struct demo_draw *draw, int64_t percent)
{
	return demo_draw(draw, 100) < percent;
}

static int
within(int level, int most)
{
	if (level < 0)
		return 0;
	return level > most ? most : level;
}

/* Rounding down what has 0 to 9 tenths more is right on average. */
int
demo_draw_level(struct demo_draw *draw, int tenths, int most)
{
	int level = (tenths + (int)demo_draw(draw, 10)) / 10;
	int64_t aside = demo_draw(draw, 6);

	if (aside == 0 && level > 0 && level < most)
		return level - 1;
	if (aside == 1 && level > 0 && level < most)
		return level + 1;
	return within(level, most);
}

/* Takes from one what it gives to another: the mean stays. */
static void
spread(struct demo_draw *draw, int most, int *levels, size_t count)
{
	for (size_t i = 0; i < count / 3; i++) {
		size_t from = (size_t)demo_draw(draw, (int64_t)count);
		size_t to = (size_t)demo_draw(draw, (int64_t)count);

		if (from != to && levels[from] > 0 && levels[to] < most) {
			levels[from]--;
			levels[to]++;
		}
	}
}

void
demo_draw_levels(struct demo_draw *draw, int tenths, int most,
    int *levels_out, size_t count)
{
	int sum = (tenths * (int)count + 5) / 10;
	size_t first;

	if (count == 0)
		return;
	first = (size_t)demo_draw(draw, (int64_t)count);
	for (size_t i = 0; i < count; i++)
		levels_out[i] = within(sum / (int)count, most);
	for (size_t i = 0; i < (size_t)(sum % (int)count); i++)
		levels_out[(first + i) % count] =
		    within(sum / (int)count + 1, most);
	spread(draw, most, levels_out, count);
}
