/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * The token that proves that a form came from our page. Each page carries the
 * session's secret under a fresh random mask, so that compression gives nothing
 * away (BREACH); all tokens of a session are good as long as it lasts.
 */
enum { CSRF_BYTES = 16 };

const char *csrf_token(struct arena *a, const uint8_t secret[32]);
bool csrf_is_good(const char *token, const uint8_t secret[32]);
