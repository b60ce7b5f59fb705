# SPDX-License-Identifier: MIT
# csv-sheet: CSV into workbooks that nothing evaluates or reshapes, and back unchanged.
. tests/t/lib.sh

cat >torture.csv <<'END'
ref,text,due,money,count,mixed,=SUM(A1)
0012,=1+1,2026-11-30,1200.50,5,1.50,+44 20 7946
07700 900123,@cmd,,-0.90,-7,2,-1-1
12E5,01/02/2024,2008-02-29,,,x,"=HYPERLINK(""http://x"")"
NO,"£1,200.50",1900-03-01,7.00,123456789012345,,https://example.org/?a=b&c=d
2.10,"led  by, blanks ",9999-12-31,0.00,0,1,_x0041_
2.9,"it's ""so""
on two lines",,,,00,– ’ €   nbsp
1e5,~,,,,TRUE,<b>&amp;]]>
END
printf 'cr,"a\rb\r\nc",,,,tab\there,	led by a tab\n' >>torture.csv

for format in xlsx ods; do
	run csv-sheet -O "t.$format" torture.csv
	status 0 "$format: written"
	out_empty 'nothing on standard output'
	err_empty 'nor on standard error'
	run sheet-csv "t.$format"
	status 0 "$format: read back"
	out "$format: unchanged" <torture.csv
	cp "t.$format" first
	run csv-sheet -O "t.$format" torture.csv
	ok "$format: the same bytes each time" cmp first "t.$format"
	ok "$format: nothing is left beside it" sh -c '! ls -A | grep "^\.compact-"'
	run sheet-csv --list "t.$format"
	out_has '1,torture,visible' 'the sheet has the name of the file'
done

unzip -p t.xlsx xl/worksheets/sheet1.xml >sheet.xml
ok 'no formula' sh -c '! grep -q "<f[ >]" sheet.xml'
ok 'no link' sh -c '! grep -qi hyperlink sheet.xml'
ok 'the heading is frozen' grep -q '<pane ySplit="1"' sheet.xml
ok 'dates are typed' grep -q '<c r="C2" s="[0-9]*"><v>46356</v>' sheet.xml
ok 'numbers are typed' grep -q '<c r="E2" s="[0-9]*"><v>5</v>' sheet.xml
ok 'what is mixed is text' grep -q '<c r="F2" s="[0-9]*" t="s">' sheet.xml
unzip -p t.ods content.xml >content.xml
ok 'ods: no formula' sh -c '! grep -q table:formula content.xml'
ok 'ods: the heading is marked up' grep -q '<table:table-header-rows>' content.xml
ok 'ods: the table is marked up' grep -q 'table:contains-header="true"' content.xml
ok 'ods: dates are typed' grep -q 'office:date-value="2026-11-30"' content.xml
ok 'ods: mimetype first and stored' sh -c 'head -c 100 t.ods | grep -q "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"'
unzip -p t.ods styles.xml >styles.xml
ok 'ods: the language is named' grep -q 'fo:language="en" fo:country="GB"' styles.xml
for part in content.xml styles.xml meta.xml settings.xml META-INF/manifest.xml; do
	unzip -p t.ods $part >part.xml
	ok "ods: $part is XML" python3 -c 'import xml.dom.minidom as m; m.parse("part.xml")'
done

printf 'name\nA\n' >plain.csv
run csv-sheet --title='Action plan <2026>' -O titled.xlsx plain.csv
unzip -p titled.xlsx docProps/core.xml >core.xml
ok 'the title' grep -q '<dc:title>Action plan &lt;2026&gt;</dc:title>' core.xml
unzip -p titled.xlsx xl/tables/table1.xml >table.xml
ok 'the table is marked up' grep -q 'headerRowCount\|<tableColumn id="1" name="name"' table.xml
run csv-sheet --title='Action plan' -O titled.ods plain.csv
unzip -p titled.ods meta.xml >meta.xml
ok 'ods: the title' grep -q '<dc:title>Action plan</dc:title>' meta.xml
ok 'ods: the language' grep -q '<dc:language>en-GB</dc:language>' meta.xml
unzip -p titled.ods content.xml >content.xml
ok 'ods: the table has it' grep -q '<table:title>Action plan</table:title>' content.xml

# Several sheets, names that no sheet may have, standard input.
cp plain.csv 'a[b]:c.csv'
mkdir sub
cp torture.csv sub/plain.csv
for format in xlsx ods; do
	run csv-sheet -O "many.$format" plain.csv 'a[b]:c.csv' sub/plain.csv - </dev/null
	run_in csv-sheet -O "many.$format" plain.csv 'a[b]:c.csv' sub/plain.csv - <plain.csv
	status 0 "$format: four sheets"
	run sheet-csv --list "many.$format"
	out "$format: named and made unique" <<'END'
number,name,state
1,plain,visible
2,a-b--c,visible
3,plain (2),visible
4,Sheet1,visible
END
	run sheet-csv --sheet='plain (2)' "many.$format"
	out "$format: the third" <torture.csv
done
# shellcheck disable=SC2002
cat torture.csv | csv-sheet -O piped.xlsx
run sheet-csv piped.xlsx
out 'through a pipe' <torture.csv

# Only a heading; nothing at all; headings no table may have.
printf 'a,b\n' >heading.csv
: >nothing.csv
printf 'a,A,,_x0041_\n1,2,3,4\n' >odd.csv
for format in xlsx ods; do
	run csv-sheet -O "h.$format" heading.csv
	status 0 "$format: a heading alone"
	run sheet-csv "h.$format"
	out "$format: comes back" <heading.csv
	run csv-sheet -O "n.$format" nothing.csv
	status 0 "$format: nothing"
	run sheet-csv -q "n.$format"
	out_empty "$format: stays nothing"
	run csv-sheet -O "o.$format" odd.csv
	run sheet-csv "o.$format"
	out "$format: repeated and blank headings" <odd.csv
done

# Large: row by row, 10,000 columns, a cell of 10 MB.
cat >large.py <<'END'
print("n,name,when,sum")
for i in range(140000):
    print(f"{i},name {i},2026-01-{i % 28 + 1:02},{i}.{i % 100:02}")
END
python3 large.py >large.csv
for format in xlsx ods; do
	run csv-sheet -O "l.$format" large.csv
	status 0 "$format: 140,000 rows"
	sheet-csv "l.$format" >back
	ok "$format: come back" cmp large.csv back
done
python3 -c '
print(",".join(f"c{i}" for i in range(10000)))
print(",".join(f"0{i}" for i in range(10000)))' >columns.csv
for format in xlsx ods; do
	run csv-sheet -O "c.$format" columns.csv
	run sheet-csv "c.$format"
	ok "$format: 10,000 columns come back" cmp columns.csv .tap/out
done
python3 -c 'print("a\n" + "0123456789" * (1 << 20))' >big.csv
run csv-sheet -O big.ods big.csv
status 0 'ods: a cell of 10 MB'
sheet-csv big.ods >back
ok 'comes back' cmp big.csv back
run csv-sheet -O big.xlsx big.csv
status 65 'xlsx: too long a cell is refused'
err_has 'big.csv:2: column 1: a text of 10485760 bytes; a cell of an xlsx holds at most 32767 characters, so write ods or csv' 'and told'
ok 'nothing is written' test ! -e big.xlsx

# Excel counts characters beyond the basic plane twice.
python3 -c 'print("a\n" + "\U0001F600" * 16383)' >faces.csv
run csv-sheet -O faces.xlsx faces.csv
status 0 'xlsx: as many characters as fit'
python3 -c 'print("a\n" + "\U0001F600" * 16384)' >faces.csv
run csv-sheet -O more.xlsx faces.csv
status 65 'xlsx: one more, as Excel counts'

# Zeros at the end and small numbers stay what they are, whatever their size.
cat >digits.csv <<'END'
money,p,long
1234567890.50,0.0000000000001,99999999999999.0
2.25,1,1.5
END
for format in xlsx ods; do
	run csv-sheet -O "d.$format" digits.csv
	run sheet-csv "d.$format"
	ok "$format: large money and small numbers come back" cmp digits.csv .tap/out
done

# Names and titles may be any bytes.
printf 'a\n1\n' >"$(printf 'caf\351 \003.csv')"
for format in xlsx ods; do
	run csv-sheet -O "name.$format" --title="$(printf 'T \351\003 \357\277\277')" caf*.csv
	run sheet-csv --list "name.$format"
	out_has 'café -,visible' "$format: a name that is no UTF-8 makes a sound workbook"
	ok "$format: so does such a title" python3 -c '
import sys, xml.dom.minidom, zipfile
z = zipfile.ZipFile(sys.argv[1])
for name in z.namelist():
    if name.endswith((".xml", ".rels")):
        xml.dom.minidom.parseString(z.read(name))' "name.$format"
done
printf 'name\n\302\223Acorn\302\224\n' >mangled.csv
run csv-sheet -O mangled.xlsx mangled.csv
err 'what was mended is told' <<'END'
mangled.csv: mangled characters were mended in 1 cell
END

# Misuse.
run csv-sheet -O x.xlsx - -
status 64 'standard input twice'
run csv-sheet torture.csv
status 64 'no -O'
err 'which is said' <<'END'
csv-sheet: say which file to write: -O FILE.xlsx or -O FILE.ods
END
run csv-sheet -O x.csv torture.csv
status 64 'a suffix that is no spreadsheet'
run csv-sheet -o ods -O x.xlsx torture.csv
status 64 'suffix and -o at odds'
run csv-sheet -O x.xlsx none.csv
status 66 'a CSV that is not there'
ok 'no workbook is made' test ! -e x.xlsx
run csv-sheet -O nowhere/x.xlsx plain.csv
status 73 'a folder that is not there'
run csv-sheet -O sub plain.csv -o ods
status 73 'a folder in its place'
printf 'a,"b\n' >open.csv
run csv-sheet -O x.ods open.csv
status 65 'a quote that never closes'
ok 'leaves no file' sh -c '! ls -A | grep "x.ods\|^\.compact-"'
printf 'old' >keep.xlsx
run csv-sheet -O keep.xlsx open.csv
ok 'a failure keeps the old file' test "$(cat keep.xlsx)" = old

finish
