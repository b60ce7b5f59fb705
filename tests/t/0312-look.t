#!/bin/sh
# SPDX-License-Identifier: MIT
# What people see on a terminal: columns fit its width, words and dates stay whole, numbers line up.
. tests/t/lib.sh

COMPACT_TODAY=2008-06-01
export COMPACT_TODAY
compact-init -q --sample=derbyshire || exit 1
action-track add -q D1 title='Write the newsletter and send it to every member' due=2008-05-01 leads='Cheryl Roberts' >.tap/out
action-track set -q A2 title='日本語のとても長いタイトル、とても長い、とても長い、とても長い、とても長いタイトル'

# terminal COLUMNS COMMAND: as a terminal of that width has it, without its line ends.
terminal()
{
	command_run="$2 at $1 columns"
	TERM=xterm script -qec "stty cols $1; $2" /dev/null </dev/null 2>.tap/err | tr -d '\r' >.tap/raw
	sed "s/$(printf '\033')\[[0-9]*m//g" .tap/raw >.tap/out
	got=0
}
fits()
{
	python3 - "$1" <<'END2'
import sys, unicodedata
most = 0
for line in open(".tap/out", encoding="utf-8"):
    n = sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line.rstrip("\n"))
    most = max(most, n)
print(most)
sys.exit(most > int(sys.argv[1]))
END2
}

for width in 80 100 132 200; do
	for command in 'action-track list' 'action-track overdue' 'action-track smart' compact-status compact-log \
		'compact-record priority list' 'compact-record fields action'; do
		terminal $width "$command"
		ok "$command fits $width columns" fits $width
	done
done
terminal 80 'action-track overdue'
out 'dates and names stay whole' <<'END2'
ref  title                      leads           status  due         days_overdue
D1   Write the newsletter and   Cheryl Roberts  open    2008-05-01            31
     send it to every member
END2
terminal 80 'action-track list ref=A1,D1'
out_has '2008-05-01' 'no date is broken'
out_has 'jhewlettdavies' 'no ref is broken'
terminal 80 'compact-status'
out_has '2008-05-01' 'none in the morning either'
ok 'headings are bold on a terminal' grep -q "$(printf '\033')\[1mwhat" .tap/raw
terminal 80 'NO_COLOR=1 compact-status'
ok 'but not with NO_COLOR' sh -c '! grep -q "$(printf "\033")" .tap/raw'
terminal 80 'compact-status --today=2001-01-01'
out 'a quiet morning is said' <<'END2'
nothing needs you today; compact-check tells what is missing
END2
run compact-status --today=2001-01-01
out_empty 'but only to people'
err_empty 'cron hears nothing'
action-track set -q A1 "title=$(printf 'a\tb')"
run action-track list ref=A1
out_has 'a b' 'a tab does not shift columns'
run action-track set A1 "title=$(printf 'a\033[31mb')"
status 65 'escape sequences do not come in'
terminal 80 'action-track edit'
out_has 'edit needs one REF' 'messages come on a terminal as elsewhere'

# ---------- reports ----------

# What ships fits a narrow terminal too, every heading of a table in whole words.
compact-init -q -d tayside.db --sample=tayside
cat >all.sh <<'END2'
for report in $(report-gen -l -o csv | sed 1d | cut -d, -f1); do
	for db in compact.db tayside.db; do
		report-gen -d $db -o text --today=2026-11-22 $report audience=partners
	done
done
END2
for width in 60 80; do
	terminal $width 'sh all.sh'
	ok "every report fits $width columns" fits $width
	out_has 'Organisation' "headings keep their words at $width"
done
mkdir -p reports
cat >reports/wide.md <<'END2'
---
title: Wide
---

# A heading that is longer than the line of a narrow terminal

```sql table caption="A caption that is longer than the line of a narrow terminal"
SELECT 'under-represented groups of people' AS "Representation", 'Programmes developed' AS "What will be done",
	'30 October 2026' AS Due, 12 AS "People reached", 'x' AS "Monitoring and evaluation"
```

## Next

- an item
END2
terminal 50 'report-gen -o text wide'
out 'what is too wide is stacked, what is too long is wrapped' <<'END2'
A heading that is longer than the line of a narrow
terminal
==================================================

A caption that is longer than the line of a narrow
terminal

Representation     under-represented groups of
                   people
What will be done  Programmes developed
Due                30 October 2026
People reached     12
Monitoring and     x
evaluation

Next
----

  · an item
END2
terminal 132 'report-gen -o text wide'
out_has 'under-represented groups of people  Programmes developed  30 October 2026' 'a wide terminal is made use of'
run report-gen -o text wide
ok 'a file or a pipe has 80 columns' fits 80
out_has 'under-represented       Programmes          30 October 2026       12  x' 'side by side'
finish
