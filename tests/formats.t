#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What people have, in the tool's hands: this machine's own dumps, by Debian's
# cpuid and from the kernel's device, and the InstLatx64 collection. What a
# machine's registers are is read independently, by awk and perl.
set -uo pipefail
cd "$(dirname "$(realpath "$0")")/.." || exit
. tests/vm/tap.sh
scripts/setup tools test
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
kvmcaps=$PWD/build/tools/kvmcaps
collection=../shared/corpus/instlatx64

check "the tool can be built" make -s -C tools O="$PWD/build/tools"

# rows_of FILE: leaf, index and registers of the places on standard input, as
# the tool has them of the first CPU.
rows_of() {
	"$kvmcaps" explain --host "$1" --json - | jq -r '.[] | [.function, .index,
		(.registers | .eax.cpu, .ebx.cpu, .ecx.cpu, .edx.cpu)] | @tsv'
}

# The same of the first CPU of cpuid -r, by awk.
rows_of_cpuid() {
	awk '/^CPU/ { cpu++ } / eax=/ && cpu < 2 {
		gsub(/[a-z]+=|:/, ""); print $1, $2, $3, $4, $5, $6 }' "$1" | as_numbers
}

# And of a dump of AIDA64 whose lines have their index.
rows_of_aida() {
	awk '/^CPUID 00000000/ { cpu++ } /^CPUID [0-9A-F]+: / && cpu < 2 {
		sl = match($0, /\[SL [0-9A-F]+/) ? substr($0, RSTART + 4, RLENGTH - 4) : 0
		split($3, r, "-"); sub(/:/, "", $2)
		print "0x" $2, "0x" sl, "0x" r[1], "0x" r[2], "0x" r[3], "0x" r[4] }' "$1" | as_numbers
}

as_numbers() {
	perl -lane 'print join "\t", map { hex } @F'
}

# Leaves that the record has, for KVM asks for no others: up to 0x3f of each range.
recorded() {
	awk '($1 % 2147483648) < 64'
}

as_places() {
	perl -lane 'printf "0x%x.%d\n", @F'
}

# agrees ROWS FILE: the tool has these registers of the file.
agrees() {
	[[ -s $1 ]] || return
	as_places <"$1" >"$tmp/places"
	rows_of "$2" <"$tmp/places" >"$tmp/found"
	diff "$1" "$tmp/found"
}

is_refused() { # WORDS COMMAND...
	local words=$1

	shift
	"$@" >"$tmp/out" 2>"$tmp/err"
	[[ $? == 2 && ! -s $tmp/out ]] && grep -F "$words" "$tmp/err"
}

says() { # WORDS COMMAND...
	local words=$1

	shift
	"$@" >"$tmp/out" 2>&1
	grep -F "$words" "$tmp/out" || { cat "$tmp/out"; return 1; }
}

same_answer() { # FILE OTHER
	"$kvmcaps" compare "$1" "$2" | grep '^identical'
}

cpuid -r >"$tmp/cpuid"
cpuid -r -1 >"$tmp/one"
rows_of_cpuid "$tmp/cpuid" | recorded >"$tmp/rows"
check "cpuid -r is read" agrees "$tmp/rows" "$tmp/cpuid"
check "cpuid -r -1 is read" "$kvmcaps" show --host "$tmp/one"
check "... from standard input too" sh -c "'$kvmcaps' show --host - <'$tmp/one'"
check "of all CPUs the last is there" "$kvmcaps" show --host "$tmp/cpuid" \
	--cpu "$(($(grep -c '^CPU' "$tmp/cpuid") - 1))"
check "no CPU is there that was not" is_refused "there is no CPU 60000 in it" \
	"$kvmcaps" show --host "$tmp/cpuid" --cpu 60000

"$kvmcaps" capture --probe --no-redact --cpu 0 -o "$tmp/host"
check "capture has the registers that cpuid has" agrees "$tmp/rows" "$tmp/host"

"$kvmcaps" show --raw --host "$tmp/one" >"$tmp/raw"
cpuid -r -f "$tmp/raw" >"$tmp/again"
check "show --raw goes through cpuid -f" diff "$tmp/raw" "$tmp/again"
check "... and is a machine" "$kvmcaps" show --host "$tmp/raw"
check "a file is compared at two releases" says "only in" \
	"$kvmcaps" compare "$tmp/one@6.1" "$tmp/one@7.3"
check "a dump answers as the newest release" same_answer "$tmp/one" "$tmp/one@7.3"

check "the kernel is assumed" says "assumed: a Linux 6.12 of 64 bits" \
	env COLUMNS=200 "$kvmcaps" show --host "$tmp/one" --release 6.12
check "JSON has that, too" sh -c \
	"'$kvmcaps' show --host '$tmp/one' --json | jq -e '.assumptions | any(startswith(\"a Linux 7.3\"))'"
explain() {
	COLUMNS=200 "$kvmcaps" explain --host "$tmp/one" "$@"
}
check "a verdict of the kernel's rests on it" says "assumed:    a Linux" explain SSE3
check "what KVM does not declare does not" sh -c \
	"! '$kvmcaps' explain --host '$tmp/one' HT | grep 'assumed:    a Linux'"
# A K5 has no AVX2, whatever its kernel is; TSC it has.
printf 'CPUID 0000000%s\n' '0: 00000001-68747541-444D4163-69746E65' \
	'1: 00000501-00000000-00000000-000003BF' >"$tmp/k5"
check "what the CPU does not have does not" sh -c \
	"! '$kvmcaps' explain --host '$tmp/k5' AVX2 | grep 'assumed:    a Linux'"
check "what that CPU has does" says "assumed:    a Linux" \
	env COLUMNS=200 "$kvmcaps" explain --host "$tmp/k5" TSC
check "what KVM emulates does not" sh -c \
	"! '$kvmcaps' explain --host '$tmp/one' X2APIC | grep 'assumed:    a Linux'"
check "a list marks it" says "(assumed)" explain --all
check "a register that KVM computes is marked" says "(assumed)" explain 0xd.0
check "one that it passes on is not" sh -c \
	"'$kvmcaps' explain --host '$tmp/one' 0x80000005 | grep 'as the CPU has it' && ! '$kvmcaps' explain --host '$tmp/one' 0x80000005 | grep assumed"
check "a comparison marks it" says "(assumed)" "$kvmcaps" compare "$tmp/one@6.1" "$tmp/one@7.3"
check "a host file's kernel is not assumed" sh -c \
	"! '$kvmcaps' explain --host '$tmp/host' SSE3 | grep 'a Linux'"

printf 'CPU 0:\n   0x00000000 0x00: eax' >"$tmp/cut"
check "a file that breaks off is refused" is_refused "$tmp/cut:2: the file ends in the middle" \
	"$kvmcaps" show --host "$tmp/cut"
check "what is not known is refused" is_refused "tests/formats.t: no known format; known are" \
	"$kvmcaps" show --host tests/formats.t
check "a device itself is no file" is_refused "/dev/zero: a device, of which only a copy" \
	"$kvmcaps" show --host /dev/zero

# A copy of this machine's device, if there is one, and of one in a machine of
# its own, as kvmcaps(1) says it is made.
device=/dev/cpu/0/cpuid
if [[ -r $device ]]; then
	{
		dd if=$device bs=16 count=64
		dd if=$device bs=16 count=64 iflag=skip_bytes skip=$((0x80000000))
	} 2>"$tmp/dd" >"$tmp/image"
	# The device alone, at the place of each leaf.
	perl -we 'open my $f, "<:raw", shift or die; my $eax;
		for my $base (0, 0x80000000) {
			for (my $leaf = $base, my $last = $base; $leaf <= $last; $leaf++) {
				sysseek $f, $leaf, 0 or $leaf == 0 or die;
				sysread $f, my $r, 16 or die;
				my @r = unpack "V4", $r;
				$last = $r[0] if $leaf == $base;
				print join("\t", $leaf, 0, @r), "\n";
			}
		}' $device >"$tmp/device"
	check "a copy of $device is read" agrees "$tmp/device" "$tmp/image"
	check "what it lacks is said" says "which the CPU has and the file does not" \
		env COLUMNS=200 "$kvmcaps" show --host "$tmp/image"
fi
scripts/vm-test formats >"$tmp/vm"
takes_in "$tmp/vm"

# A third of those dumps that tell their indices, register by register.
by_register() {
	local file seen=0 bad=0

	grep -l '^CPUID 00000007: .*\[SL 00\]' "$collection"/* | awk 'NR % 3 == 0' >"$tmp/sample"
	while read -r file; do
		rows_of_aida "$file" | recorded >"$tmp/rows"
		seen=$((seen + 1))
		agrees "$tmp/rows" "$file" >"$tmp/diff" || {
			bad=$((bad + 1))
			echo "$file"
			cat "$tmp/diff"
		}
	done <"$tmp/sample"
	((seen > 10 && !bad))
}

all_is_read_or_refused() {
	local file bad=0

	for file in "$collection"/*; do
		"$kvmcaps" show --raw --host "$file" >"$tmp/out" 2>"$tmp/err" && [[ -s $tmp/out ]] && continue
		grep -E "^kvmcaps: $file(:[0-9]+)?: " "$tmp/err" || bad=1
	done
	((!bad))
}

# Up to the middle of the first CPU.
broken_off_is_refused() {
	local file bad=0

	while read -r file; do
		sed '/^CPUID 80000001/,$d' "$file" >"$tmp/half"
		is_refused "$tmp/half:" "$kvmcaps" show --host "$tmp/half" || bad=1
	done <"$tmp/sample"
	((!bad))
}

if [[ -d $collection ]]; then
	check "all of InstLatx64 is read or refused with a reason" all_is_read_or_refused
	check "... and its registers are those of awk" by_register
	check "... and what breaks off is refused" broken_off_is_refused
else
	points=$((points + 1))
	echo "ok $points - all of InstLatx64 is read or refused # SKIP no $collection"
fi
plan
