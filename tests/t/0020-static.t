#!/bin/sh
# SPDX-License-Identifier: MIT
# What can be told of the sources in seconds; `make static` looks longer.
. tests/t/lib.sh
ok 'shellcheck finds nothing in any script' sh -c 'cd "$1" && sh tests/tools/static shell' - "$top"
finish
