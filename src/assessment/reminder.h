/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "db/db.h"

/*
 * Reminders by mail: 14 and 3 days before an action's day, and on the day the
 * next run should begin, to every editor and administrator of the organisation,
 * each once, in the receiver's language. The clerk asks once a day; asked
 * twice, or after days without a clerk, nothing is written twice and what was
 * missed is written late, but never after the day itself.
 */
MUST_CHECK enum outcome reminder_write(struct db *db, int64_t today);
