#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What must not build does not, for the reason that it is there for: small files
# with one mistake each, which name the compiler's message, and a feature list
# that disagrees with the kernel's header.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/.."
scripts/setup build
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
number=0

# says NAME PATTERN COMMAND...: passes if the command fails and says that.
says() {
	local name=$1 pattern=$2
	shift 2
	number=$((number + 1))
	if ! "$@" >"$tmp/out" 2>&1 && grep -qE "$pattern" "$tmp/out"; then
		printf 'ok %d - %s\n' "$number" "$name"
	else
		printf 'not ok %d - %s\n' "$number" "$name"
		sed 's/^/# /' "$tmp/out"
	fi
}

eval "$(make -sf - <<-'END'
	include kvmcaps/engine.mk
	all:; @echo 'flags="$(kvmcaps-engine-cflags)"'
END
)"
compile() {
	# shellcheck disable=SC2154,SC2086 # the engine's own flags, some words
	LC_ALL=C gcc -std=gnu11 $flags -Itools/include -Iinclude -Iinclude/uapi -c "$1" -o "$tmp/o"
}

builds_well() {
	compile tests/build-errors/well-formed.c && echo 'it builds'
	return 1
}

says 'without a mistake it builds' '^it builds$' builds_well
for file in tests/build-errors/*.c; do
	expected=$(sed -n 's|^/\* expects: \(.*\) \*/$|\1|p' "$file")
	[[ ! $expected ]] || says "$(basename "$file" .c)" "$expected" compile "$file"
done

# The module's own build, with AVX2 one bit beside its place.
module() {
	mkdir "$tmp/copy"
	cp -r Kbuild include kvmcaps "$tmp/copy"
	find "$tmp/copy" \( -name '*.o' -o -name '.*.cmd' \) -delete
	sed -i 's/(7_0_EBX, AVX2, 5)/(7_0_EBX, AVX2, 6)/' "$tmp/copy/include/kvmcaps/feature_list.h"
	cmp -s include/kvmcaps/feature_list.h "$tmp/copy/include/kvmcaps/feature_list.h" && return
	LC_ALL=C make -C "$KBUILD" M="$tmp/copy" kvmcaps/host.o
}
found=$(scripts/kernel)
eval "$found"
says "a place that is not the kernel's" 'static assertion failed.*AVX2' module
printf '1..%d\n' "$number"
