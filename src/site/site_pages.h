/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "http/request.h"
#include "http/route.h"

/* Home, about, what is due, and the switch of colours. */
extern const struct route site_page_routes[];

/* The server's hook: coalition's name, demonstration mark. */
void site_frame(struct request *rq);
