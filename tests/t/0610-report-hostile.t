#!/bin/sh
# SPDX-License-Identifier: MIT
# What people put into texts stays text, in every report and every format.
. tests/t/lib.sh

run compact-init -d h.db --today=2026-11-22 --sample=tayside
run compact-init -d d.db --today=2008-06-01 --sample=derbyshire
cat >payloads.py <<'END'
"""A thousand payloads, put into every free text of a store, each a different one in turn."""
import itertools, random, re, sqlite3, sys
heads = ['<script>alert(%d)</script>', '"><img src=x onerror=alert(%d)>', '[x](javascript:alert(%d))',
         '![x](http://evil.example/%d.png)', '<a href="javascript:alert(%d)">x</a>', '| %d | \\| `', '```\n%d\n```',
         '</title><svg onload=alert(%d)>', '{{ SELECT %d }}', '&lt;script&gt;%d', '# %d', '- %d', '1. %d', '> %d',
         '.so /etc/passwd %d', "'\\n.ex %d", '\\X\'pdf: exec %d\'', '\\f[CB]%d\\s+9', 'T}\nT}|%d', '.TE\n%d', '<br>%d',
         '**%d', '*%d_', '[%d]: javascript:x', '<!-- %d', ']]>%d<![CDATA[', '--- %d', '===\n%d', '~~~ %d', '[^%d]',
         '</text:p>%d', '&#x6A;avascript:%d', 'data:text/html,<b>%d', '\x1b[31m%d', '\u202e%d', '\ue000%d\ue001',
         '=HYPERLINK(%d)', '$(%d)', '`%d`', 'www.example.org/%d']
tails = ['', ' ', '\n', '"', "'", '\\', '|', '<', '>', '`', '*', '_', '](', '-->', '\n\n', '}}', '{', ')', '#', '&', '\t',
         '<b>', '</div>', ';', '//']
db = sqlite3.connect(sys.argv[1])
payloads = itertools.cycle([(h % i) + t for i, (h, t) in enumerate(itertools.product(heads, tails))])
count = 0
for (table, sql) in db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'store%' "
                               "AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%\\_\\_%' ESCAPE '\\'").fetchall():
    columns = db.execute('PRAGMA table_xinfo("%s")' % table).fetchall()
    keys = [c[1] for c in columns if c[5]]
    for c in columns:
        name, kind = c[1], c[2]
        if c[5] or kind not in ('TEXT', 'TEXT MARKDOWN', 'TEXT PERSONAL') or table == 'setting' or name == 'month':
            continue
        for row in db.execute('SELECT %s FROM "%s"' % (', '.join('"%s"' % k for k in keys), table)).fetchall():
            value = re.sub('[\x00-\x08\x0b-\x1f]', '', next(payloads))
            try:
                db.execute('UPDATE "%s" SET "%s" = ? WHERE %s' % (table, name, ' AND '.join('"%s" IS ?' % k for k in keys)),
                           (value,) + row)
                count += 1
            except sqlite3.IntegrityError:
                pass
db.commit()
assert count >= 300, count
END
cat >check.py <<'END'
"""HTML: only our own tags and attributes, no script, no foreign link; ODT: well-formed."""
import html.parser, sys, xml.dom.minidom, zipfile
TAGS = set('''html head meta title style body a main h1 h2 h3 h4 h5 h6 p em strong del ins ul ol li blockquote pre code hr br
sup div table caption colgroup col thead tbody tr th td section figure svg desc text path rect g defs pattern img'''.split())
ATTRS = set('''lang charset http-equiv content name class href id tabindex style scope role aria-label aria-labelledby start
xmlns viewbox width height font-size x y text-anchor font-weight fill d transform stroke-width stroke-dasharray
stroke-linejoin patternunits rx title rel rev alt src'''.split())
class Parser(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []
    def handle_starttag(self, tag, attrs):
        assert tag in TAGS, (tag, self.getpos())
        for name, value in attrs:
            assert name in ATTRS, (tag, name, self.getpos())
            assert not name.startswith('on'), name
            if name == 'src':
                assert tag == 'img' and value.startswith('data:image/png;base64,'), value[:40]
            if name == 'href':
                assert value.startswith(('#', 'http://', 'https://', 'mailto:')), value
        if tag not in ('meta', 'br', 'hr', 'col', 'img'):
            self.open.append(tag)
    def handle_startendtag(self, tag, attrs):
        before = len(self.open)
        self.handle_starttag(tag, attrs)
        del self.open[before:]
    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, (tag, self.getpos())
for path in sys.argv[1:]:
    if path.endswith('.html'):
        p = Parser()
        p.feed(open(path, encoding='utf-8').read())
        p.close()
        assert not p.open, p.open
    else:
        z = zipfile.ZipFile(path)
        assert z.namelist()[0] == 'mimetype' and z.infolist()[0].compress_type == 0
        for name in z.namelist():
            if name.endswith('.xml'):
                xml.dom.minidom.parseString(z.read(name))
END
ok 'payloads go into the stores' sh -c 'python3 payloads.py h.db && python3 payloads.py d.db'
reports='weekly activity responses steering plan funding-case representation terms priorities charter docset
induction agenda minutes case checklist case-study handover notices compare survey bulletin evidence first-steps'
made()
{
	for r in $reports; do
		for s in h d; do
			report-gen -d $s.db --today=2026-11-22 -O "$s-$r.html" "$r" audience=partners || return 1
			report-gen -d $s.db --today=2026-11-22 -O "$s-$r.md" "$r" audience=partners || return 1
		done
	done
}
ok 'every report is made' made
ok 'HTML: nothing of theirs is markup' python3 check.py ./*.html
odt()
{
	for r in steering docset handover survey; do
		report-gen -d h.db --today=2026-11-22 -O "$r.odt" "$r" audience=partners || return 1
	done
	python3 check.py ./*.odt
}
ok 'ODT: well-formed' odt
# Every report but the widest set as ms: groff must find nothing to complain of.
roff()
{
	for r in weekly plan docset handover terms; do
		report-gen -d h.db --today=2026-11-22 -O "$r.ms" "$r" audience=partners || return 1
		groff -k -t -mspdf -Tpdf "$r.ms" 2>"$r.err" >"$r.pdf" || return 1
		# Long words without a blank cannot be broken; that alone may be said.
		if grep -v "wider than line width\\|^warning: file\\|can't break line" "$r.err" | grep -q .; then
			cat "$r.err"
			return 1
		fi
		if pdftotext "$r.pdf" - | grep -q 'root:.*:0:0'; then return 1; fi
	done
}
ok 'PDF: troff takes none of it for requests' roff
# Markdown as it stands, without what is code: every angle of theirs is escaped.
cat >markdown.py <<'END'
import re, sys
for path in sys.argv[1:]:
    fence = None
    for number, line in enumerate(open(path, encoding='utf-8'), 1):
        ticks = re.match(r'^(`{3,})(.*)$', line.rstrip('\n'))
        if fence:
            if ticks and not ticks.group(2) and len(ticks.group(1)) >= len(fence):
                fence = None
            continue
        if ticks:
            fence = ticks.group(1)
            continue
        for m in re.finditer(r'(\\*)<(?!br>)[a-zA-Z/!?]', re.sub(r'\\\\', '', line)):
            assert len(m.group(1)) == 1, (path, number, line)
    assert not fence, path
END
ok 'Markdown: no tag of theirs is left' python3 markdown.py ./*.md
finish
