# SPDX-License-Identifier: MIT
# sheet-csv: workbooks as plain CSV.
. tests/t/lib.sh

make_sheet() { python3 "$top/tests/tools/make-sheet.py" "$@" || exit 1; }

# ---------- cells ----------

make_sheet kinds kinds.xlsx
run sheet-csv kinds.xlsx
status 0 'shared, inline and rich texts, numbers, booleans, errors'
printf '%s\r%s\n' '"a' 'b_x0041_",TRUE' >cr
out 'each as a reader would write it down' <<END
name,"value, of it"
rich text,1234.5
" blanks ",5.1
東京,123000000000
$(cat cr)
,FALSE
#N/A,#DIV/0!
rich text!,2
,inline
no,refs
1,2
"say ""hi""","two
lines"
END
err 'a formula without a result is told' <<'END'
sheet-csv: kinds.xlsx: 1 formula has no stored result and is left empty; open the file in a spreadsheet program and save it once more
END

run sheet-csv --raw kinds.xlsx
out_has '" blanks ",5.0999999999999996' '--raw leaves numbers as stored'
out_has '1.23E+11' '--raw leaves exponents'

make_sheet dates dates.xlsx
run sheet-csv dates.xlsx
cut -d, -f1 .tap/out >shown
cat >.tap/expected <<'END'
2025-11-30
2025-11-30
2025-11-30
2025-11-30
12:00
06:00
18:00
14:22:05
2025-11-30 14:22:05
00:14:24
36:00
00:00:08.64
45991
45991.5
0.4
12
2025-11-30
2025-11-30 16:30
2025-11-30
2025-11-30
2025-11-30
16:30
48:00
1234.5
-1200
12
3
7
1900-01-01
1900-02-28
1900-02-29
1900-03-01
9999-12-31
2958466
-1
0

soon
12.50
5
2025-11-01
END
ok 'dates by number format, the leap day that never was among them' same_file shown
run sheet-csv --raw dates.xlsx
cut -d, -f1 .tap/out >shown
ok '--raw gives serial numbers' test "$(head -1 shown)" = 45991

make_sheet dates1904 dates1904.xlsx
run sheet-csv dates1904.xlsx
out 'the 1904 system' <<'END'
1904-01-01,2025-11-30,2025-11-30 12:00
END
make_sheet libreoffice libreoffice.xlsx
run sheet-csv libreoffice.xlsx
out 'days as LibreOffice counts them' <<'END'
1899-12-31,1900-02-28,1900-03-01,1800-01-01
END

# ---------- forms of files ----------

make_sheet strict strict.xlsx
run sheet-csv strict.xlsx
out 'strict OOXML' <<'END'
2026-11-30,2026-11-30 14:22:05,1900-02-28,strict
END
make_sheet prefixed prefixed.xlsx
run sheet-csv prefixed.xlsx
out 'prefixed elements and backslashes in names' <<'END'
prefix,7
END
make_sheet wide wide.xlsx
run sheet-csv wide.xlsx
out 'UTF-16 within' <<'END'
£ ü
END

cat >ods-expected <<END
name,,note
1234.5,0.4,5.1
2026-11-30,2026-11-30 14:22:05,36:05
TRUE,FALSE,#N/A
"two   blanks	tab
second line",a rich link text,"$(printf 'as\rheld')"
7,7,
7,7,


,last,
END
for kind in ods-kinds fods; do
	make_sheet $kind $kind.file
	run sheet-csv -q $kind.file
	status 0 "$kind: a table"
	out "$kind: typed, repeated, covered and commented cells" <ods-expected
done
make_sheet ods-prefixes prefixes.ods
run sheet-csv prefixes.ods
out 'ods under other prefixes' <<'END'
3,3,x
END

# ---------- rows and sheets ----------

make_sheet gaps gaps.xlsx
run sheet-csv gaps.xlsx
out 'line n is row n; rows are padded to the widest so far' <<'END'

,Title over three

1,,,4
5,,,


,,8,
END
err 'hidden rows and columns are read, and told' <<'END'
gaps.xlsx: 1 hidden row was read like the others
gaps.xlsx: 2 hidden columns were read like the others
END
run sheet-csv -q gaps.xlsx
err_empty '-q is silent'

make_sheet sheets sheets.xlsx
run sheet-csv sheets.xlsx
out 'the first visible sheet' <<'END'
2
END
err 'the sheets left out are named' <<'END'
sheets.xlsx: read sheet '2007'; not '2008 & on' (--sheet=NAME reads another)
END
run sheet-csv --list sheets.xlsx
out '--list' <<'END'
number,name,state
1,Notes,hidden
2,2007,visible
3,2008 & on,visible
4,Secret,hidden
END
for want in '2008 & on=4' '3=4' 'notes=1' '4=5' '2007=2'; do
	run sheet-csv --sheet="${want%=*}" sheets.xlsx
	out "--sheet='${want%=*}'" <<END
${want#*=}
END
	err_empty 'a sheet asked for needs no word on the others'
done
run sheet-csv --sheet=9 sheets.xlsx
status 65 'no such sheet'
err 'the sheets there are are named' <<'END'
sheet-csv: sheets.xlsx: no sheet '9'; it has 'Notes', '2007', '2008 & on', 'Secret'
END

# ---------- where from, where to ----------

run_in sheet-csv -q <kinds.xlsx
status 0 'standard input'
# shellcheck disable=SC2002
cat kinds.xlsx | sheet-csv -q >piped
ok 'a pipe, which cannot seek, gives the same' cmp piped .tap/out
run sheet-csv -q -O to.csv kinds.xlsx
status 0 '-O writes a file'
ok 'the same bytes' cmp piped to.csv
run sheet-csv -q -O to.tsv kinds.xlsx
ok '-O FILE.tsv separates by tabs' grep -q "rich text	1234.5" to.tsv
mkdir there
run sheet-csv -q -O there kinds.xlsx
ok 'a folder is no file to write to' test "$got" -ge 64
sheet-csv -q kinds.xlsx >/dev/full 2>full
got=$?
status 74 'a full disk'
run sheet-csv none.xlsx
status 66 'a file that is not there'
err 'and its name' <<'END'
sheet-csv: none.xlsx: cannot open: no such file or directory
END
run sheet-csv there
status 66 'a folder'
run sheet-csv a b
status 64 'two files'
run sheet-csv --sheets=2 kinds.xlsx
status 64 'an option that is none'

# ---------- text ----------

printf 'name;town\r\nCaf\351;"Perth; Kinross"\r\n' >continental.csv
run sheet-csv continental.csv
out 'Windows-1252 and semicolons' <<'END'
name,town
Café,Perth; Kinross
END
printf '\377\376n\0a\0\t\0b\0\r\0\n\0001\0\t\0\243\0\r\0\n\0' >wide.txt
run sheet-csv wide.txt
out 'Unicode Text of Excel' <<'END'
na,b
1,£
END
printf 'a,b\n1,2\n' >really.xls
run sheet-csv really.xls
out 'CSV by the name of .xls' <<'END'
a,b
1,2
END
run sheet-csv --sheet=1 really.xls
status 64 'text has no sheets'
: >empty.xlsx
run sheet-csv empty.xlsx
status 65 'an empty file'

# ---------- what only looks like a workbook ----------

cat >web.xls <<'END'
<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta charset="utf-8"><style>td{mso-number-format:"\@"}</style><!--[if gte mso 9]><xml><table><tr><td>no</td></tr></table></xml><![endif]--></head>
<body><table id=nav><tr><td><a href="x">Home</a></td></tr></table>
<table border=1 cellpadding=0>
<tr><td colspan=4><b>HR1 list</b> &ndash; 2026</td></tr>
<tr><th rowspan=2>Employer</th><th>Date<br>received</th><th colspan=2>Redundancies</th></tr>
<tr><th>HR1</th><th>First dismissal</th><th>Proposed</th></tr>
<tr><td>Alder &amp; Sons&nbsp;Ltd <td>13/02/2026<td>14/04/2026<td align=right>1,020
<tr><td>Caf&eacute; du Nord<br>Leven</td><td>15/02/2026</td><td>16/05/2026</td><td>45</td></tr>
<tr><td>5 &lt; 6 Ltd</td><td>15/02/2026</td><td>16/05/2026</td><td>45</td></tr>
<tr><td>Total</td><td></td><td></td><td>1,110</td></tr>
</table></body></html>
END
run sheet-csv web.xls
out 'a web page by the name of .xls: its largest table, spans and entities' <<'END'
HR1 list – 2026
Employer,"Date
received",Redundancies
,HR1,First dismissal,Proposed
Alder & Sons Ltd,13/02/2026,14/04/2026,"1,020"
"Café du Nord
Leven",15/02/2026,16/05/2026,45
5 < 6 Ltd,15/02/2026,16/05/2026,45
Total,,,"1,110"
END
run sheet-csv --list web.xls
out 'small tables lay out the page' <<'END'
number,name,state
1,Table 1,hidden
2,Table 2,visible
END
printf '\n<TABLE><TR><TD>caf\351 \223q\224<TD rowspan=2>2<TR><TD>3<TD>4</TABLE>' >cp1252.xls
run sheet-csv cp1252.xls
out 'in Windows-1252, tags never closed, a cell that reaches down' <<'END'
café “q”,2
3,,4
END
cat >old.xml <<'END'
<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="s1"/></Styles>
<Worksheet ss:Name="Notices"><Table>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">HR1 list</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">Employer</Data></Cell><Cell><Data ss:Type="String">Date received</Data></Cell><Cell ss:Index="4"><Data ss:Type="String">Proposed</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">Alder &amp; Sons</Data></Cell><Cell ss:StyleID="s1"><Data ss:Type="DateTime">2026-02-13T00:00:00.000</Data></Cell><Cell/><Cell><Data ss:Type="Number">1020</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="Empty"><Table/></Worksheet></Workbook>
END
run sheet-csv old.xml
out 'XML of Excel 2003' <<'END'
HR1 list

Employer,Date received,,Proposed
Alder & Sons,2026-02-13,,1020
END
err "and its other sheets are named" <<'END'
old.xml: read sheet 'Notices'; not 'Empty' (--sheet=NAME reads another)
END
cat >reach.xml <<'END'
<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="A"><Table>
<Row><Cell ss:MergeDown="2"><Data ss:Type="String">tall</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
<Row ss:Index="5"><Cell><Data ss:Type="String">first</Data></Cell><Cell><Data ss:Type="String">second</Data></Cell></Row>
</Table></Worksheet></Workbook>
END
run sheet-csv reach.xml
out 'a merged cell reaches no further, where blank rows are left out' <<'END'
tall,TRUE



first,second
END
run sheet-csv --raw reach.xml
out_has 'tall,1' '--raw leaves its booleans as they are'
printf '<table><tr><td>Si&acirc;n &Ocirc; &wcirc;</td><td>20&deg; &frac14; &trade;</td><td>&nothing;</td></tr></table>' >names.xls
run sheet-csv names.xls
out 'the names of all letters of Latin-1 and of Welsh' <<'END'
Siân Ô ŵ,20° ¼ ™,&nothing;
END
run hr1-ingest -q -n -o csv web.xls
ok 'hr1-ingest reads it without a word' file_has .tap/out ',5 < 6 Ltd,,,,,,,,,,2026-02-15,,,,2026-05-16,,,45,'

# ---------- the sandbox ----------

if command -v strace >/dev/null && strace -o trace -f sheet-csv -q kinds.xlsx >/dev/null 2>&1 && grep -q 'seccomp.*= 0' trace; then
	sed -n '/seccomp([A-Z_]*MODE_FILTER.*= 0\|seccomp(.*FILTER.*= 0\|prctl(PR_SET_SECCOMP.*= 0/,$p' trace >after
	ok 'a filter is in force while the file is read' test -s after
	ok 'behind it nothing is even tried' sh -c '! grep -E "open|socket|exec|clone|fork" after'
fi

# ---------- a single column ----------

printf 'What did you use?\nEmail;Phone\nPhone;Post\nEmail;Post\n' >single.csv
run sheet-csv single.csv
out 'what never stands in the heading separates no columns' <single.csv
run survey-tally -q -o csv single.csv
out_has 'What did you use?,,,Phone,2,3,66.7' 'and its answers are several'
printf 'Notices of 2026\n\nEmployer;Jobs\nAcme;20\nBest;30\n' >titled.csv
run sheet-csv titled.csv
out 'but a title over headings has none either' <<'END'
Notices of 2026

Employer,Jobs
Acme,20
Best,30
END

finish
