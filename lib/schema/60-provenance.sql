/* SPDX-License-Identifier: MIT */
/* Provenance: the files that came in and went out. */

CREATE TABLE import /* A file that was taken in. ref: IM */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *A short name. */
	file TEXT, /* *The name of the file. */
	sha256 TEXT, /* The SHA-256 sum of its bytes. */
	loaded_at TEXT TIME, /* *When it was loaded. */
	loaded_by TEXT, /* *By whom. */
	map TEXT, /* The map used. */
	read INTEGER, /* *How many rows were read. */
	taken INTEGER, /* *How many were new. */
	amended INTEGER, /* *How many changed what was there. */
	refused INTEGER, /* *How many were refused. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "loaded_at: is no time; write it like 2026-11-30T09:00:00Z"
		CHECK (loaded_at IS strftime('%Y-%m-%dT%H:%M:%SZ', loaded_at, '+0 days')),
	CONSTRAINT "read: is no whole number from 0; give digits only"
		CHECK (read IS CAST(read AS INTEGER) AND read >= 0),
	CONSTRAINT "taken: is no whole number from 0; give digits only"
		CHECK (taken IS CAST(taken AS INTEGER) AND taken >= 0),
	CONSTRAINT "amended: is no whole number from 0; give digits only"
		CHECK (amended IS CAST(amended AS INTEGER) AND amended >= 0),
	CONSTRAINT "refused: is no whole number from 0; give digits only"
		CHECK (refused IS CAST(refused AS INTEGER) AND refused >= 0)
) WITHOUT ROWID;

CREATE TABLE export /* What left the store in a file with personal fields. ref: X */ (
	partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED, /* The partnership it belongs to. */
	ref TEXT REF NOT NULL, /* *A short name. */
	file TEXT, /* *The name of the file. */
	exported_at TEXT TIME, /* *When. */
	exported_by TEXT, /* *By whom. */
	agreement TEXT, /* Under which agreement. */
	PRIMARY KEY (partnership, ref),
	CONSTRAINT "ref: is no ref; use up to 64 letters, digits, . _ and -, beginning with a letter, digit or _"
		CHECK (ref GLOB '[A-Za-z0-9_]*' AND ref NOT GLOB '*[^A-Za-z0-9._-]*' AND length(ref) <= 64),
	CONSTRAINT "ref: may not be all, or end like a file name; choose another ref"
		CHECK (ref NOT LIKE 'all' AND (instr(ref, '.') = 0 OR
			instr('.csv.tsv.yaml.yml.json.md.txt.xls.xlsx.ods.odt.pdf.html.',
				substr(lower(ref), length(rtrim(lower(ref), 'acdfhjlmnopstvxy'))) || '.') = 0)),
	CONSTRAINT "exported_at: is no time; write it like 2026-11-30T09:00:00Z"
		CHECK (exported_at IS strftime('%Y-%m-%dT%H:%M:%SZ', exported_at, '+0 days'))
) WITHOUT ROWID;

CREATE TABLE export__kinds /* The kinds of an export. */ (
	partnership TEXT REF NOT NULL, /* The partnership it belongs to. */
	export TEXT REF NOT NULL, /* The export. */
	item TEXT NOT NULL, /* A kind of record it held. */
	PRIMARY KEY (partnership, export, item),
	FOREIGN KEY (partnership, export) REFERENCES export (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "kinds: holds an empty text; leave it out"
		CHECK (item <> '')
) WITHOUT ROWID;
