#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""hot-journal.py WHOLE HOT: copies a store and leaves half of a change in it, its journal beside it, as a writer
that was killed does. What the change wrote has HALFDONE in it."""
import os
import shutil
import signal
import subprocess
import sys

whole, hot = sys.argv[1:]
if os.path.exists(hot + "-journal"):
    os.remove(hot + "-journal")
shutil.copy(whole, hot)
child = subprocess.Popen([sys.executable, "-c", """
import sqlite3, sys, time
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("PRAGMA cache_size = 1")
c.execute("BEGIN IMMEDIATE")
c.execute("UPDATE person SET job_title = 'HALFDONE'")
c.execute("UPDATE action SET title = 'HALFDONE' || ref, reason = hex(randomblob(9000))")
print("ready", flush=True)
time.sleep(60)
""", hot], stdout=subprocess.PIPE)
child.stdout.readline()
child.send_signal(signal.SIGKILL)
child.wait()
assert os.path.exists(hot + "-journal")
