#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Whatever runs at the same time, on the kernel that looks for races.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/../.."
. tests/vm/tap.sh
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
kernel=kcsan${SERIES:+-$SERIES}

tap() { # COMMAND...
	"$@" >"$tmp/out" ||:
	takes_in "$tmp/out"
}

tap scripts/kunit-tap scripts/kunit-modules -k "$kernel" -s 'kvmcaps_c*' --
tap scripts/vm-test -s "$kernel" device
tap scripts/vm-test -s "$kernel" robust
plan
