/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/channel.h"
#include "outbox/outbox_store.h"
#include "proc/serve.h"
#include "runner/client.h"

struct clerk {
	const struct serve_config *config;
	struct db *db;
	struct channel *runner;
	int64_t shrunk;		/* last checkpoint, UTC seconds */
	int64_t day;		/* last day that clerk_daily has worked for */
};

/*
 * Does one job of the outbox. INVALID for a kind or payload that nobody knows
 * (it will never work), BUSY for what may work later.
 */
enum outcome clerk_job_do(struct clerk *clerk, struct arena *a,
    const struct outbox_job *job);

/* Once each calendar day: reminders, what has expired. */
void clerk_daily(struct clerk *clerk);
