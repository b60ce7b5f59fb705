#!/bin/sh
# SPDX-License-Identifier: MIT
# What can be told of the sources in seconds; `make static` looks longer.
. tests/t/lib.sh
ok 'shellcheck finds nothing in any script' sh -c 'cd "$1" && sh tests/tools/static shell' - "$top"
# What takes minutes is only asked for: a part whose words make cannot use would look at nothing.
ok 'the compilers are asked in words that make understands' \
	sh -c 'cd "$1" && MAKE="make -n --no-print-directory" sh tests/tools/static clang analyzer >/dev/null' - "$top"
finish
