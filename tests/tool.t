#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# The tool in a virtual machine, and what it printed there in the hands of
# those who read it: jq and Debian's cpuid.
cd "$(dirname "$0")/.." || exit
. tests/vm/tap.sh
scripts/setup test tools
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

scripts/vm-test tool >"$tmp/vm"
takes_in "$tmp/vm"
tests/tool/check-host "$tmp/vm" >"$tmp/host"
takes_in "$tmp/host"
build/tools/kvmcaps releases >"$tmp/page"
check "docs/releases.md is what the tables say" diff -u docs/releases.md "$tmp/page"
plan
