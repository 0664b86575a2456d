/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/decimal.h"
#include "base/list.h"
#include "html/html_view.h"
#include "text/language.h"

struct tag_list LIST_OF(const char *);

struct well {
	const char *name;
	const char *state;
	int depth;
	struct tag_list tags;
};

struct well_list LIST_OF(struct well);

struct wells_view {
	const char *title;
	const char *url;
	const char *note;
	const char *chart;
	const char *missing;
	const char *state;
	struct decimal score, unknown, negative;
	struct field_view name;
	struct label place;
	struct well_list items;
	struct tag_list empty;
	int64_t depth;
	int64_t day;
	int64_t instant;
	unsigned other_depth;
};
