#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# Completion by the shells themselves, of what the installed scripts tell them,
# against what the tool's help says; also of an option that nobody has told them.
set -uo pipefail
cd "$(dirname "$(realpath "$0")")/.." || exit
. tests/vm/tap.sh
scripts/setup build tools install
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
share=$tmp/usr/local/share
shells=(bash zsh fish)

installs() { # DIRECTORY OF THE SOURCE
	make -s -C "$1/tools" O="$2" DESTDIR="$tmp" install
}

# The candidates, without what the shell has of them already.
complete() { # SHELL LINE
	"tests/complete/$1" "$share" "$2" | sed 's/.*[,@/]//; s/^--[a-z]*=//' | sort -u
}

# completes LINE CANDIDATE...: in each of the shells, these and no others.
# completes_from LINE LIST...: those of the list that begin with the line's end.
completes() {
	local line=$1 sh status=0

	shift
	printf '%s\n' "$@" | grep . | sort -u >"$tmp/wanted"
	for sh in "${shells[@]}"; do
		complete "$sh" "$line" >"$tmp/got"
		diff -u --label wanted --label "$sh" "$tmp/wanted" "$tmp/got" || status=1
	done
	return $status
}

completes_from() {
	local line=$1 begin=${1##*[ =@,]} word wanted=()

	shift
	for word; do
		[[ $word != "$begin"* ]] || wanted+=("$word")
	done
	completes "$line" "${wanted[@]}"
}

tool=$PWD/build/tools/kvmcaps
make -s tools >"$tmp/make" 2>&1 || cat "$tmp/make"
check "the scripts are installed" installs . "$PWD/build/tools"
check "bash can parse its own" bash -n "$share/bash-completion/completions/kvmcaps"
check "shellcheck finds nothing" shellcheck "$share/bash-completion/completions/kvmcaps"
check "zsh can parse its own" zsh -n "$share/zsh/site-functions/_kvmcaps"
check "fish can parse its own" fish -n "$share/fish/vendor_completions.d/kvmcaps.fish"

mapfile -t commands < <("$tool" help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p')
! completes "kvmcaps he" hello >/dev/null && ((${#commands[@]} > 5))
point $? "the checks of this test can fail"

# bash and zsh offer the first word's options with the commands, fish after a dash.
for sh in "${shells[@]}"; do
	complete "$sh" 'kvmcaps ' | grep -v '^-' >"$tmp/$sh"
	check "the commands, $sh" diff "$tmp/$sh" <(printf '%s\n' "${commands[@]}" | sort)
done
for command in "${commands[@]}"; do
	mapfile -t options < <("$tool" "$command" --help |
		sed -nE 's/^  (-.), (--[a-z0-9-]+).*/\1\n\2/p')
	check "options of $command" completes "kvmcaps $command -" "${options[@]}"
	check "... in their long form" completes_from "kvmcaps $command --h" "${options[@]}"
done

# documented COMMAND: its options and exit statuses, in its help and in kvmcaps(1).
statuses=$(sed -n '/^\.Sh EXIT STATUS/,/^\.Sh EXAMPLES/p' tools/kvmcaps.1)
documented() {
	local option

	"$tool" "$1" --help >"$tmp/help"
	grep -qE "^\.It Cm $1( |$)" tools/kvmcaps.1 || return
	while read -r option; do
		grep -qE "Fl -$option( |$)" tools/kvmcaps.1 || { echo "--$option"; return 1; }
	done < <(sed -nE 's/^  -., --([a-z0-9-]+).*/\1/p' "$tmp/help")
	sed -n '/^Exit status:/,$p' "$tmp/help" | grep -qE '^  2  ' || return
	! grep -qE '^  1  ' "$tmp/help" || grep -qE "^\.Cm $1" <<<"${statuses#*It 1}"
}
for command in "${commands[@]}"; do
	check "$command is documented" documented "$command"
done

mapfile -t releases < <("$tool" releases | sed -n 's/^## //p')
check "releases" completes "kvmcaps show --release " "${releases[@]}"
check "... behind =" completes_from "kvmcaps show --release=7" "${releases[@]}"
check "... behind the short form" completes_from "kvmcaps show -R 6.1" "${releases[@]}"
check "... behind a file" completes "kvmcaps compare $tmp/make@" "${releases[@]}"
check "... behind the second" completes_from "kvmcaps compare $tmp/make $tmp/make@7" "${releases[@]}"
mapfile -t policies < <(sed -nE 's/^module_param(_cb)?\(([a-z_]+),.*/\2/p' kvmcaps/param.c |
	grep -vxE 'release|mode|assume' | sed 's/.*/&=0\n&=1/')
check "parameters of KVM" completes "kvmcaps show --set " "${policies[@]}"
check "... the second" completes "kvmcaps show --set npt=0,nes" nested=0 nested=1
check "... behind =" completes "kvmcaps compare --set=npt=0,nes" nested=0 nested=1
mapfile -t cpus < <(lscpu -p=CPU -a | grep -v '^#')
check "CPUs" completes "kvmcaps capture --cpu " "${cpus[@]}"
mkdir "$tmp/files"
touch "$tmp"/files/{host,holiday,'with blank'}
check "files" completes "kvmcaps show --host $tmp/files/ho" host holiday
check "... and nothing else" completes "kvmcaps show --host $tmp/files/x"
check "files of compare" completes "kvmcaps compare $tmp/files/ho" host holiday
check "commands to be helped with" completes_from "kvmcaps help c" "${commands[@]}"
check "shells" completes "kvmcaps completion " bash fish zsh
check "models of QEMU" completes "kvmcaps models EPYC-Ro" EPYC-Rome EPYC-Rome-v{1,2,3,4}
check "features behind a model" completes "kvmcaps guest host,+pclm" +pclmulqdq
check "... and those to leave out" completes "kvmcaps guest host,+avx,pclm" pclmulqdq=off
check "CPUs of a machine" completes "kvmcaps guest --smp 8,co" cores=
check "what a guest has done" completes "kvmcaps guest --after osxsave,xc" xcr0=
check "features as Linux's source has them" completes "kvmcaps explain AVX512_VN" AVX512_VNNI
check "names of QEMU and libvirt" completes "kvmcaps explain lzc" lzcnt

# names SHELL: whether it completes every feature that "explain" lists.
"$tool" capture --probe -o "$tmp/machine"
names() {
	complete "$1" 'kvmcaps explain ' >"$tmp/got"
	COLUMNS=1000 "$tool" explain --host "$tmp/machine" --all |
		sed -n 's/^\([A-Z0-9_]*\)  *CPUID.*/\1/p' | sort -u >"$tmp/wanted"
	[[ $(wc -l <"$tmp/wanted") -gt 250 ]] && [[ ! $(comm -23 "$tmp/wanted" "$tmp/got") ]]
}
for sh in "${shells[@]}"; do
	check "all features, $sh" names "$sh"
done

# An option that is new, with all that a shell could take apart in its text.
mkdir "$tmp/new" "$tmp/new/build"
cp -a tools include kvmcaps "$tmp/new"
cp -a build/tools "$tmp/new/build"
awk '{ print } /^\t\{ .j., "json"/ {
	print "\t{ \047Z\047, \"zebra\", \"X.Y\", \"it\047s [a] $(b) `c`: \\\"d\\\" \\\\ {e}\" }," }' \
	tools/show.c >"$tmp/new/tools/show.c"
check "a tool with a new option" installs "$tmp/new" "$tmp/new/build/tools"
check "the new option" completes "kvmcaps show --z" --zebra
check "... with its value" completes "kvmcaps show --zebra 7.1" 7.1
check "... and all others" completes "kvmcaps show --h" --help --host
plan
