/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "db/db.h"
#include "proc/mail.h"
#include "proc/parent.h"

#include <stdbool.h>

/* What the processes of one server know of its configuration. */
struct serve_config {
	const char *data;	/* absolute */
	struct db_config db;
	bool behind_proxy;
	struct mail_config mail;
};

/* The four mains of parent.h; `arg` is a struct serve_config. */
parent_main web_main, clerk_main, vault_main, runner_main;
