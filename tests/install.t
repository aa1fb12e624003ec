#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# What "make install" puts where, that others find it there, and that
# "make uninstall" takes it away again; the module for a kernel, by make and by
# dkms. All of it in a directory of its own.
set -uo pipefail
cd "$(dirname "$(realpath "$0")")/.." || exit
. tests/vm/tap.sh
scripts/setup build tools install
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# FUNCTIONS is where zsh looks.
installed() { # PREFIX FUNCTIONS
	sed "s|^|$1/|" <<-LIST
	bin/kvmcaps
	include/linux/kvmcaps.h
	share/bash-completion/completions/kvmcaps
	share/doc/kvmcaps/README.md
	$(cd docs && printf 'share/doc/kvmcaps/%s\n' *.md schema/*.json)
	share/fish/vendor_completions.d/kvmcaps.fish
	share/man/man1/kvmcaps.1
	share/man/man4/kvmcaps.4
	share/man/man5/kvmcaps-host.5
	share/zsh/$2/_kvmcaps
	LIST
}

# What there is below a directory, but for directories.
files() { # DIRECTORY
	(cd "$1" && find . ! -type d | sed 's|^\.||' | sort)
}

# has_installed DIRECTORY PREFIX FUNCTIONS
has_installed() {
	diff <(installed "$2" "$3" | sort) <(files "$1")
}

pages() { # DIRECTORY
	local page

	for page in '1 kvmcaps' '4 kvmcaps' '5 kvmcaps-host'; do
		# shellcheck disable=SC2086 # section and name
		[[ $(man -M "$1/share/man" -w $page) == "$1"/* ]] || return
	done
}

uses_header() { # DIRECTORY
	gcc -I"$1/include" -fsyntax-only -Wall -Werror -x c - <<-C
	#include <sys/ioctl.h>
	#include <linux/kvmcaps.h>
	int main(void) { return ioctl(0, KVMCAPS_REFRESH, 0) + sizeof(struct kvmcaps_facts) > 9; }
	C
}

all_gone() { # DIRECTORY
	[[ ! $(files "$1") && ! -e $1/usr/local/share/doc/kvmcaps && ! $(ls "$1/usr/src") ]]
}

for where in /usr/local:site-functions /usr:vendor-completions; do
	prefix=${where%:*}
	dir=$tmp/${where#*:}
	check "make install, $prefix" make -s install DESTDIR="$dir" prefix="$prefix"
	check "... puts these files there and no others" has_installed "$dir" "$prefix" "${where#*:}"
	check "... which anyone may read" sh -c "! find '$dir' ! -perm -a+r | grep ."
	check "... a program that runs" "$dir$prefix/bin/kvmcaps" --version
	check "... pages that man finds" pages "$dir$prefix"
	check "... a header that compiles" uses_header "$dir$prefix"
done

version=$("$tmp/vendor-completions/usr/bin/kvmcaps" --version | cut -d ' ' -f 2)
source=$tmp/site-functions/usr/src/kvmcaps-$version
check "the module has the tool's version" \
	grep -F "MODULE_VERSION(\"$version\")" kvmcaps/main.c
check "make install-dkms" make -s install-dkms DESTDIR="$tmp/site-functions"
check "... has it too" test -e "$source/dkms.conf"

found=$(scripts/kernel)
eval "$found"
# dkms links each tree to the source, as it would to /usr/src.
mkdir -p "$tmp/tree/kvmcaps/$version"
ln -s "$source" "$tmp/tree/kvmcaps/$version/source"
in_tree() { # COMMAND OPTION...
	dkms "$1" --dkmstree "$tmp/tree" --sourcetree "${source%/*}" -m kvmcaps -v "$version" "${@:2}"
}
check "dkms builds it" in_tree build -k "${KREL:?}/x86_64" --kernelsourcedir "${KBUILD:?}"
built=("$tmp/tree/kvmcaps/$version/$KREL/x86_64/module"/kvmcaps.ko*)
check "... a module for that kernel" sh -c "modinfo -F vermagic '${built[0]}' | grep -F '$KREL '"

check "make uninstall" make -s uninstall DESTDIR="$tmp/site-functions"
check "... leaves nothing" all_gone "$tmp/site-functions"

cp -r Makefile Kbuild include kvmcaps scripts "$tmp/tree"
find "$tmp/tree" \( -name '*.o' -o -name '.*.cmd' \) -delete
check "make modules_install" make -s -C "$tmp/tree" modules_install KDIR="$KBUILD" DESTDIR="$tmp/root"
module=$(find "$tmp/root" -name 'kvmcaps.ko*')
check "... puts the module below that kernel's, and nothing else" \
	test "$(dirname "$(dirname "$module")")" = "$tmp/root/lib/modules/$KREL"
plan
