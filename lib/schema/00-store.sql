/* SPDX-License-Identifier: MIT */
-- The data model of the compact toolkit. This folder is its only definition: programs learn
-- kinds, fields, types, references, rules and help from the tables of the open store.
--
-- How a table is written, so that the catalogue (lib/store) can read the CREATE TABLE text:
--
--   CREATE TABLE kind /* What a row is. ref: K */ (
--   	ref TEXT REF NOT NULL, /* *What the column holds. */
--   	status TEXT ENUM NOT NULL DEFAULT 'open' CHECK (status IN ('open','done')), /* *... */
--   	due TEXT DATE, /* ... */
--   	PRIMARY KEY (partnership, ref),
--   	FOREIGN KEY (partnership, theme) REFERENCES theme (partnership, ref) ON UPDATE CASCADE ...,
--   	CONSTRAINT "due: is before start; correct one of the two"
--   		CHECK (due >= start)
--   ) WITHOUT ROWID;
--
-- The table's comment stands between its name and the parenthesis;
-- `ref: K` at its end is the prefix of refs made for it, where that is not the first letter.
-- A column is one line, and its comment follows the comma at the end of that line; as table
-- constraints follow the last column, every column line ends in a comma and its comment. A
-- comment that begins with * marks a column that `list` shows. An enumeration is one unnamed
-- CHECK (column IN ('a','b')) on the column's own line. Named constraints are the sentences a
-- user reads: `field: what is wrong; what to do`.
--
-- Types are two words, storage and meaning: TEXT [REF MARKDOWN DATE TIME MOMENT ENUM EMAIL
-- POSTCODE NUMBER PERSONAL], INTEGER [PENCE PERCENT BOOL], REAL. EMAIL is PERSONAL as well.
--
-- Keys are (partnership, ref); of children (partnership, PARENT, number). A child of a child
-- has its grandparent's key first: option (partnership, survey, question, position) stands
-- under question (partnership, survey, ref) by FOREIGN KEY (partnership, survey, question);
-- the last column is the reference, those before it are shared with the key. A reference to a
-- longer key from elsewhere is one column a part, priority_period and priority_number, and is
-- shown as the one field priority. The target's key columns are always written out.
-- A kind without the column partnership is shared; its rows say source and as_of.
-- A list field is the table KIND__FIELD: partnership, the owner's key (KIND, or KIND_PART for
-- each part of a longer one), and item (or item_PART).

/*
 * The store's own tables: no kinds, no verbs, in no session. application_id (0x436d7063) and
 * user_version are set by the program that makes the store.
 */

CREATE TABLE store_site /* The random name of this site, one row. */ (
	site TEXT NOT NULL, /* 16 hexadecimal digits. */
	PRIMARY KEY (site)
) WITHOUT ROWID;

CREATE TABLE store_counter /* The last number used for made refs; left alone by undo. */ (
	partnership TEXT NOT NULL, /* Empty for shared kinds. */
	kind TEXT NOT NULL, /* The kind. */
	prefix TEXT NOT NULL, /* What stands before the number. */
	last INTEGER NOT NULL, /* The number. */
	PRIMARY KEY (partnership, kind, prefix)
) WITHOUT ROWID;

CREATE TABLE store_change /* A change: one command, one transaction. Append-only. */ (
	site TEXT NOT NULL, /* Where it was made. */
	seq INTEGER NOT NULL, /* Its number there. */
	made_at TEXT NOT NULL, /* When, by the real clock. */
	made_by TEXT, /* By whom. */
	program TEXT NOT NULL, /* The program. */
	command TEXT, /* Its operands, personal values masked. */
	summary TEXT, /* What changed, in words. */
	schema INTEGER NOT NULL, /* The user_version at the time. */
	parts INTEGER NOT NULL, /* How many parts it had; where fewer are left, the rest were erased. */
	undoes TEXT, /* The numbers of the changes it takes back, a blank between them. */
	PRIMARY KEY (site, seq)
) WITHOUT ROWID;

CREATE INDEX store_change_undoes ON store_change (site, seq) WHERE undoes IS NOT NULL;

CREATE TABLE store_part /* The changesets of a change, in order; undo applies them backwards. */ (
	site TEXT NOT NULL, /* The change: its site. */
	seq INTEGER NOT NULL, /* Its number there. */
	part INTEGER NOT NULL, /* The number of the part, from 1. */
	changeset BLOB NOT NULL, /* As made by SQLite's session extension. */
	PRIMARY KEY (site, seq, part)
) WITHOUT ROWID;

CREATE TABLE store_row /* The records a change touched: the index for history, undo and erasure. */ (
	kind TEXT NOT NULL, /* The kind; rows of lists count as their owner. */
	key TEXT NOT NULL, /* All key parts joined by a slash, the partnership first; empty where one row stands for the whole kind. */
	site TEXT NOT NULL, /* The change: its site. */
	seq INTEGER NOT NULL, /* Its number there. */
	PRIMARY KEY (kind, key, site, seq)
) WITHOUT ROWID;

CREATE TABLE store_shape /* How the rows of a table lay in changesets before an upgrade reshaped it. */ (
	name TEXT NOT NULL, /* The table. */
	until INTEGER NOT NULL, /* The user_version that reshaped it: changes before it have this shape. */
	names TEXT NOT NULL, /* Its columns in order, a blank between them. */
	PRIMARY KEY (name, until)
) WITHOUT ROWID;
