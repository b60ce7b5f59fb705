#!/bin/sh
# SPDX-License-Identifier: MIT
# report-gen: options, the search path, parameters, messages, every shipped report on both samples.
. tests/t/lib.sh

d='--today=2008-06-01'
run compact-init -d d.db $d --sample=derbyshire
run compact-init -d t.db --today=2026-11-22 --sample=tayside

# ---------- the shipped reports ----------

reports='weekly activity responses steering plan funding-case representation terms priorities charter
docset induction agenda minutes case checklist case-study handover notices compare survey bulletin evidence first-steps'
all_run()
{
	for r in $reports; do
		for s in "d.db 2008-06-01" "t.db 2026-11-22"; do
			# shellcheck disable=SC2086
			set -- $s
			for a in public partners; do
				report-gen -d "$1" --today="$2" "$r" audience=$a >one.md || return 1
				report-gen -d "$1" --today="$2" "$r" audience=$a >two.md || return 1
				cmp one.md two.md || return 1
				head -c 2 one.md | grep -q '^# ' || { echo "$r has no title"; return 1; }
				# No date as the store keeps it, no value that is not there.
				if grep -nE '[^/0-9#(][0-9]{4}-[0-9]{2}-[0-9]{2}([^0-9]|$)|null|NULL' one.md; then
					echo "in $r"
					return 1
				fi
			done
		done
	done
}
ok 'every report runs on both samples, the same bytes twice' all_run
in_every_format()
{
	for f in text html odt pdf ms; do
		report-gen -d t.db --today=2026-11-22 -o $f steering >a.$f || return 1
		report-gen -d t.db --today=2026-11-22 -o $f steering >b.$f || return 1
		cmp a.$f b.$f || return 1
	done
}
ok 'each format is the same bytes twice' in_every_format
named()
{
	for r in $reports; do
		report-gen -d d.db -l | grep -q "^$r " || { echo "$r"; return 1; }
	done
}
ok '-l lists every report' named
run report-gen -d d.db -l -o csv
out_has 'weekly,"what is overdue' '-l as csv'
out_has ',since;until;soon;audience,' 'with the names of their parameters'
run report-gen -l weekly
out '-l REPORT says what each takes' <<'END'
parameter  takes                                  default
since      date                                   -7d
until      date                                   today
soon       date                                   +14d
audience   public, partners, board or front-line  public
END
run report-gen -l docset -o csv
out_has 'period,period,from the store,the period of today' 'those of every template where it asks for them'
out_has 'charter,charter,from the store,"SELECT ref FROM charter' 'and the query that gives a default'
run report-gen -l handover
out_has 'contacts   yes or no' 'a switch'
run report-gen -d d.db handover
out_has '`compact-record export add file=FILE kinds=person exported_at=now`' 'what leaves with addresses is to be noted'
cp d.db noted.db
run compact-record -d noted.db export add file=handover.odt kinds=person exported_at=now
status 0 'by a command that works'
run report-gen -l wekly
status 66 '-l of no report'
err_has "did you mean 'weekly'" 'names the nearest'
run report-gen -l weekly plan
status 64 '-l of two reports'
ok 'parts that are only included are not listed' sh -c '! grep -q ^head, .tap/out'

# Figures are what the lists say.
same_counts()
{
	n=$(action-track -d t.db --today=2026-11-22 overdue -o ref | wc -l)
	report-gen -d t.db --today=2026-11-22 -o text weekly | grep -q "2026: $n action.* overdue" || return 1
	n=$(sqlite3 t.db "SELECT count(*) FROM action WHERE status IN ('open','blocked')")
	report-gen -d t.db --today=2026-11-22 -o text steering | grep -q ": $n actions are open"
}
ok 'figures equal the counts of the lists' same_counts
run report-gen -d t.db --today=2026-11-22 --figures -o csv weekly
out_has 'place,what,title,value,rows,query' '--figures has a heading'
out_has 'FROM action_overdue WHERE in_scope(partnership)' '--figures shows the queries'

# Employers are for partners only.
names()
{
	for r in weekly activity responses notices case checklist compare; do
		report-gen -d t.db --today=2026-11-22 "$r" audience=public >p.md
		for e in $(sqlite3 t.db 'SELECT ref FROM employer'); do
			name=$(sqlite3 t.db "SELECT name FROM employer WHERE ref = '$e'")
			if grep -F "$name" p.md; then echo "in $r"; return 1; fi
		done
	done
}
ok 'no employer is named to the public' names
run report-gen -d t.db --today=2026-11-22 responses audience=partners
employer=$(sqlite3 t.db 'SELECT e.name FROM incident i JOIN employer e ON e.ref = i.employer LIMIT 1')
out_has "$employer" 'partners see employers'

# The plan: nine rows, lines apart, heading repeated, pages that lie.
nine()
{
	report-gen -d d.db $d plan | grep -cE '^\| (A1|A2|B1|B2.1|B2.2|B3|B4|B5|C1) ' | grep -qx 9
}
ok 'the plan has its nine rows' nine
run report-gen -d d.db $d plan
out_has 'Cheryl Roberts<br>Jackie Hewlett-Davies' 'two leads stand on two lines'
run report-gen -d d.db $d terms version=2008 from=2007
out_has '<ins>The Compact is made up of member organisations' 'amendments are marked'
out_has '<del>Everyone employed by a public sector organisation in Derbyshire may' 'so is what went'
run report-gen -d d.db $d -o html docset
out_has '<a href="#aim-2.1">2.1</a>' 'priorities link to aims'
out_has 'id="aim-2.1"' 'and the aims are there'

# ---------- options ----------

mkdir -p reports
cat >reports/mine.md <<'END'
---
title: Mine
about: my own
param who: nobody
---
Hello {{who}}, {{ SELECT count(*) FROM action }}.
END
run report-gen -d d.db mine who=Ann
status 0 'a report of ./reports'
out 'runs with its parameter' <<'END'
Hello Ann, 9.
END
run report-gen -d d.db ./reports/mine.md
out_has 'Hello nobody' 'a path'
run report-gen -d d.db mine whp=Ann
status 64 'an unknown parameter'
err 'names the nearest' <<'END'
report-gen: the report has no parameter 'whp'; did you mean who=
END
cat >reports/years.md <<'END'
---
param month: {{ SELECT '2007-08' }}
param since: {{ SELECT '2008-01-01' }}
param year: {{ SELECT coalesce(:areas, 'none') || ', ' || :month }}
---
{{month}} {{year}} {{since}} {{ SELECT :since }}
END
run report-gen -d d.db years
out 'a default sees the defaults before it' <<'END'
2007-08 none, 2007-08 1 January 2008 2008-01-01
END
run report-gen -d d.db years areas=pace-2019 month=2006-07 since=1/4/2006
out 'and what was given before it; a default that is a date makes dates' <<'END'
2006-07 pace-2019, 2006-07 1 April 2006 2006-04-01
END
run report-gen -d d.db years since=soonish
status 64 'no date'
err_has 'since: ' 'is told by the name of the parameter'
run report-gen -d t.db -p all plan
status 64 'a plan of all'
err 'is refused' <<'END'
report-gen: 'plan' is a report of one partnership; choose it with -p
END
run report-gen -d d.db weakly
status 66 'an unknown report'
err_has "did you mean 'weekly'" 'names the nearest report'
run report-gen -d d.db
status 64 'no report'
run report-gen -d d.db weekly -o csv
status 64 'a report is no table'
run report-gen -d d.db weekly audience=everyone
status 64 'an unknown audience'
printf 'a\n\n{{ SELECT nowhere }}\n' >reports/bad.md
echo before >bad.html
run report-gen -d d.db -O bad.html bad
status 78 'a fault of the template'
err 'is told with file and line' <<'END'
report-gen: ./reports/bad.md:3: the query is wrong: no such column: nowhere
END
printf 'a\n\n{{ SELECT 1 | dat }}\n' >reports/misspelt.md
run report-gen -d d.db misspelt
err_has 'misspelt.md:3: the query is wrong: no such column: dat; filters are date, money' 'a filter misspelt'
ok 'the file is left as it was' grep -qx before bad.html
ok 'nothing else is left' sh -c '[ "$(ls bad.html* .bad* 2>/dev/null)" = bad.html ]'
run report-gen -d d.db -O new.html weekly
status 0 '-O sets the format'
ok 'and writes HTML' grep -q '^<!DOCTYPE html>' new.html
run report-gen -d d.db -O new.xyz weekly
status 64 'an unknown suffix'
run report-gen -d d.db $d --if-any activity month=1999-01
status 0 '--if-any in a quiet month'
out_empty 'writes nothing'
run report-gen -d d.db $d --if-any activity month=2008-04
ok '--if-any writes what there is' grep -q 'April\|2008-04' .tap/out
run report-gen -d d.db --copy=weekly
status 0 '--copy'
ok 'copies to ./reports' cmp reports/weekly.md "$top/share/reports/weekly.md"
run report-gen -d d.db --copy=weekly
status 73 'leaves alone what is there'
echo '# Changed' >reports/weekly.md
run report-gen -d d.db weekly
out 'the copy goes before the shipped one' <<'END'
# Changed
END
rm reports/weekly.md
run report-gen -d d.db --copy=weekly -O other.md
err_has 'it is run by its path: report-gen ./other.md' 'a copy elsewhere is run by its path'
run report-gen -d d.db $d ./other.md
out_has '# Weekly report' 'as was said'
run report-gen -d t.db -p all compare
out_has 'All partnerships' '-p all'
ok '/dev/full on output is a fault' sh -c 'report-gen -d d.db weekly >/dev/full 2>/dev/null; [ $? -eq 74 ]'

# A journal left by a crash is rolled back before a report reads.
hot()
{
	python3 "$top/tests/tools/hot-journal.py" d.db hot.db
	report-gen -d hot.db $d handover >hot.md && ! grep -q HALFDONE hot.md
}
ok 'a hot journal is rolled back first' hot

# ---------- the reader's own words ----------

cp t.db words.db
sqlite3 words.db "INSERT INTO glossary (partnership, ref, audience, term, text) VALUES ('tayside', 'small', 'board', 'small redundancies', 'redundancies of under twenty people'),
	('tayside', 'redundancies', 'board', 'redundancies', 'dismissals'), ('tayside', 'small', 'front-line', 'small redundancies', 'the little ones')"
for a in public board front-line; do report-gen -d words.db --today=2026-11-22 steering audience=$a >words-$a.md; done
ok 'the public reads what is written' grep -q 'Hear of small redundancies in time' words-public.md
ok 'the board its own words, the longer term first' grep -q 'Hear of redundancies of under twenty people in time' words-board.md
ok 'and the front line theirs' grep -q 'Hear of the little ones in time' words-front-line.md

# ---------- lists ----------

cat >reports/lists.md <<'END'
6. six
7. seven *now*
    - seven and a half
    - one
        1. deep
8. eight

- loose

- items
END
run report-gen -d d.db -O lists.odt lists
cat >lists.py <<'END'
"""Lists of an ODT file as its words: number or bullet, by level."""
import xml.etree.ElementTree as E, zipfile
T = '{urn:oasis:names:tc:opendocument:xmlns:text:1.0}'
root = E.fromstring(zipfile.ZipFile('lists.odt').read('content.xml'))
def walk(node, depth):
    assert not (node.tag == T + 'p' and node.find('.//' + T + 'list') is not None), 'a list in a paragraph'
    for child in node:
        if child.tag == T + 'p' and depth:
            print('  ' * depth + ''.join(child.itertext()).strip())
        if child.tag == T + 'list-item' and child.get(T + 'start-value'):
            print('start', child.get(T + 'start-value'))
        if child.tag == T + 'list' and depth:
            print('list', child.get(T + 'style-name'))
        walk(child, depth + (child.tag == T + 'list'))
walk(root, 0)
END
run python3 lists.py
out 'lists within lists, their kind and first number are kept in ODT' <<'END'
start 6
  six
  seven now
list Bullets
    seven and a half
    one
list Numbers
      deep
  eight
  loose
  items
END
# ---------- where the text ends ----------

cat >reports/ends.md <<'END'
> a quotation

{{ SELECT NULL | markdown }} words of their own

```sql table caption="First"
SELECT 1 AS "n"
```

```sql table caption="Last"
SELECT 2 AS "n"
```
END
run report-gen -d d.db -o html ends
out_has '<p>words of their own</p>' 'an empty Markdown value leaves the blank line before it'
run report-gen -d d.db -O ends.odt ends
run unzip -p ends.odt content.xml
ok 'a table that ends an ODT is followed by no line' grep -q '^<text:p text:style-name="End"/>$' .tap/out
ok 'nor by space' sh -c '[ "$(grep -c "fo:margin-bottom=\"0.4cm\" style:may" .tap/out) $(grep -c "fo:margin-bottom=\"0.0cm\" style:may" .tap/out)" = "1 1" ]'
once()
{
	for s in "d.db 2008-06-01" "t.db 2026-11-22"; do
		# shellcheck disable=SC2086
		set -- $s
		for r in $reports; do
			report-gen -d "$1" --today="$2" "$r" audience=partners |
				awk '/^#/ { split("", said) } /^[A-Z][a-z]/ && said[$0]++' >twice.txt
			[ ! -s twice.txt ] || { echo "$r:"; cat twice.txt; return 1; }
		done
	done
}
ok 'no section of a report says the same twice' once
run report-gen -d t.db --today=2026-11-22 funding-case
out_has 'Every action is costed.' 'what is costed, in words'
run report-gen -d t.db --today=2026-11-22 plan
ok 'the plan was ratified' grep -q '^Ratified 8 September 2026' .tap/out
out_has '<br>Priority: 2 |' 'within the plan of a year its priorities are numbers'
run report-gen -d t.db --today=2026-11-22 -o html plan
ok 'which is said beside the priorities, not among them' grep -q '^<p>Ratified 8 September' .tap/out
run report-gen -d t.db --today=2026-11-22 representation
out_has 'Role: HR' 'words, not codes'
run report-gen -d t.db --today=2026-11-22 case
out_has '# Case C3' 'without a ref it is the latest case'
run report-gen -d d.db case
out_has 'No case is written down.' 'if there is one'
out_lacks 'What happened' 'nothing happens in no case'
one_page()
{
	pdfinfo "$1" | grep -q '^Pages: *1$'
}
run report-gen -d d.db $d -O charter.pdf charter
ok 'the charter fits on a page' one_page charter.pdf
run report-gen -d d.db $d -O induction.pdf induction audience=partners
ok 'and so does what a newcomer gets' one_page induction.pdf
run report-gen -d t.db --today=2026-11-22 -O induction2.pdf induction audience=partners
ok 'of either sample' one_page induction2.pdf

# ---------- the logo ----------

mkdir -p shelf
python3 - <<'END'
import struct, zlib
def piece(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
def png(width, height):
    return (b'\x89PNG\r\n\x1a\n' + piece(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) +
            piece(b'IDAT', zlib.compress((b'\0' + b'\x12\x47\x6f' * width) * height)) + piece(b'IEND', b''))
open('shelf/logo.png', 'wb').write(png(400, 100))
open('shelf/small.png', 'wb').write(png(20, 10))
open('shelf/cut.png', 'wb').write(png(400, 100)[:-20])
open('shelf/none.png', 'wb').write(png(0, 10)[:60] + piece(b'IEND', b''))
open('shelf/logo.jpg', 'wb').write(b'\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0\0\x0b\x08\0\x50\0\xa0\1\1\x11\0')
open('shelf/a (b) ".svg', 'w').write('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="30" height="10" onload="alert(1)">'
    '<script>alert(2)</script><image href="file:///etc/passwd"/><rect width="30" height="10" fill="red"/></svg>')
END
mkfifo shelf/pipe
cp d.db shelf/l.db
logo()
{
	sqlite3 shelf/l.db "UPDATE partnership SET logo = '$1'"
	run report-gen -d shelf/l.db $d -o "$2" weekly
	status 0 "a report with the logo $1 as $2"
}
logo logo.png html
ok 'a PNG is in the page' grep -q '<p class="logo"><img width="220" height="55" alt="Derbyshire[^"]*" src="data:image/png;base64,iVBOR[A-Za-z0-9+/=]*"></p>' .tap/out
err_empty 'and nothing is said'
logo logo.png md
out_has '![Derbyshire Public Sector Compact](logo.png)' 'Markdown links it'
logo small.png html
out_has '<img width="20" height="10"' 'a small one is not blown up'
logo logo.jpg html
out_has '<img width="144" height="72"' 'a JPEG is fitted in'
out_has 'src="data:image/jpeg;base64,/9j/' 'and stays one'
logo 'a (b) ".svg' html
out_has '<img width="216" height="72"' 'a drawing is drawn'
ok 'and nothing of its text is in the page' sh -c '! grep -qi "onload\|passwd\|svg+xml\|PHN2Zy" .tap/out'
logo 'a (b) ".svg' md
out_has '](a%20%28b%29%20%22.svg)' 'its path is safe in Markdown'
logo logo.png odt
ok 'it is in the ODT' sh -c 'unzip -p .tap/out Pictures/logo.png | cmp - shelf/logo.png && unzip -p .tap/out content.xml | grep -q "Pictures/logo.png"'
logo logo.png pdf
pdftotext -layout .tap/out with.txt
pdfimages -list .tap/out >images.txt
ok 'it is in the PDF' grep -q ' image *400 *10' images.txt
ok 'with the report behind it' grep -q 'Weekly report' with.txt
logo '' html
ok 'without a path there is none' sh -c '! grep -q "<img" .tap/out'
for bad in nowhere.png cut.png none.png l.db pipe . /etc/passwd /dev/zero 'javascript:alert(1)' 'data:image/png;base64,xx'; do
	logo "$bad" html
	err_has "the logo '$bad' is left out: " "$bad is left out, with a word"
	ok 'and there is no picture' sh -c '! grep -q "<img" .tap/out && grep -q "</main>" .tap/out'
done

# ---------- numbers to the right ----------

mkdir -p reports
cat >reports/dressed.md <<'END'
# Numbers

```sql table
SELECT '38%' AS "Share", '+2.5' AS "Change", '£1,200' AS "Cost", 'hidden' AS "Count", 'A2' AS "Ref", '7–37%' AS "Interval", 'hidden' AS "None", '12' AS "Text"
UNION ALL SELECT '5%', '−1', NULL, 12, 'A10', NULL, NULL, '3'
```
END
run report-gen -d d.db $d dressed
out_has '|--:|--:|--:|--:|---|---|---|---|' 'a number with its sign, pounds or per cent goes to the right, other text does not'

# ---------- dates in narrow columns, headings at the end of a page ----------

cat >reports/narrow.md <<'END'
# Narrow

Words before it.

## Dates

```sql table widths="26,12,20,14,14,14"
SELECT 'A group' AS "Group", 'active' AS "Status", 'Somebody' AS "Chair", '12 November 2026' AS "Last met", '18 September 2026' AS "Report due", 12 AS "Days late"
```
END
report-gen -d d.db $d -O narrow.odt narrow
unzip -p narrow.odt content.xml >.tap/out
wide_enough()
{
	sed -n 's/.*style:name="Table1\.[45]".*column-width="\([0-9.]*\)cm".*/\1/p' .tap/out | awk '$1 >= 3.3 { n++ } END { exit n != 2 }'
}
ok 'a column is as wide as its dates, whatever its width says' wide_enough
run report-gen -d d.db $d -o ms narrow
ok 'room for a heading is asked for below what stands already' sh -c 'grep -B1 "^\.ne " .tap/out | grep -q "^\.br$"'

# ---------- letters in PDF ----------

cat >reports/letters.md <<'END'
---
title: Имя (ŵ)
---
# Письмо в Kraków

źdźbło ąęćńśż Łódź ŵŷŴŶ Αθήνα ώΐς **Київ** *ґанок* Љубљана ș ğ ő ů

## Γράμματα (a) & b

| Имя | b |
|---|---|
| Άννα | ёж |
END
run report-gen -d d.db $d -o pdf letters
status 0 'a PDF in many letters'
err_empty 'without a complaint'
cp .tap/out letters.pdf
pdftotext -layout letters.pdf letters.txt
letters()
{
	for w in 'Письмо в Kraków' 'źdźbło ąęćńśż Łódź ŵŷŴŶ Αθήνα ώΐς Київ ґанок Љубљана ș ğ ő ů' 'Γράμματα (a) & b' 'Άννα' 'ёж'; do
		grep -qF "$w" letters.txt || { echo "$w"; cat letters.txt; return 1; }
	done
	pdfinfo letters.pdf | grep -qx 'Title: *Имя (ŵ)' || { pdfinfo letters.pdf; return 1; }
	pdffonts letters.pdf | awk '/Nimbus/ { n++; if ($5 != "yes") exit 1 } END { if (!n) exit 1 }'
}
ok 'Latin of all sorts, Greek and Cyrillic are words of the PDF' letters
outline()
{
	python3 - <<'END'
import re
titles = re.findall(rb'/Title \(((?:\\.|[^)])*)\)', open('letters.pdf', 'rb').read())
text = [bytes(int(o, 8) for o in re.findall(rb'\\(\d{3})', t)).decode('utf-16') for t in titles]
assert 'Письмо в Kraków' in text and 'Γράμματα (a) & b' in text, text
END
}
ok 'and of its bookmarks' outline
printf 'Arabic \330\263\331\204\330\247\331\205 and more.\n' >reports/arabic.md
run report-gen -d d.db $d -o pdf arabic
status 0 'letters that no font of the PDF has'
err 'are told of, with the way out' <<'END'
report-gen: 4 characters are not in the fonts of the PDF (such as 'س', U+0633), shown as squares; write HTML or ODT and print that
END

# ---------- the manual's examples ----------

awk '/^\.Bd -literal$/ { n++; on = 1; next } /^\.Ed/ { on = 0 } on { sub(/\\e/, "\\"); print > ("example-" n ".md") }' \
	"$top/man/compact-template.5"
examples()
{
	for e in example-*.md; do
		for f in md html text; do
			report-gen -d d.db $d -o $f ./"$e" >e.out || { cat "$e"; return 1; }
		done
	done
	[ "$(ls example-*.md | wc -l)" -ge 12 ]
}
ok 'every example of compact-template(5) runs' examples
# A file of the folder, named as if it were one of the reports that are searched for.
printf '# Mine\n' >own-page.md
run report-gen -d t.db own-page
status 66 'a file is no report'
err_has 'write ./own-page.md' 'and how to name it is told'
finish
