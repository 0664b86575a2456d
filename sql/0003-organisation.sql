-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Organisations, who works in them, and how they are found.

CREATE TABLE organisation (
	id @ID@,
	slug TEXT NOT NULL UNIQUE,	-- its part of the address; never reused
	name_mn TEXT NOT NULL,		-- legal name, Cyrillic
	name_en TEXT NOT NULL,		-- '' when it has none
	name_bichig TEXT NOT NULL,	-- traditional script; '' without
	name_key TEXT NOT NULL,		-- sort key of name_mn
	folded TEXT NOT NULL,		-- names and number, folded for search
	registration TEXT UNIQUE,	-- seven digits; NULL when unknown
	legal_form TEXT NOT NULL,	-- id in content/organisations
	unit TEXT NOT NULL,		-- first-level unit, ISO code; '' unknown
	place TEXT NOT NULL,		-- soum or district, as they write it
	field TEXT NOT NULL,		-- what it works on, one line
	purpose_mn TEXT NOT NULL,	-- what we do, in two sentences
	purpose_en TEXT NOT NULL,
	website TEXT NOT NULL,
	email TEXT NOT NULL,		-- public address; '' without
	phone TEXT NOT NULL,
	people INTEGER NOT NULL,	-- who work in it, paid or not; 0 unknown
	founded INTEGER NOT NULL,	-- year; 0 unknown
	standing TEXT NOT NULL,		-- 'member', 'registered' (imported only)
	joined INTEGER,			-- day of the pledge; NULL: not joined
	source TEXT NOT NULL,		-- register it was imported from; ''
	once TEXT UNIQUE,		-- of the form that made it
	created INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	version INTEGER NOT NULL
) @STRICT@;
CREATE INDEX organisation_name ON organisation (name_key, id);
CREATE INDEX organisation_unit ON organisation (unit, name_key, id);
CREATE INDEX organisation_folded ON organisation (folded);
CREATE INDEX organisation_facet ON organisation (unit, standing, legal_form);

-- Three-letter pieces of `folded`, for searching inside names.
CREATE TABLE organisation_gram (
	gram TEXT NOT NULL,
	organisation INTEGER NOT NULL
		REFERENCES organisation (id) ON DELETE CASCADE,
	PRIMARY KEY (gram, organisation)
) @STRICT@;

-- Somebody's role in an organisation; the higher include the lower.
CREATE TABLE role (
	person INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
	organisation INTEGER NOT NULL
		REFERENCES organisation (id) ON DELETE CASCADE,
	name TEXT NOT NULL,	-- 'administrator', 'editor', 'rater', 'viewer'
	since INTEGER NOT NULL,
	PRIMARY KEY (person, organisation)
) @STRICT@;
CREATE INDEX role_organisation ON role (organisation);

-- A link that lets somebody in: to an organisation, or to the coalition.
CREATE TABLE invitation (
	id @ID@,
	token_hash @BLOB@ NOT NULL UNIQUE,
	organisation INTEGER REFERENCES organisation (id) ON DELETE CASCADE,
	role TEXT NOT NULL,		-- of the organisation or the coalition
	email TEXT NOT NULL,		-- whom it was sent to
	invited_by INTEGER REFERENCES person (id) ON DELETE SET NULL,
	created INTEGER NOT NULL,
	expires INTEGER NOT NULL,
	accepted INTEGER,		-- when; NULL: still open
	once TEXT UNIQUE
) @STRICT@;
CREATE INDEX invitation_organisation ON invitation (organisation);

-- The text that members sign, word for word, one row per language.
CREATE TABLE charter_text (
	edition TEXT NOT NULL,
	language TEXT NOT NULL,
	title TEXT NOT NULL,
	body TEXT NOT NULL,		-- as imported
	format TEXT NOT NULL,		-- of body: 'markdown', 'plain'
	hash @BLOB@ NOT NULL,		-- SHA-256 of body
	imported INTEGER NOT NULL,
	PRIMARY KEY (edition, language)
) @STRICT@;

-- An organisation has signed an edition. It expires by itself.
CREATE TABLE pledge (
	id @ID@,
	organisation INTEGER NOT NULL
		REFERENCES organisation (id) ON DELETE CASCADE,
	edition TEXT NOT NULL,
	signed_by TEXT NOT NULL,	-- name and office, as written
	day INTEGER NOT NULL,
	expires INTEGER NOT NULL,	-- day
	once TEXT UNIQUE
) @STRICT@;
CREATE INDEX pledge_organisation ON pledge (organisation, day);
