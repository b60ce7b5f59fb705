/* SPDX-License-Identifier: MIT */
/* Governance: the partnership, its terms, aims, priorities and groups. */

CREATE TABLE partnership /* A partnership: who it is and what it is for. */ (
	ref TEXT REF NOT NULL, /* *The short name it goes by on the command line. */
	name TEXT NOT NULL, /* *Its name in full. */
	kind TEXT ENUM NOT NULL DEFAULT 'compact' CHECK (kind IN ('compact','response-team','agreement','other')), /* *What sort of partnership it is. */
	purpose TEXT MARKDOWN, /* What it is for, printed unchanged in every document. */
	region TEXT, /* *The area it covers, in words. */
	established TEXT DATE, /* The day it was founded. */
	established_text TEXT, /* When it was founded as written, where no day is known. */
	session_starts TEXT NOT NULL DEFAULT '04-01', /* The month and day on which its year begins. */
	funder TEXT, /* Who pays for most of it. */
	strapline TEXT, /* The line printed under its name. */
	logo TEXT, /* The path of a PNG, JPEG or SVG picture for the head of documents; without a leading / it begins in the store's folder. */
	PRIMARY KEY (ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "name: is empty; give some text"
		CHECK (name <> ''),
	CONSTRAINT "established: is no date; write it like 2026-11-30"
		CHECK (established IS date(established, '+0 days')),
	CONSTRAINT "session_starts: is empty; give some text"
		CHECK (session_starts <> ''),
	CONSTRAINT "session_starts: is no month and day; write it like 04-01"
		CHECK (session_starts GLOB '[01][0-9]-[0-3][0-9]' AND '2001-' || session_starts IS date('2001-' || session_starts, '+0 days'))
) WITHOUT ROWID;

CREATE TABLE partnership__areas /* The areas of a partnership. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	item_scheme TEXT REF NOT NULL, /* An area whose redundancy notices are its own. */
	item_ref TEXT REF NOT NULL, /* An area whose redundancy notices are its own: its ref. */
	PRIMARY KEY (partnership, item_scheme, item_ref),
	FOREIGN KEY (partnership) REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (item_scheme, item_ref) REFERENCES area (scheme, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE agency /* The facilitating agency, one row for each agency over time. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	number INTEGER NOT NULL, /* *A running number. */
	org TEXT REF NOT NULL, /* *The organisation that does the work. */
	starts TEXT DATE, /* *Its first day. */
	ends TEXT DATE, /* *Its last day. */
	funder TEXT, /* Who pays it. */
	scope TEXT, /* What it is asked to do: administration only, or professional advice too. */
	PRIMARY KEY (partnership, number),
	CONSTRAINT "number: is no whole number from 1; give digits only"
		CHECK (number IS CAST(number AS INTEGER) AND number >= 1),
	CONSTRAINT "starts: is no date; write it like 2026-11-30"
		CHECK (starts IS date(starts, '+0 days')),
	CONSTRAINT "ends: is no date; write it like 2026-11-30"
		CHECK (ends IS date(ends, '+0 days')),
	FOREIGN KEY (partnership, org) REFERENCES org (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "ends: is before starts; correct one of the two"
		CHECK (ends >= starts)
) WITHOUT ROWID;

CREATE TABLE setting /* A setting that differs from its default. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	name TEXT NOT NULL, /* *The setting, one of those in the view setting_default. */
	value TEXT NOT NULL, /* *What it is set to. */
	PRIMARY KEY (partnership, name),
	CONSTRAINT "value: is empty; give some text"
		CHECK (value <> '')
) WITHOUT ROWID;

CREATE TABLE terms /* One version of the terms of reference. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *The version. */
	status TEXT ENUM NOT NULL DEFAULT 'draft' CHECK (status IN ('draft','adopted','superseded')), /* *Whether it is in force. */
	drafted TEXT DATE, /* When it was drafted. */
	adopted TEXT DATE, /* *When it was adopted. */
	reviewed TEXT DATE, /* When it was last reviewed. */
	review_due TEXT DATE, /* *When it is next to be reviewed. */
	document TEXT MARKDOWN, /* Its whole text as adopted, which nothing changes afterwards. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "drafted: is no date; write it like 2026-11-30"
		CHECK (drafted IS date(drafted, '+0 days')),
	CONSTRAINT "adopted: is no date; write it like 2026-11-30"
		CHECK (adopted IS date(adopted, '+0 days')),
	CONSTRAINT "reviewed: is no date; write it like 2026-11-30"
		CHECK (reviewed IS date(reviewed, '+0 days')),
	CONSTRAINT "review_due: is no date; write it like 2026-11-30"
		CHECK (review_due IS date(review_due, '+0 days')),
	CONSTRAINT "review_due: is before adopted; correct one of the two"
		CHECK (review_due >= adopted)
);

CREATE TABLE section /* A section of the terms of reference; purpose and aims are printed from their own records. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	terms TEXT REF NOT NULL, /* *The version it belongs to. */
	number INTEGER NOT NULL, /* *Its place in the document. */
	heading TEXT NOT NULL, /* *Its heading. */
	body TEXT MARKDOWN, /* Its text. */
	PRIMARY KEY (partnership, terms, number),
	CONSTRAINT "number: is no whole number from 1; give digits only"
		CHECK (number IS CAST(number AS INTEGER) AND number >= 1),
	CONSTRAINT "heading: is empty; give some text"
		CHECK (heading <> ''),
	FOREIGN KEY (partnership, terms) REFERENCES terms (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE aim /* An aim of the partnership. Its ref never changes; the number printed may. ref: aim */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *Its name for ever. */
	number TEXT, /* *The number printed before it, such as 2.1. */
	parent TEXT REF, /* The aim it is part of. */
	text TEXT MARKDOWN NOT NULL, /* *What is aimed at. */
	retired TEXT DATE, /* The day it ceased to be an aim. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "text: is empty; give some text"
		CHECK (text <> ''),
	CONSTRAINT "retired: is no date; write it like 2026-11-30"
		CHECK (retired IS date(retired, '+0 days')),
	FOREIGN KEY (partnership, parent) REFERENCES aim (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "parent: is the aim itself; choose another or leave it out"
		CHECK (parent <> ref)
) WITHOUT ROWID;

CREATE TABLE duty /* Something the steering group is there to do. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *A short name. */
	text TEXT MARKDOWN NOT NULL, /* *What is to be done. */
	last_done TEXT DATE, /* *When it was last done. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "text: is empty; give some text"
		CHECK (text <> ''),
	CONSTRAINT "last_done: is no date; write it like 2026-11-30"
		CHECK (last_done IS date(last_done, '+0 days'))
) WITHOUT ROWID;

CREATE TABLE period /* A session year, made from the partnership's session_starts when first needed. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *Its name, such as 2008-09. */
	starts TEXT DATE NOT NULL, /* *Its first day. */
	ends TEXT DATE NOT NULL, /* *Its last day. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "starts: is no date; write it like 2026-11-30"
		CHECK (starts IS date(starts, '+0 days')),
	CONSTRAINT "ends: is no date; write it like 2026-11-30"
		CHECK (ends IS date(ends, '+0 days')),
	CONSTRAINT "ends: is before starts; correct one of the two"
		CHECK (ends >= starts)
) WITHOUT ROWID;

CREATE TABLE priority /* A priority of one year. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	period TEXT REF NOT NULL, /* *The year. */
	number INTEGER NOT NULL, /* *Its number in that year's statement. */
	title TEXT NOT NULL, /* *What is to be achieved. */
	comments TEXT MARKDOWN, /* Remarks printed beside it. */
	status TEXT ENUM NOT NULL DEFAULT 'proposed' CHECK (status IN ('suggested','proposed','adopted','met','declined','dropped')), /* *How far it has come. */
	decided TEXT DATE, /* When that was decided. */
	reason TEXT, /* Why it was declined, dropped or carried forward. */
	carried_from_period TEXT REF, /* The earlier year's priority it goes on with. */
	carried_from_number INTEGER, /* The earlier year's priority it goes on with: its number. */
	funder_target TEXT, /* The funder's target it serves. */
	PRIMARY KEY (partnership, period, number),
	CONSTRAINT "number: is no whole number from 1; give digits only"
		CHECK (number IS CAST(number AS INTEGER) AND number >= 1),
	CONSTRAINT "title: is empty; give some text"
		CHECK (title <> ''),
	CONSTRAINT "decided: is no date; write it like 2026-11-30"
		CHECK (decided IS date(decided, '+0 days')),
	CONSTRAINT "carried_from: is half given; write it as period/number"
		CHECK ((carried_from_period IS NULL) = (carried_from_number IS NULL)),
	FOREIGN KEY (partnership, period) REFERENCES period (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, carried_from_period, carried_from_number) REFERENCES priority (partnership, period, number) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE priority__aims /* The aims of a priority. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	priority_period TEXT REF NOT NULL, /* The priority: its period. */
	priority_number INTEGER NOT NULL, /* The priority: its number. */
	item TEXT REF NOT NULL, /* *An aim it serves. */
	PRIMARY KEY (partnership, priority_period, priority_number, item),
	FOREIGN KEY (partnership, priority_period, priority_number) REFERENCES priority (partnership, period, number) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, item) REFERENCES aim (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE workgroup /* A steering group, sub-group, task-and-finish group, network or board. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *A short name. */
	name TEXT NOT NULL, /* *Its name in full. */
	kind TEXT ENUM NOT NULL DEFAULT 'sub-group' CHECK (kind IN ('steering','sub-group','task-and-finish','network','board')), /* *What sort of group it is. */
	status TEXT ENUM NOT NULL DEFAULT 'active' CHECK (status IN ('proposed','active','finished')), /* *Whether it works. */
	reports_to TEXT REF, /* *The group it reports to. */
	formed TEXT DATE, /* When it was formed. */
	finish_by TEXT DATE, /* *When its work is to end. */
	report_every TEXT ENUM CHECK (report_every IN ('weekly','fortnightly','monthly','two-monthly','quarterly','half-yearly','yearly')), /* How often it is to report. */
	last_report TEXT DATE, /* When it last reported. */
	meet_every TEXT ENUM CHECK (meet_every IN ('weekly','fortnightly','monthly','two-monthly','quarterly','half-yearly','yearly')), /* How often it is to meet. */
	size_limit INTEGER, /* The most seats it is to have. */
	level TEXT, /* Its level in the delivery chain, such as national, county or front line. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "name: is empty; give some text"
		CHECK (name <> ''),
	CONSTRAINT "formed: is no date; write it like 2026-11-30"
		CHECK (formed IS date(formed, '+0 days')),
	CONSTRAINT "finish_by: is no date; write it like 2026-11-30"
		CHECK (finish_by IS date(finish_by, '+0 days')),
	CONSTRAINT "last_report: is no date; write it like 2026-11-30"
		CHECK (last_report IS date(last_report, '+0 days')),
	CONSTRAINT "size_limit: is no whole number from 1; give digits only"
		CHECK (size_limit IS CAST(size_limit AS INTEGER) AND size_limit >= 1),
	FOREIGN KEY (partnership, reports_to) REFERENCES workgroup (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "finish_by: is before formed; correct one of the two"
		CHECK (finish_by >= formed),
	CONSTRAINT "reports_to: is the group itself; choose another or leave it out"
		CHECK (reports_to <> ref)
) WITHOUT ROWID;

CREATE TABLE workgroup__priorities /* The priorities of a workgroup. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	workgroup TEXT REF NOT NULL, /* The workgroup. */
	item_period TEXT REF NOT NULL, /* A priority it works on. */
	item_number INTEGER NOT NULL, /* A priority it works on: its number. */
	PRIMARY KEY (partnership, workgroup, item_period, item_number),
	FOREIGN KEY (partnership, workgroup) REFERENCES workgroup (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, item_period, item_number) REFERENCES priority (partnership, period, number) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE seat /* A seat in a group; the chair is the current seat with that role. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	workgroup TEXT REF NOT NULL, /* *The group. */
	number INTEGER NOT NULL, /* *A running number. */
	person TEXT REF NOT NULL, /* *Who sits there. */
	role TEXT ENUM NOT NULL DEFAULT 'member' CHECK (role IN ('chair','member','deputy','champion','facilitator','challenge','owner')), /* *As what. */
	basis TEXT ENUM CHECK (basis IN ('full-time','part-time','voluntary')), /* On what footing. */
	deputy_for TEXT REF, /* For whom a deputy stands in. */
	starts TEXT DATE, /* *Its first day. */
	ends TEXT DATE, /* *Its last day. */
	PRIMARY KEY (partnership, workgroup, number),
	CONSTRAINT "number: is no whole number from 1; give digits only"
		CHECK (number IS CAST(number AS INTEGER) AND number >= 1),
	CONSTRAINT "starts: is no date; write it like 2026-11-30"
		CHECK (starts IS date(starts, '+0 days')),
	CONSTRAINT "ends: is no date; write it like 2026-11-30"
		CHECK (ends IS date(ends, '+0 days')),
	FOREIGN KEY (partnership, workgroup) REFERENCES workgroup (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, person) REFERENCES person (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, deputy_for) REFERENCES person (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "ends: is before starts; correct one of the two"
		CHECK (ends >= starts)
) WITHOUT ROWID;

CREATE TABLE issue_log /* An issue, risk, decision, recommendation, request, tension, offer or barrier, from raised to settled. ref: L */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *A short name. */
	kind TEXT ENUM NOT NULL DEFAULT 'issue' CHECK (kind IN ('issue','risk','decision','recommendation','request','tension','offer','barrier')), /* *What it is. */
	title TEXT NOT NULL, /* *What it is about, in one line. */
	text TEXT MARKDOWN, /* What it is about, in full. */
	status TEXT ENUM NOT NULL DEFAULT 'open' CHECK (status IN ('open','accepted','declined','closed')), /* *Whether it is settled, and how. */
	raised TEXT DATE, /* *When it was raised. */
	raised_at TEXT REF, /* The meeting it was raised at. */
	owner TEXT REF, /* *Who is to settle it. */
	level TEXT, /* The level it has been taken to. */
	due TEXT DATE, /* *When it is to be settled. */
	decision TEXT, /* What was decided. */
	decided TEXT DATE, /* When that was decided. */
	became TEXT REF, /* The action it became. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "title: is empty; give some text"
		CHECK (title <> ''),
	CONSTRAINT "raised: is no date; write it like 2026-11-30"
		CHECK (raised IS date(raised, '+0 days')),
	CONSTRAINT "due: is no date; write it like 2026-11-30"
		CHECK (due IS date(due, '+0 days')),
	CONSTRAINT "decided: is no date; write it like 2026-11-30"
		CHECK (decided IS date(decided, '+0 days')),
	FOREIGN KEY (partnership, raised_at) REFERENCES meeting (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, owner) REFERENCES person (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, became) REFERENCES action (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "due: is before raised; correct one of the two"
		CHECK (due >= raised)
) WITHOUT ROWID;

CREATE TABLE guidance /* National guidance that a site may follow (setting guidance). */ (
	ref TEXT REF NOT NULL, /* *A short name. */
	issued TEXT DATE, /* *When it was issued. */
	valid_from TEXT DATE, /* *The first day it holds. */
	valid_until TEXT DATE, /* *The last day it holds. */
	offer TEXT MARKDOWN, /* What is to be offered. */
	response_hours INTEGER, /* *Within how many hours the offer is to be made. */
	evaluation TEXT MARKDOWN, /* How the work is to be evaluated. */
	source TEXT, /* Where the row comes from; local for what a site added itself. */
	as_of TEXT DATE, /* The date of that source. */
	PRIMARY KEY (ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "issued: is no date; write it like 2026-11-30"
		CHECK (issued IS date(issued, '+0 days')),
	CONSTRAINT "valid_from: is no date; write it like 2026-11-30"
		CHECK (valid_from IS date(valid_from, '+0 days')),
	CONSTRAINT "valid_until: is no date; write it like 2026-11-30"
		CHECK (valid_until IS date(valid_until, '+0 days')),
	CONSTRAINT "response_hours: is no whole number from 1; give digits only"
		CHECK (response_hours IS CAST(response_hours AS INTEGER) AND response_hours >= 1),
	CONSTRAINT "as_of: is no date; write it like 2026-11-30"
		CHECK (as_of IS date(as_of, '+0 days')),
	CONSTRAINT "valid_until: is before valid_from; correct one of the two"
		CHECK (valid_until >= valid_from)
);

CREATE TABLE message /* A key message, worded for one audience and held once. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *A short name. */
	audience TEXT NOT NULL, /* *For whom: partners, public, board, front-line. */
	text TEXT MARKDOWN NOT NULL, /* *The wording. */
	position INTEGER, /* *Its place among the messages. */
	PRIMARY KEY (partnership, ref, audience),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "audience: is empty; give some text"
		CHECK (audience <> ''),
	CONSTRAINT "text: is empty; give some text"
		CHECK (text <> ''),
	CONSTRAINT "position: is no whole number from 0; give digits only"
		CHECK (position IS CAST(position AS INTEGER) AND position >= 0)
) WITHOUT ROWID;

CREATE TABLE glossary /* A term and its wording for one audience. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *A short name. */
	audience TEXT NOT NULL, /* *For whom: partners, public, board, front-line. */
	term TEXT, /* The term as the partnership writes it, where it differs from the ref. */
	text TEXT NOT NULL, /* *The wording for that audience. */
	position INTEGER, /* *Its place in the list. */
	PRIMARY KEY (partnership, ref, audience),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "audience: is empty; give some text"
		CHECK (audience <> ''),
	CONSTRAINT "text: is empty; give some text"
		CHECK (text <> ''),
	CONSTRAINT "position: is no whole number from 0; give digits only"
		CHECK (position IS CAST(position AS INTEGER) AND position >= 0)
) WITHOUT ROWID;
