/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A fixed sequence of numbers for made-up answers: xorshift64*, integers only.
 * The same seed gives the same sequence on every machine. Never for secrets.
 */
struct demo_draw {
	uint64_t state;		/* never 0 */
};

/* A sequence of its own for a thing's name, such as "tsagaan-gol 3". */
struct demo_draw demo_draw_begin(const char *name);

/* 0 .. below - 1, evenly enough; below is above 0. */
int64_t demo_draw(struct demo_draw *draw, int64_t below);

/* True in `percent` of a hundred draws. */
bool demo_draw_chance(struct demo_draw *draw, int64_t percent);

/*
 * A level around tenths of a level, 0 .. most: on average tenths / 10 where the
 * scale has room on both sides. Most fall on the two levels next to it.
 */
int demo_draw_level(struct demo_draw *draw, int tenths, int most);

/*
 * Levels for `count` items whose mean is as near to tenths / 10 as whole levels
 * allow, not all alike.
 */
void demo_draw_levels(struct demo_draw *draw, int tenths, int most,
    int *levels_out, size_t count);
