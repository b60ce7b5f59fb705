/* SPDX-License-Identifier: MIT */
/* People and membership: organisations, people, charters, meetings. */

CREATE TABLE sector /* A class of the public sector. */ (
	ref TEXT REF NOT NULL, /* *A short name. */
	name TEXT NOT NULL, /* *Its name. */
	position INTEGER, /* Its place in the list. */
	source TEXT, /* Where the row comes from; local for what a site added itself. */
	as_of TEXT DATE, /* The date of that source. */
	PRIMARY KEY (ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "name: is empty; give some text"
		CHECK (name <> ''),
	CONSTRAINT "position: is no whole number from 0; give digits only"
		CHECK (position IS CAST(position AS INTEGER) AND position >= 0),
	CONSTRAINT "as_of: is no date; write it like 2026-11-30"
		CHECK (as_of IS date(as_of, '+0 days'))
) WITHOUT ROWID;

CREATE TABLE org /* An organisation: a member, a funder, a provider or any other body. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *A short name. */
	name TEXT NOT NULL, /* *Its name in full. */
	kind TEXT ENUM NOT NULL DEFAULT 'other' CHECK (kind IN ('employer','provider','funder','agency','union','voluntary','network','broker','other')), /* *What it is to the partnership. */
	employees INTEGER, /* How many people it employs. */
	area TEXT, /* Where it works, in words. */
	number TEXT NUMBER, /* Its company or charity number. */
	contact TEXT REF, /* *The person to write to. */
	joined TEXT DATE, /* *When it joined. */
	left TEXT DATE, /* When it left. */
	note TEXT MARKDOWN, /* Anything else. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "name: is empty; give some text"
		CHECK (name <> ''),
	CONSTRAINT "employees: is no whole number from 0; give digits only"
		CHECK (employees IS CAST(employees AS INTEGER) AND employees >= 0),
	CONSTRAINT "joined: is no date; write it like 2026-11-30"
		CHECK (joined IS date(joined, '+0 days')),
	CONSTRAINT "left: is no date; write it like 2026-11-30"
		CHECK (left IS date(left, '+0 days')),
	FOREIGN KEY (partnership, contact) REFERENCES person (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "left: is before joined; correct one of the two"
		CHECK (left >= joined)
) WITHOUT ROWID;

CREATE TABLE org__sectors /* The sectors of an org. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	org TEXT REF NOT NULL, /* The org. */
	item TEXT REF NOT NULL, /* A sector it belongs to. */
	PRIMARY KEY (partnership, org, item),
	FOREIGN KEY (partnership, org) REFERENCES org (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (item) REFERENCES sector (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE org__other_names /* The other names of an org. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	org TEXT REF NOT NULL, /* The org. */
	item TEXT NOT NULL, /* Another name it is known by. */
	PRIMARY KEY (partnership, org, item),
	FOREIGN KEY (partnership, org) REFERENCES org (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "other_names: holds an empty text; leave it out"
		CHECK (item <> '')
) WITHOUT ROWID;

CREATE TABLE person /* A colleague: someone of a member organisation, an agency or the partnership. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *A short name. */
	name TEXT NOT NULL, /* *Their name in full. */
	given TEXT, /* The name to greet them by. */
	salutation TEXT, /* How a letter begins. */
	org TEXT REF, /* *Their organisation. */
	second_org TEXT REF, /* A second organisation they speak for. */
	job_title TEXT, /* *Their post. */
	role TEXT ENUM CHECK (role IN ('hr','training','executive','other')), /* *What their post is about. */
	senior INTEGER BOOL CHECK (senior IN (0,1)), /* Whether they are of the senior executive team. */
	mailing_only INTEGER BOOL NOT NULL DEFAULT 0 CHECK (mailing_only IN (0,1)), /* Whether they are on the mailing list only and no member. */
	active INTEGER BOOL NOT NULL DEFAULT 1 CHECK (active IN (0,1)), /* *Whether they still take part. */
	away_until TEXT DATE, /* The day until which they are away and not chased. */
	email TEXT EMAIL, /* Their address for mail. */
	phone TEXT PERSONAL, /* Their telephone number. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "name: is empty; give some text"
		CHECK (name <> ''),
	CONSTRAINT "away_until: is no date; write it like 2026-11-30"
		CHECK (away_until IS date(away_until, '+0 days')),
	CONSTRAINT "email: is no address; write it like name@example.org"
		CHECK (email LIKE '%_@_%' AND email NOT GLOB '*[ ,;<>]*'),
	FOREIGN KEY (partnership, org) REFERENCES org (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, second_org) REFERENCES org (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE charter /* A members' charter, protocol or pledge. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *Its version, such as 2008-10. */
	kind TEXT ENUM NOT NULL DEFAULT 'charter' CHECK (kind IN ('charter','protocol','pledge')), /* *What it is called. */
	title TEXT NOT NULL, /* *Its title. */
	starts TEXT DATE, /* *The first day it holds. */
	ends TEXT DATE, /* *The last day it holds. */
	version TEXT, /* The version printed on it. */
	review_due TEXT DATE, /* *When it is to be reviewed. */
	body TEXT MARKDOWN, /* Its text. */
	min_months INTEGER NOT NULL DEFAULT 12, /* The months a member is to stay at least. */
	min_meetings INTEGER NOT NULL DEFAULT 2, /* The meetings a member is to come to in a year at least. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "title: is empty; give some text"
		CHECK (title <> ''),
	CONSTRAINT "starts: is no date; write it like 2026-11-30"
		CHECK (starts IS date(starts, '+0 days')),
	CONSTRAINT "ends: is no date; write it like 2026-11-30"
		CHECK (ends IS date(ends, '+0 days')),
	CONSTRAINT "review_due: is no date; write it like 2026-11-30"
		CHECK (review_due IS date(review_due, '+0 days')),
	CONSTRAINT "min_months: is no whole number from 0; give digits only"
		CHECK (min_months IS CAST(min_months AS INTEGER) AND min_months >= 0),
	CONSTRAINT "min_meetings: is no whole number from 0; give digits only"
		CHECK (min_meetings IS CAST(min_meetings AS INTEGER) AND min_meetings >= 0),
	CONSTRAINT "ends: is before starts; correct one of the two"
		CHECK (ends >= starts)
);

CREATE TABLE charter_clause /* A benefit, responsibility or commitment in a charter. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	charter TEXT REF NOT NULL, /* *The charter. */
	number INTEGER NOT NULL, /* *Its number. */
	kind TEXT ENUM NOT NULL DEFAULT 'commitment' CHECK (kind IN ('benefit','responsibility','commitment')), /* *What it is. */
	member_kind TEXT, /* The kind of member it is for; all where left out. */
	text TEXT MARKDOWN NOT NULL, /* *Its text. */
	PRIMARY KEY (partnership, charter, number),
	CONSTRAINT "number: is no whole number from 1; give digits only"
		CHECK (number IS CAST(number AS INTEGER) AND number >= 1),
	CONSTRAINT "text: is empty; give some text"
		CHECK (text <> ''),
	FOREIGN KEY (partnership, charter) REFERENCES charter (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE signature /* An organisation's signature under a charter. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	charter TEXT REF NOT NULL, /* *The charter. */
	org TEXT REF NOT NULL, /* *Who signed. */
	signed TEXT DATE, /* *When. */
	signatory TEXT REF, /* By whose hand. */
	endorsement TEXT ENUM NOT NULL DEFAULT 'not-asked' CHECK (endorsement IN ('not-asked','asked','given','refused')), /* *Whether its board or committee stands behind it. */
	endorsed TEXT DATE, /* When the board or committee gave its word. */
	champion TEXT REF, /* The champion it named. */
	scope TEXT, /* What it signed up to, where that is not the whole. */
	ended TEXT DATE, /* When its membership under the charter ended. */
	PRIMARY KEY (partnership, charter, org),
	CONSTRAINT "signed: is no date; write it like 2026-11-30"
		CHECK (signed IS date(signed, '+0 days')),
	CONSTRAINT "endorsed: is no date; write it like 2026-11-30"
		CHECK (endorsed IS date(endorsed, '+0 days')),
	CONSTRAINT "ended: is no date; write it like 2026-11-30"
		CHECK (ended IS date(ended, '+0 days')),
	FOREIGN KEY (partnership, charter) REFERENCES charter (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, org) REFERENCES org (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, signatory) REFERENCES person (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, champion) REFERENCES person (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "endorsed: is given though endorsement is not; set endorsement=given too"
		CHECK (endorsed IS NULL OR endorsement = 'given'),
	CONSTRAINT "ended: is before signed; correct one of the two"
		CHECK (ended >= signed)
) WITHOUT ROWID;

CREATE TABLE meeting /* A meeting or event, held or to be held. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *A short name. */
	workgroup TEXT REF, /* *The group that meets. */
	kind TEXT ENUM NOT NULL DEFAULT 'meeting' CHECK (kind IN ('meeting','event','board','e-minutes','review','focus-group','interview')), /* *What it is. */
	title TEXT, /* *What it is called. */
	starts TEXT MOMENT NOT NULL, /* *When it begins. */
	ends TEXT MOMENT, /* When it ends. */
	venue TEXT, /* *Where. */
	online INTEGER BOOL NOT NULL DEFAULT 0 CHECK (online IN (0,1)), /* Whether it is held online. */
	quorum INTEGER, /* How many must be present. */
	status TEXT ENUM NOT NULL DEFAULT 'planned' CHECK (status IN ('planned','held','cancelled','moved')), /* *What became of it. */
	moved_to TEXT REF, /* The meeting held in its place. */
	reason TEXT, /* Why it was moved or cancelled. */
	cost INTEGER PENCE, /* What it cost. */
	funder TEXT, /* Who paid. */
	invited INTEGER, /* How many were invited. */
	booked INTEGER, /* How many booked. */
	evaluation TEXT MARKDOWN, /* How it was received. */
	survey TEXT REF, /* The survey of those who came. */
	agenda TEXT MARKDOWN, /* What is to be discussed. */
	minutes TEXT MARKDOWN, /* What was said and decided. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "starts: is no date or time; write it like 2026-11-30 or 2026-11-30T09:00:00Z"
		CHECK (starts IS date(starts, '+0 days') OR starts IS strftime('%Y-%m-%dT%H:%M:%SZ', starts, '+0 days')),
	CONSTRAINT "ends: is no date or time; write it like 2026-11-30 or 2026-11-30T09:00:00Z"
		CHECK (ends IS date(ends, '+0 days') OR ends IS strftime('%Y-%m-%dT%H:%M:%SZ', ends, '+0 days')),
	CONSTRAINT "quorum: is no whole number from 1; give digits only"
		CHECK (quorum IS CAST(quorum AS INTEGER) AND quorum >= 1),
	CONSTRAINT "cost: is no sum from 0; give pounds and pence without a minus sign"
		CHECK (cost IS CAST(cost AS INTEGER) AND cost >= 0),
	CONSTRAINT "invited: is no whole number from 0; give digits only"
		CHECK (invited IS CAST(invited AS INTEGER) AND invited >= 0),
	CONSTRAINT "booked: is no whole number from 0; give digits only"
		CHECK (booked IS CAST(booked AS INTEGER) AND booked >= 0),
	FOREIGN KEY (partnership, workgroup) REFERENCES workgroup (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, moved_to) REFERENCES meeting (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, survey) REFERENCES survey (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "ends: is before starts; correct one of the two"
		CHECK (substr(ends, 1, 10) >= substr(starts, 1, 10)),
	CONSTRAINT "moved_to: is the meeting itself; choose another or leave it out"
		CHECK (moved_to <> ref)
);

CREATE TABLE meeting__priorities /* The priorities of a meeting. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	meeting TEXT REF NOT NULL, /* The meeting. */
	item_period TEXT REF NOT NULL, /* A priority it serves. */
	item_number INTEGER NOT NULL, /* A priority it serves: its number. */
	PRIMARY KEY (partnership, meeting, item_period, item_number),
	FOREIGN KEY (partnership, meeting) REFERENCES meeting (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, item_period, item_number) REFERENCES priority (partnership, period, number) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE meeting__organisers /* The organisers of a meeting. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	meeting TEXT REF NOT NULL, /* The meeting. */
	item TEXT REF NOT NULL, /* An organisation that prepared it. */
	PRIMARY KEY (partnership, meeting, item),
	FOREIGN KEY (partnership, meeting) REFERENCES meeting (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, item) REFERENCES org (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE attendance /* Who came to a meeting, sent apologies or stayed away. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	meeting TEXT REF NOT NULL, /* *The meeting. */
	person TEXT REF NOT NULL, /* *Who. */
	state TEXT ENUM NOT NULL DEFAULT 'present' CHECK (state IN ('present','apologies','absent')), /* *Whether they came. */
	deputising_for TEXT REF, /* For whom they stood in. */
	PRIMARY KEY (partnership, meeting, person),
	FOREIGN KEY (partnership, meeting) REFERENCES meeting (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, person) REFERENCES person (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, deputising_for) REFERENCES person (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE INDEX attendance_person ON attendance (partnership, person);

CREATE TABLE forum /* Another body or initiative in the area. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *A short name. */
	name TEXT NOT NULL, /* *Its name. */
	remit TEXT MARKDOWN, /* *What it is for. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "name: is empty; give some text"
		CHECK (name <> '')
) WITHOUT ROWID;

CREATE TABLE forum__orgs /* The orgs of a forum. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	forum TEXT REF NOT NULL, /* The forum. */
	item TEXT REF NOT NULL, /* An organisation that belongs to it. */
	PRIMARY KEY (partnership, forum, item),
	FOREIGN KEY (partnership, forum) REFERENCES forum (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, item) REFERENCES org (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;
