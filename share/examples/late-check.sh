#!/bin/sh
# SPDX-License-Identifier: MIT
#
# late-check.sh: incidents whose first contact is late, or due within a day. Prints them and
# exits 1 where there are any, so that cron mails the list; silent otherwise.
set -eu
: "${COMPACT_DB:?say which store: export COMPACT_DB=...}"
exec incident-track late --within="${LATE_WITHIN:-24}" --exit-code
