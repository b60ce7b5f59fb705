# SPDX-License-Identifier: MIT
# Spreadsheets of other programs are read, and ours are read by them.
. tests/t/lib.sh

python=/usr/bin/python3
office() { soffice -env:UserInstallation="file://$work/profile" --headless "$@" >/dev/null 2>&1; }

cat >plan.csv <<'END'
ref,text,due,money,count,mixed,=SUM(A1)
0012,=1+1,2026-11-30,1200.50,5,1.50,+44 20 7946
07700 900123,@cmd,,-0.90,-7,2,-1-1
12E5,01/02/2024,2008-02-29,,,x,"=HYPERLINK(""http://x"")"
NO,"£1,200.50",1900-03-01,7.00,123456789012345,,https://example.org/?a=b&c=d
2.10,"led  by, blanks ",9999-12-31,0.00,0,1,_x004_
2.9,"it's ""so""
on two lines",,,,00,– ’ €
1e5,~,,,,TRUE,<b>&amp;]]>
END
printf 'tab,tab\there,,,,	led by one,"one\n\nempty line"\n' >>plan.csv
# Others keep the value of a number, not its zeros.
sed 's/1200\.50,5/1200.5,5/; s/-0\.90/-0.9/; s/7\.00/7/; s/0\.00,/0,/' plan.csv >values.csv

# Ours, saved again by LibreOffice in both formats, and read by gnumeric and openpyxl.
for format in xlsx ods; do
	run csv-sheet --title='A plan' -O "plan.$format" plan.csv
	status 0 "$format: written"
	for other in xlsx ods; do
		office --convert-to $other --outdir "by-office-$format" "plan.$format"
		run sheet-csv "by-office-$format/plan.$other"
		out "$format saved as $other by LibreOffice: nothing was evaluated or reshaped" <values.csv
	done
	office --convert-to fods --outdir "flat-$format" "plan.$format"
	run sheet-csv "flat-$format/plan.fods"
	out "$format saved as fods" <values.csv
	ok "$format: money keeps its look" grep -q '<text:p>1200.50</text:p>' "flat-$format/plan.fods"
	ok "$format: LibreOffice knows the table" grep -q 'table:database-range ' "flat-$format/plan.fods"
	ok "$format: and the heading" grep -q 'table:table-header-rows' "flat-$format/plan.fods"
	ok "$format: and the title" grep -q '<dc:title>A plan' "flat-$format/plan.fods"
	ssconvert "plan.$format" "gnumeric-$format.xlsx" 2>/dev/null
	run sheet-csv -q "gnumeric-$format.xlsx"
	# From an xlsx gnumeric keeps the number format, and with it the zeros.
	case $format in xlsx) kept=plan.csv ;; *) kept=values.csv ;; esac
	out "$format saved by gnumeric" <$kept
done

cat >check.py <<'END'
import csv, datetime, sys, openpyxl
sheet = openpyxl.load_workbook("plan.xlsx")["plan"]
rows = list(csv.reader(open("plan.csv", newline="")))
for want, got in zip(rows, sheet.iter_rows()):
    for i, (text, cell) in enumerate(zip(want, got)):
        value = cell.value
        if text == "":
            assert value is None, (text, value)
        elif want is rows[0] or i not in (2, 3, 4):
            assert cell.data_type == "s" and cell.number_format == "@", (text, cell.data_type)
        elif i == 2:
            assert isinstance(value, datetime.datetime) and value.strftime("%Y-%m-%d") == text, (text, value)
        else:
            assert cell.data_type == "n" and float(text) == float(value), (text, value)
assert sheet.max_row == len(rows) and sheet.freeze_panes == "A2"
END
ok 'openpyxl: texts are texts, dates dates, numbers numbers' $python check.py

# Theirs.
cat >theirs.py <<'END'
import datetime, openpyxl, xlsxwriter
moment = datetime.datetime(2026, 11, 30, 14, 22, 5)
book = openpyxl.Workbook()
sheet = book.active
sheet.append(["text", 12.5, True, datetime.date(2026, 11, 30), moment, datetime.time(14, 22), datetime.timedelta(hours=36), "#N/A"])
sheet["A2"] = "merged"
sheet.merge_cells("A2:C2")
sheet["D2"] = "=1+1"
book.save("openpyxl.xlsx")
book = xlsxwriter.Workbook("xlsxwriter.xlsx", {"constant_memory": True, "date_1904": True, "remove_timezone": True})
sheet = book.add_worksheet("A & B")
day = book.add_format({"num_format": "dd/mm/yyyy"})
time = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
money = book.add_format({"num_format": '"£"#,##0.00'})
sheet.write_row(0, 0, ["text", 12.5, True])
sheet.write_datetime(0, 3, datetime.datetime(2026, 11, 30), day)
sheet.write_datetime(0, 4, moment, time)
sheet.write_number(0, 5, 1234.5, money)
sheet.write_formula(0, 6, "=1+1", None, 2)
sheet.write_rich_string(0, 7, "rich ", book.add_format({"bold": True}), "bold", " end")
book.close()
END
ok 'workbooks by openpyxl and xlsxwriter' $python theirs.py
run sheet-csv openpyxl.xlsx
out 'openpyxl' <<'END'
text,12.5,TRUE,2026-11-30,2026-11-30 14:22:05,14:22,36:00,#N/A
merged,,,,,,,
END
err_has '1 formula has no stored result' 'its formula was never computed'
run sheet-csv xlsxwriter.xlsx
out 'xlsxwriter' <<'END'
text,12.5,TRUE,2026-11-30,2026-11-30 14:22:05,1234.5,2,rich bold end
END
office --convert-to ods --outdir computed openpyxl.xlsx
run sheet-csv computed/openpyxl.ods
out 'openpyxl, computed and saved as ods by LibreOffice, which stores the boolean as 1' <<'END'
text,12.5,1,2026-11-30,2026-11-30 14:22:05,14:22,36:00,#N/A
merged,,,2,,,,
END
office --convert-to xlsx --outdir computed openpyxl.xlsx
run sheet-csv computed/openpyxl.xlsx
out 'and as xlsx' <<'END'
text,12.5,TRUE,2026-11-30,2026-11-30 14:22:05,14:22,36:00,#N/A
merged,,,2,,,,
END

# A real .xls, and the command the message names.
office --convert-to xls --outdir old plan.xlsx
run sheet-csv old/plan.xls
status 65 'a real .xls is refused'
err_has 'libreoffice --headless --convert-to xlsx old/plan.xls' 'with the command to convert it'
office --convert-to xlsx --outdir new old/plan.xls
run sheet-csv new/plan.xlsx
out 'which works' <values.csv

finish
