# SPDX-License-Identifier: MIT
# Documents as other programs see them: HTML in Chromium, checked by axe-core in light, dark and print;
# ODT in LibreOffice; PDF's text beside the Markdown's.
. tests/t/lib.sh

AXE=${AXE:-$BUILD/peers/node_modules/axe-core/axe.min.js}
run compact-init -q -d d.db --today=2008-06-01 --sample=derbyshire
run compact-init -q -d t.db --today=2026-11-22 --sample=tayside
reports='weekly steering plan terms docset representation responses survey compare handover charter activity funding-case priorities
induction agenda minutes case checklist case-study notices bulletin evidence first-steps'

browse() { chromium --headless --no-sandbox --disable-gpu --user-data-dir="$work/chromium" "$@"; }

# The page as it is: it renders, asks for nothing and says nothing.
quiet()
{
	browse --enable-logging=stderr --log-net-log="$work/net.json" --dump-dom "file://$work/$1" >dom.html 2>console.txt
	grep -q '</main>' dom.html || return 1
	if grep CONSOLE console.txt; then return 1; fi
	if grep -oE '"url":"(http|ws)[^"]*' net.json | grep -vE 'google|gvt1|gstatic|chromium'; then return 1; fi
}
# A copy without the policy that forbids scripts, with axe in it; one look at a time.
axe()
{
	python3 - "$1" "$2" "$AXE" >axe.html <<'END'
import re, sys
page = open(sys.argv[1], encoding='utf-8').read()
page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', '', page)
look = sys.argv[2]
page = page.replace('@media (prefers-color-scheme: dark)', '@media %s' % ('all' if look == 'dark' else 'not all'))
page = page.replace('@media print', '@media %s' % ('all' if look == 'print' else 'not all'))
script = open(sys.argv[3], encoding='utf-8').read().replace('</script', '<\\/script')
page = page.replace('</body>', '<script>%s</script><script>axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", '
    '"wcag21aa", "wcag22aa", "best-practice"]}).then(function (r) { document.title = "AXE " + r.passes.length + " " + JSON.stringify('
    'r.violations.map(function (v) { return [v.id, v.nodes.length, v.nodes[0].html.slice(0, 200)]; })); });</script></body>' % script)
sys.stdout.write(page)
END
	browse --virtual-time-budget=20000 --dump-dom "file://$work/axe.html" 2>/dev/null | grep -o '<title>AXE.*</title>' >result.txt
	grep -qE '^<title>AXE [1-9][0-9]* \[\]</title>$' result.txt || { cat result.txt; return 1; }
}
# On a phone nothing but tables and charts is wider than the screen, and those can be pushed aside.
phone()
{
	python3 - "$1" >phone.html <<'END'
import re, sys
page = open(sys.argv[1], encoding='utf-8').read()
page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', '', page)
sys.stdout.write(page.replace('</body>', '<script>document.title = "WIDE " + (document.documentElement.scrollWidth - window.innerWidth);</script></body>'))
END
	browse --window-size=500,900 --virtual-time-budget=5000 --dump-dom "file://$work/phone.html" 2>/dev/null | grep -o '<title>WIDE[^<]*' >result.txt
	grep -qE '^<title>WIDE (0|-[0-9]+)$' result.txt || { cat result.txt; return 1; }
}
for r in $reports; do
	case $r in
	terms) set -- -d d.db --today=2008-06-01 terms version=2008 from=2007 ;;
	plan | charter) set -- -d d.db --today=2008-06-01 "$r" ;;
	case) set -- -d t.db --today=2026-11-22 case incident=C1 ;;
	*) set -- -d t.db --today=2026-11-22 "$r" audience=partners ;;
	esac
	run report-gen -O "$r.html" "$@"
	status 0 "$r is made"
	ok "$r: renders, no request, no console message" quiet "$r.html"
	for look in light dark print; do
		ok "$r: no violation in $look" axe "$r.html" $look
	done
	ok "$r: fits on a phone" phone "$r.html"
done

# ODT: LibreOffice keeps headings, tables, pictures; its text has the words of the Markdown.
words()
{
	python3 - "$1" "$2" <<'END'
import re, sys
md = open(sys.argv[1], encoding='utf-8').read()
# Charts are pictures, their titles in them; targets of links are not printed.
md = re.sub(r'\*\*[^\n]*\*\*\n\n(`{3,}).*?\n\1', ' ', md, flags=re.S)
md = re.sub(r'\]\([^)]*\)', ']', md)
md = re.sub(r'<[^>]*>', ' ', md)
want = set(re.findall(r'[A-Za-z]{5,}', md))
text = open(sys.argv[2], encoding='utf-8').read()
have = set(re.findall(r'[A-Za-z]{5,}', text)) | set(re.findall(r'[A-Za-z]{5,}', re.sub(r'-?\n\s*', '', text)))
missing = sorted(w for w in want if w not in have)
assert not missing, missing
END
}
for r in steering plan docset handover; do
	case $r in
	plan) set -- -d d.db --today=2008-06-01 plan ;;
	*) set -- -d t.db --today=2026-11-22 "$r" audience=partners ;;
	esac
	report-gen -O "$r.md" "$@"
	report-gen -O "$r.odt" "$@"
	report-gen -O "$r.pdf" "$@"
	soffice -env:UserInstallation="file://$work/profile" --headless --convert-to pdf --outdir office "$r.odt" >/dev/null 2>&1
	soffice -env:UserInstallation="file://$work/profile" --headless --convert-to fodt --outdir office "$r.odt" >/dev/null 2>&1
	ok "$r: LibreOffice opens the ODT" test -s "office/$r.pdf"
	pdftotext "office/$r.pdf" "office/$r.txt"
	ok "$r: with every word" words "$r.md" "office/$r.txt"
	ok "$r: and its headings" grep -q '<text:h ' "office/$r.fodt"
	ok "$r: and heading rows" grep -q '<table:table-header-rows' "office/$r.fodt"
	pdftotext -layout "$r.pdf" "$r.txt"
	ok "$r: the PDF has every word" words "$r.md" "$r.txt"
done
ok 'pictures are in the ODT' grep -q '<draw:image' office/steering.fodt
ok 'the plan lies' sh -c 'pdfinfo plan.pdf | grep -q "841.* x 595"'
ok 'and in LibreOffice' sh -c 'pdfinfo office/plan.pdf | grep -qE "84[12].* x 595"'
ok 'headings are bookmarks of the PDF' grep -aq "/Title (For decision)" steering.pdf
ok "the plan's heading is on each of its pages" sh -c '[ "$(pdftotext -layout plan.pdf - | grep -c "Objective ")" -ge "$(pdfinfo plan.pdf | sed -n "s/^Pages: *//p")" ]'

# The plan of the nine rows as Word has it: on its side, heads repeated, each row whole, every line of a cell apart.
soffice -env:UserInstallation="file://$work/profile" --headless --convert-to docx --outdir word plan.odt >/dev/null 2>&1
cat >word.py <<'END'
import re, xml.etree.ElementTree as E, zipfile
W = '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}'
root = E.fromstring(zipfile.ZipFile('word/plan.docx').read('word/document.xml'))
def lines(cell):
    text = ''
    for p in cell.iter(W + 'p'):
        for r in p.iter():
            text += r.text or '' if r.tag == W + 't' else '\n' if r.tag == W + 'br' else ''
        text += '\n'
    return text.strip().split('\n')
assert any(size.get(W + 'orient') == 'landscape' for size in root.iter(W + 'pgSz'))
seen = {}
for table in root.iter(W + 'tbl'):
    rows = list(table.iter(W + 'tr'))
    assert rows[0].find(W + 'trPr/' + W + 'tblHeader') is not None, 'no heading row'
    assert [lines(c)[0][:9] for c in rows[0].iter(W + 'tc')] == ['Objective', 'What will', 'Outcomes ', 'Lead, mon', 'Time', 'Costs']
    for row in rows[1:]:
        assert row.find(W + 'trPr/' + W + 'cantSplit') is not None, 'a row may break'
        cells = [lines(c) for c in row.iter(W + 'tc')]
        assert len(cells) == 6
        seen[cells[0][0].split(' ')[0]] = cells
assert sorted(seen) == ['A1', 'A2', 'B1', 'B2.1', 'B2.2', 'B3', 'B4', 'B5', 'C1'], sorted(seen)
assert seen['A1'][3] == ['Cheryl Roberts', 'Jackie Hewlett-Davies'], seen['A1'][3]
assert len(seen['A1'][2]) == 4 and all(line.startswith('- ') for line in seen['A1'][2]), seen['A1'][2]
assert len(seen['B4'][1]) == 3, seen['B4'][1]
END
ok 'the plan in Word: on its side, heads, whole rows, lines apart' python3 word.py
apart()
{
	pdftotext -layout plan.pdf - | grep -q 'Cheryl Roberts' || return 1
	! pdftotext -layout plan.pdf - | grep -q 'Cheryl Roberts.*Jackie'
}
ok 'and in PDF' apart
finish
