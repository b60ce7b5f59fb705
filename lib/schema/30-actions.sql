/* SPDX-License-Identifier: MIT */
/* Actions: the plan, who leads what, what is counted and noted. */

CREATE TABLE theme /* A theme of the action plan, such as A Recruitment. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *The letter or short name. */
	name TEXT NOT NULL, /* *Its name. */
	position INTEGER, /* *Its place in the plan. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "name: is empty; give some text"
		CHECK (name <> ''),
	CONSTRAINT "position: is no whole number from 0; give digits only"
		CHECK (position IS CAST(position AS INTEGER) AND position >= 0)
) WITHOUT ROWID;

CREATE TABLE action /* An action of the plan: one record and one ref for life. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *Its ref; sub-numbers such as B2.1 are allowed. */
	kind TEXT ENUM NOT NULL DEFAULT 'action' CHECK (kind IN ('action','bid','request')), /* What it is. */
	theme TEXT REF, /* *The theme it stands under. */
	workgroup TEXT REF, /* The group that looks after it. */
	title TEXT NOT NULL, /* *Its objective, in one line. */
	what TEXT MARKDOWN, /* What will be done. */
	outcome TEXT MARKDOWN, /* What comes of it, and how that shows. */
	monitoring TEXT MARKDOWN, /* How it is watched. */
	timing TEXT, /* The time for it as written in the plan. */
	regional INTEGER BOOL NOT NULL DEFAULT 0 CHECK (regional IN (0,1)), /* Whether it is fit for working together across the region. */
	raised TEXT DATE, /* When it was raised. */
	raised_at TEXT REF, /* The meeting it was raised at. */
	start TEXT DATE, /* When it begins. */
	due TEXT DATE, /* *When it is to be done. */
	review_by TEXT DATE, /* When to look at it again, for what is ongoing. */
	status TEXT ENUM NOT NULL DEFAULT 'open' CHECK (status IN ('proposed','open','blocked','done','dropped')), /* *How far it has come. */
	percent INTEGER PERCENT, /* *How much of it is done. */
	points INTEGER NOT NULL DEFAULT 1, /* How much work it is, beside other actions. */
	budget INTEGER PENCE, /* What it may cost. */
	costs_note TEXT, /* Costs as written, where they are no sum. */
	spent INTEGER PENCE, /* What it has cost. */
	funder TEXT, /* Who pays. */
	sector TEXT REF, /* The sector it is for. */
	elsewhere TEXT REF, /* An organisation that does it already. */
	done_on TEXT DATE, /* When it was done. */
	every TEXT ENUM CHECK (every IN ('weekly','fortnightly','monthly','two-monthly','quarterly','half-yearly','yearly')), /* How often it comes round. */
	reason TEXT, /* Why it is blocked or was dropped. */
	source TEXT, /* Where it comes from. */
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
	CONSTRAINT "start: is no date; write it like 2026-11-30"
		CHECK (start IS date(start, '+0 days')),
	CONSTRAINT "due: is no date; write it like 2026-11-30"
		CHECK (due IS date(due, '+0 days')),
	CONSTRAINT "review_by: is no date; write it like 2026-11-30"
		CHECK (review_by IS date(review_by, '+0 days')),
	CONSTRAINT "percent: is no percentage; give a whole number from 0 to 100"
		CHECK (percent IS CAST(percent AS INTEGER) AND percent BETWEEN 0 AND 100),
	CONSTRAINT "points: is no whole number from 0; give digits only"
		CHECK (points IS CAST(points AS INTEGER) AND points >= 0),
	CONSTRAINT "budget: is no sum from 0; give pounds and pence without a minus sign"
		CHECK (budget IS CAST(budget AS INTEGER) AND budget >= 0),
	CONSTRAINT "spent: is no sum from 0; give pounds and pence without a minus sign"
		CHECK (spent IS CAST(spent AS INTEGER) AND spent >= 0),
	CONSTRAINT "done_on: is no date; write it like 2026-11-30"
		CHECK (done_on IS date(done_on, '+0 days')),
	FOREIGN KEY (partnership, theme) REFERENCES theme (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, workgroup) REFERENCES workgroup (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, raised_at) REFERENCES meeting (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (sector) REFERENCES sector (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, elsewhere) REFERENCES org (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "due: is before start; correct one of the two"
		CHECK (due >= start),
	CONSTRAINT "done_on: is given though the action is not done; set status=done too"
		CHECK (done_on IS NULL OR status IN ('done', 'dropped'))
) WITHOUT ROWID;

CREATE TABLE action__priorities /* The priorities of an action. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	action TEXT REF NOT NULL, /* The action. */
	item_period TEXT REF NOT NULL, /* A priority it serves. */
	item_number INTEGER NOT NULL, /* A priority it serves: its number. */
	PRIMARY KEY (partnership, action, item_period, item_number),
	FOREIGN KEY (partnership, action) REFERENCES action (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, item_period, item_number) REFERENCES priority (partnership, period, number) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE action__aims /* The aims of an action. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	action TEXT REF NOT NULL, /* The action. */
	item TEXT REF NOT NULL, /* *An aim it serves. */
	PRIMARY KEY (partnership, action, item),
	FOREIGN KEY (partnership, action) REFERENCES action (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, item) REFERENCES aim (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE INDEX action_open_due ON action (partnership, due, title, status, theme, workgroup) WHERE status IN ('open','blocked');

CREATE INDEX action__aims_item ON action__aims (partnership, item);

CREATE TABLE plan /* That an action stood in a year's plan, and how it left it. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	action TEXT REF NOT NULL, /* *The action. */
	period TEXT REF NOT NULL, /* *The year. */
	outcome TEXT ENUM CHECK (outcome IN ('carried','done','dropped')), /* *How it left that year's plan. */
	reason TEXT, /* Why. */
	ratified TEXT DATE, /* *When the plan was ratified. */
	ratified_at TEXT REF, /* The meeting that ratified it. */
	PRIMARY KEY (partnership, action, period),
	CONSTRAINT "ratified: is no date; write it like 2026-11-30"
		CHECK (ratified IS date(ratified, '+0 days')),
	FOREIGN KEY (partnership, action) REFERENCES action (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, period) REFERENCES period (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, ratified_at) REFERENCES meeting (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE lead /* Who leads an action: a person, an organisation or a group, or what was written instead. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	action TEXT REF NOT NULL, /* *The action. */
	number INTEGER NOT NULL, /* *A running number. */
	person TEXT REF, /* *The person. */
	org TEXT REF, /* *The organisation. */
	workgroup TEXT REF, /* *The group. */
	as_written TEXT, /* *What was written, where it names nobody. */
	state TEXT ENUM NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed','accepted','declined')), /* *Whether they agreed. */
	decided TEXT DATE, /* When they said so. */
	PRIMARY KEY (partnership, action, number),
	CONSTRAINT "number: is no whole number from 1; give digits only"
		CHECK (number IS CAST(number AS INTEGER) AND number >= 1),
	CONSTRAINT "decided: is no date; write it like 2026-11-30"
		CHECK (decided IS date(decided, '+0 days')),
	FOREIGN KEY (partnership, action) REFERENCES action (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, person) REFERENCES person (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, org) REFERENCES org (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, workgroup) REFERENCES workgroup (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "person: stands beside an organisation or group; give one lead a row"
		CHECK ((person IS NOT NULL) + (org IS NOT NULL) + (workgroup IS NOT NULL) <= 1),
	CONSTRAINT "person: is missing; name a person, an organisation or a group, or say what was written"
		CHECK (coalesce(person, org, workgroup, as_written) IS NOT NULL)
) WITHOUT ROWID;

CREATE INDEX lead_person ON lead (partnership, person) WHERE person IS NOT NULL;

CREATE INDEX lead_org ON lead (partnership, org) WHERE org IS NOT NULL;

CREATE INDEX lead_workgroup ON lead (partnership, workgroup) WHERE workgroup IS NOT NULL;

CREATE TABLE step /* A step of an action. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	action TEXT REF NOT NULL, /* *The action. */
	number INTEGER NOT NULL, /* *A running number. */
	text TEXT MARKDOWN NOT NULL, /* *What is to be done. */
	lead_text TEXT, /* Who is to do it as written. */
	lead TEXT REF, /* *Who is to do it. */
	due TEXT DATE, /* *By when. */
	done_on TEXT DATE, /* *When it was done. */
	PRIMARY KEY (partnership, action, number),
	CONSTRAINT "number: is no whole number from 1; give digits only"
		CHECK (number IS CAST(number AS INTEGER) AND number >= 1),
	CONSTRAINT "text: is empty; give some text"
		CHECK (text <> ''),
	CONSTRAINT "due: is no date; write it like 2026-11-30"
		CHECK (due IS date(due, '+0 days')),
	CONSTRAINT "done_on: is no date; write it like 2026-11-30"
		CHECK (done_on IS date(done_on, '+0 days')),
	FOREIGN KEY (partnership, action) REFERENCES action (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, lead) REFERENCES person (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE action_link /* That an action relates to another. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	action TEXT REF NOT NULL, /* *The action. */
	other TEXT REF NOT NULL, /* *The other action. */
	kind TEXT ENUM NOT NULL DEFAULT 'relates' CHECK (kind IN ('relates','depends-on','duplicates','done-elsewhere')), /* *How. */
	note TEXT, /* Anything else. */
	PRIMARY KEY (partnership, action, other),
	FOREIGN KEY (partnership, action) REFERENCES action (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, other) REFERENCES action (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "other: is the action itself; choose another"
		CHECK (other <> action)
) WITHOUT ROWID;

CREATE INDEX action_link_other ON action_link (partnership, other);

CREATE TABLE indicator /* What is counted to see whether an action or a priority succeeds. ref: IN */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *A short name. */
	action TEXT REF, /* *The action it belongs to. */
	priority_period TEXT REF, /* The priority it belongs to. */
	priority_number INTEGER, /* The priority it belongs to: its number. */
	org TEXT REF, /* The organisation it counts for. */
	text TEXT NOT NULL, /* *What is counted. */
	unit TEXT, /* *In what unit. */
	direction TEXT ENUM CHECK (direction IN ('up','down','hold')), /* Which way it is to go. */
	frequency TEXT ENUM CHECK (frequency IN ('weekly','fortnightly','monthly','two-monthly','quarterly','half-yearly','yearly')), /* How often it is counted. */
	baseline REAL, /* Where it began. */
	baseline_on TEXT DATE, /* When that was counted. */
	baseline_expected TEXT DATE, /* When a baseline is expected, where there is none. */
	target REAL, /* *Where it is to get to. */
	target_percent INTEGER PERCENT, /* The change from the baseline aimed at, in percent. */
	target_text TEXT, /* The target as written. */
	target_on TEXT DATE, /* *By when. */
	certainty TEXT ENUM CHECK (certainty IN ('exact','estimate','unfilled')), /* How sure the target is. */
	holder TEXT, /* Who holds the figures. */
	source TEXT, /* Where the figures come from. */
	control TEXT ENUM CHECK (control IN ('full','part','none')), /* How far the partnership controls it. */
	influences TEXT, /* What else moves it. */
	perverse TEXT, /* What it might wrongly reward. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "priority: is half given; write it as period/number"
		CHECK ((priority_period IS NULL) = (priority_number IS NULL)),
	CONSTRAINT "text: is empty; give some text"
		CHECK (text <> ''),
	CONSTRAINT "baseline: is no number; give digits only"
		CHECK (baseline IS CAST(baseline AS REAL)),
	CONSTRAINT "baseline_on: is no date; write it like 2026-11-30"
		CHECK (baseline_on IS date(baseline_on, '+0 days')),
	CONSTRAINT "baseline_expected: is no date; write it like 2026-11-30"
		CHECK (baseline_expected IS date(baseline_expected, '+0 days')),
	CONSTRAINT "target: is no number; give digits only"
		CHECK (target IS CAST(target AS REAL)),
	CONSTRAINT "target_percent: is no whole number; give digits only"
		CHECK (target_percent IS CAST(target_percent AS INTEGER)),
	CONSTRAINT "target_on: is no date; write it like 2026-11-30"
		CHECK (target_on IS date(target_on, '+0 days')),
	FOREIGN KEY (partnership, action) REFERENCES action (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, priority_period, priority_number) REFERENCES priority (partnership, period, number) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, org) REFERENCES org (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "action: stands beside a priority; give one of the two"
		CHECK (action IS NULL OR priority_period IS NULL),
	CONSTRAINT "baseline_expected: is given though there is a baseline; leave one out"
		CHECK (baseline_expected IS NULL OR baseline IS NULL)
) WITHOUT ROWID;

CREATE INDEX indicator_action ON indicator (partnership, action) WHERE action IS NOT NULL;

CREATE TABLE measure /* A value of an indicator on a day. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	indicator TEXT REF NOT NULL, /* *The indicator. */
	measured_on TEXT DATE NOT NULL, /* *The day. */
	value REAL, /* *The value. */
	rating TEXT, /* *How it was judged. */
	wider_effects TEXT MARKDOWN, /* What else came of it, beyond the number. */
	note TEXT MARKDOWN, /* Anything else. */
	evidence TEXT, /* Where the evidence is kept. */
	PRIMARY KEY (partnership, indicator, measured_on),
	CONSTRAINT "measured_on: is no date; write it like 2026-11-30"
		CHECK (measured_on IS date(measured_on, '+0 days')),
	CONSTRAINT "value: is no number; give digits only"
		CHECK (value IS CAST(value AS REAL)),
	FOREIGN KEY (partnership, indicator) REFERENCES indicator (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE progress /* A dated note on an action. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	action TEXT REF NOT NULL, /* *The action. */
	number INTEGER NOT NULL, /* *A running number. */
	noted_on TEXT DATE NOT NULL, /* *When it was noted. */
	noted_by TEXT, /* By whom. */
	percent INTEGER PERCENT, /* *How much was done. */
	status TEXT ENUM CHECK (status IN ('proposed','open','blocked','done','dropped')), /* *The status set with it. */
	spent INTEGER PENCE, /* What had been spent. */
	text TEXT MARKDOWN, /* *What was noted. */
	PRIMARY KEY (partnership, action, number),
	CONSTRAINT "number: is no whole number from 1; give digits only"
		CHECK (number IS CAST(number AS INTEGER) AND number >= 1),
	CONSTRAINT "noted_on: is no date; write it like 2026-11-30"
		CHECK (noted_on IS date(noted_on, '+0 days')),
	CONSTRAINT "percent: is no percentage; give a whole number from 0 to 100"
		CHECK (percent IS CAST(percent AS INTEGER) AND percent BETWEEN 0 AND 100),
	CONSTRAINT "spent: is no sum from 0; give pounds and pence without a minus sign"
		CHECK (spent IS CAST(spent AS INTEGER) AND spent >= 0),
	FOREIGN KEY (partnership, action) REFERENCES action (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE chase /* That someone was reminded of an action. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	action TEXT REF NOT NULL, /* *The action. */
	number INTEGER NOT NULL, /* *A running number. */
	person TEXT REF NOT NULL, /* *Who was reminded. */
	chased_on TEXT DATE NOT NULL, /* *When. */
	message_id TEXT, /* The Message-ID of the message. */
	escalated INTEGER BOOL NOT NULL DEFAULT 0 CHECK (escalated IN (0,1)), /* *Whether the chair was copied. */
	handed_over TEXT TIME, /* When the message was written out or handed to the mailer. */
	PRIMARY KEY (partnership, action, number),
	CONSTRAINT "number: is no whole number from 1; give digits only"
		CHECK (number IS CAST(number AS INTEGER) AND number >= 1),
	CONSTRAINT "chased_on: is no date; write it like 2026-11-30"
		CHECK (chased_on IS date(chased_on, '+0 days')),
	CONSTRAINT "handed_over: is no time; write it like 2026-11-30T09:00:00Z"
		CHECK (handed_over IS strftime('%Y-%m-%dT%H:%M:%SZ', handed_over, '+0 days')),
	FOREIGN KEY (partnership, action) REFERENCES action (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (partnership, person) REFERENCES person (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE practice /* An example of good practice, to be shared. ref: PR */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *A short name. */
	title TEXT NOT NULL, /* *Its title. */
	area TEXT, /* *Where it comes from. */
	problem TEXT MARKDOWN, /* What the trouble was. */
	done TEXT MARKDOWN, /* What was done. */
	result TEXT MARKDOWN, /* What came of it. */
	contact TEXT REF, /* Who can say more. */
	status TEXT ENUM NOT NULL DEFAULT 'local' CHECK (status IN ('local','pilot','mainstream')), /* *How far it has spread. */
	shared_by TEXT, /* How it was shared. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "title: is empty; give some text"
		CHECK (title <> ''),
	FOREIGN KEY (partnership, contact) REFERENCES person (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE practice__tags /* The tags of a practice. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	practice TEXT REF NOT NULL, /* The practice. */
	item TEXT NOT NULL, /* A word to find it by. */
	PRIMARY KEY (partnership, practice, item),
	FOREIGN KEY (partnership, practice) REFERENCES practice (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "tags: holds an empty text; leave it out"
		CHECK (item <> '')
) WITHOUT ROWID;
