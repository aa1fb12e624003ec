#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# "kvmcaps explain" in virtual machines: beside the real kvm-amd and kvm-intel,
# without XSAVE, and with a mitigation that clears a feature; its JSON is read by
# jq.
cd "$(dirname "$0")/.." || exit
. tests/vm/tap.sh
scripts/setup test
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

for name in explain explain-intel explain-noxsave explain-mitigated; do
	scripts/vm-test $name >"$tmp/$name"
	takes_in "$tmp/$name"
done
tests/tool/check-explain "$tmp/explain" >"$tmp/host"
takes_in "$tmp/host"
plan
