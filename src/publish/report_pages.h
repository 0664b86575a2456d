/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "http/route.h"

/* Public reports in all their forms, and the page that publishes them. */
extern const struct route publish_routes[];
