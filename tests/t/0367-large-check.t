#!/bin/sh
# SPDX-License-Identifier: MIT
# compact-check and reports where there is much: each finding is told once, and telling costs no more for there being others.
. tests/t/lib.sh

new_store
awk 'BEGIN { print "ref,title,due"; for (i = 1; i <= 8000; i++) print "Q" i ",title " i ",2026-01-01" }' >many.csv
action-track load -q many.csv
run timeout 20 compact-check action -o csv
status 1 'forty thousand findings within seconds'
sort .tap/out | uniq -d >twice
ok 'none of them twice' test ! -s twice
ok 'all of them' test "$(grep -c '^[a-z]*,action,Q8000,' .tap/out)" -ge 5
# What is wrong comes before what looks wrong, and that before what might be better.
compact-init -q -d few.db ref=few name=Few
printf 'ref,title,due\nQ1,one,2026-01-01\nQ2,two,2026-01-01\n' | action-track -d few.db load -q -
sqlite3 few.db "UPDATE action SET ref = 'q1' WHERE ref = 'Q2'"
run compact-check -d few.db -o csv
tail -n +2 .tap/out | cut -d, -f1 | uniq >order
ok 'errors, warnings, notes' sh -c 'printf "error\nwarning\nnote\n" | cmp - order'

# ---------- many members, their people, seats and meetings ----------

run compact-init -q -d members.db ref=wide name='A wide compact'
sqlite3 members.db <<'END'
PRAGMA foreign_keys=OFF; PRAGMA synchronous=OFF; BEGIN;
CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000) SELECT i FROM n;
INSERT INTO org (partnership, ref, name, kind, joined) SELECT 'wide', 'o' || i, 'Member ' || i, 'employer', '2020-01-01' FROM n WHERE i <= 1200;
INSERT INTO person (partnership, ref, name, org, active) SELECT 'wide', 'p' || i, 'Person ' || i, 'o' || (1 + i % 1200), 1 FROM n WHERE i <= 4000;
INSERT INTO workgroup (partnership, ref, name, kind, status) SELECT 'wide', 'w' || i, 'Group ' || i, 'network', 'active' FROM n WHERE i <= 60;
INSERT INTO seat (partnership, workgroup, number, person, role, starts) SELECT 'wide', 'w' || (1 + i % 60), 1 + i / 60, 'p' || i, 'member', '2020-01-01' FROM n WHERE i <= 2000;
INSERT INTO meeting (partnership, ref, workgroup, kind, title, starts, status)
	SELECT 'wide', 'M' || i, 'w' || (1 + i % 60), 'meeting', 'Meeting ' || i, date('2020-01-01', '+' || i || ' days'), 'held' FROM n WHERE i <= 2000;
INSERT INTO attendance (partnership, meeting, person, state) SELECT 'wide', 'M' || (1 + i % 2000), 'p' || (1 + (i + i / 2000 * 7) % 4000), 'present' FROM n;
INSERT INTO charter (partnership, ref, kind, title, starts) VALUES ('wide', 'c1', 'charter', 'Charter', '2020-01-01');
INSERT INTO signature (partnership, charter, org, signed) SELECT 'wide', 'c1', 'o' || i, '2020-02-01' FROM n WHERE i <= 1000;
INSERT INTO action (partnership, ref, title, status) SELECT 'wide', 'A' || i, 'Thing ' || i, 'open' FROM n WHERE i <= 2000;
INSERT INTO indicator (partnership, ref, action, text, target) SELECT 'wide', 'I' || i, 'A' || i, 'Share ' || i, 20 FROM n WHERE i < 2000;
COMMIT;
END
COMPACT_TODAY=2025-06-01
export COMPACT_TODAY
# Where a query went through all seats or meetings for each member, a minute and more.
ok 'every check of twelve hundred members' within 12 90 compact-check -d members.db -o csv
ok 'the one action without a target, and no other' sh -c '[ "$(grep -c "has no indicator with a number" got)" -eq 1 ] && grep -q "action,A2000,has no indicator" got'
ok 'who of them sits nowhere' within 12 90 report-gen -d members.db representation
ok 'and who leaves' within 12 90 report-gen -d members.db handover
# Counted one by one, as the view once did.
sqlite3 members.db "SELECT s.org, (SELECT count(*) FROM meeting WHERE starts > '2024-06-01' AND starts <= '2025-06-01'),
	(SELECT count(DISTINCT a.meeting) FROM attendance a JOIN meeting m ON m.ref = a.meeting JOIN person p ON p.ref = a.person
		WHERE p.org = s.org AND m.starts > '2024-06-01' AND m.starts <= '2025-06-01')
	FROM signature s WHERE s.org IN ('o1', 'o2', 'o77', 'o1000') ORDER BY 1" | tr '|' ',' >expected
ok 'of which one at least came' grep -q ',[1-9][0-9]*$' expected
run compact-query -d members.db -o csv "SELECT org, meetings_held, meetings FROM charter_attendance
	WHERE org IN ('o1', 'o2', 'o77', 'o1000') ORDER BY org"
ok 'as often as their people were there' sh -c 'tail -n +2 .tap/out | cmp - expected'
finish
