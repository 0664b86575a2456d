-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What every other part needs: settings, and work that leaves the database.

-- One value that the coalition's administrators chose, or that tulga keeps for
-- itself, such as the installation's own name in the log.
CREATE TABLE setting (
	name TEXT PRIMARY KEY,		-- "coalition.title"; of a closed list
	value TEXT NOT NULL		-- as text; "" is a value
) @STRICT@;

-- Work with an effect outside the database, written in the transaction that
-- caused it and done by the clerk afterwards, at least once.
CREATE TABLE outbox (
	id @ID@,
	kind TEXT NOT NULL,		-- which job of the clerk: "mail", "pdf"
	payload @JSON@ NOT NULL,	-- what the job needs; never a secret
	created INTEGER NOT NULL,	-- UTC seconds
	not_before INTEGER NOT NULL,	-- UTC seconds; moved on after a failure
	attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
	taken_until INTEGER,		-- UTC seconds; whose clerk died is free then
	done INTEGER,			-- UTC seconds; NULL: still to do
	failed TEXT,			-- why it was given up; NULL: it was not
	CHECK (done IS NULL OR failed IS NULL)
) @STRICT@;

-- What the clerk asks for: open work whose time has come.
CREATE INDEX outbox_open ON outbox (not_before, id)
	WHERE done IS NULL AND failed IS NULL;
