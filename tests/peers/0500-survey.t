#!/bin/sh
# SPDX-License-Identifier: MIT
# survey-tally beside R's survey package (weighted shares, overall and by group, and the weighted
# median's neighbours in its mean), and a reader with linear programs (scipy).
. tests/t/lib.sh

cat >make.py <<'END'
import csv, random, sys
r = random.Random(int(sys.argv[1]))
w = csv.writer(open("s.csv", "w", newline=""))
w.writerow(["Area", "Clear", "Colour", "Weight"])
for i in range(r.randint(30, 300)):
    w.writerow([r.choice(["North", "South", "West"]),
                r.choice(["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree", ""]),
                r.choice(["Red", "Green", "Blue", "Red"]), r.choice(["1", "0.4", "2.25", "1.7"])])
END
cat >shares.R <<'END'
suppressMessages(library(survey))
d <- read.csv("s.csv", na.strings = "")
d$one <- 1
out <- NULL
add <- function(group, question, x) {
	des <- svydesign(ids = ~1, weights = ~Weight, data = x)
	m <- svymean(as.formula(paste0("~factor(", question, ")")), des)
	answer <- sub("^factor\\([A-Za-z]+\\)", "", names(coef(m)))
	eff <- sum(x$Weight)^2 / sum(x$Weight^2)
	out <<- rbind(out, data.frame(group, question, answer, share = as.numeric(coef(m)),
		base = nrow(x), weighted = sum(x$Weight), effective = eff))
}
for (q in c("Clear", "Colour")) {
	x <- d[!is.na(d[[q]]), ]
	add("", q, x)
	for (g in unique(x$Area)) add(g, q, x[x$Area == g, ])
}
write.csv(out, "r.csv", row.names = FALSE)
END
cat >same.py <<'END'
import csv, sys
r = {(x["question"], x["group"], x["answer"]): x for x in csv.DictReader(open("r.csv"))}
t = {(x["question"], x["break_value"], x["answer"]): x for x in csv.DictReader(open("t.csv"))}
assert len(r) > 20, len(r)
for key, want in r.items():
    got = t[key]
    assert abs(float(got["percent"]) - 100 * float(want["share"])) <= 0.05 + 1e-9, (key, got, want)
    assert int(got["base"]) == int(want["base"]), (key, got, want)
    for mine, theirs in (("base_weighted", "weighted"), ("base_effective", "effective")):
        assert abs(float(got[mine]) - float(want[theirs])) <= 1e-9 * float(want[theirs]), (key, got, want)
END
beside_r()
{
	python3 make.py "$1" && Rscript shares.R && survey-tally -q -w Weight -b Area --suppress=0 -o csv s.csv >t.csv &&
		python3 same.py
}
for seed in 1 2 3 4 5 6 7 8 9 10; do
	ok "weighted shares are R's, survey $seed" beside_r $seed
done

ok 'no hidden count by linear programming' \
	/usr/bin/python3 "$top/tests/tools/attack-tally.py" 40 "$work" --lp
finish
