#!/bin/sh
# SPDX-License-Identifier: MIT
# The manual pages of the programs against the programs: each SYNOPSIS is the usage that --help
# prints, and each line that begins with "$ " under EXAMPLES runs as it stands ("# exits N" says how
# it ends). The ten minutes of compact(7) run too.
. tests/t/lib.sh

COMPACT_TODAY=2008-06-01
export COMPACT_TODAY

page()
{
	mandoc -Tascii -O width=1000 "$1" | sed "s/.$(printf '\b')//g"
}
section()
{
	page "$1" | sed -n "/^$2\$/,/^[A-Z][A-Z ]*\$/p" | sed '1d;/^[A-Z]/d'
}
folded()
{
	tr -s ' \n' ' ' | sed 's/^ //;s/ $//;s/\[OPTION \.\.\.\]/\n&/g'
}

same_usage()
{
	"$1" --help | sed -n '1,/^$/p' | sed 's/^usage://' | folded >.tap/usage
	section "$2" SYNOPSIS | folded >.tap/synopsis
	[ -s .tap/usage ] && diff -u .tap/synopsis .tap/usage
}

# One line of EXAMPLES with the status that it says.
runs()
{
	wanted=${1##*# exits }
	[ "$wanted" != "$1" ] || wanted=0
	sh -c "$1" >.tap/out 2>.tap/err </dev/null
	got=$?
	command_run=$1
	[ "$got" -eq "$wanted" ] || { echo "expected status $wanted"; show; return 1; }
}

for page in "$top"/man/*.1; do
	program=$(basename "$page" .1)
	[ -x "$BUILD/bin/$program" ] || continue
	ok "$program: the synopsis is the usage" same_usage "$program" "$page"
	section "$page" EXAMPLES | sed -n 's/^ *\$ //p' >.tap/examples
	[ -s .tap/examples ] || continue
	rm -rf examples
	mkdir examples
	compact-init -q -d examples/compact.db --sample=derbyshire || exit 1
	while IFS= read -r line; do
		ok "$program: $line" runs "cd examples && $line"
	done <.tap/examples
done

for page in "$top"/man/*.[157]; do
	ok "$(basename "$page"): mandoc finds no fault" mandoc -Tlint -W warning "$page"
done

# The tutorial, by the real clock, with the programs that are there. Everything in it succeeds, but
# that smart and compact-check find something.
unset COMPACT_TODAY
mkdir minutes
cd minutes || exit 1
mkdir .tap
section "$top/man/compact.7" 'TEN MINUTES' | sed -n 's/^           *//p' |
	sed ':a;/\\$/{N;s/\\\n *//;ba}' | grep -E '^(export|[a-z]+-[a-z]+ )' >.tap/minutes
ok 'the tutorial has commands' test "$(wc -l <.tap/minutes)" -gt 15
while IFS= read -r line; do
	program=${line%% *}
	case $line in
	export*)
		eval "$line"
		continue
		;;
	*smart | compact-check) line="$line  # exits 1" ;;
	esac
	[ -x "$BUILD/bin/$program" ] || continue
	ok "tutorial: $line" runs "$line"
done <.tap/minutes
finish
