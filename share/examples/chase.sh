#!/bin/sh
# SPDX-License-Identifier: MIT
#
# chase.sh: remind the leads of what they owe. Silent when nobody owes anything.
#
#   COMPACT_DB     the store
#   CHASE_FROM     the sender's address
#   CHASE_DRAFTS   a folder for drafts to look at and send; where it is empty the mail goes out
#   CHASE_SOON     also what falls due within so many days (7)
#   SENDMAIL       the program mail is handed to, where it is not sendmail
set -eu
umask 077
: "${COMPACT_DB:?say which store: export COMPACT_DB=...}"
: "${CHASE_FROM:?say who sends: export CHASE_FROM=...}"

# Whoever was reminded within the last seven days (setting chase_every) is left alone, so this
# may run every working day.
if [ -n "${CHASE_DRAFTS:-}" ]; then
	mkdir -p "$CHASE_DRAFTS"
	exec action-track -q chase --from="$CHASE_FROM" --soon="${CHASE_SOON:-7}" --drafts="$CHASE_DRAFTS"
fi
exec action-track -q chase --from="$CHASE_FROM" --soon="${CHASE_SOON:-7}" --mail \
	${SENDMAIL:+"--mailer=$SENDMAIL"}
