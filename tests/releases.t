#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# The oldest and the newest release: the module beside the real kvm-amd, and on
# these kernels too, the device by itself and memory; on the newest, CPUs that
# come and go, for that takes minutes. make parity-releases has all releases.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/.."
. tests/vm/tap.sh
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

tap() { # COMMAND...
	"$@" >"$tmp/out" ||:
	takes_in "$tmp/out"
}

for series in 6.1 7.3; do
	tap scripts/parity -s "$series" -m EPYC-Milan,+svm -m Opteron_G2,+svm -c '' -p ''
	tap scripts/vm-test -s "$series" device
	tap scripts/vm-test -s "$series" memory
done
tap scripts/vm-test -s 7.3 robust
plan
