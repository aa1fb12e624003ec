#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# What compares with QEMU, and one machine with a selection of guests; make
# parity-qemu has them all.
cd "$(dirname "$0")/.." || exit
. tests/vm/tap.sh
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

check "what is recorded with can be built" make -s qemu-guest
tests/qemu/check-compare >"$tmp/out"
takes_in "$tmp/out"
scripts/parity-qemu -q >"$tmp/out"
takes_in "$tmp/out"
plan
