#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What real KVM offered on real servers, against the engine's answer for hosts
# that are reconstructed from CPUID dumps. Each difference is printed with its
# cause.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/.."
corpus=../shared/corpus
if [[ ! -d $corpus/firecracker || ! -d $corpus/instlatx64 ]]; then
	echo "1..0 # SKIP no recorded hosts in $corpus"
	exit 0
fi
scripts/setup tools
make -s -C tests/corpus O="$PWD/build/corpus" >&2
build/corpus/compare "$corpus" tests/corpus
