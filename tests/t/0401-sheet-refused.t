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
printf '<html><body>Your session has expired. Please log in.</body></html>\n' >login.xls
refused login.xls 'a page without a table by the name of .xls' <<'END'
sheet-csv: login.xls: a web page (HTML) without a table, whatever its name says; ask for the spreadsheet
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
cat >pages.py <<'END'
row = b"<tr><td colspan=999 rowspan=999>" + b"x" * 20000
pages = {"cell": b"<table><tr><td>" + b"y" * (40 << 20), "wide": b"<table>" + (b"<tr>" + b"<td colspan=1000>a" * 30) * 10,
         "tables": b"<table><tr><td>z" * 100000, "tag": b"<table><tr><td a=\"" + b"q" * (40 << 20), "entities": b"<table><tr><td>" + b"&#65;&foo;&" * 4000000,
         "spans": b"<table>" + row * 2000, "comment": b"<table><tr><td>1<!--" + b"-" * (40 << 20), "rows": b"<table>" + b"<tr><td>1" * 3000000}
for name, page in pages.items():
    open("page-" + name, "wb").write(page)
END
cat >pages-run.py <<'END'
import os, subprocess
for name in sorted(n for n in os.listdir(".") if n.startswith("page-")):
    with open(os.devnull, "wb") as null:
        p = subprocess.Popen(["sheet-csv", "-q", name], stdout=null, stderr=subprocess.PIPE)
        err = p.stderr.read()
        _, status, usage = os.wait4(p.pid, 0)
    code, peak = os.waitstatus_to_exitcode(status), usage.ru_maxrss // 1024
    fine = code in (0, 65) and len(err) < 400 and (peak <= 64 or "sanitize" in os.environ["BUILD"])
    print("ok" if fine else "not ok", name, code, peak, "MB", err[:200])
END
ok 'pages are made' sh -c 'python3 pages.py && python3 pages-run.py >pages && rm page-*'
sed 's/^/# /' pages
ok 'web pages of any size within 64 MB' sh -c '! grep "^not ok" pages'
ok 'bombs are made' sh -c 'python3 bombs.py "$top/tests/tools/make-sheet.py" >bombs' 
cat bombs | sed 's/^/# /'
ok 'every bomb refused within 64 MB' sh -c '! grep "^not ok" bombs'
ok 'all of them were tried' sh -c 'test "$(wc -l <bombs)" -ge 25'

finish
