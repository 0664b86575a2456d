/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/list.h"

struct error_list LIST_OF(const char *);

struct field_view {
	const char *name;
	const char *label;
	const char *value;
	struct error_list errors;
	size_t limit;
	bool required;
};
