/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* A published figure with two decimals, exact; unknown where n is too small. */
struct decimal {
	bool known;
	int64_t hundredths;
};
