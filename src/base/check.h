/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

/*
 * check(condition) states what must hold if this program has no mistake. It
 * stays in release builds: when it fails, the process says where and aborts;
 * the parent starts another. Never for bad input, a full disk or a database.
 */
#define check(condition) \
	((condition) ? (void)0 : check_failed(#condition, __FILE__, __LINE__))

_Noreturn void check_failed(const char *condition, const char *file, int line);
