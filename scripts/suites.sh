# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The KUnit suites as modules, in machines of scripts/vm, on a kernel of their
# own. Source it after lib.sh and tree.sh; it runs nothing.
# shellcheck disable=SC2154,SC2034 # top, here, tree, build are tree.sh's

# What counts, the suites as modules, and what scripts/vm's machines need.
SUITES_OPTIONS=(GCOV_KERNEL=y KVMCAPS=m KVMCAPS_KUNIT_TEST=m BLK_DEV_INITRD=y PCI=y
		VIRTIO_MENU=y VIRTIO_PCI=y VIRTIO_CONSOLE=y DEVTMPFS=y TMPFS=y)
# Inlined, a function would have its branches once for each caller, and without
# those that the caller makes impossible.
SUITES_COUNTING='-fprofile-arcs -ftest-coverage -fno-tree-loop-im -fno-inline'

# use_suites: use_tree for that kernel, which is built in build; its modules, in
# build/drivers/virt/kvmcaps, count what is executed of kvmcaps/ and of no other
# directory.
use_suites() {
	local options=() word log

	use_tree ''
	build+=-coverage
	for word in "$top"/kvmcaps/*.c; do
		word=${word##*/}
		options+=(--make_options "GCOV_PROFILE_kvmcaps/${word%.c}.o=y")
	done
	for word in "${SUITES_OPTIONS[@]}"; do
		options+=(--kconfig_add "CONFIG_$word")
	done
	log=$(cd "$tree" && python3 tools/testing/kunit/kunit.py build --arch=x86_64 \
		--jobs="$(nproc)" --kunitconfig="$top/kunit" --build_dir="$build" \
		--make_options "CFLAGS_GCOV=$SUITES_COUNTING" "${options[@]}" 2>&1) ||
		{ printf '%s\n' "$log" >&2; die 'the kernel was not built'; }
}

# vm_cpus CPU[;PROPERTIES]...: sets cpus to what scripts/vm needs for three of them;
# each list of properties is of one that differs from the first.
vm_cpus() {
	local properties socket=0
	local -a others

	IFS=';' read -r -a others <<<"$1"
	cpus=(-c "${others[0]}" -s '3,sockets=3')
	others=("${others[@]:1}")
	((${#others[@]})) || return 0
	cpus[3]=$((3 - ${#others[@]})),maxcpus=3,sockets=3
	for properties in "${others[@]}"; do
		((++socket))
		cpus+=(-q -device -q "${1%%,*}-x86_64-cpu,socket-id=$socket,core-id=0,thread-id=0,$properties")
	done
}

# run_suites CPUS DIR LOG [WORD]...: in a machine with those CPUs, loads DIR/kvmcaps.ko
# and DIR/kvmcaps_kunit.ko, which runs the suites, and unloads them; it must not load
# with a mode that is none, and if there is DIR/refuses nor with assume=0; then runs
# what DIR/after has. WORDs are the kernel's. Prints what that prints; the kernel's log
# is in LOG. Fails if one of them does, a suite fails, or the kernel complains.
run_suites() {
	local dir=$2 log=$3 kernel status=0
	local -a cpus
	vm_cpus "$1"
	shift 3

	kernel=$(mktemp -d)
	mkdir "$kernel/modules"
	ln -s "$build/arch/x86/boot/bzImage" "$kernel/vmlinuz"
	: >"$kernel/modules/order"
	cat >"$dir/run" <<-'END'
	#!/bin/sh
	touch parameters
	insmod kvmcaps.ko $(cat parameters) && insmod kvmcaps_kunit.ko &&
		rmmod kvmcaps_kunit && rmmod kvmcaps || exit
	! insmod kvmcaps.ko mode=01000 2>/dev/null || exit
	[ ! -e refuses ] || ! insmod kvmcaps.ko assume=0 2>/dev/null || exit
	[ ! -e after ] || . ./after
	END
	chmod +x "$dir/run"
	"$here/vm" -k "$kernel" "${cpus[@]}" -t 300 -a "$*" -d "$log" -w "$kernel/warnings" \
		"$dir" || status=$?
	# The suites cause warnings on purpose, but no trouble.
	! grep -E 'BUG:|WARNING:|Oops|Call Trace' "$kernel/warnings" >&2 || status=1
	rm -r "$kernel"
	((status == 0)) && grep -q '^<[0-9]*>ok [0-9]* kvmcaps_' "$log" &&
		! grep -qE '^<[0-9]*> *not ok ' "$log"
}
