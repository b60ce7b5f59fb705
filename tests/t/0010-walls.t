#!/bin/sh
# SPDX-License-Identifier: MIT
# Walls between the rooms: which folder may include, print and ask the system what (HACKING.md).
. tests/t/lib.sh
cd "$top" || exit 1
mkdir -p "$work/.tap"
cd "$work" || exit 1

# Files of bin and lib outside some folders that match a pattern; none may.
none_outside()
{
	pattern=$1
	shift
	files=$(cd "$top" && grep -rlE "$pattern" bin lib 2>/dev/null --include='*.[ch]')
	for room; do
		files=$(printf '%s\n' "$files" | grep -v "^$room")
	done
	[ -z "$files" ] || { (cd "$top" && grep -nE "$pattern" $files); return 1; }
}
ok 'sqlite3.h only in lib/store' none_outside '#include <sqlite3.h>' lib/store/
ok 'csv.h only in lib/io' none_outside '#include <csv.h>' lib/io/
ok 'yaml.h only in lib/io' none_outside '#include <yaml.h>' lib/io/
ok 'zip.h, zlib.h, expat.h, xlsxwriter.h only in lib/sheet' \
	none_outside '#include <(zip|zlib|expat|xlsxwriter)\.h>' lib/sheet/
ok 'lowdown.h only in lib/report' none_outside '#include <lowdown.h>' lib/report/
ok 'the library does not print' \
	none_outside '(^|[^a-z_n])(printf|puts|putchar|perror|fputs) ?\(|f(printf|write) ?\([^;]*std(out|err)' bin/ lib/cli/
ok 'the library does not exit' none_outside '[^_a-z](exit|abort) ?\(' bin/ lib/cli/ lib/base/arena.c
ok 'the environment and the clock are for cli alone' \
	none_outside '[^_a-z](getenv|time|clock_gettime|gettimeofday) ?\(' bin/ lib/cli/ lib/store/guard.c

# Which folders a folder may include, as HACKING.md has it.
arrows()
{
	room=$1
	shift
	allowed="$room|$(echo "$*" | tr ' ' '|')"
	bad=$(cd "$top" && grep -rnE '#include "[a-z]+/' "lib/$room" --include='*.[ch]' |
		grep -vE "#include \"($allowed)/")
	[ -z "$bad" ] || { echo "$bad"; return 1; }
}
ok 'base knows nobody' arrows base
ok 'io knows base' arrows io base
ok 'sheet knows base' arrows sheet base
ok 'stats knows base' arrows stats base
ok 'store knows base' arrows store base schema
ok 'record knows store, io, base' arrows record store io base
for room in action notice survey terms; do
	[ -d "$top/lib/$room" ] && ok "$room knows record, stats, store, io, base" \
		arrows $room record stats store io base
done
ok 'report knows sheet too' arrows report record stats store io base sheet
ok 'cli knows store, record, io, base' arrows cli store record io base

# Another room is known by its public header alone; one step through UTF-8 is to be inlined everywhere.
public_headers()
{
	bad=$(cd "$top" && grep -rnE '#include "[a-z]+/' bin lib --include='*.[ch]' | grep -v '"base/utf8.h"' | awk '
		{
			split($0, at, ":"); split(at[1], path, "/")
			split($0, quoted, "\""); split(quoted[2], header, "/")
			if (header[1] != path[2] && quoted[2] != header[1] "/" header[1] ".h")
				print
		}')
	[ -z "$bad" ] || { echo "$bad"; return 1; }
}
ok 'of another room only its public header' public_headers

# SQL stands in the schema and in statement tables, never made of values.
no_made_sql()
{
	bad=$(cd "$top" && grep -rnE '"(SELECT|INSERT|UPDATE|DELETE) [^"]*%' bin lib --include='*.c' |
		grep -vE '^lib/(record|store)/') # these two quote names of the catalogue
	[ -z "$bad" ] || { echo "$bad"; return 1; }
}
ok 'no SQL is formatted from values' no_made_sql
spdx()
{
	bad=$(cd "$top" && git ls-files 'bin/*.c' 'lib/*.[ch]' 'tests/*.c' | while read -r f; do
		head -1 "$f" | grep -q 'SPDX-License-Identifier: MIT' || echo "$f"
	done)
	[ -z "$bad" ] || { echo "no SPDX line first: $bad"; return 1; }
}
ok 'every source says its licence first' spdx
unfinished()
{
	bad=$(cd "$top" && git grep -nIE '\b(TODO|FIXME|XXX|HACK)\b|[Nn]ot (yet )?implemented' -- bin lib man share README.md Makefile)
	[ -z "$bad" ] || { echo "$bad"; return 1; }
}
ok 'nothing is marked as unfinished' unfinished
finish
