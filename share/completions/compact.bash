# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# Completions of the compact toolkit for bash, made from the option tables of its programs.

# What a program takes: verbs, options (those with a value end in =), options whose value is a file,
# formats out, and verbs whose operands are refs.
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

_compact()
{
	local program=$1 cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
	local verbs='' options='' files='' formats='' refs='' kinds='' words='' verb='' kind='' i
	COMPREPLY=()
	_compact_table "${program##*/}" || return 0

	# --option=value comes as three words.
	if [[ $cur == = ]]; then
		cur=
	elif [[ $before == = ]]; then
		before=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	case $before in
	-o | --output) mapfile -t COMPREPLY < <(compgen -W "$formats" -- "$cur"); return ;;
	-i | --input) mapfile -t COMPREPLY < <(compgen -W 'csv tsv yaml sheet' -- "$cur"); return ;;
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
	for ((i = 1; i < COMP_CWORD; i++)); do
		if [[ -n $kinds && -z $kind && " $kinds " != *" ${COMP_WORDS[i]} "* ]]; then
			[[ ${COMP_WORDS[i]} == -* || ${COMP_WORDS[i - 1]} == -[dpo] ]] || kind=${COMP_WORDS[i]}
		elif [[ " $verbs " == *" ${COMP_WORDS[i]} "* ]]; then
			verb=${COMP_WORDS[i]}
			break
		fi
	done
	if [[ -z $verb && -n $kinds && -z $kind ]]; then
		words="$kinds $(_compact_kinds)"
	elif [[ -z $verb ]]; then
		words=$verbs
	elif [[ " $refs " == *" $verb "* ]]; then
		# shellcheck disable=SC2086 # the kind is a word of its own, or none
		words=$(_compact_ask "$program" $kind list -o ref)
	fi
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
	[[ -n $words && ${#COMPREPLY[@]} != 0 ]] || mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}
