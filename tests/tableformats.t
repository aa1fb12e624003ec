#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Tables that guests were given, and CPUID of machines, in the formats of other
# programs: each against the same numbers, taken out of the file by jq and perl.
cd "$(dirname "$(realpath "$0")")/.." || exit
. tests/vm/tap.sh
scripts/setup build tools test
make -s tools >&2 || exit
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
kvmcaps=build/tools/kvmcaps
corpus=../shared/corpus/firecracker

identical() { # A B
	"$kvmcaps" compare "$1" "$2" | tee /dev/stderr | grep -q '^identical: '
}

# What jq makes of a fingerprint, and perl of that.
# shellcheck disable=SC2016 # the variables are jq's
number='def hex: ascii_downcase | ltrimstr("0x") | explode |
	reduce .[] as $c (0; . * 16 + if $c > 96 then $c - 87 else $c - 48 end);
def binary: ltrimstr("0b") | explode | reduce .[] as $c (0; . * 2 + $c - 48);'
fingerprint_rows() {
	jq -r "$number"' .guest_cpu_config.cpuid_modifiers[] | . as $leaf |
		[(.leaf | hex), (.subleaf | hex), .flags,
		 (("eax", "ebx", "ecx", "edx") as $r | $leaf.modifiers[] |
		  select(.register == $r) | .bitmap | binary)] | @tsv' "$1"
}

fingerprint_is_read() {
	fingerprint_rows "$1" | tests/tool/pack-cpuid2 >"$tmp/fingerprint" &&
		identical "$1" "$tmp/fingerprint"
}

# A number that differs must show.
a_difference_shows() {
	fingerprint_rows "$1" | perl -lane '$F[4] ^= 4 if $F[0] == 7 && !$F[1]; print "@F"' |
		tests/tool/pack-cpuid2 >"$tmp/other"
	"$kvmcaps" compare "$1" "$tmp/other" >"$tmp/differences"
	[[ $? == 1 ]] && grep 'CPUID.(EAX=7H,ECX=0):EBX\[bit 2\]' "$tmp/differences"
}

as_cpudata() { # FINGERPRINT
	echo "<cpudata arch='x86'>"
	fingerprint_rows "$1" | while read -ra row; do
		printf "  <cpuid eax_in='0x%08x' ecx_in='0x%02x' eax='0x%08x' ebx='0x%08x' ecx='0x%08x' edx='0x%08x'/>\n" \
			"${row[@]:0:2}" "${row[@]:3}"
	done
	echo '</cpudata>'
}

cpudata_is_the_same_machine() {
	as_cpudata "$1" >"$tmp/xml" &&
		"$kvmcaps" show --raw --host "$1" >"$tmp/a" &&
		"$kvmcaps" show --raw --host "$tmp/xml" >"$tmp/b" &&
		cmp "$tmp/a" "$tmp/b" && [[ $(wc -l <"$tmp/a") -gt 20 ]]
}

# A host's answer, as a VMM could pass it on.
answer_is_read_back() {
	"$kvmcaps" show --json --host "$1" |
		jq -r '.supported[] | [.function, .index, .flags, .eax, .ebx, .ecx, .edx] | @tsv' |
		tests/tool/pack-cpuid2 >"$tmp/answer" &&
		identical "$1" "$tmp/answer"
}

model_is_read() { # [-a] MODEL
	tests/tool/qemu-model "$@" >"$tmp/model" &&
		head -n 1 "$tmp/model" >"$tmp/expansion" &&
		jq -r --slurp -f tests/tool/model-rows.jq "$tmp/model" |
		tests/tool/pack-cpuid2 >"$tmp/rows" &&
		identical "$tmp/expansion" "$tmp/rows"
}

check "the answer for a host, as bytes" answer_is_read_back tests/fuzz/seeds/host/amd
if [[ -d $corpus ]]; then
	for file in "$corpus"/*.json; do
		check "Firecracker: ${file##*/}" fingerprint_is_read "$file"
		check "... its guest, by libvirt's CPU data" cpudata_is_the_same_machine "$file"
	done
	check "a bit that differs is seen" a_difference_shows "$file"
else
	points=$((points + 1))
	echo "ok $points - Firecracker # SKIP no recorded guests in $corpus"
fi
for model in EPYC-Milan SapphireRapids max qemu32; do
	check "QEMU: $model" model_is_read $model
done
check "QEMU: every feature that has a name, on Intel" model_is_read -a Skylake-Server
check "... on AMD" model_is_read -a EPYC-Milan
plan
