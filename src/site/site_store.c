/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "site/site_store.h"

/* Figures of the start page. */

static const char MEMBER_COUNT[] =
	"SELECT count(*) FROM organisation WHERE standing = $1";

enum outcome
site_member_count(struct db *db, struct arena *a, int64_t *count_out)
{
	return db_one_int(db, a, MEMBER_COUNT, count_out, db_text("member"));
}
