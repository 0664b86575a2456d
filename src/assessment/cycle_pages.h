/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "http/route.h"

/* Stages 3 to 5 of a run, and an organisation's calendar. */
extern const struct route cycle_routes[];
