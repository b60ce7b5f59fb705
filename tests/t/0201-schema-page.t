#!/bin/sh
# SPDX-License-Identifier: MIT
# compact-schema(5): every kind, field, view, check and setting of the schema is in it.
# shellcheck source=tests/t/lib.sh
. tests/t/lib.sh

page=$BUILD/man/compact-schema.5
# shellcheck disable=SC2154 # lib.sh sets top
cat "$top"/lib/schema/*.sql | sqlite3 -bail x.db
said=$(mandoc -T lint -W style "$page" 2>&1 | grep -v 'referenced manual not found\|outdated mandoc.db')
ok 'mandoc has nothing to say' test -z "$said"
[ -z "$said" ] || printf '%s\n' "$said" | sed 's/^/# /'
mandoc -T utf8 -O width=200 "$page" | col -bx >page.txt

# kind by kind, in the order of the page: the kind's line, then its fields'.
sqlite3 x.db "SELECT m.name, t.name FROM sqlite_schema m, pragma_table_info(m.name) t WHERE m.type = 'table'
	AND m.name NOT GLOB 'store_*' AND m.name NOT GLOB '*__*' AND t.name <> 'partnership' ORDER BY m.rowid, t.cid" |
	awk -F'|' '
		NR == FNR { line[++n] = $0; next }
		$1 != kind { kind = $1; at = 0; for (i = 1; i <= n; i++) if (line[i] ~ "^     " kind " \\(") { at = i; break }
			if (!at) print "no kind " kind }
		{ for (i = at + 1; i <= n && line[i] !~ /^     [a-z_]+ \(/; i++) if (line[i] ~ "^ +" $2 "[*]? \\(") next
			print "no field " kind "." $2 }' page.txt - >missing
ok 'every kind and field' test ! -s missing
sed 's/^/# /' missing

sqlite3 x.db "SELECT replace(name, 'fault_', '') FROM sqlite_schema WHERE type = 'view' UNION ALL SELECT name FROM setting_default
	UNION ALL SELECT substr(name, instr(name, '__') + 2) FROM sqlite_schema WHERE type = 'table' AND name GLOB '*__*'" |
	while read -r name; do
		grep -Eq "^ +$name( |\$)" page.txt || echo "$name"
	done >missing
ok 'every view, check, setting and list' test ! -s missing
sed 's/^/# /' missing
sqlite3 x.db "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'store_*'" |
	sed -n 's/^.*CONSTRAINT "\([^"]*\)".*/\1/p' | grep -Ev ': (is no |is empty|may not be|holds an)' | sort -u >rules
tr -s ' \n' ' ' <page.txt >flat
while read -r rule; do
	grep -qF "$rule" flat || echo "$rule"
done <rules >missing
ok 'every rule but those of types' test ! -s missing
sed 's/^/# /' missing
finish
