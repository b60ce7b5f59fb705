/* SPDX-License-Identifier: MIT */
/* Redundancy response: areas, the law, employers, notices, incidents. */

CREATE TABLE scheme /* A way of dividing the country into areas. */ (
	ref TEXT REF NOT NULL, /* *A short name. */
	name TEXT NOT NULL, /* *Its name. */
	official INTEGER BOOL NOT NULL DEFAULT 0 CHECK (official IN (0,1)), /* Whether a public body has published these boundaries. */
	valid_from TEXT DATE, /* *The first day it holds. */
	valid_until TEXT DATE, /* *The last day it holds. */
	note TEXT, /* Anything else. */
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
	CONSTRAINT "valid_from: is no date; write it like 2026-11-30"
		CHECK (valid_from IS date(valid_from, '+0 days')),
	CONSTRAINT "valid_until: is no date; write it like 2026-11-30"
		CHECK (valid_until IS date(valid_until, '+0 days')),
	CONSTRAINT "as_of: is no date; write it like 2026-11-30"
		CHECK (as_of IS date(as_of, '+0 days')),
	CONSTRAINT "valid_until: is before valid_from; correct one of the two"
		CHECK (valid_until >= valid_from)
) WITHOUT ROWID;

CREATE TABLE area /* An area of a scheme. */ (
	scheme TEXT REF NOT NULL, /* *The scheme. */
	ref TEXT REF NOT NULL, /* *A short name. */
	name TEXT NOT NULL, /* *Its name. */
	note TEXT, /* Anything else. */
	source TEXT, /* Where the row comes from; local for what a site added itself. */
	as_of TEXT DATE, /* The date of that source. */
	PRIMARY KEY (scheme, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "name: is empty; give some text"
		CHECK (name <> ''),
	CONSTRAINT "as_of: is no date; write it like 2026-11-30"
		CHECK (as_of IS date(as_of, '+0 days')),
	FOREIGN KEY (scheme) REFERENCES scheme (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE council /* A council. */ (
	code TEXT REF NOT NULL, /* *Its code in official statistics, such as S12000047. */
	name TEXT NOT NULL, /* *Its name. */
	source TEXT, /* Where the row comes from; local for what a site added itself. */
	as_of TEXT DATE, /* The date of that source. */
	PRIMARY KEY (code),
	CONSTRAINT "code: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (code GLOB '[A-Za-z0-9_]*' AND code NOT GLOB '*[^A-Za-z0-9._-]*' AND length(code) <= 64),
	CONSTRAINT "code: may not be all, or end like a file name; choose another ref"
		CHECK (code NOT LIKE 'all' AND (instr(code, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(code), length(rtrim(lower(code), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "name: is empty; give some text"
		CHECK (name <> ''),
	CONSTRAINT "as_of: is no date; write it like 2026-11-30"
		CHECK (as_of IS date(as_of, '+0 days'))
) WITHOUT ROWID;

CREATE TABLE council__former_codes /* The former codes of a council. */ (
	council TEXT REF NOT NULL, /* The council. */
	item TEXT NOT NULL, /* A code it had before. */
	PRIMARY KEY (council, item),
	FOREIGN KEY (council) REFERENCES council (code) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "former_codes: holds an empty text; leave it out"
		CHECK (item <> '')
) WITHOUT ROWID;

CREATE TABLE council__other_names /* The other names of a council. */ (
	council TEXT REF NOT NULL, /* The council. */
	item TEXT NOT NULL, /* Another way its name is written. */
	PRIMARY KEY (council, item),
	FOREIGN KEY (council) REFERENCES council (code) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "other_names: holds an empty text; leave it out"
		CHECK (item <> '')
) WITHOUT ROWID;

CREATE TABLE area_place /* A council, postcode district or postcode sector that belongs to an area; the longest match wins. */ (
	scheme TEXT REF NOT NULL, /* *The scheme. */
	area TEXT REF NOT NULL, /* *The area. */
	place TEXT NOT NULL, /* *The council's code, or the postcode district or sector. */
	kind TEXT ENUM NOT NULL DEFAULT 'council' CHECK (kind IN ('council','district','sector')), /* *What the place is. */
	valid_from TEXT DATE, /* *The first day it belongs there. */
	valid_until TEXT DATE, /* *The last day it belongs there. */
	source TEXT, /* Where the row comes from; local for what a site added itself. */
	as_of TEXT DATE, /* The date of that source. */
	PRIMARY KEY (scheme, area, place),
	CONSTRAINT "place: is empty; give some text"
		CHECK (place <> ''),
	CONSTRAINT "valid_from: is no date; write it like 2026-11-30"
		CHECK (valid_from IS date(valid_from, '+0 days')),
	CONSTRAINT "valid_until: is no date; write it like 2026-11-30"
		CHECK (valid_until IS date(valid_until, '+0 days')),
	CONSTRAINT "as_of: is no date; write it like 2026-11-30"
		CHECK (as_of IS date(as_of, '+0 days')),
	FOREIGN KEY (scheme, area) REFERENCES area (scheme, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "valid_until: is before valid_from; correct one of the two"
		CHECK (valid_until >= valid_from)
) WITHOUT ROWID;

CREATE INDEX area_place_place ON area_place (place);

CREATE TABLE postcode /* The council a postcode lies in, supplied by the user. */ (
	postcode TEXT POSTCODE NOT NULL, /* *The postcode. */
	council TEXT REF NOT NULL, /* *The council. */
	source TEXT, /* Where the row comes from; local for what a site added itself. */
	as_of TEXT DATE, /* The date of that source. */
	PRIMARY KEY (postcode),
	CONSTRAINT "postcode: is empty; give some text"
		CHECK (postcode <> ''),
	CONSTRAINT "as_of: is no date; write it like 2026-11-30"
		CHECK (as_of IS date(as_of, '+0 days')),
	FOREIGN KEY (council) REFERENCES council (code) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "postcode: is no postcode; write it like KY1 1XX"
		CHECK (postcode GLOB '[A-Z]*[0-9A-Z] [0-9][A-Z][A-Z]' AND length(postcode) BETWEEN 6 AND 8)
) WITHOUT ROWID;

CREATE TABLE holiday /* A public holiday. */ (
	division TEXT ENUM NOT NULL CHECK (division IN ('scotland','england-and-wales','northern-ireland')), /* *Where it is kept. */
	day TEXT DATE NOT NULL, /* *The day. */
	title TEXT NOT NULL, /* *What it is called. */
	source TEXT, /* Where the row comes from; local for what a site added itself. */
	as_of TEXT DATE, /* The date of that source. */
	PRIMARY KEY (division, day),
	CONSTRAINT "day: is no date; write it like 2026-11-30"
		CHECK (day IS date(day, '+0 days')),
	CONSTRAINT "title: is empty; give some text"
		CHECK (title <> ''),
	CONSTRAINT "as_of: is no date; write it like 2026-11-30"
		CHECK (as_of IS date(as_of, '+0 days'))
) WITHOUT ROWID;

CREATE TABLE closed_day /* A day on which the partnership itself is closed. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	day TEXT DATE NOT NULL, /* *The day. */
	title TEXT, /* *Why. */
	PRIMARY KEY (partnership, day),
	CONSTRAINT "day: is no date; write it like 2026-11-30"
		CHECK (day IS date(day, '+0 days'))
) WITHOUT ROWID;

CREATE TABLE service /* A service on the menu offered to employers and the people they let go. */ (
	ref TEXT REF NOT NULL, /* *A short name. */
	name TEXT NOT NULL, /* *Its name. */
	national INTEGER BOOL NOT NULL DEFAULT 1 CHECK (national IN (0,1)), /* *Whether it is offered everywhere. */
	area_scheme TEXT REF, /* The area that offers it, where it is a local one. */
	area_ref TEXT REF, /* The area that offers it, where it is a local one: its ref. */
	text TEXT MARKDOWN, /* What it is. */
	valid_from TEXT DATE, /* The first day it was offered. */
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
	CONSTRAINT "area: is half given; write it as scheme/ref"
		CHECK ((area_scheme IS NULL) = (area_ref IS NULL)),
	CONSTRAINT "valid_from: is no date; write it like 2026-11-30"
		CHECK (valid_from IS date(valid_from, '+0 days')),
	CONSTRAINT "as_of: is no date; write it like 2026-11-30"
		CHECK (as_of IS date(as_of, '+0 days')),
	FOREIGN KEY (area_scheme, area_ref) REFERENCES area (scheme, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE notice_rule /* What the law asks of a notice, by nation and date. */ (
	nation TEXT ENUM NOT NULL CHECK (nation IN ('england','scotland','wales','northern-ireland')), /* *The nation. */
	valid_from TEXT DATE NOT NULL, /* *The first day it holds. */
	valid_until TEXT DATE, /* *The last day it holds. */
	lower INTEGER NOT NULL, /* *The fewest redundancies that need a notice. */
	upper INTEGER NOT NULL, /* *The fewest that need the longer one. */
	lower_days INTEGER NOT NULL, /* *The days' notice below the upper number. */
	upper_days INTEGER NOT NULL, /* *The days' notice from the upper number. */
	note TEXT, /* Which law, and anything doubtful. */
	source TEXT, /* Where the row comes from; local for what a site added itself. */
	as_of TEXT DATE, /* The date of that source. */
	PRIMARY KEY (nation, valid_from),
	CONSTRAINT "valid_from: is no date; write it like 2026-11-30"
		CHECK (valid_from IS date(valid_from, '+0 days')),
	CONSTRAINT "valid_until: is no date; write it like 2026-11-30"
		CHECK (valid_until IS date(valid_until, '+0 days')),
	CONSTRAINT "lower: is no whole number from 1; give digits only"
		CHECK (lower IS CAST(lower AS INTEGER) AND lower >= 1),
	CONSTRAINT "upper: is no whole number from 1; give digits only"
		CHECK (upper IS CAST(upper AS INTEGER) AND upper >= 1),
	CONSTRAINT "lower_days: is no whole number from 0; give digits only"
		CHECK (lower_days IS CAST(lower_days AS INTEGER) AND lower_days >= 0),
	CONSTRAINT "upper_days: is no whole number from 0; give digits only"
		CHECK (upper_days IS CAST(upper_days AS INTEGER) AND upper_days >= 0),
	CONSTRAINT "as_of: is no date; write it like 2026-11-30"
		CHECK (as_of IS date(as_of, '+0 days')),
	CONSTRAINT "valid_until: is before valid_from; correct one of the two"
		CHECK (valid_until >= valid_from),
	CONSTRAINT "upper: is not above lower; correct one of the two"
		CHECK (upper > lower)
) WITHOUT ROWID;

CREATE TABLE notice_reason /* A reason for redundancies that the form offers. */ (
	code TEXT REF NOT NULL, /* *A short name. */
	text TEXT NOT NULL, /* *The reason. */
	valid_from TEXT DATE, /* *The first day the form offered it. */
	valid_until TEXT DATE, /* *The last day it did. */
	source TEXT, /* Where the row comes from; local for what a site added itself. */
	as_of TEXT DATE, /* The date of that source. */
	PRIMARY KEY (code),
	CONSTRAINT "code: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (code GLOB '[A-Za-z0-9_]*' AND code NOT GLOB '*[^A-Za-z0-9._-]*' AND length(code) <= 64),
	CONSTRAINT "code: may not be all, or end like a file name; choose another ref"
		CHECK (code NOT LIKE 'all' AND (instr(code, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(code), length(rtrim(lower(code), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "text: is empty; give some text"
		CHECK (text <> ''),
	CONSTRAINT "valid_from: is no date; write it like 2026-11-30"
		CHECK (valid_from IS date(valid_from, '+0 days')),
	CONSTRAINT "valid_until: is no date; write it like 2026-11-30"
		CHECK (valid_until IS date(valid_until, '+0 days')),
	CONSTRAINT "as_of: is no date; write it like 2026-11-30"
		CHECK (as_of IS date(as_of, '+0 days')),
	CONSTRAINT "valid_until: is before valid_from; correct one of the two"
		CHECK (valid_until >= valid_from)
) WITHOUT ROWID;

CREATE TABLE employer /* An employer that has given notice or may. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *A short name. */
	name TEXT NOT NULL, /* *Its name. */
	number TEXT NUMBER, /* *Its number in the register. */
	register TEXT ENUM CHECK (register IN ('company','charity','mutual','none')), /* The register the number is from. */
	sic TEXT, /* The code of its main business. */
	size TEXT ENUM CHECK (size IN ('micro','small','medium','large')), /* Its size: under 10, under 50, under 250 people, or more. */
	sector TEXT REF, /* *Its sector, where it is a public body. */
	public_sector INTEGER BOOL CHECK (public_sector IN (0,1)), /* Whether it is a public body. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "name: is empty; give some text"
		CHECK (name <> ''),
	FOREIGN KEY (sector) REFERENCES sector (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE employer__other_names /* The other names of an employer. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	employer TEXT REF NOT NULL, /* The employer. */
	item TEXT NOT NULL, /* Another name it is known by. */
	PRIMARY KEY (partnership, employer, item),
	FOREIGN KEY (partnership, employer) REFERENCES employer (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "other_names: holds an empty text; leave it out"
		CHECK (item <> '')
) WITHOUT ROWID;

CREATE INDEX employer_number ON employer (partnership, number, register) WHERE number IS NOT NULL;

CREATE TABLE employer_link /* That two employers hang together. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	employer TEXT REF NOT NULL, /* *The employer. */
	other TEXT REF NOT NULL, /* *The other employer. */
	kind TEXT ENUM NOT NULL DEFAULT 'supplier' CHECK (kind IN ('supplier','contractor','parent')), /* *What the other is to it. */
	note TEXT, /* Anything else. */
	PRIMARY KEY (partnership, employer, other),
	FOREIGN KEY (partnership, employer) REFERENCES employer (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, other) REFERENCES employer (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "other: is the employer itself; choose another"
		CHECK (other <> employer)
) WITHOUT ROWID;

CREATE TABLE notice /* A notice of proposed redundancies (an HR1 or its like). */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *The year and a number. */
	sender_ref TEXT, /* The number the sender gave it, as written. */
	employer TEXT REF NOT NULL, /* *Who gives notice. */
	site TEXT, /* *The establishment concerned. */
	address TEXT, /* Its address. */
	postcode TEXT POSTCODE, /* Its postcode, as written where it is none. */
	council TEXT REF, /* *The council it lies in. */
	contact_name TEXT PERSONAL, /* Whom to ask at the employer. */
	contact_email TEXT PERSONAL, /* Their address for mail. */
	contact_phone TEXT PERSONAL, /* Their telephone number. */
	received TEXT MOMENT, /* *When the authority received it. */
	notified TEXT DATE, /* When those concerned were told. */
	consultation_started TEXT DATE, /* When consultation began. */
	first_dismissal TEXT DATE, /* *The day of the first dismissal. */
	last_dismissal TEXT DATE, /* The day of the last dismissal. */
	employed INTEGER, /* How many people are employed there. */
	proposed INTEGER, /* *How many redundancies are proposed. */
	proposed_text TEXT, /* That number as written, where it is no plain number. */
	certainty TEXT ENUM CHECK (certainty IN ('exact','estimate','unfilled')), /* How sure that number is. */
	closure INTEGER BOOL CHECK (closure IN (0,1)), /* Whether the site is to close. */
	selection TEXT, /* How people are to be selected. */
	representatives TEXT, /* Whom they consult. */
	trade_union TEXT, /* The union they recognise. */
	short_notice_reason TEXT, /* Why notice is short. */
	extra TEXT, /* Cells of the file that no field took, each with its heading. */
	status TEXT ENUM NOT NULL DEFAULT 'active' CHECK (status IN ('active','superseded','inactive','withdrawn')), /* *Whether it counts. */
	supersedes TEXT REF, /* The notice it replaces. */
	source TEXT, /* Who sent it. */
	import TEXT REF, /* The import it came in with. */
	line INTEGER, /* The line of that file. */
	mark TEXT, /* A digest of the row as it was read, by which it is known when it comes again. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "received: is no date or time; write it like 2026-11-30 or 2026-11-30T09:00:00Z"
		CHECK (received IS date(received, '+0 days') OR received IS strftime('%Y-%m-%dT%H:%M:%SZ', received, '+0 days')),
	CONSTRAINT "notified: is no date; write it like 2026-11-30"
		CHECK (notified IS date(notified, '+0 days')),
	CONSTRAINT "consultation_started: is no date; write it like 2026-11-30"
		CHECK (consultation_started IS date(consultation_started, '+0 days')),
	CONSTRAINT "first_dismissal: is no date; write it like 2026-11-30"
		CHECK (first_dismissal IS date(first_dismissal, '+0 days')),
	CONSTRAINT "last_dismissal: is no date; write it like 2026-11-30"
		CHECK (last_dismissal IS date(last_dismissal, '+0 days')),
	CONSTRAINT "employed: is no whole number from 0; give digits only"
		CHECK (employed IS CAST(employed AS INTEGER) AND employed >= 0),
	CONSTRAINT "proposed: is no whole number from 0; give digits only"
		CHECK (proposed IS CAST(proposed AS INTEGER) AND proposed >= 0),
	CONSTRAINT "line: is no whole number from 1; give digits only"
		CHECK (line IS CAST(line AS INTEGER) AND line >= 1),
	FOREIGN KEY (partnership, employer) REFERENCES employer (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (council) REFERENCES council (code) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, supersedes) REFERENCES notice (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, import) REFERENCES import (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "received: is missing, and so are first_dismissal and proposed; give one of the three"
		CHECK (coalesce(received, first_dismissal, proposed) IS NOT NULL),
	CONSTRAINT "supersedes: is the notice itself; choose another or leave it out"
		CHECK (supersedes <> ref)
);

CREATE TABLE notice__reasons /* The reasons of a notice. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	notice TEXT REF NOT NULL, /* The notice. */
	item TEXT REF NOT NULL, /* A reason given. */
	PRIMARY KEY (partnership, notice, item),
	FOREIGN KEY (partnership, notice) REFERENCES notice (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (item) REFERENCES notice_reason (code) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE notice__warnings /* The warnings of a notice. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	notice TEXT REF NOT NULL, /* The notice. */
	item TEXT NOT NULL, /* What is odd about it. */
	PRIMARY KEY (partnership, notice, item),
	FOREIGN KEY (partnership, notice) REFERENCES notice (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "warnings: holds an empty text; leave it out"
		CHECK (item <> '')
) WITHOUT ROWID;

CREATE TABLE notice__old_marks /* The marks of the rows a notice had before it was amended or its sender's reference put right. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	notice TEXT REF NOT NULL, /* The notice. */
	item TEXT NOT NULL, /* The mark of an earlier row. */
	PRIMARY KEY (partnership, notice, item),
	FOREIGN KEY (partnership, notice) REFERENCES notice (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "old_marks: holds an empty text; leave it out"
		CHECK (item <> '')
) WITHOUT ROWID;

CREATE INDEX notice_old_marks ON notice__old_marks (partnership, item);

CREATE INDEX notice_unplaced ON notice (postcode) WHERE council IS NULL AND postcode IS NOT NULL;

/* A notice with a sender's reference is found by that. */
CREATE INDEX notice_mark ON notice (partnership, mark) WHERE mark IS NOT NULL AND sender_ref IS NULL;

CREATE INDEX notice_employer ON notice (partnership, employer, received);

CREATE INDEX notice_sender ON notice (partnership, sender_ref, source) WHERE sender_ref IS NOT NULL;

CREATE INDEX notice_supersedes ON notice (partnership, supersedes) WHERE supersedes IS NOT NULL;

CREATE TABLE occupation /* The people of one occupation in a notice. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	notice TEXT REF NOT NULL, /* *The notice. */
	name TEXT NOT NULL, /* *The occupation. */
	employed INTEGER, /* *How many are employed. */
	proposed INTEGER, /* *How many redundancies are proposed. */
	PRIMARY KEY (partnership, notice, name),
	CONSTRAINT "name: is empty; give some text"
		CHECK (name <> ''),
	CONSTRAINT "employed: is no whole number from 0; give digits only"
		CHECK (employed IS CAST(employed AS INTEGER) AND employed >= 0),
	CONSTRAINT "proposed: is no whole number from 0; give digits only"
		CHECK (proposed IS CAST(proposed AS INTEGER) AND proposed >= 0),
	FOREIGN KEY (partnership, notice) REFERENCES notice (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE incident /* One redundancy situation at one employer: the case. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *A short name. */
	employer TEXT REF NOT NULL, /* *The employer. */
	origin TEXT ENUM NOT NULL DEFAULT 'notice' CHECK (origin IN ('notice','local-intelligence','media','employer','partner','agency')), /* How the partnership heard. */
	told_by TEXT, /* From whom. */
	told TEXT MOMENT, /* *When the partnership was told. */
	estimate INTEGER, /* How many people may lose their jobs, until a notice says. */
	estimate_text TEXT, /* That number as written. */
	certainty TEXT ENUM CHECK (certainty IN ('exact','estimate','unfilled')), /* How sure it is. */
	kind TEXT ENUM NOT NULL DEFAULT 'response' CHECK (kind IN ('response','early-intervention','aftercare')), /* *What sort of case it is. */
	sector TEXT REF, /* The sector, where it is a public body. */
	size_band TEXT ENUM CHECK (size_band IN ('micro','small','medium','large')), /* The size of the employer at the time. */
	owner TEXT REF, /* *The one contact for the employer. */
	government_contact TEXT REF, /* The one contact for government. */
	administrator TEXT, /* The administrator or liquidator. */
	leaving INTEGER, /* How many are likely to leave. */
	skills TEXT, /* What the people can do. */
	wanted TEXT, /* What help is wanted. */
	staff_access TEXT, /* Whether the staff may be met at work. */
	uncounted INTEGER, /* How many more lose work without counting as redundant. */
	uncounted_text TEXT, /* Who they are. */
	status TEXT ENUM NOT NULL DEFAULT 'new' CHECK (status IN ('new','contacted','offered','accepted','refused','delivering','closed')), /* *How far the response has come. */
	respond_by TEXT TIME, /* *By when to make the first contact. */
	responded_at TEXT MOMENT, /* When it was made. */
	closed_on TEXT DATE, /* When the case was closed. */
	contact_name TEXT PERSONAL, /* Whom to ask at the employer, where no notice says. */
	contact_email TEXT PERSONAL, /* Their address for mail. */
	contact_phone TEXT PERSONAL, /* Their telephone number. */
	address TEXT, /* Where it is. */
	postcode TEXT POSTCODE, /* The postcode there, as written where it is none. */
	council TEXT REF, /* The council it lies in. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "told: is no date or time; write it like 2026-11-30 or 2026-11-30T09:00:00Z"
		CHECK (told IS date(told, '+0 days') OR told IS strftime('%Y-%m-%dT%H:%M:%SZ', told, '+0 days')),
	CONSTRAINT "estimate: is no whole number from 0; give digits only"
		CHECK (estimate IS CAST(estimate AS INTEGER) AND estimate >= 0),
	CONSTRAINT "leaving: is no whole number from 0; give digits only"
		CHECK (leaving IS CAST(leaving AS INTEGER) AND leaving >= 0),
	CONSTRAINT "uncounted: is no whole number from 0; give digits only"
		CHECK (uncounted IS CAST(uncounted AS INTEGER) AND uncounted >= 0),
	CONSTRAINT "respond_by: is no time; write it like 2026-11-30T09:00:00Z"
		CHECK (respond_by IS strftime('%Y-%m-%dT%H:%M:%SZ', respond_by, '+0 days')),
	CONSTRAINT "responded_at: is no date or time; write it like 2026-11-30 or 2026-11-30T09:00:00Z"
		CHECK (responded_at IS date(responded_at, '+0 days') OR responded_at IS strftime('%Y-%m-%dT%H:%M:%SZ', responded_at, '+0 days')),
	CONSTRAINT "closed_on: is no date; write it like 2026-11-30"
		CHECK (closed_on IS date(closed_on, '+0 days')),
	FOREIGN KEY (partnership, employer) REFERENCES employer (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (sector) REFERENCES sector (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, owner) REFERENCES person (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, government_contact) REFERENCES person (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (council) REFERENCES council (code) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "closed_on: is given though the case is not closed; set status=closed too"
		CHECK (closed_on IS NULL OR status = 'closed')
) WITHOUT ROWID;

CREATE TABLE incident__notices /* The notices of an incident. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	incident TEXT REF NOT NULL, /* The incident. */
	item TEXT REF NOT NULL, /* A notice of this case. */
	PRIMARY KEY (partnership, incident, item),
	FOREIGN KEY (partnership, incident) REFERENCES incident (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, item) REFERENCES notice (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE incident__areas /* The areas of an incident. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	incident TEXT REF NOT NULL, /* The incident. */
	item_scheme TEXT REF NOT NULL, /* An area concerned. */
	item_ref TEXT REF NOT NULL, /* An area concerned: its ref. */
	PRIMARY KEY (partnership, incident, item_scheme, item_ref),
	FOREIGN KEY (partnership, incident) REFERENCES incident (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (item_scheme, item_ref) REFERENCES area (scheme, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE incident__sites /* The sites of an incident. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	incident TEXT REF NOT NULL, /* The incident. */
	item TEXT NOT NULL, /* A site concerned. */
	PRIMARY KEY (partnership, incident, item),
	FOREIGN KEY (partnership, incident) REFERENCES incident (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "sites: holds an empty text; leave it out"
		CHECK (item <> '')
) WITHOUT ROWID;

CREATE TABLE incident__services /* The services of an incident. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	incident TEXT REF NOT NULL, /* The incident. */
	item TEXT REF NOT NULL, /* A service offered or given. */
	PRIMARY KEY (partnership, incident, item),
	FOREIGN KEY (partnership, incident) REFERENCES incident (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (item) REFERENCES service (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE INDEX incident_employer ON incident (partnership, employer);

CREATE INDEX incident_notices ON incident__notices (partnership, item);

CREATE TABLE incident_home /* Where the people of a case live. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	incident TEXT REF NOT NULL, /* *The case. */
	area_scheme TEXT REF NOT NULL, /* *The area. */
	area_ref TEXT REF NOT NULL, /* *The area: its ref. */
	people INTEGER, /* *How many live there. */
	PRIMARY KEY (partnership, incident, area_scheme, area_ref),
	CONSTRAINT "people: is no whole number from 0; give digits only"
		CHECK (people IS CAST(people AS INTEGER) AND people >= 0),
	FOREIGN KEY (partnership, incident) REFERENCES incident (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (area_scheme, area_ref) REFERENCES area (scheme, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE incident_check /* An item of the employer checklist, ticked. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	incident TEXT REF NOT NULL, /* *The case. */
	item TEXT NOT NULL, /* *What was to be discussed. */
	done_on TEXT DATE, /* *When it was. */
	done_by TEXT, /* *By whom. */
	PRIMARY KEY (partnership, incident, item),
	CONSTRAINT "item: is empty; give some text"
		CHECK (item <> ''),
	CONSTRAINT "done_on: is no date; write it like 2026-11-30"
		CHECK (done_on IS date(done_on, '+0 days')),
	FOREIGN KEY (partnership, incident) REFERENCES incident (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE incident_event /* What happened in a case. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	incident TEXT REF NOT NULL, /* *The case. */
	number INTEGER NOT NULL, /* *A running number. */
	happened TEXT MOMENT NOT NULL, /* *When. */
	kind TEXT ENUM NOT NULL DEFAULT 'note' CHECK (kind IN ('call','meeting','offer','presentation','discussion','open-event','pack','one-to-one','workshop','refusal','referral','wash-up','note')), /* *What it was. */
	role TEXT, /* As what the person acted, such as chair or co-ordinator. */
	person TEXT REF, /* *Who did it. */
	venue TEXT, /* Where. */
	attended INTEGER, /* *How many came. */
	text TEXT MARKDOWN, /* *What was said or done. */
	PRIMARY KEY (partnership, incident, number),
	CONSTRAINT "number: is no whole number from 1; give digits only"
		CHECK (number IS CAST(number AS INTEGER) AND number >= 1),
	CONSTRAINT "happened: is no date or time; write it like 2026-11-30 or 2026-11-30T09:00:00Z"
		CHECK (happened IS date(happened, '+0 days') OR happened IS strftime('%Y-%m-%dT%H:%M:%SZ', happened, '+0 days')),
	CONSTRAINT "attended: is no whole number from 0; give digits only"
		CHECK (attended IS CAST(attended AS INTEGER) AND attended >= 0),
	FOREIGN KEY (partnership, incident) REFERENCES incident (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, person) REFERENCES person (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE incident_event__orgs /* The orgs of an incident_event. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	incident_event_incident TEXT REF NOT NULL, /* The incident_event: its incident. */
	incident_event_number INTEGER NOT NULL, /* The incident_event: its number. */
	item TEXT REF NOT NULL, /* An organisation that took part. */
	PRIMARY KEY (partnership, incident_event_incident, incident_event_number, item),
	FOREIGN KEY (partnership, incident_event_incident, incident_event_number) REFERENCES incident_event (partnership, incident, number) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, item) REFERENCES org (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE referral /* People of a case handed to another partnership. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	incident TEXT REF NOT NULL, /* *The case. */
	number INTEGER NOT NULL, /* *A running number. */
	referred_to TEXT NOT NULL, /* *The partnership, or words. */
	people INTEGER, /* *How many. */
	sent TEXT DATE, /* *When they were referred. */
	accepted TEXT DATE, /* *When the other side agreed. */
	result TEXT, /* What came of it. */
	PRIMARY KEY (partnership, incident, number),
	CONSTRAINT "number: is no whole number from 1; give digits only"
		CHECK (number IS CAST(number AS INTEGER) AND number >= 1),
	CONSTRAINT "referred_to: is empty; give some text"
		CHECK (referred_to <> ''),
	CONSTRAINT "people: is no whole number from 0; give digits only"
		CHECK (people IS CAST(people AS INTEGER) AND people >= 0),
	CONSTRAINT "sent: is no date; write it like 2026-11-30"
		CHECK (sent IS date(sent, '+0 days')),
	CONSTRAINT "accepted: is no date; write it like 2026-11-30"
		CHECK (accepted IS date(accepted, '+0 days')),
	FOREIGN KEY (partnership, incident) REFERENCES incident (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;
