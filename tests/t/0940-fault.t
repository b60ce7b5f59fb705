#!/bin/sh
# SPDX-License-Identifier: MIT
# Whatever fails, and wherever a program is ended: what was acknowledged is there, what was not is
# absent or whole, and the store is sound. TEST_ROUNDS=1 tries some of the calls, `make fault` each;
# TEST_SCENARIOS='add undo' runs those alone.
. tests/t/lib.sh
case $BUILD in
*sanitize*) finish ;; # the sanitizers' own malloc stands where the preloaded one would
esac
rounds=${TEST_ROUNDS:-1}
fail=$BUILD/fault/fail.so
COMPACT_TODAY=2026-11-20
export COMPACT_TODAY

# A store to begin with, and what is done to it: a name, then the command. The store is s.db.
compact-init -q -d begin.db --sample=tayside
action-track -q -d begin.db set T1 due=2026-12-24
cat >rows.csv <<'END'
ref,title,due,leads
Z1,One more,2026-12-01,
Z2,And another,2026-12-02,
Z3,The last,31/12/2026,
END
compact-dump --personal -d begin.db >whole.yaml
sed 's/2026-12-24/2026-12-31/' whole.yaml >newer.yaml
cat >editor <<'END'
#!/bin/sh
unset LD_PRELOAD
exec sed -i 's/2026-12-24/2026-12-31/' "$1"
END
chmod +x editor
EDITOR=$PWD/editor
export EDITOR
printf '# Terms\n\n## Purpose\n\nTo help.\n' >terms.md
cat >scenarios <<'END'
add	action-track -d s.db add Z9 title=More due=2026-12-31
set	action-track -d s.db set T1 T2 T3 due=2027-01-15
rename	compact-record -d s.db action set T1 ref=T9
remove	action-track -d s.db remove --children T3
load	action-track -d s.db load rows.csv
notices	hr1-ingest -d s.db --told=2026-11-20 notices.csv
edit	action-track -d s.db edit T1
replace	compact-load -d s.db --replace newer.yaml
create	compact-load --create -d new.db whole.yaml
undo	compact-log -d s.db undo last
terms	terms-track -d s.db revise 2027 terms.md
init	compact-init -d new.db --sample=derbyshire
backup	compact-backup -d s.db copy.db
csv	action-track -d s.db list -O plan.csv
sheet	action-track -d s.db list -O plan.xlsx
dump	compact-dump -d s.db -O all.yaml
report	report-gen -d s.db -O weekly.html weekly
END

put_back()
{
	rm -rf stage
	mkdir stage
	cp begin.db stage/s.db
	cp rows.csv terms.md whole.yaml newer.yaml stage
	cp "$top/share/samples/tayside-notices.csv" stage/notices.csv
}
# The state as a user sees it: the store's records, and what was written.
state()
(
	cd stage || exit
	for f in s.db new.db copy.db; do
		[ ! -e $f ] || { echo $f; compact-dump --personal -d $f 2>&1; }
	done
	for f in plan.csv all.yaml weekly.html; do
		[ ! -e $f ] || echo "$f: $(wc -c <$f)"
	done
	# A workbook also tells when it was made.
	[ ! -e plan.xlsx ] || { echo plan.xlsx; sheet-csv plan.xlsx 2>&1; }
)
# What the run left must be one of the two states, and with status 0 the second.
sound()
{
	what=$1 code=$2
	if [ "$code" -ge 128 ] && [ "$code" -ne 137 ]; then
		echo "$what: died of signal $((code - 128))"
		return 1
	fi
	state >now
	if [ "$code" -eq 0 ]; then
		cmp -s now after || { echo "$what: status 0, but it is not done"; diff after now | head -5; return 1; }
	elif ! cmp -s now before && ! cmp -s now after; then
		echo "$what: status $code, half done"
		diff before now | head -10
		return 1
	fi
	for db in stage/s.db stage/new.db stage/copy.db; do
		[ -e "$db" ] || continue
		[ "$(sqlite3 "$db" 'PRAGMA integrity_check; PRAGMA foreign_key_check')" = ok ] ||
			{ echo "$what: $db is not sound"; return 1; }
	done
	# What failed and could clean up has left nothing lying about.
	if [ "$code" -ne 137 ]; then
		left=$(cd stage && find . -type f |
			grep -vxE './(s.db|new.db|copy.db|rows.csv|terms.md|whole.yaml|newer.yaml|plan.csv|plan.xlsx|all.yaml|weekly.html|notices.csv|notices.refused.csv)')
		[ -z "$left" ] || { echo "$what: status $code, left $left"; return 1; }
	fi
}
# Every call of a family fails in turn (some of them in a short run); the first trouble ends it.
in_turn()
{
	call=$2 with=$3 command=$4
	put_back
	state >before
	rm -f calls
	LD_PRELOAD=$fail FAIL_CALL=$call FAIL_COUNT=$PWD/calls sh -c "cd stage && exec $command" >/dev/null 2>&1 </dev/null ||
		[ $? -eq 1 ] || { echo "$job fails by itself"; return 1; }
	state >after
	n=$(sort -n calls | tail -1)
	step=$((n / (2 * rounds) + 1))
	at=1
	while [ "$at" -le "$n" ]; do
		put_back
		# A core or a word of the shell about the kill is no matter.
		LD_PRELOAD=$fail FAIL_CALL=$call FAIL_WITH=$with FAIL_AT=$at sh -c "cd stage && exec $command" \
			>/dev/null 2>errors </dev/null
		code=$?
		sound "$job: $call $at of $n" "$code" || { cat errors; return 1; }
		if [ "$code" -ne 0 ] && [ "$code" -ne 137 ] && [ ! -s errors ]; then
			echo "$job: $call $at of $n: status $code without a word"
			return 1
		fi
		at=$((at + step))
	done
}
# Interrupted, a program takes what it was writing with it.
interrupted()
{
	put_back
	(cd stage && exec timeout -s INT -k 5 "$1" compact-init -q -d new.db --sample=derbyshire) >/dev/null 2>&1 </dev/null
	set -- stage/new.db.new*
	[ ! -e "$1" ] || { ls -A stage; return 1; }
}
for after in 0.005 0.01 0.02 0.05; do
	ok "interrupted after $after s: nothing half made stays" interrupted $after
done

# A workbook is made of all rows or not at all: csv-sheet must not take the death of who feeds it for the end.
killed_writing()
{
	put_back
	LD_PRELOAD=$fail FAIL_CALL=write FAIL_WITH=kill FAIL_AT=1 sh -c 'cd stage && exec action-track -d s.db list -O plan.xlsx' \
		>/dev/null 2>&1 </dev/null
	code=$?
	sleep 0.2
	[ $code -eq 137 ] && [ ! -e stage/plan.xlsx ]
}
ok 'killed while it writes rows: there is no workbook' killed_writing

T=$(printf '\t')
while IFS=$T read -r job command; do
	case " ${TEST_SCENARIOS:-$job} " in *" $job "*) ;; *) continue ;; esac
	ok "$job: memory runs out" in_turn "$job" malloc 12 "$command"
	ok "$job: a write fails" in_turn "$job" write 5 "$command"
	[ "$rounds" -eq 1 ] || ok "$job: the disk is full" in_turn "$job" write 28 "$command"
	ok "$job: a sync fails" in_turn "$job" sync 5 "$command"
	ok "$job: a rename or removal fails" in_turn "$job" rename 5 "$command"
	ok "$job: a read fails" in_turn "$job" read 5 "$command"
	ok "$job: a close fails" in_turn "$job" close 5 "$command"
	ok "$job: it is killed" in_turn "$job" any kill "$command"
done <scenarios
finish
