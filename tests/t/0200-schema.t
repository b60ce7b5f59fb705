#!/bin/sh
# SPDX-License-Identifier: MIT
# The tables, rules, views and checks of lib/schema, by Python's SQLite as a second opinion.
exec python3 tests/tools/check-schema.py
