#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Whatever runs at the same time, on the kernel that looks for races; but first,
# whether it finds one that is there.
set -uo pipefail
cd "$(dirname "$(realpath "$0")")/../.." || exit
. tests/vm/tap.sh
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
kernel=kcsan${SERIES:+-$SERIES}

tap() { # COMMAND...
	"$@" >"$tmp/out" ||:
	takes_in "$tmp/out"
}

# By the same judge, in the same storm; and nothing else fails for it.
finds_a_race() {
	scripts/module -p tests/debug/race.patch "$kernel" "build/$kernel-race" || return
	scripts/vm-test -s "$kernel" -m "build/$kernel-race/kvmcaps.ko" storm >"$tmp/race" ||:
	cat "$tmp/race"
	[[ $(grep '^not ok' "$tmp/race") == 'not ok '*' - the log is clean, status 0' ]] &&
		grep -q '^# .*BUG: KCSAN: data-race in kvmcaps_ioctl \[kvmcaps\] / kvmcaps_ioctl \[kvmcaps\]' "$tmp/race"
}

check "a race in the device is found" finds_a_race
tap scripts/vm-test -s "$kernel" storm
tap scripts/kunit-tap scripts/kunit-modules -k "$kernel" -s 'kvmcaps_c*' --
tap scripts/vm-test -s "$kernel" device
tap scripts/vm-test -s "$kernel" robust
plan
