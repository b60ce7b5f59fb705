#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads messages with Python's own mail parser and prints what they say, a JSON object a line.

read-mail.py mbox FILE | eml FILE ...
"""
import email
import email.header
import email.policy
import email.utils
import json
import mailbox
import sys


def read(raw):
    """A message's headers and text, as an independent reader understands them."""
    m = email.message_from_bytes(raw, policy=email.policy.default)
    if m.defects:
        sys.exit(f"defects: {m.defects}")
    for line in raw.replace(b"\r\n", b"\n").split(b"\n"):
        if len(line) > 78:
            sys.exit(f"a line of {len(line)} bytes: {line!r}")
        if any(c >= 0x80 for c in line):
            sys.exit(f"not plain ASCII: {line!r}")

    # The newer parser puts blanks between the encoded words of one name, which RFC 2047 forbids.
    plain = email.message_from_bytes(raw, policy=email.policy.compat32)

    def people(name):
        found = email.utils.getaddresses(plain.get_all(name, []))
        return [[str(email.header.make_header(email.header.decode_header(n))), a] for n, a in found]

    for name in ("From", "To", "Cc", "Subject", "Date", "Message-ID"):
        if len(m.get_all(name, [])) > 1:
            sys.exit(f"{name} stands there twice")
        if m[name] is not None and m[name].defects:
            sys.exit(f"defects in {name}: {m[name].defects}")
    return {
        "from": people("From"),
        "to": people("To"),
        "cc": people("Cc"),
        "subject": str(m["Subject"]),
        "date": m["Date"].datetime.isoformat(),
        "id": m["Message-ID"],
        "in_reply_to": m["In-Reply-To"],
        "references": (m["References"] or "").split(),
        "names": [k for k in m.keys()],
        "text": m.get_content().replace("\r\n", "\n"),
    }


def main():
    form, *paths = sys.argv[1:]
    for path in paths:
        if form == "mbox":
            box = mailbox.mbox(path, create=False)
            for key in box.keys():
                print(json.dumps(read(box.get_bytes(key)), ensure_ascii=False))
        else:
            with open(path, "rb") as f:
                print(json.dumps(read(f.read()), ensure_ascii=False))


main()
