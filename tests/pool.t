#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Pools of hosts: whether a guest can move.
cd "$(dirname "$0")/.." || exit
. tests/vm/tap.sh
scripts/setup test tools
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
top=$PWD
PATH=$top/build/tools:$PATH
hosts=$top/tests/tool/hosts

# gives STATUS TEXT COMMAND...: whether it exits so, and says that among others.
gives() {
	status=$1 text=$2
	shift 2
	"$@" >"$tmp/gives" 2>&1
	got=$?
	cat "$tmp/gives"
	echo "status $got, expected $status and: $text"
	[ $got = "$status" ] && grep -qF -- "$text" "$tmp/gives"
}

# says_not TEXT COMMAND...: whether it does not say that.
says_not() {
	text=$1
	shift
	! "$@" 2>&1 | grep -F -- "$text"
}

cd "$hosts" || exit

# Where a guest can move. "wide" has AVX-512, "middle" is a Broadwell, "narrow" a
# Haswell with less address bits, "other" is AMD's.
check "a guest can stay" gives 0 "safe: a guest of wide misses nothing on wide, which has 0 more" \
	kvmcaps compare --guest-safe wide wide
check "a guest can go to a CPU with more" gives 0 "safe: a guest of middle" \
	kvmcaps compare --guest-safe middle wide
check "... and to a newer KVM" gives 0 "safe: a guest of narrow" \
	kvmcaps compare --guest-safe narrow narrow@7.3
check "... but not back" gives 1 \
	"CPUID.(EAX=7H,ECX=0):EBX[bit 16] AVX512F: only in wide: a guest may use it" \
	kvmcaps compare --guest-safe wide middle
check "... with both reasons" sh -c 'kvmcaps compare -g wide middle | grep -A 2 AVX512F |
	grep -A 1 "^    wide: the CPU enumerates it and" | grep "^    middle: the CPU does not"'
check "what only the other has is not told" says_not AVX512F kvmcaps compare -g middle wide
check "a limit that shrinks is told" gives 1 \
	"EAX: physical address bits: 46 in wide, 44 in narrow: a guest must reach all of its memory" \
	kvmcaps compare -g wide narrow
check "... and one that grows is not" says_not "address bits" kvmcaps compare -g narrow wide
check "a bit that takes something away is told" gives 1 \
	"[bit 6] FDP_EXCPTN_ONLY: only in middle: without it, the x87 data pointer is kept" \
	kvmcaps compare -g narrow middle
check "... and its loss is not" says_not FDP_EXCPTN_ONLY kvmcaps compare -g middle narrow
check "another model is nothing to a guest" says_not "CPUID.1H:EAX" kvmcaps compare -g middle wide
check "another maker is" gives 1 "CPUID.0H:EBX: the maker" kvmcaps compare -g narrow other
check "what is emulated counts" gives 1 "emulated CPUID.(EAX=7H,ECX=0):ECX[bit 22] RDPID" \
	kvmcaps compare -g middle "$hosts/middle-without-rdtscp"
check "a host that is missing is trouble" gives 2 "missing: No such file" \
	kvmcaps compare -g wide missing

plan
