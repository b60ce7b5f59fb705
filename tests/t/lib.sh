# SPDX-License-Identifier: MIT
# shellcheck shell=sh
# TAP for program tests. Sourced first: it goes to a fresh folder, puts the built programs first in
# PATH, and clears what could change their behaviour. End a test with `finish`.
#
#   run action-track list          keeps output, errors and status
#   status 0 'lists'               compares the exit status
#   out 'prints' <<'END' …         compares standard output; err likewise standard error
#   out_has / err_has 'text' 'name', out_empty / err_empty 'name'
#   ok 'name' command …            any check

LC_ALL=C.UTF-8
export LC_ALL
top=$(pwd)
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$top/$BUILD ;; esac
PATH=$BUILD/bin:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit 1
HOME=$work
TMPDIR=$work
COMPACT_BY=tester
export PATH HOME TMPDIR COMPACT_BY BUILD top
unset COMPACT_DB COMPACT_TODAY COMPACT_REPORTS COMPACT_UNSAFE_FILESYSTEM XDG_CONFIG_HOME XDG_DATA_HOME \
	EDITOR NO_COLOR COLUMNS POSIXLY_CORRECT
mkdir -p .tap
tests=0
failed=0
got=0

ok()
{
	name=$1
	shift
	tests=$((tests + 1))
	if "$@" >.tap/check 2>&1; then
		echo "ok $tests - $name"
	else
		failed=$((failed + 1))
		echo "not ok $tests - $name"
		sed 's/^/# /' .tap/check
	fi
}

run()
{
	command_run="$*"
	"$@" >.tap/out 2>.tap/err </dev/null
	got=$?
}

# The same with standard input from a file or here-document.
run_in()
{
	command_run="$*"
	cat >.tap/in
	"$@" >.tap/out 2>.tap/err <.tap/in
	got=$?
}

show()
{
	echo "$ $command_run"
	echo "status $got"
	echo "output:"
	head -c 4000 .tap/out
	echo "errors:"
	head -c 4000 .tap/err
}

has_status()
{
	[ "$got" -eq "$1" ] || { echo "expected status $1"; show; return 1; }
}
status()
{
	ok "$2" has_status "$1"
}

same_file()
{
	diff -u .tap/expected "$1" || { show; return 1; }
}
out()
{
	cat >.tap/expected
	ok "$1" same_file .tap/out
}
err()
{
	cat >.tap/expected
	ok "$1" same_file .tap/err
}

file_has()
{
	grep -qF -e "$2" "$1" || { echo "nothing has: $2"; show; return 1; }
}
file_lacks()
{
	! grep -qF -e "$2" "$1" || { echo "has but should not: $2"; show; return 1; }
}
is_empty()
{
	[ ! -s "$1" ] || { echo "not empty"; show; return 1; }
}
out_has() { ok "$2" file_has .tap/out "$1"; }
err_has() { ok "$2" file_has .tap/err "$1"; }
out_lacks() { ok "$2" file_lacks .tap/out "$1"; }
err_lacks() { ok "$2" file_lacks .tap/err "$1"; }
out_empty() { ok "$1" is_empty .tap/out; }
err_empty() { ok "$1" is_empty .tap/err; }

# Whether a command takes at most so many seconds of the processor (others use the machine too; with sanitizers MORE), and
# what it prints, put into the file got: within SECONDS MORE COMMAND … Its status says nothing here.
within()
{
	limit=$1
	case $BUILD in *sanitize*) limit=$2 ;; esac
	shift 2
	python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[2:], stdout=open("got", "w"), stderr=subprocess.STDOUT)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
assert used.ru_utime + used.ru_stime <= float(sys.argv[1]), used' "$limit" "$@"
}

# A store with one partnership, for tests that need no more: new_store [FILE].
new_store()
{
	compact-init -q -d "${1:-compact.db}" ref=here name='Here Partnership' established=2020-04-01 2>.tap/err ||
		{ cat .tap/err; exit 1; }
}

finish()
{
	echo "1..$tests"
	[ "$failed" -eq 0 ]
	exit
}
