# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Completions of the compact toolkit for bash, made from the option tables of its programs.

# What a program takes: verbs, options (those with a value end in =), options whose value is a file,
# formats out, verbs whose operands are refs, and those that take FIELD=VALUE of the kind.
_compact_table()
{
	case $1 in
@TABLES@
	*) return 1 ;;
	esac
}

# Refs and fields are asked of the store itself; silently nothing where there is none.
_compact_ask()
{
	local i
	local -a store=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		-d | -p) store+=("${COMP_WORDS[i]}" "${COMP_WORDS[i + 1]}") ;;
		--db | --partnership)
			[[ ${COMP_WORDS[i + 1]} == = ]] && store+=("${COMP_WORDS[i]}=${COMP_WORDS[i + 2]}") ;;
		esac
	done
	"$@" "${store[@]}" -q 2>/dev/null </dev/null
}

_compact_kinds()
{
	compact-record kinds -o csv 2>/dev/null </dev/null | sed '1d;s/,.*//'
}

# The fields of a kind that are written as FIELD=VALUE, a line each: name,type,needed,values,…
_compact_fields()
{
	_compact_ask compact-record fields "$1" -o csv | sed '1d; /^[^,]*,children,/d'
}

# What may stand behind FIELD= of a kind: its words, yes and no, or the refs of what it refers to.
_compact_values()
{
	local name type values kind
	while IFS=, read -r name type _ values _; do
		[[ $name == "$2" ]] || continue
		case $type in
		enum) printf '%s\n' "$values" ;;
		bool) printf 'yes no\n' ;;
		reference | list)
			for kind in $values; do
				_compact_ask compact-record "$kind" list -o ref
			done
			;;
		esac
		return
	done < <(_compact_fields "$1")
}

# Reports, and behind one its parameters: REPORT,…,PARAMETER;PARAMETER
_compact_reports()
{
	_compact_ask report-gen -l -o csv | sed 1d
}

_compact_report()
{
	local name='' i
	for ((i = 1; i < COMP_CWORD; i++)); do
		[[ ${COMP_WORDS[i]} == -* || ${COMP_WORDS[i - 1]} == -* || -n $name ]] || name=${COMP_WORDS[i]}
	done
	if [[ -z $name ]]; then
		_compact_reports | sed 's/,.*//'
	elif [[ $1 == = ]]; then
		[[ $2 != audience ]] || printf 'public partners board front-line\n'
	else
		_compact_reports | sed -n "s/^$name,.*,\([^,]*\),[^,]*\$/\1/p" | sed 's/;/= /g; s/$/=/'
	fi
}

_compact()
{
	local program=$1 cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
	local verbs='' options='' files='' formats='' refs='' kinds='' words='' verb='' kind='' i
	local own='' takes='' sign=''
	local -a of=()
	COMPREPLY=()
	_compact_table "${program##*/}" || return 0

	# --option=value comes as three words.
	[[ $cur != = && $before != = ]] || sign='='
	if [[ $cur == = ]]; then
		cur=
	elif [[ $before == = ]]; then
		before=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	for ((i = 1; i < COMP_CWORD; i++)); do
		if [[ -n $kinds && -z $kind && " $kinds " != *" ${COMP_WORDS[i]} "* ]]; then
			[[ ${COMP_WORDS[i]} == -* || ${COMP_WORDS[i - 1]} == -[dpo] ]] || kind=${COMP_WORDS[i]}
		elif [[ " $verbs " == *" ${COMP_WORDS[i]} "* ]]; then
			verb=${COMP_WORDS[i]}
			break
		fi
	done
	kind=${kind:-$own}

	case $before in
	-o | --output) mapfile -t COMPREPLY < <(compgen -W "$formats" -- "$cur"); return ;;
	-i | --input) mapfile -t COMPREPLY < <(compgen -W 'csv tsv yaml sheet' -- "$cur"); return ;;
	--sample) mapfile -t COMPREPLY < <(compgen -W '@SAMPLES@' -- "$cur"); return ;;
	--columns | --sort)
		# The last of a list: a,b,c
		[[ $cur != *,* ]] || words=${cur%,*},
		mapfile -t COMPREPLY < <(compgen -P "$words" -W "$(_compact_fields "$kind" | sed 's/,.*//')" -- "${cur##*,}")
		return
		;;
	--kind | --make) mapfile -t COMPREPLY < <(compgen -W "$(_compact_kinds)" -- "$cur"); return ;;
	esac
	case " $files " in
	*" $before "*) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
	esac
	case " $options " in
	*" $before= "*) return ;; # a value only the writer knows
	esac

	if [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
		[[ ${#COMPREPLY[@]} != 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null
		return
	fi
	if [[ ${program##*/} == report-gen ]]; then
		words=$(_compact_report "$sign" "$before")
	elif [[ -n $sign && " $takes " == *" ${verb:-add} "* && -n $kind ]]; then
		before=${before%%[+!.-]*}
		words=$(_compact_values "$kind" "${before##*:}")
		[[ -n $words ]] || return
	elif [[ -z $verb && -n $kinds && -z $kind ]]; then
		words="$kinds $(_compact_kinds)"
	elif [[ -z $verb ]]; then
		words=$verbs
	elif [[ " $refs " == *" $verb "* ]]; then
		[[ -z $kinds ]] || of=("$kind")
		words=$(_compact_ask "$program" "${of[@]}" list -o ref)
	fi
	# Behind the first letters of a field, or where no ref is asked for, the fields.
	if [[ -z $sign && -n $verb && -n $kind && " $takes " == *" $verb "* ]] &&
		[[ -n $cur || " $refs " != *" $verb "* ]]; then
		words+=" $(_compact_fields "$kind" | sed 's/,.*/=/')"
	fi
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
	[[ ${#COMPREPLY[@]} != 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null
	[[ -n $words && ${#COMPREPLY[@]} != 0 ]] || mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}
