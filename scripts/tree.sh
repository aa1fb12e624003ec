# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# A kernel tree with the project in it. Source it after lib.sh; it runs nothing.
#
# The tree is made of links to a kernel's source, but for the few directories
# that lead to drivers/virt: no file of the source is touched, so that it may be
# anybody's. The project is in it as a copy and not as a link, for make goes by
# times: another checkout's files may be older than what has been built of them,
# and differ all the same.
# shellcheck disable=SC2154,SC2034 # here is the caller's; what is set is for it

# links_to SOURCE DIR NAME...: links to all of a directory of the source, but for
# those names.
links_to() {
	local path name

	mkdir -p "$tree/$2"
	for path in "$1/$2"/*; do
		name=${path##*/}
		[[ " ${*:3} " == *" $name "* ]] || ln -sfn "$path" "$tree/$2/$name"
	done
}

# add_line FILE LINE: a file of the source with one line more.
add_line() {
	local was=$source/$1 is=$tree/$1

	{ cat "$was"; printf '%s\n' "$2"; } | cmp -s - "$is" && return
	{ cat "$was"; printf '%s\n' "$2"; } >"$is.new"
	mv "$is.new" "$is"
}

make_tree() {
	links_to "$source" . drivers tools
	links_to "$source" drivers virt
	links_to "$source" drivers/virt Kconfig Makefile
	links_to "$source" tools testing
	# It runs in the tree that its own file is in.
	links_to "$source" tools/testing kunit
	rsync -rlc --delete "$source/tools/testing/kunit" "$tree/tools/testing"

	add_line drivers/virt/Kconfig 'source "drivers/virt/kvmcaps/Kconfig"'
	# shellcheck disable=SC2016 # make's
	add_line drivers/virt/Makefile 'obj-$(CONFIG_KVMCAPS) += kvmcaps/'
	mkdir -p "$tree/drivers/virt/kvmcaps/tests"
	rsync -rc --delete --exclude='*.o' --exclude='*.cmd' \
		"$top"/{Kbuild,Kconfig,include,kvmcaps,kunit} "$tree/drivers/virt/kvmcaps"
	rsync -rc --delete "$top/tests/engine" "$tree/drivers/virt/kvmcaps/tests"
}

# use_tree SERIES: sets tree, and build to a directory for this compiler's
# objects; KERNEL_SRC takes precedence over the series. Nobody else can use them
# until the caller ends.
use_tree() {
	local entry key

	top=$(dirname "$here")
	if [[ ${KERNEL_SRC-} ]]; then
		source=$(realpath "$KERNEL_SRC")
		key=$(sha256sum <<<"$source")
		key=${key:0:12}
	else
		source=$("$here/source" ${1:+"$1"})
		key=${source##*/}
	fi
	[[ -e $source/tools/testing/kunit/kunit.py ]] || die "no kernel source: $source"
	entry=$CACHE/kunit-1/$key
	tree=$entry/tree
	build=$entry/build-$(gcc -dumpfullversion)
	mkdir -p "$entry"
	exec 8>"$entry/lock"
	flock 8
	make_tree
}
