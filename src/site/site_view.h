/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/list.h"
#include "charter/charter.h"
#include "publish/report_store.h"

#include <stdint.h>

/* What the site's own pages show: home, about, what is due. */

struct home_view {
	struct principles principles;
	struct published_list reports;	/* newest first */
	int64_t members;	/* organisations that joined */
};

struct dashboard_place {
	struct label organisation;
	const char *slug;
	const char *role;	/* msgid */
};
struct dashboard_places LIST_OF(struct dashboard_place);

/* One thing that somebody should do, with its address. */
struct dashboard_due {
	struct label organisation;
	const char *what;	/* in the reader's language */
	const char *address;	/* without a language: "/o/…" */
	int64_t day;		/* 0: no day */
	bool is_late;
};
struct dashboard_dues LIST_OF(struct dashboard_due);

struct dashboard_view {
	struct dashboard_places places;
	struct dashboard_dues dues;
	bool is_coordinator;
	bool is_site;		/* the site's administrator */
};
