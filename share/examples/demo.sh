#!/bin/sh
# SPDX-License-Identifier: MIT
#
# demo.sh FOLDER [PROGRAMS]: the main jobs on the shipped samples, with each command as you would
# type it. Everything is made anew in FOLDER; nothing outside it is touched.
set -eu
umask 077
folder=${1:?say where: demo.sh FOLDER}
samples=$(cd "$(dirname "$0")/../samples" && pwd)
[ $# -lt 2 ] || PATH=$(cd "$2" && pwd):$PATH
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
cp "$samples"/*.csv .
unset COMPACT_DB COMPACT_REPORTS COMPACT_BY
export COMPACT_TODAY

say() { printf '\n\033[1m%s\033[0m\n' "$*" | if [ -t 1 ]; then cat; else sed 's/\x1b\[[0-9]*m//g'; fi; }
# Shows a command and runs it. 1 means that something was found, which is what some are asked for.
try()
{
	printf '\n$ %s\n' "$1"
	found=0
	eval "$1" || found=$?
	[ "$found" -le 1 ]
}
heading() { printf '\n'; say "== $*"; }

heading "1. A partnership and its action plan"
say "The Derbyshire compact as its papers of 2008 have it: aims, priorities, nine actions."
COMPACT_TODAY=2008-09-01
try "compact-init -q -d derbyshire.db --sample=derbyshire"
export COMPACT_DB=derbyshire.db
try "compact-record priority list --columns=ref,title,aims"
try "action-track list --columns=ref,title,leads,due"

say "What do these actions lack? The checks name each gap and the command that closes it."
try "action-track smart A1 A2"

say "So give the first a date and a lead; then say how it goes. Every change can be taken back."
try "action-track set A1 due='30 Sept 2008' leads=croberts"
try "action-track note A1 first outline went round for comments"
try "compact-log | head -4"
try "action-track overdue --today=2008-12-01"
say "The plan as a spreadsheet and as a document to hand round:"
try "action-track list -O plan.xlsx"
try "report-gen -O plan.odt plan"

say "The checks over everything there is: what a reviewer would complain of."
try "compact-check -o csv | cut -c1-100 | sed -n '1,6p'"
try "compact-check -o csv | sed 1d | wc -l"

heading "2. A survey of its members"
say "An export of a forms tool into shares with their bases and 95 % intervals."
try "survey-tally --invited=36 --received=10 --declined=3 --question='I know who leads each action' derbyshire-survey.csv"
say "Kept in the store it is there for reports and for next year's comparison."
try "survey-tally -q --invited=36 --received=10 --declined=3 --store=members-2009 derbyshire-survey.csv >tally.txt"
try "compact-record survey set members-2009 title='What members make of the first year'"
say "The report leaves small counts out, unless it is for the partners themselves."
try "report-gen -O survey.html survey survey=members-2009 audience=partners"

heading "3. Redundancy notices"
say "A response team of three councils, on a Friday in November 2026."
COMPACT_TODAY='2026-11-20 16:00'
try "compact-init -q -d tayside.db --sample=tayside"
COMPACT_DB=tayside.db
try "compact-status"

say "A spreadsheet of notices has come by mail: titles above, a total below, dates in two forms, two rows that need mending, and one for another team."
try "csv-sheet -O notices.xlsx tayside-notices.csv"
try "hr1-ingest --told='20 Nov 2026 15:30' --rejects=notices.refused.csv notices.xlsx"
say "What could not be taken is as it was, with the reason in front, to be mended and fed in again:"
try "cut -d, -f1-5 notices.refused.csv"
try "incident-track late --within=72"
try "incident-track calls"

heading "4. The weekly report"
try "report-gen -o text weekly audience=partners"
for suffix in html odt pdf; do
	try "report-gen -O weekly.$suffix weekly audience=partners"
done

heading "What to look at, and what to try next"
cat <<END

In $(pwd):
  weekly.html      the weekly report for a screen; opens in any browser, needs no network
  weekly.odt       the same for Word and LibreOffice
  weekly.pdf       the same on paper
  plan.odt         Derbyshire's action plan in its six columns
  plan.xlsx        the plan as a spreadsheet; edit it and load it back: action-track load plan.xlsx
  survey.html      the members' survey
  notices.refused.csv   the rows that need mending

  export COMPACT_DB=$(pwd)/derbyshire.db
  export PATH=$(dirname "$(command -v compact-init)"):\$PATH
  action-track list aims.none=yes            actions that serve no aim
  action-track add B6 title='A mentor for each manager' leads=pjessop due='end March 2009'
  compact-dump | less                        all of it as YAML
  report-gen -l                              the reports that ship; report-gen --copy=weekly to make one your own
  compact-init -d mine.db name='Our Compact'    a store of your own
END
