# SPDX-License-Identifier: MIT
# sheet-csv: files that are no workbook we read, and files made to do harm.
. tests/t/lib.sh

make_sheet() { python3 "$top/tests/tools/make-sheet.py" "$@" || exit 1; }

# Each is told what it is, and what to do.
refused()
{
	run sheet-csv "$1"
	status 65 "$2"
	out_empty 'and prints nothing'
	cat >.tap/expected
	ok 'saying so' same_file .tap/err
}

make_sheet protected 'pay roll.xlsx'
refused 'pay roll.xlsx' 'a password' <<'END'
sheet-csv: pay roll.xlsx: protected by a password; save a copy without one and use that
END
make_sheet ods-protected p.ods
refused p.ods 'a password on an ods' <<'END'
sheet-csv: p.ods: protected by a password; save a copy without one and use that
END
make_sheet xls "it's.xls"
refused "it's.xls" 'an old .xls, with the command to convert it' <<'END'
sheet-csv: it's.xls: an old Excel workbook (.xls of before 2007); convert it with: libreoffice --headless --convert-to xlsx 'it'\''s.xls'
END
printf '\n<HTML><body><table><tr><td>1</td></tr></table></body></HTML>\n' >web.xls
refused web.xls 'HTML by the name of .xls' <<'END'
sheet-csv: web.xls: a web page (HTML), whatever its name says; convert it with: libreoffice --headless --convert-to xlsx web.xls
END
printf '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>' >old.xml
refused old.xml 'Excel 2003 XML' <<'END'
sheet-csv: old.xml: an Excel 2003 XML spreadsheet; convert it with: libreoffice --headless --convert-to xlsx old.xml
END
make_sheet doc a.xls
refused a.xls 'Word' <<'END'
sheet-csv: a.xls: a Word document, not a spreadsheet; copy its table into a spreadsheet
END
make_sheet docx a.docx
refused a.docx 'Word of today' <<'END'
sheet-csv: a.docx: a text document, not a spreadsheet; copy its table into a spreadsheet
END
make_sheet odt a.odt
refused a.odt 'an OpenDocument text' <<'END'
sheet-csv: a.odt: a text document, not a spreadsheet; copy its table into a spreadsheet
END
make_sheet xlsb a.xlsb
refused a.xlsb 'a binary workbook' <<'END'
sheet-csv: a.xlsb: an Excel binary workbook (.xlsb); convert it with: libreoffice --headless --convert-to xlsx a.xlsb
END
make_sheet plain-zip a.zip
refused a.zip 'any zip' <<'END'
sheet-csv: a.zip: a zip file, but no spreadsheet; take the file out of it first
END
printf '%%PDF-1.7\n' >a.pdf
refused a.pdf 'a PDF' <<'END'
sheet-csv: a.pdf: a PDF; ask for the spreadsheet it was made from
END

# Cut short at many places: always a message, never a crash, and rows only from whole parts.
make_sheet kinds whole.xlsx
make_sheet ods-kinds whole.ods
cat >cut.py <<'END'
import subprocess, sys
bad = 0
for name in "whole.xlsx", "whole.ods":
    data = open(name, "rb").read()
    for n in list(range(1, 64)) + list(range(64, len(data), 41)) + [len(data) - k for k in range(1, 23)]:
        open("cut", "wb").write(data[:n])
        p = subprocess.run(["sheet-csv", "-q", "cut"], capture_output=True, timeout=20)
        # A few first bytes of a zip are text as good as any, if not refused as such.
        fine = p.returncode == 65 and p.stderr.startswith(b"sheet-csv: cut:") and p.stderr.count(b"\n") == 1
        if not fine and not (n < 4 and p.returncode in (0, 65)):
            print(name, n, p.returncode, p.stderr[:200])
            bad += 1
sys.exit(bad > 0)
END
ok 'cut short anywhere: 65 and one line' python3 cut.py

# Bombs and lies: refused in little memory and time.
cat >bombs.py <<'END'
import os, resource, subprocess, sys, time
maker, tight = sys.argv[1], "sanitize" not in os.environ["BUILD"]
names = subprocess.run([sys.executable, maker, "hostile-names"], capture_output=True, text=True).stdout.split()
for name in names:
    subprocess.run([sys.executable, maker, "hostile:" + name, "bomb"], check=True)
    start = time.monotonic()
    with open(os.devnull, "wb") as null:
        p = subprocess.Popen(["sheet-csv", "-q", "bomb"], stdout=null, stderr=subprocess.PIPE)
        err = p.stderr.read()
        _, status, usage = os.wait4(p.pid, 0)
    took, code, peak = time.monotonic() - start, os.waitstatus_to_exitcode(status), usage.ru_maxrss // 1024
    fine = code == 65 and err.startswith(b"sheet-csv: bomb:") and (not tight or (peak <= 64 and took < 20))
    print("ok" if fine else "not ok", name, f"status {code}, {peak} MB, {took:.1f} s", err[:300])
END
ok 'bombs are made' sh -c 'python3 bombs.py "$top/tests/tools/make-sheet.py" >bombs' 
cat bombs | sed 's/^/# /'
ok 'every bomb refused within 64 MB' sh -c '! grep "^not ok" bombs'
ok 'all of them were tried' sh -c 'test "$(wc -l <bombs)" -ge 25'

finish
