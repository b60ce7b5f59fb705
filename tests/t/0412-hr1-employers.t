#!/bin/sh
# SPDX-License-Identifier: MIT
# Whether two employers are one: two thousand labelled pairs.
. tests/t/lib.sh
COMPACT_TODAY=2026-11-20
export COMPACT_TODAY
compact-init -q ref=fife name=Fife 2>.tap/err || { cat .tap/err; exit 1; }
python3 "$top/tests/tools/check-employers.py"
