#!/bin/sh
# SPDX-License-Identifier: MIT
# A new kind is a table in a .sql file and nothing else: every program knows it at once.
. tests/t/lib.sh

new_store
compact-record org add fife name='Fife Council' kind=employer 2>.tap/err >.tap/out
cat >kind.sql <<'END2'
CREATE TABLE venue /* A place where meetings are held. ref: V */ (
	partnership TEXT REF NOT NULL REFERENCES partnership(ref) ON UPDATE CASCADE,
	ref TEXT REF NOT NULL, /* *A short name. */
	name TEXT NOT NULL, /* *What it is called. */
	kind TEXT ENUM NOT NULL DEFAULT 'hall' CHECK (kind IN ('hall','room','online')), /* *What sort of place it is. */
	seats INTEGER, /* *How many it seats. */
	hire INTEGER PENCE, /* What it costs an hour. */
	opened TEXT DATE, /* When it opened. */
	step_free INTEGER BOOL NOT NULL DEFAULT 0, /* Whether wheelchairs get in. */
	org TEXT REF, /* *Whose it is. */
	contact_email TEXT PERSONAL, /* Whom to ask. */
	PRIMARY KEY (partnership, ref),
	FOREIGN KEY (partnership, org) REFERENCES org(partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT "opened: is no day of the calendar; write it like 2026-11-30" CHECK (opened IS date(opened, '+0 days')),
	CONSTRAINT "seats: are fewer than one; leave it empty if they are not known" CHECK (seats > 0)
) WITHOUT ROWID;
CREATE TABLE venue__tags /* Words to find it by. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership(ref) ON UPDATE CASCADE,
	venue TEXT REF NOT NULL,
	item TEXT NOT NULL,
	PRIMARY KEY (partnership, venue, item),
	FOREIGN KEY (partnership, venue) REFERENCES venue(partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;
CREATE TABLE venue_closure /* A time when a venue is shut. */ (
	partnership TEXT REF NOT NULL REFERENCES partnership(ref) ON UPDATE CASCADE,
	venue TEXT REF NOT NULL,
	number INTEGER NOT NULL,
	starts TEXT DATE, /* *From. */
	why TEXT, /* *Why. */
	PRIMARY KEY (partnership, venue, number),
	FOREIGN KEY (partnership, venue) REFERENCES venue(partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;
CREATE VIEW fault_venue_small /* Venues that seat too few. */
	(partnership, severity, kind, ref, fault, remedy) AS
SELECT partnership, 'warning', 'venue', ref, 'seats only ' || seats, 'compact-record venue set ' || ref || ' seats=NUMBER'
FROM venue WHERE seats < 10;
END2
ok 'the table goes in with the sqlite3 shell' sqlite3 compact.db '.read kind.sql'

run compact-record kinds -o csv
out_has 'venue,no,A place where meetings are held.' 'kinds has it'
run compact-record fields venue -o csv
status 0 'fields is its help'
out_has "kind,enum,no,hall room online,What sort of place it is." 'with the words of an enumeration'
out_has 'org,reference,no,org,Whose it is.' 'with references'
out_has 'tags,list,no,,' 'with its lists'
out_has 'venue_closure,children,no,venue_closure,A time when a venue is shut.' 'and its children'

run compact-record venue add name='Town Hall' seats=200 hire='£12.50' org='Fife Council' tags=central,lift
status 0 'add'
out 'makes a ref from the prefix' <<'END2'
V1
END2
cat >venues.csv <<'END2'
Ref,Name,Kind,Seats,Hire,Opened,Step free,Org,Tags
V2,Library,room,8,£1.05,30/9/1998,yes,fife,quiet; lift
V3,Video call,online,,,,,,
END2
run compact-record venue load venues.csv
status 0 'load from CSV'
err_has '2 read, 2 new' 'two rows'
cat >venues.yaml <<'END2'
venue:
  - ref: V2
    venue_closure:
      - starts: 24 Dec 2026
        why: Christmas
  - ref: V4
    name: Gym
    tags: [large]
END2
run compact-load venues.yaml
status 0 'load from YAML'
run compact-record venue list
out 'list' <<'END2'
ref  name        kind    seats  org
V1   Town Hall   hall      200  fife
V2   Library     room        8  fife
V3   Video call  online
V4   Gym         hall
END2
run compact-record venue list org:kind=employer tags=lift seats.max=10 -o csv
out 'filters, references followed and lists looked into' <<'END2'
ref,name,kind,seats,hire,opened,step_free,org,contact_email,tags
V2,Library,room,8,1.05,1998-09-30,yes,fife,,lift;quiet
END2
run compact-record venue show V2
out 'show' <<'END2'
venue:
  - ref: V2
    name: Library
    kind: room
    seats: 8
    hire: 1.05
    opened: '1998-09-30'
    step_free: yes
    org: fife
    tags:
      - lift
      - quiet
    venue_closure:
      - number: 1
        starts: '2026-12-24'
        why: Christmas
END2
run compact-record venue add name=X kind=barn
status 65 'its enumeration holds'
err 'and says so' <<'END2'
compact-record: kind: 'barn' is no kind; write hall, room or online
END2
run compact-record venue add name=X seats=0
err 'its sentences are said' <<'END2'
compact-record: seats: '0' are fewer than one; leave it empty if they are not known
END2
run compact-record venue add name=X org=nobody
err_has "org: no org 'nobody'; add it first, or correct it" 'its references are looked up'
run compact-check venue -o csv
status 1 'check'
out 'its fault view is checked' <<'END2'
severity,kind,ref,fault,remedy
warning,venue,V2,seats only 8,compact-record venue set V2 seats=NUMBER
END2
run compact-dump venue
out_has 'venue_closure:' 'dump, with its children'
run compact-record venue set V1 seats=250
run compact-log undo last
status 0 'undo'
run compact-record venue list ref=V1 -o csv --columns=seats
out 'puts the old value back' <<'END2'
seats
200
END2
run compact-record venue log V1 -o csv
out_has 'venue,V1,changed,seats,200,250' 'log'
run compact-record org remove fife
status 1 'what it stands on cannot go'
err_has 'venue V1' 'and it is named'
run compact-record venue remove V2
status 1 'nor what has children'
run compact-record venue remove V2 --children
status 0 'unless they are taken along'
compact-dump --personal >first.yaml
run compact-log undo last
run compact-log undo last
compact-dump --personal >second.yaml
ok 'undone twice it is as before' cmp first.yaml second.yaml
compact-load --create -d copy.db first.yaml 2>.tap/err
ok 'a store without the kind refuses its records' grep -q "venue" .tap/err
run compact-record venue list -O venue.xlsx
status 0 'a spreadsheet of it'
run compact-record venue load venue.xlsx
err_has '0 new, 0 changed, 3 unchanged, 0 refused' 'loads back'
run compact-query "SELECT name, hire FROM venue WHERE ref='V1'" -o csv
out 'query shows pounds' <<'END2'
name,hire
Town Hall,12.50
END2

# A kind of which nothing is marked for people: they see all of it.
new_store bare.db
sqlite3 bare.db "CREATE TABLE \"group\" (ref TEXT REF NOT NULL, \"order\" TEXT, PRIMARY KEY (ref))"
run compact-record -d bare.db group add G1 order=first
run compact-record -d bare.db group list
out 'all of it' <<'END2'
ref  order
G1   first
END2

# A key that is longer than a kind may have.
new_store wide.db
sqlite3 wide.db "CREATE TABLE wide ($(seq -f 'c%g TEXT REF NOT NULL, ' 1 17 | tr -d '\n') PRIMARY KEY ($(seq -f 'c%g' -s, 1 17))) WITHOUT ROWID"
too_long()
{
	run "$@"
	err_has "the key of table 'wide' has 17 columns, and that of a kind may have 16; give it a shorter one" \
		"a key too long: $1"
	status 65 "and refused: $1"
}
too_long compact-record -d wide.db wide list
too_long compact-dump -d wide.db

# Tables and views of somebody else's own stand in nobody's way.
new_store foreign.db
sqlite3 foreign.db 'CREATE TABLE mine (a PRIMARY KEY, b); INSERT INTO mine VALUES (1, 2);
	CREATE TABLE bare (x); CREATE VIEW fault_mine AS SELECT 1'
run compact-dump -d foreign.db
status 0 'a table whose key has no type does not stop a dump'
out_lacks 'mine' 'nor is it in it'
run compact-record -d foreign.db mine list
status 64 'it is no kind'
run compact-check -d foreign.db
err 'a view that is no check is named' <<'END2'
compact-check: fault_mine: store 'foreign.db': no such column: partnership
END2

# Tables as other people write them.
new_store own.db
compact-record -d own.db person add -q ann name='Ann Smith' >.tap/out
sqlite3 own.db "CREATE TABLE visit (partnership TEXT REF NOT NULL, ref TEXT REF NOT NULL, who TEXT REF, PRIMARY KEY (partnership, ref),
	FOREIGN KEY (Partnership, Who) REFERENCES Person (Partnership, Ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE site (partnership TEXT NOT NULL, place TEXT NOT NULL, number INTEGER NOT NULL, what TEXT, PRIMARY KEY (partnership, place, number));
CREATE TABLE total (partnership TEXT NOT NULL, ref TEXT REF NOT NULL, a INTEGER, twice INTEGER AS (a * 2), PRIMARY KEY (partnership, ref));"
run compact-record -d own.db visit add V1 who='Ann Smith'
status 0 'a reference to a table in another case'
run compact-record -d own.db visit add V2 who=nobody
err_has "who: no person 'nobody'" 'is one'
run compact-record -d own.db person remove ann
status 1 'and holds'
err_has 'ann stays: visit V1 stands on it' 'with its name'
run compact-record -d own.db site add place=Perth/East number=1 what=x
status 0 'a text with a slash before a number'
run compact-record -d own.db site set Perth/East/1 what=y
status 0 'is found again'
run compact-record -d own.db site list ref=Perth/East/1 -o csv
out 'and told apart' <<'END'
place,number,what
Perth/East,1,y
END
run compact-record -d own.db total add T1 a=1
status 65 'generated columns cannot be followed'
err_has 'a change of a table with generated columns cannot be followed; work them out in a view' 'which is said'

# SQL makes no difference of case: this kind is as local as any.
new_store case.db
compact-init -q -d case.db --add ref=there name='There Partnership'
sqlite3 case.db "CREATE TABLE hall (Partnership TEXT REF NOT NULL REFERENCES partnership (ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
	ref TEXT REF NOT NULL, who TEXT REF, PRIMARY KEY (Partnership, ref),
	FOREIGN KEY (Partnership, who) REFERENCES person (partnership, ref) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID"
compact-record -d case.db -p here person add -q ann name='Ann Smith' >.tap/out
run compact-record -d case.db -p here hall add H1 who=ann
status 0 'a column Partnership makes a kind local'
run compact-record -d case.db -p there hall add ref=H1
status 0 'the other has its own'
run compact-record -d case.db -p all hall list -o csv
out 'each its own' <<'END'
partnership,ref,who
here,H1,ann
there,H1,
END
sqlite3 case.db "UPDATE hall SET who = 'bob' WHERE who = 'ann'"
run compact-check -d case.db -p here -o csv
out_has 'hall,H1' 'a reference broken there is named'
sqlite3 case.db "UPDATE hall SET who = 'ann' WHERE who = 'bob'"
compact-dump -d case.db --personal >case.yaml
ok 'it is dumped with its partnership' test "$(grep -c '^hall:' case.yaml)" = 2
run compact-log -d case.db undo last
status 0 'and undone'
finish
