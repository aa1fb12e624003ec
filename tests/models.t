#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# QEMU's CPU models: the real QEMU, on a KVM that offers what a host file says, has
# the same features missing in each, expands them alike, and prints the same
# warnings; the registry is what that QEMU knows.
# shellcheck disable=SC2016 # variables of jq
cd "$(dirname "$0")/.." || exit
. tests/vm/tap.sh
scripts/setup test tools check
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
PATH=$PWD/build/tools:$PWD/tests/tool:$PATH
hosts=tests/tool/hosts

# What the CPU that QEMU runs on has a say in, and bits of MSRs, which it had not.
others=$(jq -c '[.words | to_entries[] | select(.key | test("^[a-z]")) | .value | keys[]] +
	["erms", "fsrm", "vendor", "family", "model", "stepping", "model-id", "memory"]' \
	tools/qemu/registry.json)

judged() { # JQ
	jq -cS --argjson others "$others" "$1" | sort
}

same_definitions() { # HOST
	qemu-judge "$hosts/$1" definitions | judged '.[2] -= $others' >"$tmp/real"
	kvmcaps models -j -H "$hosts/$1" |
		judged '.models[] | [.name, .alias_of, .unavailable_features - $others]' >"$tmp/ours"
	[ "$(wc -l <"$tmp/real")" -gt 150 ] && diff "$tmp/real" "$tmp/ours"
}

# Of lbr-fmt, jq knows no more than 53 bits. Only of what is made of the host, more
# follows from MSRs and from what the CPU says that QEMU runs on.
without='(["vendor", "memory", "lbr-fmt", "lbr_fmt"] +
	if IN(.[0]; "host", "max") then $others + ["overflow-recov", "succor", "lmce"] else [] end) as $no |
	.[1] |= with_entries(select(.key as $key | $no | index([$key]) | not))'

expansions() { # HOST MODEL...
	host=$1
	shift
	for model; do
		kvmcaps models -j -H "$host" "$model"
	done
}

same_expansions() { # HOST MODEL...
	qemu-judge "$hosts/$1" expansion "${@:2}" | judged "$without" >"$tmp/real"
	expansions "$hosts/$1" "${@:2}" | judged ".models[] | [.name, .props] | $without" >"$tmp/ours"
	[ "$(wc -l <"$tmp/real")" = $(($# - 1)) ] && diff "$tmp/real" "$tmp/ours"
}

# What else QEMU says of such a KVM does not count.
same_warnings() { # HOST MODEL
	qemu-judge "$hosts/$1" warnings "$2" | judged "$warnings" >"$tmp/real"
	kvmcaps models -j -H "$hosts/$1" "$2" | judged ".models[0].warnings | $warnings" >"$tmp/ours"
	grep -q "host doesn't support requested feature: CPUID" "$tmp/real" &&
		diff "$tmp/real" "$tmp/ours"
}
warnings='map(select(test("^host doesn.t support") and (test("MSR|[.](erms|fsrm) ") | not)))'

status() { # STATUS COMMAND...
	"${@:2}" >"$tmp/out" 2>&1
	got=$?
	cat "$tmp/out"
	[ $got = "$1" ]
}

fails() { # TEXT COMMAND...
	status 2 "${@:2}" && grep -F -- "$1" "$tmp/out"
}

# A registry with one thing broken.
broken() { # TEXT JQ
	jq "$2" tools/qemu/registry.json >"$tmp/registry.json"
	fails "no registry of CPU models: $1" kvmcaps models -H "$hosts/wide" -g "$tmp/registry.json"
}

for host in wide middle narrow other; do
	check "the real QEMU misses the same in each model on $host" same_definitions $host
done
models='base max host qemu64 kvm64 486 Nehalem-v2 Haswell-v4 Skylake-Server-v5 SapphireRapids
	Denverton Opteron_G3 EPYC-Rome EPYC-Milan-v2 EPYC-Genoa YongFeng'
for host in wide other; do
	# shellcheck disable=SC2086
	check "... and expands models on $host in the same way" same_expansions $host $models
	for model in Haswell SapphireRapids EPYC-Genoa; do
		check "... and warns of the same in $model" same_warnings $host $model
	done
done

check 'a model that is usable is no trouble' status 0 kvmcaps models -H $hosts/wide qemu64
check '... and one that misses something is status 1' status 1 kvmcaps models -H $hosts/narrow EPYC
check 'what blocks it is told in full' \
	grep -A 1 'CPUID.(EAX=7H,ECX=0):EBX\[29\]: not offered' "$tmp/out"
check '... and once in a clause' grep -A 3 '^  the CPU does not enumerate it' "$tmp/out"
check 'all models are no matter of status' status 0 kvmcaps models -H $hosts/narrow
check 'an unknown model is trouble' fails "has no CPU model 'EPYC-Madrid'" \
	kvmcaps models -H $hosts/wide EPYC-Madrid
check 'a file that is no registry is trouble' broken 'it is not of format 1' '.format = 2'
check '... one with an unknown word' broken 'a word is unknown' '.words.x = {}'
check '... with a bit that no register has' broken 'a bit is no number of one' \
	'.words["1.EDX"].fpu = 32'
check '... with a feature twice' broken 'a feature is in two words' '.words["1.ECX"].fpu = 1'
check '... with a feature from nowhere' broken 'a model has a feature that is in no word' \
	'.models[0].features = "sse9"'
check '... with a model that is itself' broken 'versions of a model have no end' \
	'.models[1].after = .models[1].name'
check '... with an alias of nothing' broken 'a model is another one that there is not' \
	'.models[0]["alias-of"] = "x"'
check '... with a model from nowhere' broken 'a model has no parent' 'del(.models[0].parent)'
check '... with KVM setting what is no feature' broken "KVM's defaults are no object of features" \
	'.kvm.x = true'

kvmcaps models -j -H $hosts/other >"$tmp/all.json"
kvmcaps models -j -H $hosts/other Denverton >"$tmp/one.json"
check-schema docs/schema/models.schema.json "$tmp/all.json" "$tmp/one.json" >"$tmp/tap"
takes_in "$tmp/tap"

regenerated() {
	scripts/qemu-registry >"$tmp/registry.json" && diff "$tmp/registry.json" tools/qemu/registry.json
}
check 'the registry is what the real QEMU says now' regenerated

plan
