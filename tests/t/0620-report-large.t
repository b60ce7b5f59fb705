#!/bin/sh
# SPDX-License-Identifier: MIT
# report-gen on a store of 18 partnerships, 5,000 actions, 2,000 notices and 20 surveys, and on both samples: the same bytes
# twice, figures as the tables of the store have them, and the weekly pack in a second.
. tests/t/lib.sh

run compact-init -q -d big.db ref=x name=X
ok 'a large store is made' sh -c 'python3 "$top/tests/tools/make-store.py" | sqlite3 big.db 2>&1 | grep . && exit 1; exit 0'
ok 'of whole records' sh -c '[ -z "$(sqlite3 big.db "PRAGMA foreign_key_check")" ]'
ok 'with as many as it says' sh -c '[ "$(sqlite3 big.db "SELECT (SELECT count(*) FROM partnership), (SELECT count(*) FROM action),
	(SELECT count(*) FROM notice), (SELECT count(*) FROM survey)")" = "18|5000|2000|20" ]'
run compact-init -q -d d.db --today=2008-06-01 --sample=derbyshire
run compact-init -q -d t.db --today=2026-11-22 --sample=tayside

# ---------- every report ----------

all='weekly activity responses steering funding-case representation notices compare bulletin'
single='plan terms priorities charter docset induction agenda minutes case checklist case-study handover survey'
twice()
{
	for r in $all $single; do
		for p in p03 all; do
			case " $single " in *" $r "*) [ $p = all ] && continue ;; esac
			report-gen -d big.db -p $p --today=2026-01-15 "$r" audience=partners >one.md || { echo "$r -p $p"; return 1; }
			report-gen -d big.db -p $p --today=2026-01-15 "$r" audience=partners >two.md || return 1
			cmp one.md two.md || { echo "$r -p $p"; return 1; }
		done
	done
}
ok 'every report runs, the same bytes twice' twice
one_only()
{
	for r in $single; do
		run report-gen -d big.db -p all --today=2026-01-15 "$r"
		[ "$got" -eq 64 ] && grep -q "is a report of one partnership; choose it with -p" .tap/err || { echo "$r: $got"; return 1; }
	done
}
ok 'what is of one partnership is refused for all' one_only

# ---------- figures ----------

cat >figures.py <<'END'
"""Each figure of a report beside what the tables of the store, or the lists of another program, say."""
import os, re, sqlite3, statistics, subprocess, sys

class Sections(dict):
    """What is not there has no rows."""
    def __missing__(self, name):
        return []

def run(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout

def sections(md):
    """Heading or caption: its table's rows, each a list of cells; bullets as rows of one cell."""
    found, name, head, across = Sections(), None, False, False
    for line in md.splitlines():
        title = re.match(r'#+ (.*)|\*([^*].*)\*$', line)
        if title:
            name, head = title.group(1) or title.group(2), True
            found.setdefault(name, [])
        elif line.startswith('| ') and name is not None:
            cells = [c.strip() for c in line.strip('| ').split(' | ')]
            if head:
                # Of several partnerships each row says first which it is of; of a row a partnership it is the name.
                across, head = cells[0] == 'Partnership' and cells[1] not in ('Kind', 'Open actions', 'Actions costed'), False
            else:
                found[name].append(cells[across:])
        elif line.startswith('- ') and name is not None:
            found[name].append([line[2:]])
    return found

def same(what, have, want):
    global checked
    checked += 1
    assert have == want, '%s: %s has %r, the store %r' % (where, what, have, want)

checked = 0

def figure(word):
    return 0 if word in ('no', 'none', 'No') else int(word)

for db, p, today in [('d.db', None, '2008-06-01'), ('d.db', None, '2009-03-01'), ('t.db', None, '2026-11-22'), ('big.db', 'p03', '2026-01-15'),
                     ('big.db', 'p17', '2025-07-01'), ('big.db', 'all', '2026-01-15')]:
    where = '%s %s %s' % (db, p, today)
    store = sqlite3.connect(db)
    scope = "partnership = '%s'" % p if p not in (None, 'all') else '1'
    def ask(sql):
        return store.execute(sql.replace('SCOPE', scope).replace('TODAY', "'%s'" % today)).fetchone()[0]
    options = ['-d', db, '--today=' + today] + (['-p', p] if p else [])
    def report(name, *given):
        return run('report-gen', *options, name, 'audience=partners', *given)
    def refs(*words):
        return len(run(words[0], *options, *words[1:], '-o', 'ref').split())

    md = report('weekly')
    s = sections(md)
    line = re.search(r': (\d+|no) actions? (?:is|are) overdue, (\d+|none) falls? due by [^,]*, (\d+|none) (?:was|were) finished', md)
    overdue = refs('action-track', 'overdue')
    due = ask("SELECT count(*) FROM action WHERE SCOPE AND status IN ('open', 'blocked') AND due BETWEEN TODAY AND date(TODAY, '+14 days')")
    done = ask("SELECT count(*) FROM action WHERE SCOPE AND done_on BETWEEN date(TODAY, '-7 days') AND TODAY")
    same('overdue', [figure(line.group(1)), len(s['Overdue'])], [overdue, overdue])
    same('due', [figure(line.group(2)), len(s['Due soon'])], [due, due])
    same('done', [figure(line.group(3)), len(s['Done since'])], [done, done])
    same('heard', len(s['Heard since']), ask("SELECT count(*) FROM progress WHERE SCOPE AND noted_on BETWEEN date(TODAY, '-7 days') AND TODAY"))
    same('meetings', len(s['Meetings ahead']), ask("SELECT count(*) FROM meeting WHERE SCOPE AND status = 'planned' AND starts >= TODAY AND substr(starts, 1, 10) <= date(TODAY, '+1 month')"))
    same('reminded', len(s['Reminded']), ask("SELECT count(DISTINCT partnership || ' ' || person) FROM chase WHERE SCOPE AND chased_on BETWEEN date(TODAY, '-7 days') AND TODAY"))
    late = refs('incident-track', 'late')
    if 'New notices' in s or 'Redundancies' in s:
        same('late', [figure(re.search(r'Late: (\d+|no) responses?', md).group(1)), len(s['Late responses'])], [late, late])
        new = ask("SELECT count(*) FROM notice WHERE SCOPE AND status = 'active' AND substr(received, 1, 10) BETWEEN date(TODAY, '-7 days') AND TODAY")
        same('new notices', [figure(re.search(r'New since [^:]*: (\d+|no) notices?', md).group(1)), len(s['New notices'])], [new, new])

    md = report('steering')
    s = sections(md)
    line = re.search(r': (\d+|no) actions? (?:is|are) open, (\d+|none) of them overdue and (\d+|none) blocked; (\d+|none) (?:was|were) finished', md)
    same('steering', [figure(g) for g in line.groups()], [refs('action-track', 'list', 'status=open,blocked'), overdue, refs('action-track', 'list', 'status=blocked'),
        ask("SELECT count(*) FROM action WHERE SCOPE AND done_on BETWEEN date(TODAY, '-3 months') AND TODAY")])
    more = re.search(r'^And (\d+) more actions?\.$', md, re.M)
    none = sum(len(re.findall(r'[:;,] (?:p\d\d |\w+side |\w+shire )?[A-Z]+\d', line)) for line in re.findall(r'^(?:Planned, but no|Without an indicator).*', md, re.M))
    same('outputs', len(s['What the open actions have brought so far']) + (int(more.group(1)) if more else 0) + none, refs('action-track', 'list', 'status=open,blocked'))
    same('indicators', len([r for r in s['Indicators against target'] if len(r) > 1]), ask('SELECT count(*) FROM indicator WHERE SCOPE'))
    load = s['Open actions by lead; by quarter how many fall due and, in brackets, their points']
    held = "FROM lead l JOIN action a ON a.partnership = l.partnership AND a.ref = l.action WHERE l.SCOPE AND a.status IN ('open', 'blocked') AND l.state <> 'declined' AND coalesce(l.person, l.org, l.workgroup) IS NOT NULL"
    same('workload', [sum(int(r[1]) for r in load), sum(int(r[2] or 0) for r in load)],
        list(store.execute(('SELECT count(*), coalesce(sum(a.points), 0) ' + held).replace('l.SCOPE', scope.replace('partnership', 'l.partnership'))).fetchone()))

    md = report('responses', 'since=2000-01-01')
    s = sections(md)
    cases = ask("SELECT count(*) FROM incident WHERE SCOPE AND substr(told, 1, 10) <= TODAY")
    same('cases', [figure(re.search(r'(\d+|[Nn]o) cases? (was|were|has been) told', md).group(1)), len(s['Every case']), sum(int(r[1]) for r in s['By month'])], [cases] * 3)
    for word, column in (('in time', 2), ('late', 3), ('open', 4)):
        same(word, sum(int(r[column]) for r in s['By month']), sum(r[6] == word for r in s['Every case']))

    md = report('notices')
    s = sections(md)
    total = ask("SELECT count(*) FROM notice WHERE SCOPE AND status = 'active' AND substr(received, 1, 10) BETWEEN date(TODAY, 'start of month', '-11 months') AND TODAY")
    people = ask("SELECT coalesce(sum(proposed), 0) FROM notice WHERE SCOPE AND status = 'active' AND substr(received, 1, 10) BETWEEN date(TODAY, 'start of month', '-11 months') AND TODAY")
    line = re.search(r': (\d+|no) notices?(?: from (\d+) employers?; people named: ([\d,]+))?\.', md)
    same('notices', [figure(line.group(1)), int((line.group(3) or '0').replace(',', ''))], [total, people])
    if total:
        for by in ('By area', 'By size of the proposal', 'By size of employer', 'By sector'):
            number = lambda text: int(re.sub(r'<br>.*|,', '', text) or 0)
            last = 4 if by == 'By area' else 2
            same(by, [number(s[by][-1][1]), sum(number(r[1]) for r in s[by][:-1])], [total, total])
            same(by + ', people', [number(s[by][-1][last]), sum(number(r[last]) for r in s[by][:-1] if len(r) > last)], [people, people])

    s = sections(report('compare'))
    names = dict(store.execute('SELECT name, ref FROM partnership WHERE ' + scope.replace('partnership', 'ref')))
    each = [r for r in s['How each does'] if r[0] != 'Median of all']
    several = ask('SELECT count(*) FROM partnership') > 1
    same('partnerships', [len(each), len(s['How each does'])], [len(names), len(names) + several])
    everywhere = [ask("SELECT count(*) FROM action WHERE partnership = '%s' AND status IN ('open', 'blocked')" % r) for r, in store.execute('SELECT ref FROM partnership')]
    if several:
        same('median', float(s['How each does'][-1][1]), statistics.median(everywhere))
    for row in each:
        who = "partnership = '%s'" % names[row[0].replace('\\', '')]
        want = [ask("SELECT count(*) FROM action WHERE %s AND status IN ('open', 'blocked')" % who), ask("SELECT count(*) FROM action WHERE %s AND status IN ('open', 'blocked') AND due < TODAY" % who),
                ask("SELECT count(*) FROM notice WHERE %s AND status = 'active'" % who), ask("SELECT count(*) FROM incident WHERE %s" % who)]
        same('compare ' + row[0], [int(c) for c in row[1:5]], want)

    s = sections(report('funding-case', 'most=100000'))
    same('costs', len([r for r in s['By action'] if r[0] not in ('Total', '')]), ask("SELECT count(*) FROM action WHERE SCOPE AND status <> 'dropped' AND (budget > 0 OR spent > 0)"))
    placed = s['By partnership' if p == 'all' else 'By aim']
    same('costed', sum(int(r[1]) for r in placed if r[0] != 'Total'), ask("SELECT count(*) FROM action WHERE SCOPE AND status <> 'dropped' AND (budget IS NOT NULL OR spent IS NOT NULL)"))
    same('budget', [int(r[2].strip('£').replace(',', '')) * 100 for r in placed if r[0] == 'Total'], [ask("SELECT sum(budget) FROM action WHERE SCOPE AND status <> 'dropped'")] if placed else [])
    month = today[:7]
    s = sections(report('activity', 'month=' + month))
    same('activity', [len(s['Cases and responses']) and sum(r[-1] in ('in time', 'late', 'open') for r in s['Cases and responses']), len(s['Actions finished'])],
        [ask("SELECT count(*) FROM incident WHERE SCOPE AND substr(told, 1, 7) = '%s'" % month), ask("SELECT count(*) FROM action WHERE SCOPE AND substr(done_on, 1, 7) = '%s'" % month)])
    same('bulletin', len(sections(report('bulletin'))['Done']), ask("SELECT count(*) FROM action WHERE SCOPE AND status = 'done' AND done_on BETWEEN date(TODAY, '-2 months') AND TODAY"))
    if p == 'all':
        continue

    plan = ask("SELECT max(ref) FROM period WHERE SCOPE AND starts <= TODAY")
    kept = [r for r in run('action-track', *options, 'list', 'status!=dropped', '-o', 'ref').split()]
    planned = {r for r, in store.execute("SELECT action FROM plan WHERE %s AND period = '%s'" % (scope, plan))}
    rows = [r[0].split(' ')[0] for part in sections(report('plan')).values() for r in part if len(r) == 6]
    same('plan', sorted(rows), sorted(r for r in kept if not planned or r in planned))
    docset = sections(report('docset'))
    same('docset plan', sorted(r[0].split(' ')[0] for part in docset.values() for r in part if len(r) == 6), sorted(rows))
    same('docset aims', len(docset['What serves each aim']), ask('SELECT count(*) FROM aim WHERE SCOPE AND retired IS NULL'))
    same('handover', len(sections(report('handover'))['Open actions']), refs('action-track', 'list', 'status=open,blocked,proposed'))
    same('agenda', len(sections(report('agenda'))['Overdue']), overdue)
    year = ask('SELECT max(period) FROM priority WHERE SCOPE')
    if year:
        same('priorities', len(sections(report('priorities'))['Priorities ' + year]), ask("SELECT count(*) FROM priority WHERE SCOPE AND period = '%s' AND status IN ('proposed', 'adopted', 'met')" % year))
    charter = ask('SELECT ref FROM (SELECT ref FROM charter WHERE SCOPE ORDER BY starts DESC, ref DESC LIMIT 1) UNION ALL SELECT NULL')
    if charter:
        same('signed', len(sections(report('charter'))['Signed by']), ask("SELECT count(*) FROM signature WHERE SCOPE AND charter = '%s' AND ended IS NULL" % charter))
    md = report('survey')
    of = ask('SELECT ref FROM (SELECT ref FROM survey WHERE SCOPE ORDER BY coalesce(closed, opened) DESC, ref DESC LIMIT 1) UNION ALL SELECT NULL')
    if of:
        same('questions', [len(re.findall('^### ', md, re.M)), len(sections(md)['Annexe: the questionnaire'])], [ask("SELECT count(*) FROM question WHERE SCOPE AND survey = '%s'" % of)] * 2)
        for base in re.findall(r'Base: (\d+) who', md):
            same('base', ask("SELECT count(*) FROM tally WHERE SCOPE AND survey = '%s' AND base = %s" % (of, base)) > 0, True)
    store.close()
assert checked > 150, checked
END
ok 'figures are those of the tables and of the lists' python3 figures.py

# ---------- the weekly pack ----------

# Time of the processor: others use the machine too. (make bench has the clock's.) Sanitizers slow it down severalfold.
cat >pack.py <<'END'
import resource, subprocess, sys
for p in range(18):
    subprocess.run(['report-gen', '-d', 'big.db', '-p', 'p%02d' % p, '--today=2026-01-15', '-o', 'html', 'weekly', 'audience=partners'], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
assert used.ru_utime + used.ru_stime <= float(sys.argv[1]), used
END
case $BUILD in *sanitize*) most=20 ;; *) most=1 ;; esac
ok 'the weekly report of 18 partnerships in a second' python3 pack.py $most
finish
