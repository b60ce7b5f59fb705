#!/bin/sh
# SPDX-License-Identifier: MIT
# What a reader of a finished document would stumble over: a total alone on a page, a page without words, a month in
# digits, a number against the next column's words, a heading over nothing.
. tests/t/lib.sh

COMPACT_TODAY='2026-11-20 16:00'
export COMPACT_TODAY
compact-init -q -d t.db --sample=tayside 2>/dev/null || exit 1
compact-init -q -d d.db --sample=derbyshire 2>/dev/null || exit 1
mkdir reports

# ---------- pages ----------

# Rows that fill a page to its last line, then one more: n rows, the last of h lines.
cat >reports/rows.md <<'END'
---
param n: 5
param h: 1
---
# Rows

```sql table total="Number"
WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < CAST(:n AS INTEGER))
SELECT 'row' || x || CASE WHEN x = CAST(:n AS INTEGER) THEN replace(hex(zeroblob(CAST(:h AS INTEGER) - 1)), '00', char(10) || 'more') ELSE '' END AS "Row", x AS "Number" FROM c
```
END
pages() # the pages of made.pdf
{
	pdfinfo made.pdf | sed -n 's/^Pages: *//p'
}
last_page()
{
	pdftotext -layout -f "$(pages)" -l "$(pages)" made.pdf last.txt
}
total_in_company()
{
	for n in 30 31 32 33 34 35 36; do
		report-gen -d t.db -O made.pdf rows "n=$n" && last_page || return 1
		grep -q "row$n" last.txt && grep -q 'Total' last.txt || { echo "$n rows"; cat last.txt; return 1; }
	done
	[ "$(pages)" -eq 2 ] || { echo "one page is enough for all"; return 1; }
}
last_has_words()
{
	for n in 31 32; do
		for h in 5 6 7 8 9; do
			report-gen -d t.db -O made.pdf bare "n=$n" "h=$h" && last_page || return 1
			grep -qE 'row|more' last.txt || { echo "$n rows, the last of $h lines"; cat last.txt; return 1; }
		done
	done
}
sed 's/ total="Number"//' reports/rows.md >reports/bare.md
if command -v groff >/dev/null && command -v pdftotext >/dev/null; then
	ok 'no total stands alone on a page of a PDF' total_in_company
	ok 'and no page of it is without words' last_has_words
fi
run report-gen -d t.db -O made.odt rows
run unzip -p made.odt content.xml
ok 'in ODT the row above the total keeps with it' sh -c '[ "$(grep -c "style-name=\"Keep\">row5<" .tap/out)" -eq 1 ]'
run unzip -p made.odt settings.xml
out_has '<config:config-item config:name="TableRowKeep" config:type="boolean">true' 'and LibreOffice is told to heed it'
run unzip -p made.odt META-INF/manifest.xml
out_has 'settings.xml' 'in a part that the manifest names'

# A word as long as a village's name, an address, and a double name in narrow columns; then a first row of many
# lines at the foot of a page.
cat >reports/long.md <<'END'
---
param n: 1
---
# Long

```sql table widths="20,20,20,20,20"
SELECT 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch' AS "Place", 'featherstonehaugh.cholmondeley@partnership.example.gov.uk' AS "Address",
'Featherstonehaugh-Cholmondeley' AS "Name", 7 AS "Number", 'here' AS "Last"
```

{{ WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < CAST(:n AS INTEGER)) SELECT group_concat('word', char(10) || char(10)) FROM c | markdown }}

```sql table caption="Tall"
SELECT replace(hex(zeroblob(14)), '00', 'line' || char(10)) AS "Tallhead", 'beside' AS "Other"
```
END
# The rightmost edge of the words, in points; the paper ends at 595, its margin begins at 538.
right_edge()
{
	pdftotext -bbox made.pdf box.html && sed -n 's/.*xMax="\([0-9.]*\)" yMax.*/\1/p' box.html | sort -n | tail -1
}
keeps_the_margin()
{
	report-gen -d t.db -O made.pdf long || return 1
	edge=$(right_edge)
	[ "${edge%.*}" -le 540 ] || { echo "words reach to $edge"; return 1; }
	pdftotext made.pdf words.txt && tr -d '\n' <words.txt | grep -q Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch || return 1
	grep -q '^Featherstonehaugh-*\(Chol\|$\)' words.txt || { cat words.txt; return 1; }
}
head_with_row()
{
	for n in 14 16 18 20 22 24; do
		report-gen -d t.db -O made.pdf long "n=$n" || return 1
		pdftotext -l 1 made.pdf first.txt
		grep -q Tallhead first.txt || continue
		grep -q line first.txt || { echo "$n words, then a heading alone"; return 1; }
	done
}
if command -v groff >/dev/null && command -v pdftotext >/dev/null; then
	ok 'a long word breaks and pushes no column off the paper' keeps_the_margin
	ok 'and the heading of a table never stands without its first row' head_with_row
fi

# ---------- words beside numbers ----------

printf '```sql table\nSELECT 7 AS "Points", '"'above'"' AS "Load"\n```\n' >reports/beside.md
run report-gen -d t.db -O beside.odt beside
run unzip -p beside.odt content.xml
out_has 'table:style-name="CellAfter"' 'words behind a number stand further in'
run report-gen -d t.db -o html beside
out_has '.n + :not(.n) { padding-left' 'in HTML too'

# Three lines at the right of a column of numbers stand at its right edge, in the table's own letters.
run report-gen -d t.db -o ms funding-case
ok 'a total is as large as the rows above it' sh -c '[ $(grep -c "^lBp9v12w.* rBp9v12w" .tap/out) -ge 2 ]'
out_has '.ad r' 'and over two lines keeps to the right'
run report-gen -d t.db -o ms docset
ok 'links are blue as on the page' grep -qx '.defcolor pdf:href.colour rgb #0b5394' .tap/out
ok 'a turned table takes its section along' sh -c 'sed -n "/^\.wide$/,/^\.upright$/p" .tap/out | grep -q "3 Action plan"'
run report-gen -d t.db -o ms responses audience=partners
ok 'but not the one before' sh -c 'sed -n "/^\.wide$/,\$p" .tap/out | grep -q "Every case" && ! sed -n "/^\.wide$/,\$p" .tap/out | grep -q "Answered late"'
run report-gen -d t.db -o html notices
out_has '<div class="scroll slim"' 'on a phone a table of few words is not pushed aside'
run report-gen -d t.db charter
ok 'clauses stand in their order' grep -q 'Leave the first call.*Send people.*Council: Keep your part.*Come to the wash-up' .tap/out

run report-gen -d t.db -o html plan
out_has '<main id="content" tabindex="-1" class="wide">' 'a plan printed from HTML lies'
out_has 'tbody tr:last-child { break-before: avoid }' 'and no last row of it stands alone'

# ---------- headings over nothing ----------

cat >reports/heads.md <<'END'
```sql list heading="One"
SELECT 'here'
```

```sql table heading="### Two"
SELECT 1 AS n WHERE 0
```

```sql each heading="# Three {{ SELECT 3 }}"
SELECT 'x' AS y
---
is {{y}}

```

```sql bars title="Chart" heading="Four" empty="None yet."
SELECT 'a', 1 WHERE 0
```
END
run report-gen -d t.db heads
out 'a heading of a block stands only over rows, or over what stands for them' <<'END'
## One

- here

# Three 3

is x

## Four

None yet.
END
run report-gen -d d.db bulletin
out_lacks '## ' 'a bulletin has no empty section'
out_has 'There is no event' 'one without anything says so'
run report-gen -d d.db -o text notices audience=partners
out_lacks 'Argyll' 'a partnership without notices or areas reads of no area'
out_has ': no notices.' 'but that there was no notice'
run report-gen -d d.db activity audience=partners
out_lacks '## Notices' 'nor of notices in its activity'

# ---------- a partnership with nothing in it yet ----------

compact-init -q -d new.db name='Our Compact' 2>/dev/null || exit 1
# Words with a hole where a value should stand, a quotation of nothing, a heading with nothing under it.
reads_well()
{
	bad=0
	for r in $(report-gen -d new.db -o csv -l | sed '1d; s/,.*//'); do
		for who in public partners; do
			report-gen -d new.db "$r" audience=$who >new.md || { echo "$r fails"; bad=1; }
			grep -nE '[^ |]  +[^ |]|^>? *$|of was|None\.$' new.md | grep -vE '^[0-9]+:$' && { echo "in $r"; bad=1; }
			awk '/^#/ { if (n && length($1) <= n) { print last; bad = 1 }; n = length($1); last = $0; next }
				NF { n = 0 } END { exit bad || (n > 1) }' new.md || { echo "in $r"; bad=1; }
		done
	done
	return $bad
}
ok 'every report on a new partnership reads well' reads_well
run report-gen -d new.db charter
out_has 'No charter is written yet.' 'a charter that is not there is not quoted'
run report-gen -d new.db steering
out_has 'no actions are open; none was finished.' 'of no actions none are counted as overdue'
run report-gen -d d.db representation
out_has 'No charter is signed yet' 'no seat is praised for a charter that nobody signed'

# ---------- months, dashes, counts ----------

cat >reports/months.md <<'END'
```sql columns title="By month" as="Month date"
SELECT '2026-03' AS "Month", 3 AS "People"
```

{{ SELECT counted(0, 'notice', 'notices') }}, {{ SELECT counted(1, 'notice', 'notices') }}, {{ SELECT counted('<5', 'notice', 'notices') }}
END
run report-gen -d t.db -o text months
out_has 'March 2026' 'the months of a chart are words'
out_has 'no notices, 1 notice, fewer than 5 notices' 'counts in a sentence are words'
no_digits()
{
	for r in activity notices responses; do
		report-gen -d t.db -o text $r audience=partners >months.txt || return 1
		if grep -nE '(^|[^0-9])20[0-9][0-9]-(0[1-9]|1[0-2])([^0-9]|$)' months.txt; then
			echo "in $r"
			return 1
		fi
	done
}
ok 'no month of a report is in digits' no_digits
run report-gen -d t.db -o text handover
out_has 'Terms of reference 2024 – adopted' 'what a list adds stands behind a dash'

# ---------- one partnership, one person, nobody ----------

run report-gen -d t.db compare
out_lacks 'Median' 'there is no median of one'
out_lacks 'Open actions by' 'and no chart of one bar'
run report-gen -d t.db representation
out_has 'none is in HR' 'nobody is none, not 0'
out_lacks '0%' 'without a share of nothing'
ok 'sectors of which nobody is known stand in a sentence' grep -q '^No organisation is known in these sectors: Ambulance service; ' .tap/out
zeros()
{
	for db in t.db d.db; do
		for r in weekly steering minutes notices activity responses agenda; do
			report-gen -d $db $r audience=partners | grep -v '^|' | grep -nE '(^|[:;,.] )0 [a-z]| of 0( |$)' && { echo "$r of $db"; return 1; }
		done
	done
	return 0
}
ok 'no sentence counts from nought' zeros

# ---------- long plans ----------

python3 -c '
who = "INSERT INTO %s (partnership, %s) VALUES ((SELECT ref FROM partnership), %s);"
for i in range(1, 61):
    print(who % ("action", "ref, title, status, due", "\"Z%d\", \"More\", \"open\", \"2027-01-%02d\"" % (i, i % 28 + 1)))
    print(who % ("step", "action, number, text, done_on", "\"Z%d\", 1, \"x\", \"2026-10-01\"" % i))
    print(who % ("lead", "action, number, person, state", "\"Z%d\", 1, \"mlindsay\", \"accepted\"" % i))
' | tr '"' "'" | sqlite3 t.db
run report-gen -d t.db steering most=10
ok 'steering lists ten of sixty actions' sh -c '[ $(sed -n "/brought so far/,/^And/p" .tap/out | grep -c "^| [A-Z][0-9]") -eq 10 ]'
ok 'and says how many more there are' grep -qE '^And [0-9]+ more actions\.$' .tap/out
ok 'a lead has one row' sh -c '[ $(grep -c "^| Morag Lindsay | [0-9]" .tap/out) -eq 1 ]'
out_has 'These are the first 20 by date; ' 'the plan in time is cut, and says so'

# ---------- columns misspelt ----------

printf '```sql table\nSELECT ref, titel FROM action\n```\n' >reports/titel.md
run report-gen -d t.db titel
err 'the nearest column is told' <<'END'
report-gen: ./reports/titel.md:1: the query is wrong: no such column: titel; did you mean title
END
run compact-query -d t.db 'SELECT a.xyzzy FROM action_overdue a'
err_has 'no such column: a.xyzzy; compact-schema(5) has the columns of action_overdue' 'or where they stand'

# ---------- what a first report gets wrong ----------

wrong() # TEMPLATE MESSAGE WHAT
{
	printf '%b' "$1" >reports/wrong.md
	run report-gen -d t.db wrong
	status 78 "$3"
	err_has "$2" 'is told with what to do'
}
wrong '```table\nSELECT 1\n```\n' 'a block of SQL begins with ```sql table' 'a block without sql'
wrong '```sql table total="Budgt"\nSELECT budget FROM action\n```\n' "the query has no column 'Budgt'; did you mean 'budget'" 'a column misspelt in an attribute'
wrong '```sql table as="Cost money"\nSELECT ref, budget FROM action\n```\n' "the query has no column 'Cost'; use a name that it gives, such as 'ref'" 'one that is not there'
rm reports/heads.md
wrong '```include heads.md\n```\n' "did you mean 'head'" 'an include misspelt'

# ---------- what two hundred actions cost ----------

compact-init -q -d many.db ref=here name=Here
compact-load -q -d many.db --kind=aim -i csv - <<'END'
ref,text
1,skills
2,jobs
END
python3 -c '
print("ref,title,aims,budget,spent")
for i in range(1, 201):
    print("A%d,A matter that takes more words than fit on a single line of the table number %d,%s,%d,%s" % (i, i, i % 2 + 1, i, i if i > 100 else ""))' >many.csv
run action-track -q -d many.db load many.csv
run report-gen -d many.db -O made.pdf funding-case
ok 'are three pages at most' sh -c '[ "$(pdfinfo made.pdf | sed -n "s/^Pages: *//p")" -le 3 ]'
run report-gen -d many.db funding-case
out_has '| 1 skills | 100 | £10,100 | £7,550 |' 'by aim, with each action once'
out_has 'Every action is costed. What was spent is known of 100 of 200.' 'how far what was spent is known'
out_has '| A200 | A matter' 'the dearest is named'
out_lacks '| A175 |' 'the others are not'
out_has '| 175 other actions, 100 of them with nothing known of what was spent |  | £15,400 | £10,350 |' 'but counted and summed'
out_has '| Total |  |  | £20,100 |' 'so that the total is whole'
run report-gen -d many.db funding-case most=200
out_has '| A1 |' 'and can be had'
compact-init -q -d none.db ref=here name=Here
action-track -q -d none.db add title=X budget=5 2>/dev/null
run report-gen -d none.db funding-case
out_has '| Total |  |  | £5 | not known |' 'a sum of nothing known is not nought'

finish
