-- SPDX-License-Identifier: AGPL-3.0-or-later
-- People, how they prove who they are, and what they may do.

-- Somebody with an account.
CREATE TABLE person (
	id @ID@,
	email TEXT NOT NULL UNIQUE,	-- lower case; the name for signing in
	name TEXT NOT NULL,		-- given name: the main name, sorted by
	patronymic TEXT NOT NULL,	-- shown as an initial; '' without
	name_key TEXT NOT NULL,		-- sort key (text/collate.h)
	language TEXT NOT NULL,		-- of mail: 'mn' or 'en'
	salt @BLOB@,			-- of the password; NULL: none set yet
	verifier @BLOB@,		-- Argon2id of the password, 32 bytes
	recovery_salt @BLOB@,		-- of the recovery words; NULL: none
	recovery_verifier @BLOB@,
	totp @BLOB@,			-- secret sealed by the vault; NULL: off
	totp_step INTEGER NOT NULL,	-- last step used: a code works once
	tries INTEGER NOT NULL,		-- failed sign-ins in a row
	locked_until INTEGER NOT NULL,	-- no sign-in before; 0: open
	created INTEGER NOT NULL,
	version INTEGER NOT NULL	-- raised by every change
) @STRICT@;

-- A browser that is signed in. The token itself is nowhere.
CREATE TABLE session (
	id @ID@,
	token_hash @BLOB@ NOT NULL UNIQUE,	-- SHA-256 of the token
	person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	browser TEXT NOT NULL,		-- "Firefox, Android": for the list
	complete INTEGER NOT NULL,	-- 0: the code of step two is awaited
	created INTEGER NOT NULL,
	seen INTEGER NOT NULL,		-- last use, to the hour
	expires INTEGER NOT NULL
) @STRICT@;
CREATE INDEX session_person ON session (person);
CREATE INDEX session_expires ON session (expires);

-- A link with which somebody may set a password, once. Gone when used.
CREATE TABLE password_link (
	id @ID@,
	token_hash @BLOB@ NOT NULL UNIQUE,	-- SHA-256 of the token
	person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	created INTEGER NOT NULL,
	expires INTEGER NOT NULL
) @STRICT@;
CREATE INDEX password_link_person ON password_link (person);

-- Sign-ins tried with an address that nobody has, by day. Written so that
-- they cost what a wrong password costs; shows an operator who is guessing.
CREATE TABLE stranger (
	day INTEGER PRIMARY KEY,
	tries INTEGER NOT NULL
) @STRICT@;

-- What somebody may do for the coalition or the whole site.
CREATE TABLE coalition_right (
	person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	name TEXT NOT NULL,	-- 'moderator', 'coordinator', 'site'
	PRIMARY KEY (person, name)
) @STRICT@;
