#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Style and builds without a warning. Everything is built in a copy, so that
# what is here stays as it is.
set -euo pipefail
cd "$(dirname "$(realpath "$0")")/.."
scripts/setup build guest tools check bench style
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
number=0

# point NAME COMMAND...: passes if the command succeeds and prints nothing.
point() {
	local name=$1
	shift
	number=$((number + 1))
	if "$@" >"$tmp/out" 2>&1 && [[ ! -s $tmp/out ]]; then
		printf 'ok %d - %s\n' "$number" "$name"
	else
		printf 'not ok %d - %s\n' "$number" "$name"
		sed 's/^/# /' "$tmp/out"
	fi
}

# The project's files, with those not committed yet.
files() { # PATTERN...
	if [[ -e .git ]]; then
		git ls-files -co --exclude-standard -- "$@"
	else
		find . -path ./build -prune -o -type f -print | sed 's|^\./||' |
			grep -E "$(printf '%s|' "${@//\*/.*}" | sed 's/|$//')\$"
	fi | while read -r file; do [[ ! -e $file ]] || printf '%s\n' "$file"; done
}

checkpatch() {
	mapfile -t sources < <(files '*.c' '*.h')
	# Version tests, which checkpatch reports, are compat.h's purpose.
	scripts/checkpatch "${sources[@]}" |
		grep -vE '^kvmcaps/compat\.h:[0-9]+: WARNING:(LINUX_VERSION_CODE|CONSTANT_COMPARISON):' ||:
}

spdx() {
	mapfile -t all < <(files '*' | grep -vxE 'COPYING|.*\.md|.*\.gitignore|.*checkpatch-camelcase.*|tests/fuzz/seeds/.*|tests/guestcpu/.*')
	grep -L 'SPDX-License-Identifier: GPL-2.0' "${all[@]}" ||:
}

# A build in a copy of its own; warnings and errors are what it prints.
module() { # ARG...
	local copy
	copy=$(mktemp -d "$tmp/copy.XXXXXX")
	cp -r Kbuild include kvmcaps "$copy"
	find "$copy" \( -name '*.o' -o -name '.*.cmd' \) -delete
	make -j "$(nproc)" -C "$KBUILD" M="$copy" W=1 "$@" modules >"$tmp/build" 2>&1 || echo "make failed"
	# The headers' own are not ours: clang has some for them.
	grep -E 'warning|error|undefined|Error ' "$tmp/build" |
		grep -vE '^/[^ ]*/linux-headers-[^ ]*: warning:|^[0-9]+ warnings? generated|objtool: .* MITIGATION_RETPOLINE build' ||:
}

# The same for another series' kernel, with the compiler that may have to come first.
series() { # SERIES
	scripts/module "$1" "$tmp/$1" 2>&1 | grep -vE '^Skipping BTF generation|^chroot: installing ' ||:
	[[ -e $tmp/$1/kvmcaps.ko ]]
}

user_space() { # COMPILER
	local part
	make -s -j "$(nproc)" -C tools O="$tmp/$1-tools" CC="$1" all
	for part in guest bench; do
		make -s -j "$(nproc)" -C tests/$part O="$tmp/$1-$part" TOOLS="$tmp/$1-tools" CC="$1" all
	done
}

shell() {
	mapfile -t scripts < <(files 'scripts/*' 'tests/*' '.ci/*' | xargs grep -lE '^#!/bin/(ba)?sh|shellcheck shell')
	shellcheck -x -P scripts -P SCRIPTDIR -P tests/vm "${scripts[@]}"
}

man_pages() {
	local page
	for page in tools/*.[1-9]; do
		LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -l "$page" >/dev/null
	done
}

found=$(scripts/kernel)
eval "$found"
point 'checkpatch --strict' checkpatch
point 'every file has its licence' spdx
point 'the layers are kept' scripts/layers
point 'the module builds with gcc, W=1' module
for other in 6.1 7.2 7.3; do
	point "the module builds for $other, W=1" series "$other"
done
point 'the module builds with clang, W=1' module CC="$PWD/scripts/kernel-clang"
point 'sparse finds nothing' module C=2
point 'the tool and the test programs build with gcc' user_space gcc
point 'the tool and the test programs build with clang' user_space clang-19
point 'the mistakes of make mutants can be made' scripts/mutants -n
point 'those of make mutants DEVICE=y can be made' scripts/mutants -d -n
point 'shellcheck' shell
point 'the man pages are well-formed' man_pages
printf '1..%d\n' "$number"
