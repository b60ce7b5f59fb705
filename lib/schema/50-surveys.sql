/* SPDX-License-Identifier: MIT */
/* Surveys: questions, scales, tallies. */

CREATE TABLE scale /* A scale of answers. */ (
	ref TEXT REF NOT NULL, /* *A short name. */
	name TEXT NOT NULL, /* *Its name. */
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
	CONSTRAINT "as_of: is no date; write it like 2026-11-30"
		CHECK (as_of IS date(as_of, '+0 days'))
) WITHOUT ROWID;

CREATE TABLE scale_answer /* An answer on a scale. */ (
	scale TEXT REF NOT NULL, /* *The scale. */
	position INTEGER NOT NULL, /* *Its place, the most positive first. */
	text TEXT NOT NULL, /* *The answer. */
	tone TEXT ENUM NOT NULL DEFAULT 'aside' CHECK (tone IN ('positive','neutral','negative','aside')), /* *What it says; aside for don't know and the like. */
	source TEXT, /* Where the row comes from; local for what a site added itself. */
	as_of TEXT DATE, /* The date of that source. */
	PRIMARY KEY (scale, position),
	CONSTRAINT "position: is no whole number from 1; give digits only"
		CHECK (position IS CAST(position AS INTEGER) AND position >= 1),
	CONSTRAINT "text: is empty; give some text"
		CHECK (text <> ''),
	CONSTRAINT "as_of: is no date; write it like 2026-11-30"
		CHECK (as_of IS date(as_of, '+0 days')),
	FOREIGN KEY (scale) REFERENCES scale (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE scale_answer__aliases /* The aliases of a scale_answer. */ (
	scale_answer_scale TEXT REF NOT NULL, /* The scale_answer: its scale. */
	scale_answer_position INTEGER NOT NULL, /* The scale_answer: its position. */
	item TEXT NOT NULL, /* Another way it is written. */
	PRIMARY KEY (scale_answer_scale, scale_answer_position, item),
	FOREIGN KEY (scale_answer_scale, scale_answer_position) REFERENCES scale_answer (scale, position) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "aliases: holds an empty text; leave it out"
		CHECK (item <> '')
) WITHOUT ROWID;

CREATE TABLE survey /* A survey, or one wave of it. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *A short name. */
	title TEXT NOT NULL, /* *Its title. */
	wave TEXT, /* *Which wave, such as 2019. */
	invited INTEGER, /* *How many were asked. */
	received INTEGER, /* *How many answered at all. */
	declined INTEGER, /* How many of those declined. */
	declined_reasons TEXT, /* Why they declined. */
	used INTEGER, /* *How many answers were used. */
	opened TEXT DATE, /* *When it opened. */
	closed TEXT DATE, /* *When it closed. */
	commissioner TEXT, /* Who asked for it. */
	method TEXT, /* How people were asked. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "title: is empty; give some text"
		CHECK (title <> ''),
	CONSTRAINT "invited: is no whole number from 0; give digits only"
		CHECK (invited IS CAST(invited AS INTEGER) AND invited >= 0),
	CONSTRAINT "received: is no whole number from 0; give digits only"
		CHECK (received IS CAST(received AS INTEGER) AND received >= 0),
	CONSTRAINT "declined: is no whole number from 0; give digits only"
		CHECK (declined IS CAST(declined AS INTEGER) AND declined >= 0),
	CONSTRAINT "used: is no whole number from 0; give digits only"
		CHECK (used IS CAST(used AS INTEGER) AND used >= 0),
	CONSTRAINT "opened: is no date; write it like 2026-11-30"
		CHECK (opened IS date(opened, '+0 days')),
	CONSTRAINT "closed: is no date; write it like 2026-11-30"
		CHECK (closed IS date(closed, '+0 days')),
	CONSTRAINT "received: is not declined and used together; correct one of the three"
		CHECK (received = declined + used),
	CONSTRAINT "closed: is before opened; correct one of the two"
		CHECK (closed >= opened)
) WITHOUT ROWID;

CREATE TABLE question /* A question of a survey. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	survey TEXT REF NOT NULL, /* *The survey. */
	ref TEXT REF NOT NULL, /* *Its short name, such as Q8. */
	position INTEGER, /* Its place in the questionnaire. */
	text TEXT NOT NULL, /* *The question as asked. */
	kind TEXT ENUM NOT NULL DEFAULT 'text' CHECK (kind IN ('scale','single','multiple','yes-no','number','date','text')), /* *What sort of answer it takes. */
	scale TEXT REF, /* *The scale of its answers. */
	same_as_survey TEXT REF, /* The same question in another survey. */
	same_as_ref TEXT REF, /* The same question in another survey: its ref. */
	PRIMARY KEY (partnership, survey, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "position: is no whole number from 0; give digits only"
		CHECK (position IS CAST(position AS INTEGER) AND position >= 0),
	CONSTRAINT "text: is empty; give some text"
		CHECK (text <> ''),
	CONSTRAINT "same_as: is half given; write it as survey/ref"
		CHECK ((same_as_survey IS NULL) = (same_as_ref IS NULL)),
	FOREIGN KEY (partnership, survey) REFERENCES survey (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (scale) REFERENCES scale (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, same_as_survey, same_as_ref) REFERENCES question (partnership, survey, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE option /* An answer a question offers. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	survey TEXT REF NOT NULL, /* *The survey. */
	question TEXT REF NOT NULL, /* *The question. */
	position INTEGER NOT NULL, /* *Its place. */
	text TEXT NOT NULL, /* *The answer. */
	tone TEXT ENUM CHECK (tone IN ('positive','neutral','negative','aside')), /* *What it says. */
	PRIMARY KEY (partnership, survey, question, position),
	CONSTRAINT "position: is no whole number from 1; give digits only"
		CHECK (position IS CAST(position AS INTEGER) AND position >= 1),
	CONSTRAINT "text: is empty; give some text"
		CHECK (text <> ''),
	FOREIGN KEY (partnership, survey, question) REFERENCES question (partnership, survey, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE tally /* A row of a stored tally: one answer, among all or one group. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	survey TEXT REF NOT NULL, /* *The survey. */
	question TEXT REF NOT NULL, /* *The question. */
	number INTEGER NOT NULL, /* *A running number. */
	break_by TEXT, /* *The question or questions it is broken by. */
	break_value TEXT, /* *The group. */
	answer TEXT, /* *The answer, or a measure such as positive or mean. */
	count INTEGER, /* *How many gave it. */
	base INTEGER, /* *How many answered the question. */
	percent REAL, /* *The share of the base. */
	low REAL, /* The lower end of the 95 % interval. */
	high REAL, /* The upper end. */
	base_weighted REAL, /* The weighted base. */
	base_effective REAL, /* The effective base. */
	note TEXT, /* Anything else. */
	PRIMARY KEY (partnership, survey, question, number),
	CONSTRAINT "number: is no whole number from 1; give digits only"
		CHECK (number IS CAST(number AS INTEGER) AND number >= 1),
	CONSTRAINT "count: is no whole number from 0; give digits only"
		CHECK (count IS CAST(count AS INTEGER) AND count >= 0),
	CONSTRAINT "base: is no whole number from 0; give digits only"
		CHECK (base IS CAST(base AS INTEGER) AND base >= 0),
	CONSTRAINT "percent: is no number; give digits only"
		CHECK (percent IS CAST(percent AS REAL)),
	CONSTRAINT "low: is no number; give digits only"
		CHECK (low IS CAST(low AS REAL)),
	CONSTRAINT "high: is no number; give digits only"
		CHECK (high IS CAST(high AS REAL)),
	CONSTRAINT "base_weighted: is no number; give digits only"
		CHECK (base_weighted IS CAST(base_weighted AS REAL)),
	CONSTRAINT "base_effective: is no number; give digits only"
		CHECK (base_effective IS CAST(base_effective AS REAL)),
	FOREIGN KEY (partnership, survey, question) REFERENCES question (partnership, survey, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE response /* One person's response, kept only on request. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	survey TEXT REF NOT NULL, /* *The survey. */
	line INTEGER NOT NULL, /* *The line of the file, counted on from file to file. */
	import TEXT REF, /* *The import it came in with. */
	PRIMARY KEY (partnership, survey, line),
	CONSTRAINT "line: is no whole number from 1; give digits only"
		CHECK (line IS CAST(line AS INTEGER) AND line >= 1),
	FOREIGN KEY (partnership, survey) REFERENCES survey (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, import) REFERENCES import (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE answer /* One answer of a response. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	survey TEXT REF NOT NULL, /* *The survey. */
	line INTEGER NOT NULL, /* *The response. */
	question TEXT REF NOT NULL, /* *The question. */
	value TEXT, /* *The answer as given; several are joined by ;. */
	PRIMARY KEY (partnership, survey, line, question),
	FOREIGN KEY (partnership, survey, line) REFERENCES response (partnership, survey, line) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, survey, question) REFERENCES question (partnership, survey, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE theme_code /* The theme and tone of a free answer. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	survey TEXT REF NOT NULL, /* *The survey. */
	question TEXT REF NOT NULL, /* *The question. */
	line INTEGER NOT NULL, /* *The line of the response. */
	theme TEXT, /* *The theme. */
	tone TEXT ENUM CHECK (tone IN ('positive','neutral','negative','aside')), /* *What it says. */
	respondent_kind TEXT, /* *What sort of respondent said it. */
	quote TEXT, /* The words, with names masked. */
	PRIMARY KEY (partnership, survey, question, line),
	CONSTRAINT "line: is no whole number from 1; give digits only"
		CHECK (line IS CAST(line AS INTEGER) AND line >= 1),
	FOREIGN KEY (partnership, survey, question) REFERENCES question (partnership, survey, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;
