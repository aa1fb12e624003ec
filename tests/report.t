#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# "kvmcaps report" of two machines' files, read in Debian's Chromium.
cd "$(dirname "$0")/.." || exit
. tests/vm/tap.sh
scripts/setup tools vm report
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

mkdir "$tmp/payload" "$tmp/pages"
cp build/tools/kvmcaps "$tmp/payload"
printf '#!/bin/sh\nload msr\nexec ./kvmcaps capture\n' >"$tmp/payload/run"
chmod +x "$tmp/payload/run"
scripts/vm -c EPYC-Milan,+svm "$tmp/payload" >"$tmp/amd"
point $? "a machine of AMD's is captured"
scripts/vm -c Skylake-Server "$tmp/payload" >"$tmp/intel"
point $? "one of Intel's is captured"
tests/report/browse build/tools/kvmcaps "$tmp/amd" "$tmp/intel" "$tmp/pages" >"$tmp/out"
takes_in "$tmp/out"
plan
