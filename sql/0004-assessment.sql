-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Self-assessment: one run through the five stages.

-- A run. Its instrument edition never changes.
CREATE TABLE assessment (
	id @ID@,
	organisation INTEGER NOT NULL
		REFERENCES organisation (id) ON DELETE CASCADE,
	number INTEGER NOT NULL,	-- counts from 1 within the organisation
	instrument TEXT NOT NULL,	-- 'initiative'
	edition TEXT NOT NULL,		-- '2026-1'
	track TEXT NOT NULL,		-- 'short', 'full'
	stage INTEGER NOT NULL,		-- 1..5, the stage that is open
	objectives TEXT NOT NULL,	-- ids, blank between
	scope TEXT NOT NULL,		-- what is looked at, in words
	period_from INTEGER NOT NULL,	-- day
	period_to INTEGER NOT NULL,	-- day
	target INTEGER NOT NULL,	-- day the report is wanted
	groups TEXT NOT NULL,		-- respondent groups, ids, blank between
	previous INTEGER REFERENCES assessment (id),	-- compared with
	collected INTEGER,		-- when stage 2 was closed; NULL: open
	analysed INTEGER,		-- when stage 3 was closed
	next_due INTEGER,		-- day the next run should begin
	once TEXT UNIQUE,
	created INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	version INTEGER NOT NULL,
	UNIQUE (organisation, number)
) @STRICT@;

-- How much a criterion counts in the criteria view; absent means 1.
CREATE TABLE assessment_weight (
	assessment INTEGER NOT NULL
		REFERENCES assessment (id) ON DELETE CASCADE,
	criterion TEXT NOT NULL,
	weight INTEGER NOT NULL CHECK (weight BETWEEN 0 AND 10),
	PRIMARY KEY (assessment, criterion)
) @STRICT@;

-- Who carries the run; members with an account or plain names.
CREATE TABLE assessment_team (
	id @ID@,
	assessment INTEGER NOT NULL
		REFERENCES assessment (id) ON DELETE CASCADE,
	person INTEGER REFERENCES person (id) ON DELETE SET NULL,
	name TEXT NOT NULL,
	duty TEXT NOT NULL
) @STRICT@;
CREATE INDEX assessment_team_assessment ON assessment_team (assessment);

-- Somebody who rates, known by a code and a link only.
CREATE TABLE rater (
	id @ID@,
	assessment INTEGER NOT NULL
		REFERENCES assessment (id) ON DELETE CASCADE,
	code TEXT NOT NULL,		-- "K4-7M": what the team sees
	token_hash @BLOB@ NOT NULL UNIQUE,	-- SHA-256 of the link's token
	respondents TEXT NOT NULL,	-- group id
	person INTEGER REFERENCES person (id) ON DELETE SET NULL,
	finished INTEGER,		-- when they said "done"; NULL: not yet
	created INTEGER NOT NULL,
	UNIQUE (assessment, code)
) @STRICT@;

-- One rater's answer to one item.
CREATE TABLE rating (
	rater INTEGER NOT NULL REFERENCES rater (id) ON DELETE CASCADE,
	item TEXT NOT NULL,
	answer TEXT NOT NULL CHECK (answer IN ('value', 'na', 'dk')),
	value INTEGER,			-- on the scale when answer is 'value'
	changed INTEGER NOT NULL,
	PRIMARY KEY (rater, item)
) @STRICT@;

-- The score the team agreed on, beside the individual ratings.
CREATE TABLE agreed (
	assessment INTEGER NOT NULL
		REFERENCES assessment (id) ON DELETE CASCADE,
	item TEXT NOT NULL,
	answer TEXT NOT NULL CHECK (answer IN ('value', 'na', 'dk')),
	value INTEGER,
	rationale TEXT NOT NULL,
	person INTEGER REFERENCES person (id) ON DELETE SET NULL,
	changed INTEGER NOT NULL,
	version INTEGER NOT NULL,
	PRIMARY KEY (assessment, item)
) @STRICT@;

-- What shows that something is so. One piece serves many items and runs.
CREATE TABLE evidence (
	id @ID@,
	organisation INTEGER NOT NULL
		REFERENCES organisation (id) ON DELETE CASCADE,
	kind TEXT NOT NULL CHECK (kind IN ('stated', 'file', 'link')),
	title TEXT NOT NULL,
	link TEXT NOT NULL,		-- '' unless kind is 'link'
	hash @BLOB@,			-- SHA-256 of the file: its name on disk
	size INTEGER NOT NULL,		-- bytes; 0 unless 'file'
	type TEXT NOT NULL,		-- media type by content
	file_name TEXT NOT NULL,	-- as it was called
	day INTEGER,			-- of the document; NULL unknown
	visible TEXT NOT NULL CHECK (visible IN ('team', 'reviewers', 'public')),
	confirmed_by TEXT NOT NULL,	-- peer who saw it; '' nobody
	confirmed INTEGER,		-- day
	added_by INTEGER REFERENCES person (id) ON DELETE SET NULL,
	once TEXT UNIQUE,
	created INTEGER NOT NULL
) @STRICT@;
CREATE INDEX evidence_organisation ON evidence (organisation, created);

CREATE TABLE evidence_item (
	assessment INTEGER NOT NULL
		REFERENCES assessment (id) ON DELETE CASCADE,
	item TEXT NOT NULL,
	evidence INTEGER NOT NULL REFERENCES evidence (id) ON DELETE CASCADE,
	PRIMARY KEY (assessment, item, evidence)
) @STRICT@;
CREATE INDEX evidence_item_evidence ON evidence_item (evidence);

-- Notes of an interview, a discussion or the review of documents.
CREATE TABLE assessment_note (
	id @ID@,
	assessment INTEGER NOT NULL
		REFERENCES assessment (id) ON DELETE CASCADE,
	kind TEXT NOT NULL,		-- 'interview', 'discussion', 'documents'
	item TEXT NOT NULL,		-- '' for the whole run
	respondents TEXT NOT NULL,	-- group id or ''
	title TEXT NOT NULL,
	body TEXT NOT NULL,
	day INTEGER NOT NULL,
	person INTEGER REFERENCES person (id) ON DELETE SET NULL,
	once TEXT UNIQUE,
	created INTEGER NOT NULL,
	version INTEGER NOT NULL
) @STRICT@;
CREATE INDEX assessment_note_assessment ON assessment_note (assessment);

-- The stakeholder survey of a run, one link for all.
CREATE TABLE survey (
	id @ID@,
	assessment INTEGER NOT NULL UNIQUE
		REFERENCES assessment (id) ON DELETE CASCADE,
	token TEXT NOT NULL UNIQUE,	-- in the link and the QR code
	invited TEXT NOT NULL,		-- how people were invited, in words
	opens INTEGER NOT NULL,
	closes INTEGER,			-- NULL: open
	created INTEGER NOT NULL
) @STRICT@;

-- One person's whole answer. Nothing says who.
CREATE TABLE survey_response (
	id @ID@,
	survey INTEGER NOT NULL REFERENCES survey (id) ON DELETE CASCADE,
	respondents TEXT NOT NULL,	-- group id
	comment TEXT NOT NULL,		-- open answer; ''
	once TEXT UNIQUE,
	day INTEGER NOT NULL		-- no finer: nobody is to be recognised
) @STRICT@;
CREATE INDEX survey_response_survey ON survey_response (survey);

CREATE TABLE survey_answer (
	response INTEGER NOT NULL
		REFERENCES survey_response (id) ON DELETE CASCADE,
	item TEXT NOT NULL,
	answer TEXT NOT NULL CHECK (answer IN ('value', 'na', 'dk')),
	value INTEGER,
	PRIMARY KEY (response, item)
) @STRICT@;

-- Sums that move in the same transaction as the answer they count, so that
-- a report over a million answers costs what it costs over a hundred.
CREATE TABLE tally (
	assessment INTEGER NOT NULL
		REFERENCES assessment (id) ON DELETE CASCADE,
	source TEXT NOT NULL CHECK (source IN ('rater', 'survey')),
	respondents TEXT NOT NULL,	-- group id
	item TEXT NOT NULL,
	n INTEGER NOT NULL,		-- answers with a value
	na INTEGER NOT NULL,
	dk INTEGER NOT NULL,
	total INTEGER NOT NULL,		-- sum of values
	squares INTEGER NOT NULL,	-- sum of squared values
	level0 INTEGER NOT NULL,	-- answers per level, as tally_level counts
	level1 INTEGER NOT NULL,
	level2 INTEGER NOT NULL,
	level3 INTEGER NOT NULL,
	level4 INTEGER NOT NULL,
	level5 INTEGER NOT NULL,
	level6 INTEGER NOT NULL,
	level7 INTEGER NOT NULL,
	level8 INTEGER NOT NULL,
	level9 INTEGER NOT NULL,
	level10 INTEGER NOT NULL,
	PRIMARY KEY (assessment, source, respondents, item)
) @STRICT@;

-- Stage 3: what the team found, in its own words.
CREATE TABLE finding (
	id @ID@,
	assessment INTEGER NOT NULL
		REFERENCES assessment (id) ON DELETE CASCADE,
	kind TEXT NOT NULL
		CHECK (kind IN ('strength', 'weakness', 'disagreement')),
	principle TEXT NOT NULL,
	item TEXT NOT NULL,		-- '' for the whole principle
	body TEXT NOT NULL,
	reply TEXT NOT NULL,		-- the organisation's reply; ''
	person INTEGER REFERENCES person (id) ON DELETE SET NULL,
	once TEXT UNIQUE,
	created INTEGER NOT NULL,
	version INTEGER NOT NULL
) @STRICT@;
CREATE INDEX finding_assessment ON finding (assessment);

-- Stage 4: what will be done. "Keep doing" and "we need help" count.
CREATE TABLE action (
	id @ID@,
	assessment INTEGER NOT NULL
		REFERENCES assessment (id) ON DELETE CASCADE,
	finding INTEGER REFERENCES finding (id) ON DELETE SET NULL,
	kind TEXT NOT NULL,	-- 'policy', 'training', 'structure', 'rules',
				-- 'activity', 'keep', 'help'
	title TEXT NOT NULL,
	owner TEXT NOT NULL,	-- who answers for it: an office, not a name
	due INTEGER NOT NULL,	-- day
	first_due INTEGER NOT NULL,	-- day before it was moved
	moved_because TEXT NOT NULL,	-- '' not moved; it may move once
	cost INTEGER NOT NULL,	-- tögrög; 0 none
	state TEXT NOT NULL,	-- 'open', 'under-way', 'kept', 'needs-help'
	progress TEXT NOT NULL,	-- last word on it
	once TEXT UNIQUE,
	created INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	version INTEGER NOT NULL
) @STRICT@;
CREATE INDEX action_assessment ON action (assessment);
CREATE INDEX action_due ON action (due);

-- Stage 5: how one will see it. Values are hundredths of the unit.
CREATE TABLE indicator (
	id @ID@,
	assessment INTEGER NOT NULL
		REFERENCES assessment (id) ON DELETE CASCADE,
	action INTEGER REFERENCES action (id) ON DELETE CASCADE,
	title TEXT NOT NULL,
	unit TEXT NOT NULL,		-- "households", "%", ...
	baseline INTEGER NOT NULL,
	target INTEGER NOT NULL,
	target_day INTEGER NOT NULL,
	once TEXT UNIQUE,
	created INTEGER NOT NULL,
	version INTEGER NOT NULL
) @STRICT@;
CREATE INDEX indicator_assessment ON indicator (assessment);

CREATE TABLE measurement (
	id @ID@,
	indicator INTEGER NOT NULL REFERENCES indicator (id) ON DELETE CASCADE,
	day INTEGER NOT NULL,
	value INTEGER NOT NULL,
	note TEXT NOT NULL,
	person INTEGER REFERENCES person (id) ON DELETE SET NULL,
	once TEXT UNIQUE,
	created INTEGER NOT NULL
) @STRICT@;
CREATE INDEX measurement_indicator ON measurement (indicator, day);

-- A published report: a frozen document. A correction is the next revision.
CREATE TABLE report (
	id @ID@,
	assessment INTEGER NOT NULL
		REFERENCES assessment (id) ON DELETE CASCADE,
	revision INTEGER NOT NULL,	-- counts from 1
	detail TEXT NOT NULL CHECK (detail IN ('full', 'levels', 'findings')),
	document @JSON@ NOT NULL,	-- all that its page shows; canonical
	hash @BLOB@ NOT NULL,		-- SHA-256 of document
	reason TEXT NOT NULL,		-- of the correction; '' for the first
	published INTEGER NOT NULL,
	person INTEGER REFERENCES person (id) ON DELETE SET NULL,
	once TEXT UNIQUE,		-- of the form that published it
	UNIQUE (assessment, revision)
) @STRICT@;
CREATE INDEX report_published ON report (published);

-- Printed forms of a report that the clerk has made.
CREATE TABLE report_file (
	id @ID@,
	report INTEGER NOT NULL REFERENCES report (id) ON DELETE CASCADE,
	language TEXT NOT NULL,
	hash @BLOB@ NOT NULL,		-- of the PDF: its name on disk
	size INTEGER NOT NULL,
	UNIQUE (report, language)
) @STRICT@;
