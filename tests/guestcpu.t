#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# "kvmcaps guest" against what the real QEMU 10 and KVM did on two hosts, by the
# digests of guestcpu/digest: every entry of every table, every line of warnings
# and errors, and what CPUID reads in a guest. Then its forms and its refusals.
set -uo pipefail
cd "$(dirname "$(realpath "$0")")/.." || exit
. tests/vm/tap.sh
scripts/setup build tools check
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
tool=$PWD/build/tools/kvmcaps
host=tests/guestcpu/EPYC-Rome
make -s tools >"$tmp/make" 2>&1 || cat "$tmp/make"

leaves=$(paste -sd, tests/guestcpu/leaves)

# Its options come as they stand in the rows, with a dash for none.
guest() { # FILE CPU SMP OPTIONS [OPTION...]
	local file=$1 cpu=$2 smp=$3 options=()

	[[ $4 == - ]] || read -ra options <<<"$4"
	shift 4
	"$tool" guest --host "$file" --smp "$smp" "${options[@]}" "$@" "$cpu"
}

table() { # FILE CPU SMP OPTIONS VCPU DIGEST
	[[ $(guest "${@:1:4}" --vcpu "$5" --cpuid2 - | sha256sum) == "$6  -" ]]
}

warns() { # FILE CPU SMP OPTIONS DIGEST
	[[ $(guest "${@:1:4}" | sed -n 's/^  qemu-system-x86_64: //p' | sha256sum) == "$5  -" ]]
}

fails() { # FILE CPU SMP OPTIONS MESSAGE
	local said status wanted=2

	[[ $2 != *,enforce ]] || wanted=1
	said=$(guest "${@:1:4}" 2>&1 >/dev/null)
	status=$?
	[[ ${said##*$'\n'} == "kvmcaps: $5" ]] && ((status == wanted))
}

reads() { # FILE CPU SMP OPTIONS STATE DIGEST
	local after=()

	[[ $5 == - ]] || after=(--after "$5")
	[[ $(guest "${@:1:4}" "${after[@]}" --leaf "$leaves" | sed 's/.*: //' | sha256sum) == "$6  -" ]]
}

# All rows of a kind, of both hosts.
rows() { # KIND
	local file kind row failed=0 done=0

	for file in tests/guestcpu/*.qemu; do
		while IFS=$'\t' read -ra row; do
			kind=${row[0]}
			[[ $kind == "$1" ]] || continue
			((done += 1))
			"$kind" "${file%.qemu}" "${row[@]:1}" && continue
			echo "${row[*]}"
			((failed += 1))
		done <"$file"
	done
	((done > 5 && failed == 0))
}

check "tables are those that the real QEMU passed to the real KVM" rows table
check "warnings are QEMU's, word for word" rows warns
check "what QEMU refuses is refused, word for word" rows fails
check "a guest reads what real guests read" rows reads
! table "$host" host 1 - 0 0000 && ! warns "$host" EPYC-Milan 1 - 0000 &&
	! fails "$host" host 1 - '' && ! reads "$host" host 1 - - 0000
point $? "the checks of this test can fail"

# FORM OPTION... CPU: what the command prints.
form() {
	"$tool" guest --host "$host" "$@"
}

says() { # STATUS PATTERN OPTION...
	local status

	form "${@:3}" >"$tmp/said" 2>&1
	status=$?
	grep -qE -- "$2" "$tmp/said" && ((status == $1)) && return
	cat "$tmp/said"
	return 1
}

shown_raw() {
	form --raw host >"$tmp/raw" && cpuid -r -f "$tmp/raw" >"$tmp/again" &&
		grep -c '^   0x' "$tmp/raw" && diff "$tmp/raw" "$tmp/again"
}

written_to_a_file() {
	form --cpuid2 "$tmp/table" --smp 2 --vcpu 1 max &&
		form --cpuid2 - --smp 2 --vcpu 1 max | cmp - "$tmp/table"
}

json() {
	form --json --smp 2 --after osxsave EPYC-Milan,+svm >"$tmp/json" || return
	form --json --kernel-irqchip split host >"$tmp/json2" || return
	jq -e '(.table | length) == (.read | length) and (.warnings | length) > 3 and
		.model == "EPYC-Milan" and .machine.cores == 2 and .verdict.accepted' "$tmp/json"
}

check "--raw is what cpuid takes" shown_raw
check "--cpuid2 writes a file" written_to_a_file
check "--json has it all" json
tests/tool/check-schema docs/schema/guest.schema.json "$tmp/json" "$tmp/json2" >"$tmp/schema"
takes_in "$tmp/schema"
check "KVM takes it" says 0 '^KVM:  *takes it' host

# A host whose TSC never stops: what a guest cannot take along to another one.
sed -e 's/\(0x80000007 0x00: .*edx=\)0x[0-9a-f]*/\10x00000100/' \
	-e 's/# power 0$/# power 0x100/' \
	-e 's/^\(.*# word\.\)0x80000008.*/\10x80000007.0.EDX CONSTANT_TSC\n&/' \
	tests/guestcpu/EPYC-Milan >"$tmp/constant"
has_constant_tsc() { # EDX OPTION... CPU
	"$tool" guest --host "$tmp/constant" --leaf 80000007 "${@:2}" | grep "edx=$1"
}
check "-cpu host is migratable" has_constant_tsc 0x00000000 host
check "--migratable off has more" has_constant_tsc 0x00000100 --migratable off host
check "what follows the model has the last word" \
	has_constant_tsc 0x00000000 --migratable off host,migratable=on
check "a named model has what is asked for" has_constant_tsc 0x00000100 EPYC-Milan,+invtsc
for bad in "--smp 2 --vcpu 2" "--vcpu x" "--smp 0" "--migratable maybe" "--raw --json" \
	"--leaf x" "--leaf d." "--leaf 1,,2" "--leaf 123456789" "--after xcr0=0xffff" \
	"--after avx" "--kernel-irqchip maybe" "--cpuid2 /nowhere/at/all"; do
	read -ra words <<<"$bad"
	check "$bad is refused" says 2 '^kvmcaps: .' "${words[@]}" host
done
check "a model is needed" says 2 'guest needs 1 argument'
plan
