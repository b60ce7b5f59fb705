#!/bin/sh
# SPDX-License-Identifier: MIT
# Building and installing: make knows what hangs on what, and what is installed works where it is put.
. tests/t/lib.sh
case $BUILD in
*/build) ;;
*) # the build with sanitizers is made with settings that only its own make knows
	finish ;;
esac
unset MAKEFLAGS MFLAGS MAKELEVEL
top_make() { env -u BUILD make -C "$top" --no-print-directory "$@" </dev/null; }

would() { top_make -n "$@" all >.tap/make 2>&1; }
compiled() { grep -c -- ' -c -o ' .tap/make; }
nothing_to_do() { would; ! grep -qE '^(cc|gcc|clang|ar|awk|sh) ' .tap/make || { cut -c1-200 .tap/make; return 1; }; }
ok 'what is built stays as it is' nothing_to_do
compiles() { would -W "$1"; [ "$(compiled)" -ge "$2" ] || { echo "would compile $(compiled)"; return 1; }; }
ok 'a changed header: what includes it is built again' compiles lib/base/base.h 100
ok 'a changed private header: only its own folder' compiles lib/cli/private.h 5
private() { would -W lib/cli/private.h; ! grep -e ' -c -o ' .tap/make | grep -v lib/cli/; }
ok 'and nothing else' private
ok 'a changed schema: the text in the programs' compiles lib/schema/00-store.sql 1
page() { would -W lib/schema/00-store.sql; grep -q 'man/schema.awk.*compact-schema' .tap/make; }
ok 'and its manual page' page
one_object() { top_make -s BUILD="$work/b" OPT="$1" "$work/b/obj/lib/base/arena.o"; stat -c %y "$work/b/obj/lib/base/arena.o"; }
flags()
{
	first=$(one_object -O0) same=$(one_object -O0) other=$(one_object -O1)
	[ "$first" = "$same" ] && [ "$first" != "$other" ]
}
ok 'other flags: built again, the same flags: not' flags

# A program loads what it calls and no more, as libraries cost time at each start.
needs() { readelf -d "$1" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p'; }
lean()
{
	for p in "$BUILD"/bin/*; do
		case ${p##*/} in
		sheet-csv | csv-sheet | report-gen) continue ;;
		esac
		needs "$p" | grep -E 'lowdown|zip|expat|xlsxwriter|seccomp' && { echo "${p##*/}"; return 1; }
	done
	return 0
}
ok 'only sheets and reports load the libraries of sheets and reports' lean
hardened()
{
	for p in "$BUILD"/bin/*; do
		readelf -hld "$p" >.tap/elf
		{ grep -q 'DYN' .tap/elf && grep -q GNU_RELRO .tap/elf && grep -q NOW .tap/elf; } || { echo "${p##*/}"; return 1; }
	done
}
ok 'programs are hardened: position-independent, relocations read-only' hardened
no_paths() { ! grep -l "$top" "$BUILD"/bin/*; }
ok 'no program knows the folder it was built in' no_paths

run top_make -s install DESTDIR="$work/root"
status 0 'make install'
in=$work/root/usr/local
every()
{
	for p in "$top"/bin/*.c; do
		p=$(basename "$p" .c)
		for f in "bin/$p" "share/bash-completion/completions/$p" "share/fish/vendor_completions.d/$p.fish"; do
			[ -e "$in/$f" ] || { echo "$f is not there"; return 1; }
		done
	done
	for p in "$top"/man/*.1; do
		[ -e "$in/share/man/man1/${p##*/}" ] || { echo "$p is not there"; return 1; }
	done
}
ok 'every program, its completions and the manuals' every
ok 'the pages of formats and the introduction' ls "$in/share/man/man5/compact-schema.5" \
	"$in/share/man/man5/compact-document.5" "$in/share/man/man7/compact.7"
PATH=$in/bin:/usr/bin:/bin
run compact-init -q --sample=derbyshire
status 0 'an installed program finds the samples'
run action-track list -O plan.xlsx
status 0 'and its helper for spreadsheets'
run compact-load -n --kind=action plan.xlsx
err_lacks 'sheet-csv' 'both ways'
PATH=$BUILD/bin:/usr/bin:/bin
run top_make -s uninstall DESTDIR="$work/root"
status 0 'make uninstall'
left() { [ -z "$(find "$work/root" -type f -o -type l)" ] || { find "$work/root" -type f -o -type l; return 1; }; }
ok 'leaves nothing behind' left
ok 'make help names every target' sh -c 'for t in all demo check check-sanitize check-peers install uninstall bench fuzz fault static deb dist; do
	env -u BUILD make -C "$0" -s help | grep -q "make $t " || { echo "$t"; exit 1; }; done' "$top"
finish
