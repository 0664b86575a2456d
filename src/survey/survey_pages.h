/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "http/route.h"

/* What a respondent sees: /s/:token. */
extern const struct route survey_routes[];
