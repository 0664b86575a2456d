/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <jansson.h>

#include "instrument/sheet.h"

/*
 * Instruments and scores as JSON for programs outside. Keys keep the
 * instrument's order. The caller owns what is returned (json_decref).
 */
json_t *instrument_json(const struct instrument *instrument);
json_t *score_sheet_json(const struct score_sheet *sheet);
