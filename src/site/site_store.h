/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "db/db.h"

/* Organisations that have joined. */
MUST_CHECK enum outcome site_member_count(struct db *db, struct arena *a,
    int64_t *count_out);
