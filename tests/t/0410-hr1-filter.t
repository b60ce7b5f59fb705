#!/bin/sh
# SPDX-License-Identifier: MIT
# hr1-ingest as a filter: what it recognises, takes, refuses and passes over, without a store.
. tests/t/lib.sh
COMPACT_TODAY=2026-11-20
export COMPACT_TODAY
data=$top/tests/data/notices
cp "$data"/*.csv .

# Chosen columns of what was printed: rows NAME COLUMN ... <expected
rows()
{
	name_of_rows=$1
	shift
	cat >.tap/expected
	python3 -c 'import csv, sys
for x in csv.DictReader(open(".tap/out", encoding="utf-8", newline="")):
    print("|".join(x[c].replace("\n", " / ") for c in sys.argv[1:]))' "$@" >.tap/got
	ok "$name_of_rows" same_file .tap/got
}

# Titles, a heading over two rows with merged cells, money signs, thousands, notes, a subtotal.
run hr1-ingest -n -o csv merged.csv
status 0 'merged headings: all taken'
rows 'merged headings: what the cells mean' employer number site postcode received first_dismissal employed proposed \
	proposed_text certainty extra <<'END'
Northgate Foods Ltd|SC000123|Kirkcaldy works|KY1 1AA|2026-10-13|2026-12-01|1240|1020||exact|
Alder & Sons||Leven|KY8 4XX|2026-10-14|2026-11-13|90|40|c. 40|estimate|
Brae Textiles (Scotland) Ltd|00345678|Cupar|KY15 5AA|2026-10-20||60|45|45*|exact|First dismissal: TBC
TotalEnergies||Forth terminal|KY3 9AA|2026-10-21|2026-11-20|200|20|20-30|estimate|
END
rows 'merged headings: the flags' employer warnings <<'END'
Northgate Foods Ltd|place-unknown
Alder & Sons|place-unknown;number-unclear
Brae Textiles (Scotland) Ltd|place-unknown
TotalEnergies|place-unknown;number-unclear
END
err 'merged headings: what was passed over is counted' <<'END'
merged.csv: 4 read, 4 taken, 0 refused, 1 totals row skipped (line 9), 1 footnote skipped
END

# Windows-1252, semicolons, a sep= line, dates in dots.
run hr1-ingest -n -o csv semicolons.csv
rows 'semicolons: any encoding and separator' employer received first_dismissal proposed proposed_text certainty <<'END'
Müller Feinkost Ltd|2026-10-14|2026-12-01|12||exact
Café du Nord Ltd|2026-11-02|2026-12-04||TBC|unfilled
END

# Columns without headings are told by what they hold.
run hr1-ingest --explain blank-headings.csv
out 'blank headings: as a map' <<'END'
# blank-headings.csv: UTF-8, separated by ',', LF line ends
columns:
  employer: Company
  received: 2 # by what the column holds
  first_dismissal: 4 # by what the column holds
  proposed: Jobs at risk
dates: dmy
END
err_empty 'blank headings: nothing to say'
cp .tap/out map.yaml
run hr1-ingest -n -o csv blank-headings.csv
cp .tap/out without
run hr1-ingest -n -o csv -m map.yaml blank-headings.csv
out 'the map that --explain prints reads the file the same' <without
ok 'a total that adds up is no notice' file_has .tap/err '1 totals row skipped (line 6)'

# Month first, ranges of dates, a repeated heading, what is withdrawn.
run hr1-ingest -n -o csv american.csv
rows 'american: dates in their own order' employer address received first_dismissal last_dismissal proposed closure status <<'END'
Fairburn, Inc.|Springfield, Shelbyville|2026-01-15|2026-03-16|2026-04-30|120|no|
Glenview Retail LLC|Springfield|2026-02-28|2026-04-01|2026-05-01|1015|yes|
Glenview Retail LLC - Revision 1|Springfield|2026-03-02|2026-04-01||990|yes|
Harbour Freight LP|Capital City|2026-03-01|||60||withdrawn
END
err 'american: and says so' <<'END'
hr1-ingest: american.csv: received: its dates are in the order month/day/year and are read so
hr1-ingest: american.csv: first_dismissal: its dates are in the order month/day/year and are read so
american.csv: 4 read, 4 taken, 0 refused, 1 repeated heading skipped
END
run hr1-ingest -q -n -o csv american.csv
cp .tap/out once.csv
run hr1-ingest -n -o csv once.csv
cp .tap/out twice.csv
ok 'its own output is read back the same' python3 -c 'import csv
a, b = ([r[:-1] for r in csv.reader(open(n, encoding="utf-8", newline=""))] for n in ("once.csv", "twice.csv"))
assert len(a) == 5 and a == b, (a, b)'

# What is refused, and how it is mended.
cat >bad.csv <<'END'
Employer,HR1 received,First dismissal,Jobs at risk
Acme Ltd,31/02/2026,01/04/2026,20
,01/02/2026,01/04/2026,20
Beta Ltd,,,
Gamma Ltd,,,30
Delta Ltd,20/02/2026,soon perhaps,40
END
run hr1-ingest -n -o csv --rejects=out.csv bad.csv
status 1 'some refused'
err 'each with line, field and remedy' <<'END'
hr1-ingest: bad.csv:2: received: '31/02/2026' is no day of the calendar as day/month/year; correct it, or the order of dates
hr1-ingest: bad.csv:3: employer: is empty; a notice needs its employer
hr1-ingest: bad.csv:4: received: has neither a date received, a first dismissal nor a number of people; give one of them
hr1-ingest: bad.csv:6: first_dismissal: 'soon perhaps' is no date; write it like 2026-11-30 or 30 Nov 2026
bad.csv: 5 read, 1 taken, 4 refused
4 refused rows in out.csv, with the reason; mend and load that file
END
cat >expected <<'END'
line,why,Employer,HR1 received,First dismissal,Jobs at risk
2,"received: '31/02/2026' is no day of the calendar as day/month/year; correct it, or the order of dates",Acme Ltd,31/02/2026,01/04/2026,20
3,employer: is empty; a notice needs its employer,,01/02/2026,01/04/2026,20
4,"received: has neither a date received, a first dismissal nor a number of people; give one of them",Beta Ltd
6,first_dismissal: 'soon perhaps' is no date; write it like 2026-11-30 or 30 Nov 2026,Delta Ltd,20/02/2026,soon perhaps,40
END
ok 'and written as they were where that was asked for' cmp expected out.csv
printf 'Month,HR1s Received,No. of Possible Total Redundancies\nJan 21,291,"31,946"\nDecember 2019,191,"17,412"\n' >months.csv
run hr1-ingest -n -o csv months.csv
status 65 'counts by month are no notices'
printf 'Company,HR1 received\nAcme Ltd,nonsense\n' >none.csv
run hr1-ingest -n -o csv none.csv
status 65 'none taken'
printf 'a,b\n1,2\n' >nothing.csv
run hr1-ingest -n -o csv nothing.csv
status 65 'a table of something else'
err_has "nothing.csv:1: no column is recognised as the employer among the headings 'a', 'b'; say which it is in a map (-m)" \
	'says what is missing'
run hr1-ingest --explain nothing.csv
status 65 'a table of something else, explained'
out 'as far as it goes, with what is still to be said' <<'END'
# nothing.csv: UTF-8, separated by ',', LF line ends
columns:
  proposed: "a" # by what the column holds
# still to be said, under columns: employer: HEADING
# kept as they are, with their heading, in extra: "b"
END
printf '1,2\n' >bare.csv
run hr1-ingest -n -o csv bare.csv
err_has 'bare.csv: no row of headings is recognised' 'a table without headings'
run env -i PATH="$BUILD/bin:/usr/bin:/bin" COMPACT_TODAY=2026-11-20 hr1-ingest -n -o csv merged.csv
status 0 'without a store, a home or anything else'
rows 'the same comes out' employer <<'END'
Northgate Foods Ltd
Alder & Sons
Brae Textiles (Scotland) Ltd
TotalEnergies
END
run hr1-ingest -n -o csv absent.csv
status 66 'no such file'

# A map says what the file does not.
cat >odd.csv <<'END'
Who;When;Many;Kind
Acme Ltd;1/2/26;20;Real
Sum;;20;Total
Beta Ltd;3/2/26;30;Real
END
cat >odd.yaml <<'END'
columns:
  employer: Who
  received: When
  proposed: [Many]
dates: mdy
constants: {source: Odd list, council: Fife}
skip: {Kind: Total}
replace: {employer: {Acme Ltd: Acme Limited}, proposed: {"30": "31"}}
END
run hr1-ingest -n -o csv -m odd.yaml odd.csv
status 0 'with a map'
rows 'columns, order, constants, skip and replace' employer received proposed council source <<'END'
Acme Limited|2026-01-02|20|S12000047|Odd list
Beta Ltd|2026-03-02|31|S12000047|Odd list
END
ok 'what it skips is counted' file_has .tap/err '2 read, 2 taken, 0 refused, 1 skipped by the map'
printf 'columns: {employr: Who}\n' >wrong.yaml
run hr1-ingest -n -o csv -m wrong.yaml odd.csv
status 78 'a wrong map'
err "names the nearest field" <<'END'
hr1-ingest: wrong.yaml:1: a notice has no field 'employr'; did you mean 'employer'
END

# The law by nation and day; the boundary days of 30, 45 and 90.
cat >law.csv <<'END'
sender_ref,employer,council,received,first_dismissal,proposed
gb-2014-29,A,Fife,2014-06-01,2014-06-30,20
gb-2014-30,A,Fife,2014-06-01,2014-07-01,20
gb-2014-44,A,Fife,2014-06-01,2014-07-15,100
gb-2014-45,A,Fife,2014-06-01,2014-07-16,100
gb-2014-99,A,Fife,2014-06-01,2014-07-01,99
gb-2013-old,A,Fife,2013-04-05,2013-07-03,100
gb-2013-90,A,Fife,2013-04-05,2013-07-04,100
gb-2013-new,A,Fife,2013-04-06,2013-05-21,100
gb-1995-10,A,Fife,1995-06-01,1995-06-15,10
gb-1995-9,A,Fife,1995-06-01,1995-06-15,9
gb-1997-10,A,Fife,1997-06-01,1997-06-15,10
ni-89,A,Belfast,2026-01-01,2026-03-31,100
ni-90,A,Belfast,2026-01-01,2026-04-01,100
ni-30,A,Belfast,2026-01-01,2026-01-31,99
en-45,A,Leeds,2026-01-01,2026-02-15,100
END
run hr1-ingest -q -n -o csv law.csv
rows 'short notice and the threshold by nation and day' sender_ref warnings <<'END'
gb-2014-29|short-notice
gb-2014-30|
gb-2014-44|short-notice
gb-2014-45|
gb-2014-99|
gb-2013-old|short-notice
gb-2013-90|
gb-2013-new|
gb-1995-10|short-notice
gb-1995-9|below-threshold
gb-1997-10|below-threshold
ni-89|short-notice
ni-90|
ni-30|
en-45|
END
cat >odd-dates.csv <<'END'
sender_ref,employer,council,received,consultation_started,first_dismissal,last_dismissal,employed,proposed
a,A,Fife,2026-06-01,2026-06-02,2026-08-01,2026-07-01,30,20
b,A,Fife,2026-06-01,2026-06-01,2026-05-01,,20,21
c,A,Atlantis,2026-06-01,,2026-08-01,,,TBC
END
run hr1-ingest -q -n -o csv odd-dates.csv
rows 'what does not go together' sender_ref warnings extra <<'END'
a|consultation-after-receipt;dates-reversed|
b|short-notice;dismissals-before-receipt;more-than-employed|
c|place-unknown;number-unclear|council: Atlantis
END

printf 'columns: {employer: Firm}\nheading: 4\n' >fourth.yaml
printf 'List\n\n,,\nFirm,When told,Jobs\nAcme Ltd,13/2/2026,40\n' >fourth.csv
run hr1-ingest -n -o csv -m fourth.yaml fourth.csv
rows 'the row of headings is counted with the blank ones above' employer received proposed <<'END'
Acme Ltd|2026-02-13|40
END

cat >regions.csv <<'END'
Company Name,Region no,Separation Date,HR1 date,Jobs
Uniform Textiles,01,2026-03-31,46023,1.045
Victor Trucks,01,2026-04-30,TBC,52
END
run hr1-ingest -n -o csv regions.csv
rows 'a number of small ones is no company number' employer number received proposed proposed_text extra <<'END'
Uniform Textiles||2026-01-01|1045|1.045|HR1 date: 46023 / Region no: 01
Victor Trucks|||52||HR1 date: TBC / Region no: 01
END
err 'days as Excel counts them are told' <<'END'
hr1-ingest: regions.csv: received: its numbers are read as Excel's days, 46023 as 2026-01-01; the numbers are kept beside
regions.csv: 2 read, 2 taken, 0 refused
END

for f in ia md ny tx wa wi; do
	file=$top/../shared/data/notices/$f.csv
	[ -f "$file" ] || { ok "published file $f is not here # SKIP" true; continue; }
	run hr1-ingest -q -n -o csv "$file"
	ok "$f: no row lost" python3 -c 'import csv, sys
rows = [r for r in csv.reader(open(sys.argv[1], encoding="utf-8-sig")) if any(c.strip() for c in r)]
got = len(list(csv.reader(open(".tap/out", encoding="utf-8")))) - 1
refused = sum(1 for l in open(".tap/err") if ".csv:" in l.replace(sys.argv[1], ".csv", 1) and l.split(".csv:")[1][:1].isdigit())
print(len(rows) - 1, got, refused)
sys.exit(len(rows) - 1 != got + refused or refused > 12)' "$file"
done

finish
