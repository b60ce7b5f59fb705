#!/bin/sh
# SPDX-License-Identifier: MIT
# Generated surveys: every figure against a second computation, and a reader's attack on what is
# hidden. TEST_ROUNDS multiplies how many.
. tests/t/lib.sh
rounds=${TEST_ROUNDS:-1}

ok 'figures equal an independent computation' \
	python3 "$top/tests/tools/check-tally.py" $((200 * rounds)) "$work"
ok 'nothing hidden can be worked out' python3 "$top/tests/tools/attack-tally.py" $((60 * rounds)) "$work"

cat >few.csv <<'END'
Group,Answer
A,Yes
A,Yes
A,Yes
A,Yes
A,Yes
A,Yes
A,No
A,No
A,No
A,No
A,No
A,No
B,Yes
B,Yes
B,No
C,Yes
C,Yes
C,Yes
C,Yes
C,Yes
C,No
C,No
C,No
C,No
C,No
C,No
END
run survey-tally -q -o csv -b Group few.csv
out_has 'Answer,Group,B,Yes,<5,<5,,,,fewer than 5' 'small counts and bases are hidden'
ok 'and a second of each, so that none follows' sh -c \
	"grep -c 'hidden so that' .tap/out | { read -r n; [ \$n -ge 3 ]; }"
run survey-tally -q -b Group few.csv
out_has '<5: fewer than 5 (0 is shown), not shown; *: not shown' 'the policy is printed'
run survey-tally -q -o csv -b Group --suppress=0 few.csv
out_has 'Answer,Group,B,Yes,2,3,66.7' '--suppress=0 shows all'
run survey-tally -q -o csv few.csv
out_has 'Group,,,B,3,26' 'without a break nothing is hidden'
run survey-tally -q -o csv --public few.csv
out_has 'Group,,,B,<5,' '--public hides everywhere'
run survey-tally -q -o csv --suppress=10 few.csv
out_has 'Group,,,B,<10,' '--suppress=N'
printf 'Q\nYes\nNo\nYes\n' >three.csv
run survey-tally -o csv --public --invited=9 three.csv
out_lacks 'used' 'so few that not even their number is shown'

# A pipe of a million rows needs no more memory than one of a thousand.
python3 - >big.csv <<'END'
import random
r = random.Random(1)
print("Area,Clear?,Why?")
for i in range(150000):
    print("%s,%s,reason number %d is that it rained a lot" % (r.choice("NSEW"), r.choice(["Yes", "No", ""]), i))
END
flat()
{
	head -1001 big.csv | /usr/bin/env python3 -c '
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' survey-tally -q -b Area -o csv - >small.kb
	python3 -c '
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' survey-tally -q -b Area -o csv big.csv >big.kb
	cat small.kb big.kb
	[ "$(cat big.kb)" -lt $(($(cat small.kb) + 4096)) ]
}
ok 'memory does not grow with rows' flat
finish
