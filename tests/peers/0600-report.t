# SPDX-License-Identifier: MIT
# Documents as other programs see them: HTML in Chromium, checked by axe-core in light, dark and print;
# ODT in LibreOffice; PDF's text beside the Markdown's.
. tests/t/lib.sh

AXE=${AXE:-$BUILD/peers/node_modules/axe-core/axe.min.js}
run compact-init -q -d d.db --today=2008-06-01 --sample=derbyshire
run compact-init -q -d t.db --today=2026-11-22 --sample=tayside
reports='weekly steering plan terms docset representation responses survey compare handover charter'

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
for r in $reports; do
	case $r in
	terms) set -- -d d.db --today=2008-06-01 terms version=2008 from=2007 ;;
	plan | charter) set -- -d d.db --today=2008-06-01 "$r" ;;
	*) set -- -d t.db --today=2026-11-22 "$r" audience=partners ;;
	esac
	run report-gen -O "$r.html" "$@"
	status 0 "$r is made"
	ok "$r: renders, no request, no console message" quiet "$r.html"
	for look in light dark print; do
		ok "$r: no violation in $look" axe "$r.html" $look
	done
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
finish
