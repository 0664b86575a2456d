/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "instrument/scale.h"

/* The little arithmetic of scales. */

size_t
scale_values(const struct scale *scale)
{
	return (size_t)((scale->max - scale->min) / scale->step) + 1;
}

bool
scale_has(const struct scale *scale, int value)
{
	return value >= scale->min && value <= scale->max &&
	    (value - scale->min) % scale->step == 0;
}
