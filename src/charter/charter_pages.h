/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "http/route.h"

struct charter;

/* The index of the principles and their measures, for everybody. */
extern const struct route principle_routes[];

/* The edition that is shown; set once at the start. */
void charter_pages_open(const struct charter *charter);
