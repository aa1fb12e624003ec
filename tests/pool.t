#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Pools of hosts: whether a guest can move, what all hosts offer, and what the
# tool writes of it in the hands of those who read it: libvirt, JSON schemas.
cd "$(dirname "$0")/.." || exit
. tests/vm/tap.sh
scripts/setup test tools check
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
top=$PWD
PATH=$top/build/tools:$top/tests/tool:$PATH
schemas=$top/docs/schema
hosts=$top/tests/tool/hosts

# says_not TEXT COMMAND...: whether it does not say that.
says_not() {
	text=$1
	shift
	! "$@" 2>&1 | grep -F -- "$text"
}

# silent COMMAND...: whether it succeeds and writes nothing to stderr.
silent() {
	"$@" 2>"$tmp/silent" >/dev/null && ! grep . "$tmp/silent"
}

no_wider() { # COLUMNS FILE
	awk -v n="$1" 'length > n { print; wide = 1 } END { exit wide }' "$2"
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

# The baseline for people.
check "a baseline counts the hosts" gives 0 "hosts:   3" kvmcaps baseline wide middle narrow
check "outliers come first" sh -c 'kvmcaps baseline wide middle narrow | sed -n 3p |
	grep "^alone:   narrow costs RDSEED, ADX, SMAP"'
check "who costs what" sh -c 'kvmcaps baseline wide middle narrow | grep -A 1 "AVX512F: 2 of 3 hosts" |
	grep "^    middle, narrow: the CPU does not enumerate it"'
check "... a limit too" gives 0 "1 of 3 hosts have 44, others up to 46" \
	env COLUMNS=200 kvmcaps baseline wide middle narrow
check "what all have is offered" sh -c 'kvmcaps baseline wide middle narrow |
	grep -A 1 "(EAX=7H,ECX=0):EBX  " | grep "AVX2 FDP_EXCPTN_ONLY SMEP"'
check "XSAVE's area is that of the states left" sh -c 'kvmcaps baseline wide narrow |
	grep "(EAX=DH,ECX=0):EBX  *XSAVE area of 832 bytes"'
check "one host is its own baseline" sh -c 'kvmcaps baseline wide | grep -x nothing'
check "a release behind a name" gives 0 "KVM 6.12 does not declare it" \
	kvmcaps baseline wide@6.12 wide@7.3
check "--release" sh -c 'kvmcaps baseline --release 7.3 wide wide@7.3 | grep -x nothing'
check "--set" sh -c 'kvmcaps baseline --set nested=0 wide wide | grep -w VMX && exit 1;
	kvmcaps baseline wide wide | grep -w VMX'
check "another maker has no baseline" gives 2 "other: its CPU is of another maker than that of wide" \
	kvmcaps baseline wide other
kvmcaps baseline wide middle narrow >"$tmp/text"
check "80 columns" no_wider 80 "$tmp/text"

# Many names, and bad ones.
printf 'wide\n\nmiddle\n' >"$tmp/list"
check "--files-from" gives 0 "hosts:   3" kvmcaps baseline --files-from "$tmp/list" narrow
check "... from standard input" gives 0 "hosts:   2" sh -c "kvmcaps baseline -f - <'$tmp/list'"
check "no host at all" gives 2 "baseline needs a host" kvmcaps baseline -f /dev/null
printf 'wide\n\033[2Jmiddle\n' >"$tmp/evil"
check "a name with control characters" gives 2 "evil:2: a name with control characters" \
	kvmcaps baseline -f "$tmp/evil"
check "... does not reach the terminal" sh -c "kvmcaps baseline -f '$tmp/evil' 2>&1 |
	grep -c '[[:cntrl:]]' | grep -x 0"
head -c 5000 /dev/zero | tr '\0' a >"$tmp/long"
check "a name that is too long" gives 2 "long:1: a line that is too long, or not text" \
	kvmcaps baseline -f "$tmp/long"
head -c 100 /dev/zero >"$tmp/zero"
check "a list that is no text" gives 2 "zero:1: a line that is too long, or not text" \
	sh -c "echo >>'$tmp/zero'; kvmcaps baseline -f '$tmp/zero'"
check "a list that is missing" gives 2 "missing: No such file" kvmcaps baseline -f missing
head -n 5 wide >"$tmp/cut"
check "a bad file ends it" gives 2 "cut:6: the file ends without a CPU" \
	kvmcaps baseline wide "$tmp/cut" middle
check "... without a result" sh -c "kvmcaps baseline wide '$tmp/cut' 2>/dev/null | grep -c . | grep -x 0"
check "--skip-bad goes on" gives 0 "hosts:   2 and 1 that are left out" \
	kvmcaps baseline --skip-bad wide "$tmp/cut" middle
check "... and tells of it" gives 0 "cut:6: the file ends without a CPU" \
	kvmcaps baseline --skip-bad wide "$tmp/cut" middle
check "... unless no host is left" gives 2 "no host is left" kvmcaps baseline -k "$tmp/cut"
check "two forms at once" gives 2 "exclude each other" kvmcaps baseline -j -l wide
check "... of show" gives 2 "exclude each other" kvmcaps show -r -F -H wide
check "a baseline to a full disk" gives 2 "cannot write the output: No space left" \
	sh -c 'kvmcaps baseline wide >/dev/full'

# A bar for terminals only.
check "no bar without a terminal" silent kvmcaps baseline wide middle
on_terminal() { # ENVIRONMENT...
	script -qec "env $* kvmcaps baseline wide middle >/dev/null" /dev/null </dev/null >"$tmp/bar"
}
on_terminal TERM=xterm COLUMNS=40
check "a bar on a terminal" grep -F '[..' "$tmp/bar"
check "... as wide as that" sh -c "tr '\r' '\n' <'$tmp/bar' | grep -F '[..' | sed 's/.*K\[/[/' >'$tmp/line' &&
	awk 'length > 39 || length < 30 { exit 1 }' '$tmp/line'"
on_terminal TERM=dumb
check "no bar on a terminal that cannot" sh -c "! grep . '$tmp/bar'"

# JSON, by its schemas.
kvmcaps baseline --json wide middle narrow >"$tmp/baseline.json"
kvmcaps baseline --json wide >"$tmp/one.json"
check-schema "$schemas/baseline.schema.json" "$tmp/baseline.json" "$tmp/one.json" >"$tmp/tap"
takes_in "$tmp/tap"
for host in wide middle narrow other; do
	kvmcaps show --json --host $host >"$tmp/$host.json"
done
check-schema "$schemas/show.schema.json" "$tmp/wide.json" "$tmp/other.json" >"$tmp/tap"
takes_in "$tmp/tap"
kvmcaps explain --json --host wide avx2 0xd kvmclock 7.0.EBX >"$tmp/explain.json"
kvmcaps explain --json --all --host other >"$tmp/all.json"
check-schema "$schemas/explain.schema.json" "$tmp/explain.json" "$tmp/all.json" >"$tmp/tap"
takes_in "$tmp/tap"
check "who costs a feature, in JSON" jq -e '.hosts == 3 and
	(.lost[] | select(.name == "AVX512F") | .count == 2 and .kind == "bit" and
	 [.hosts[].host] == ["middle", "narrow"])' "$tmp/baseline.json"
check "... and a limit" jq -e '.lost[] | select(.what == "physical address bits") |
	.least == 44 and .most == 46 and .count == 1' "$tmp/baseline.json"

# libvirt.
kvmcaps show --libvirt --host wide >"$tmp/cpudata.xml"
kvmcaps show --raw --host wide | tail -n +2 >"$tmp/raw"
check "<cpudata> is XML" xmllint --noout "$tmp/cpudata.xml"
check "... and has all of the table" sh -c "sed -n \"s/.*eax_in='\([^']*\)' ecx_in='\([^']*\)' \
eax='\([^']*\)' ebx='\([^']*\)' ecx='\([^']*\)' edx='\([^']*\)'.*/   \1 \2: eax=\3 ebx=\4 ecx=\5 edx=\6/p\" \
'$tmp/cpudata.xml' | diff '$tmp/raw' -"
for pool in "wide middle narrow" wide other; do
	# shellcheck disable=SC2086 # several words
	set -- $pool
	kvmcaps baseline --libvirt "$@" >"$tmp/cpu.xml"
	kvmcaps baseline --json "$@" >"$tmp/cpu.json"
	check "<cpu> fits libvirt's schema ($*)" \
		xmllint --noout --relaxng /usr/share/libvirt/schemas/cpu.rng "$tmp/cpu.xml"
	check "<cpu> has libvirt's names, and the baseline ($*)" \
		check-libvirt "$tmp/cpu.xml" "$tmp/cpu.json"
	# The test driver takes CPUs of hosts only.
	sed -e "s/^<cpu .*/<cpu><arch>x86_64<\/arch>/" -e "/policy='disable'/d" \
		-e "s/ policy='require'//" -e "s/ fallback='forbid'//" -e '/<maxphysaddr/d' \
		"$tmp/cpu.xml" >"$tmp/host.xml"
	check "libvirt makes a CPU of it ($*)" gives 0 "<feature policy='require' name='avx2'/>" \
		sh -c "virsh -c test:///default cpu-baseline '$tmp/host.xml' --features"
done
check "an address width for all" grep -F "bits='48'" "$tmp/cpu.xml"

# Firecracker.
kvmcaps baseline --firecracker wide middle narrow >"$tmp/template"
check "a template makes hosts alike" check-firecracker "$tmp/template" "$tmp/wide.json" \
	"$tmp/middle.json" "$tmp/narrow.json"
check "... which they are not without it" sh -c "
	jq '.cpuid_modifiers |= .[1:]' '$tmp/template' >'$tmp/less' &&
	! check-firecracker '$tmp/less' '$tmp/wide.json' '$tmp/middle.json' '$tmp/narrow.json'"
check "... and changes nothing that they have in common" jq -e '.cpuid_modifiers[] |
	select(.leaf == "0x7") | .flags == 1 and .subleaf == "0x0" and
	(.modifiers[] | select(.register == "ebx") | .bitmap == "0bxxx0xxxxxxx00000xxxxxxxxxxxxxxxx")' \
	"$tmp/template"
check "... but for limits, as far as its smallest" jq -e '.cpuid_modifiers[] |
	select(.leaf == "0x80000008") | .modifiers == [{register: "eax",
	 bitmap: "0bxxxxxxxx00101100xxxxxxxx00101100"}]' "$tmp/template"
check "one host needs no template" sh -c \
	"kvmcaps baseline -F wide | jq -e '.cpuid_modifiers == []'"
kvmcaps show --firecracker --host middle >"$tmp/whole"
check "a host's template gives all of it" check-firecracker "$tmp/whole" "$tmp/middle.json"
check "... but what is Firecracker's" jq -e '[.cpuid_modifiers[] | select(.leaf == "0x1") |
	.modifiers[] | .bitmap | test("^0b[01x]{32}$")] | length == 4 and all' "$tmp/whole"

# Dumps, whose kernels are assumed, whichever is read first.
cd "$tmp" || exit
kvmcaps show -r -H "$hosts/wide" >wide.dump
kvmcaps show -r -H "$hosts/narrow" >narrow.dump
for order in 'wide.dump narrow.dump' 'narrow.dump wide.dump'; do
	# shellcheck disable=SC2086 # two words
	COLUMNS=1000 kvmcaps baseline $order | sed -n '/^Lost/,/^$/s/^    .*dump: //p' | sort
	echo
done >"$tmp/assumed"
check "a baseline marks what is assumed" grep -F '(assumed)' "$tmp/assumed"
check "... in any order of the hosts" sh -c \
	"awk -v RS= '{ \$1 = \$1 } NR == 1 { first = \$0 } END { exit NR != 2 || \$0 != first }' '$tmp/assumed'"
COLUMNS=1000 kvmcaps compare -g wide.dump narrow.dump >"$tmp/assumed"
check "and so does a comparison for a guest" grep -F '(assumed)' "$tmp/assumed"
cd "$hosts" || exit

# Ten thousand hosts that are all different.
make -s -C "$top/tests/bench" O="$top/build/bench" TOOLS="$top/build/tools" \
	"$top/build/bench/make_pool" >/dev/null
mkdir "$tmp/pool"
"$top/build/bench/make_pool" wide 10000 "$tmp/pool" >/dev/null
ls -d "$tmp"/pool/* >"$tmp/list"
check "10,000 hosts in 5 s of a CPU" prlimit --cpu=5 kvmcaps baseline -f "$tmp/list"
check "... and in 16 MiB" prlimit --as=16777216 kvmcaps baseline -f "$tmp/list"
plan
