#!/bin/sh
# SPDX-License-Identifier: MIT
# hr1-ingest writes over nothing that it reads, nor one of its files over another: that is told before it begins.
. tests/t/lib.sh
COMPACT_TODAY='2026-11-20 10:00'
export COMPACT_TODAY
compact-init -q -d s.db ref=fife name=Fife kind=response-team areas=pace-2019/fife
printf 'Employer,Council,Received,Proposed\nAcme Ltd,Fife,21/01/2026,30\nAcme Ltd,Fife,soon 99,30\nBeta Ltd,Moray,21/01/2026,30\n' >n.csv
printf 'columns: {employer: Employer}\n' >map.yaml
ln -s n.csv link.csv
mkdir sub
sha256sum n.csv map.yaml s.db >before

refused() { # refused STATUS MESSAGE OPTION ...
	want=$1
	message=$2
	shift 2
	run hr1-ingest -d s.db "$@"
	status "$want" "hr1-ingest $*"
	err 'says why' <<END
hr1-ingest: $message
END
	ok 'and nothing has changed' sh -c 'sha256sum --quiet -c before && ! ls *.refused.csv* x.csv 2>/dev/null'
}
refused 64 "--elsewhere: 'n.csv' is what is to be read; name another file" --elsewhere=n.csv n.csv
refused 64 "--elsewhere: './link.csv' is what is to be read; name another file" --elsewhere=./link.csv n.csv
refused 64 "--rejects: 'sub/../n.csv' is what is to be read; name another file" --rejects=sub/../n.csv n.csv
refused 64 "--to: 'n.csv' is what is to be read; name another file" -O n.csv n.csv
refused 64 "--to: 'n.csv' is what is to be read; name another file" --explain -O n.csv n.csv
refused 64 "--elsewhere: 'map.yaml' is what is to be read; name another file" -m map.yaml --elsewhere=map.yaml n.csv
refused 64 "--rejects: 'map.yaml' is what is to be read; name another file" -m map.yaml --rejects=map.yaml n.csv
refused 64 "--elsewhere: 'x.csv' is where --rejects goes; name another file" --rejects=x.csv --elsewhere=x.csv n.csv
refused 64 "--rejects: './x.csv' is where --to goes; name another file" --rejects=./x.csv -O x.csv n.csv
refused 64 "--elsewhere: 'sub/../x.csv' is where --to goes; name another file" --elsewhere=sub/../x.csv -O x.csv n.csv
refused 64 "--elsewhere: 'n.refused.csv' is where rows refused of 'n.csv' go; name another file" --elsewhere=n.refused.csv n.csv
refused 64 "--elsewhere: '-' is no file; name one" --elsewhere=- n.csv
refused 64 "--rejects: '-' is no file; name one" --rejects=- n.csv
refused 73 "'s.db' is a store, which nothing is written over; choose another name" --elsewhere=s.db n.csv
refused 73 "'./s.db' is a store, which nothing is written over; choose another name" --rejects=./s.db n.csv
run hr1-ingest -n -o csv -O n.csv n.csv
status 64 'nor by the filter'
run hr1-ingest -n -o csv --elsewhere=x.csv n.csv
status 64 'which knows of no areas'
err_has '--elsewhere needs a store, whose partnerships have areas; give -d FILE or -p REF' 'and says so'
run hr1-ingest -d s.db --manual --elsewhere=x.csv employer=X received=today proposed=30
status 64 'nor is one notice by hand passed on'

# Refused rows that were mended are not overwritten before they are read.
cp n.csv n.refused.csv
run hr1-ingest -d s.db n.csv n.refused.csv
status 64 'a file that is to be read, and to be written before that'
err 'says so' <<'END'
hr1-ingest: 'n.refused.csv' is to be read, and is where rows refused of 'n.csv' go; load it by itself
END
ok 'is left as it is' cmp n.csv n.refused.csv
run hr1-ingest -n -d s.db n.csv n.refused.csv
status 1 'a dry run writes none'
rm n.refused.csv

# What is no file may be named twice, and files that differ are all written.
run hr1-ingest -n -d s.db --elsewhere=/dev/null --rejects=/dev/null n.csv
status 1 'two to nowhere'
run hr1-ingest -d s.db --elsewhere=elsewhere.csv --rejects=rejects.csv -O taken.csv n.csv
status 1 'three files'
ok 'each with its row' sh -c 'grep -q Beta elsewhere.csv && grep -q soon rejects.csv && grep -q 2026-01-21 taken.csv'
finish
