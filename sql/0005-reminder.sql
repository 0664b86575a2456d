-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Letters that remind, so that each is written once.

CREATE TABLE reminder (
	person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	kind TEXT NOT NULL,	-- 'action', 'next-run'
	subject INTEGER NOT NULL,	-- id of the action or the run
	due INTEGER NOT NULL,	-- the day it is due: a moved one is new
	days INTEGER NOT NULL,	-- how long before: 14, 3, 0
	written INTEGER NOT NULL,	-- day
	PRIMARY KEY (person, kind, subject, due, days)
) @STRICT@;
