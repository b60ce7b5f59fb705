#!/bin/sh
# SPDX-License-Identifier: MIT
# Completions: whatever --help names can be completed, in every shell; and bash's work.
. tests/t/lib.sh
made=$BUILD/completions

# What a program's --help lists: "verb NAME" and "option NAME".
listed()
{
	"$1" --help | awk '
		/^verbs:$/ { part = "verb"; next }
		/^options:$/ { part = "option"; next }
		!/^  / { part = "" }
		part == "verb" && /^  [a-z]/ { print "verb", $1 }
		part == "option" && match($0, /--[a-z-]+/) { print "option", substr($0, RSTART + 2, RLENGTH - 2) }
		part == "option" && /^  -[a-zA-Z],/ { print "letter", substr($1, 2, 1) }'
}
# The part of the bash and zsh files that is about one program.
bash_part() { sed -n "/^\t$1)\$/,/;;/p" "$made/compact.bash"; }
zsh_part() { sed -n "/^_compact_$(echo "$1" | tr - _)()/,/^}/p" "$made/_compact"; }
all_there()
{
	listed "$1" >listed
	[ -s listed ] || { echo "$1 --help lists nothing"; return 1; }
	bash_part "$1" >bash
	zsh_part "$1" >zsh
	missing=$(while read -r what name; do
		case $what in
		verb)
			grep -q "verbs='.*\b$name\b" bash || echo "bash: verb $name"
			grep -q "^		'$name:" zsh || echo "zsh: verb $name"
			grep -q -- "-a $name -d" "$made/fish/$1.fish" || echo "fish: verb $name"
			;;
		option)
			grep -q -- "--${name}[ =']" bash || echo "bash: --$name"
			grep -q -- "'--$name=*\\[" zsh || echo "zsh: --$name"
			grep -q -- " -l $name " "$made/fish/$1.fish" || echo "fish: --$name"
			;;
		letter)
			grep -q -- "[ ']-$name " bash || echo "bash: -$name"
			grep -q -- "'-$name+*\\[" zsh || echo "zsh: -$name"
			grep -q -- " -s $name " "$made/fish/$1.fish" || echo "fish: -$name"
			;;
		esac
	done <listed)
	[ -z "$missing" ] || { echo "$missing"; return 1; }
}
for p in "$BUILD"/bin/*; do
	ok "${p##*/}: every verb and option can be completed" all_there "${p##*/}"
done
ok 'bash: every program has the function' sh -c "for p in $BUILD/bin/*; do
	bash -c '. \"\$1\"; complete -p \"\$2\"' - $made/compact.bash \${p##*/} || exit 1; done"

# What bash offers for a command line whose last word is being typed.
cat >offers <<'END'
. "$1"
shift
COMP_WORDS=()
for word; do
	# As readline does: = parts words.
	while [[ $word == ?*=* ]]; do
		COMP_WORDS+=("${word%%=*}" "=")
		word=${word#*=}
	done
	COMP_WORDS+=("$word")
done
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_compact "$1"
printf '%s\n' "${COMPREPLY[@]}"
END
offers()
{
	expected=$1
	shift
	actual=$(bash offers "$made/compact.bash" "$@" | tr '\n' ' ')
	[ "${actual% }" = "$expected" ] || { echo "expected: $expected"; echo "actual: $actual"; return 1; }
}
new_store
compact-record -q aim add 1 text='Work together' >/dev/null
action-track -q add B1 title='First things' >/dev/null
action-track -q add B2 title='Second things' >/dev/null
ok 'a verb' offers 'overdue' action-track ov
ok 'an option, ready for its value' offers '--partnership=' action-track list --part
ok 'an option without a value' offers '--dry-run' action-track set B1 --dry
ok 'a format' offers 'csv' action-track list -o cs
ok 'a format behind =' offers 'xlsx' action-track list --output=xl
ok 'refs out of the store' offers 'B1 B2' action-track set B
ok 'and of any kind' offers '1' compact-record aim show ''
ok 'a kind' offers 'attendance' compact-record atten
ok 'a verb behind a kind' offers 'list load log' compact-record aim l
compact-record -q person add me name='M E' >/dev/null
ok 'a field, ready for its value' offers 'due=' action-track set B1 du
ok 'of the kind that is named' offers 'email=' compact-record person add em
ok 'the words of a field' offers 'done dropped' action-track set B1 status=d
ok 'in a filter too' offers 'open' action-track list 'status!=o'
ok 'whom a field may name' offers 'me' compact-record seat add person=m
ok 'of whatever kind' offers 'me' action-track set B1 leads=m
ok 'fields as columns' offers 'ref,title' action-track list --columns=ref,tit
ok 'a report' offers 'weekly' report-gen wee
ok 'its parameters' offers 'since= soon=' report-gen weekly s
ok 'and whom it is for' offers 'public partners' report-gen weekly audience=p
ok 'a sample' offers 'tayside' compact-init --sample=t
touch other.db
ok 'a file' offers 'other.db' action-track -d oth
mkdir empty
ok 'nothing, without a store' sh -c 'cd empty && ! grep . <<E
$(bash ../offers "$0" action-track set B)
E' "$made/compact.bash"
finish
