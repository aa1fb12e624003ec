#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The tool's suites in user space, with ASan and UBSan.
cd "$(dirname "$0")/.." || exit
. tests/vm/tap.sh
scripts/setup tools check
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export CMOCKA_MESSAGE_OUTPUT=TAP

check "the suites can be built" make -s -j "$(nproc)" -C tests/tool O="$PWD/build/suites"
for source in tests/tool/suite_*.c; do
	suite=$(basename "$source" .c)
	"build/suites/$suite" >"$tmp/out" 2>"$tmp/err"
	takes_in "$tmp/out"
	sed 's/^/# /' "$tmp/err"
done
plan
