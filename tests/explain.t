#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# "kvmcaps explain" in virtual machines: beside the real kvm-amd and kvm-intel,
# without XSAVE, with a mitigation that clears a feature, on a part with a defect,
# and with leaves out of reach; its JSON is read by jq.
cd "$(dirname "$0")/.." || exit
. tests/vm/tap.sh
scripts/setup test
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

for name in explain explain-intel explain-noxsave explain-mitigated explain-zen5 \
	explain-noleaf; do
	scripts/vm-test $name >"$tmp/$name"
	takes_in "$tmp/$name"
done
tests/tool/check-explain "$tmp/explain" >"$tmp/host"
takes_in "$tmp/host"
plan
