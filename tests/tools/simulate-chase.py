#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A year of chasing, with everything that can happen to it.

simulate-chase.py ROUNDS: each round is a day on which several runs of `action-track chase` overlap, are killed (the
program, or with it the process that hands over), meet a mailer that fails before or after it has taken
the mail, a clock that was put back, or a disk that takes no more. Then one run is left in peace, and:

- everything overdue was written of within the last seven days: nothing is lost;
- no two messages with different ids told a person of the same action within seven days;
- what came twice under one id said the same both times, so that folding it loses nothing.
"""
import datetime
import email
import email.policy
import os
import random
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import time

EVERY = 7
PEOPLE = 5
MAILER = """#!/bin/sh
# Takes a message whole into the spool, or fails before or after that.
[ "$MODE" != fail ] || exit 75
[ "$MODE" != slow ] || sleep 0.0$((${RANDOM:-$$} % 9))
cat >"$SPOOL/.$$" && mv "$SPOOL/.$$" "$SPOOL/$$-$(date +%s%N)"
[ "$MODE" != late ] || exit 75
"""


def start(day, mode, full):
    """One run; full: it may not write a file longer than it is now."""
    limit = os.path.getsize("compact.db") if full else None

    def before():
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    return subprocess.Popen(
        ["action-track", "-q", "chase", "--mail", "--mailer=./mailer", "--from=you@example.org",
         f"--today={day}", "--wait=30"],
        env=dict(os.environ, MODE=mode, SPOOL="spool"), stderr=subprocess.PIPE, preexec_fn=before)


def children(pid):
    """The processes that a process started."""
    found = []
    for task in (f"/proc/{pid}/task/{pid}/children",):
        try:
            with open(task, encoding="ascii") as f:
                found = [int(p) for p in f.read().split()]
        except OSError:
            pass
    return found


def kill(run, also):
    below = children(run.pid) if also else []
    for pid in [run.pid, *below]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def spool():
    """What was received: by id, whom it went to and what it told of."""
    by_id = {}
    for name in sorted(os.listdir("spool")):
        if name.startswith("."):
            continue
        with open(f"spool/{name}", "rb") as f:
            m = email.message_from_bytes(f.read(), policy=email.policy.default)
        body = m.get_content()
        told = body.split("Please answer")[0].split("You heard of these")[0]
        refs = tuple(sorted(re.findall(r"^\* (\S+)", told, re.M)))
        by_id.setdefault(m["Message-ID"].strip("<> "), []).append((m["To"].addresses[0].addr_spec, refs))
    return by_id


def check(day):
    """The three promises, from the spool and the store."""
    seen = spool()
    for ident, copies in seen.items():
        assert len(set(copies)) == 1, f"{ident} came with different contents: {copies}"
    db = sqlite3.connect("file:compact.db?mode=ro", uri=True)
    rows = db.execute("SELECT action, person, chased_on, message_id, handed_over FROM chase").fetchall()
    told = {}
    for action, person, on, ident, handed in rows:
        assert handed, f"{action} {person} {on} was never handed over"
        assert ident in seen, f"{ident} is written down as handed over but never came"
        address, refs = seen[ident][0]
        assert address == f"{person}@example.org" and action in refs, (ident, action, seen[ident])
        told.setdefault((person, action), []).append((datetime.date.fromisoformat(on), ident))
    told_ids = {ident for days in told.values() for _, ident in days}
    lost = set(seen) - told_ids
    assert not lost, f"came but is not written down: {lost}"
    for what, days in told.items():
        days.sort()
        for (a, one), (b, two) in zip(days, days[1:]):
            assert one != two and (b - a).days >= EVERY, f"{what} twice: {a} {b}"
    for ref, person in db.execute(
            "SELECT a.ref, l.person FROM action a JOIN lead l ON l.action = a.ref "
            "WHERE a.status = 'open' AND a.due < ?", (day.isoformat(),)):
        last = max((d for d, _ in told.get((person, ref), [])), default=None)
        assert last and (day - last).days < EVERY, f"{ref} of {person} was lost: last told {last}, now {day}"
    db.close()
    return len(seen), sum(len(c) for c in seen.values())


def main():
    rounds = int(sys.argv[1])
    seed = int(os.environ.get("TEST_SEED", "20081201"))
    pick = random.Random(seed)
    begin = datetime.date(2026, 1, 1)
    os.mkdir("spool")
    with open("mailer", "w", encoding="ascii") as f:
        f.write(MAILER)
    os.chmod("mailer", 0o755)
    with open("plan.yaml", "w", encoding="utf-8") as f:
        f.write("person:\n")
        for p in range(PEOPLE):
            f.write(f"  - {{ref: p{p}, name: Person {p}, email: p{p}@example.org}}\n")
        f.write("action:\n")
        for a in range(40):
            due = begin + datetime.timedelta(days=pick.randrange(-10, 355))
            f.write(f"  - {{ref: A{a}, title: Do {a}, due: {due}, leads: [p{pick.randrange(PEOPLE)}]}}\n")
    subprocess.run(["compact-load", "-q", "plan.yaml"], check=True)
    runs = kills = 0
    for n in range(rounds):
        day = begin + datetime.timedelta(days=n * 365 // max(rounds, 1))
        started = []
        for _ in range(pick.randrange(1, 4)):
            mode = pick.choice(["ok", "ok", "fail", "late", "slow"])
            back = pick.choice([0, 0, 0, 0, 3, 40])
            started.append(start(day - datetime.timedelta(days=back), mode, pick.random() < 0.1))
            runs += 1
        for run in started:
            if pick.random() < 0.5:
                time.sleep(pick.random() * 0.04)
                kill(run, pick.random() < 0.4)
                kills += 1
        for run in started:
            run.communicate()
        run = start(day, "ok", False)
        errors = run.communicate()[1]
        runs += 1
        assert run.returncode == 0 and not errors, (run.returncode, errors)
        if n % 10 == 9 or n == rounds - 1:
            distinct, came = check(day)
        if n % 7 == 3:
            ref = f"A{pick.randrange(40)}"
            subprocess.run(["action-track", "-q", "done", ref, "well done", f"--today={day}"], check=True)
    print(f"{runs} runs, {kills} killed, {distinct} reminders, {came - distinct} came twice under their id")
    db = sqlite3.connect("compact.db")
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


main()
