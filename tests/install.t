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
	include/libkvmcaps.h
	include/linux/kvmcaps.h
	lib/libkvmcaps.a
	lib/libkvmcaps.so
	lib/libkvmcaps.so.0
	lib/pkgconfig/libkvmcaps.pc
	share/bash-completion/completions/kvmcaps
	share/doc/kvmcaps/README.md
	$(cd docs && printf 'share/doc/kvmcaps/%s\n' *.md schema/*.json)
	share/fish/vendor_completions.d/kvmcaps.fish
	share/man/man1/kvmcaps.1
	share/man/man3/libkvmcaps.3
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

	for page in '1 kvmcaps' '3 libkvmcaps' '4 kvmcaps' '5 kvmcaps-host'; do
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

# What pkg-config says, of what would be installed here.
flags() { # DIRECTORY OPTION...
	PKG_CONFIG_SYSROOT_DIR=$1 PKG_CONFIG_LIBDIR=$1/usr/local/lib/pkgconfig \
		pkg-config "${@:2}" libkvmcaps
}

# builds DIRECTORY PROGRAM COMPILER OPTION...: the example, by pkg-config's word alone.
builds() {
	local dir=$1 program=$2 static=()

	[[ " $* " != *' -static '* ]] || static=(--static)
	# shellcheck disable=SC2046 # words
	"${@:3}" -Wall -Wextra -Werror -o "$program" tests/library/value.c \
		$(flags "$dir" "${static[@]}" --cflags --libs)
}

# The example says of a saved host what the tool says.
reads_host() { # PROGRAM...
	local leaf host=tests/tool/hosts/wide

	for leaf in 1:0 7:0 0x80000001:0; do
		"$@" $host ${leaf%:*} ${leaf#*:} >"$tmp/got" || return
		build/tools/kvmcaps show --json -H $host | jq -r --argjson f $((${leaf%:*})) \
			'.supported[] | select(.function == $f and .index == 0) |
			"\(.eax) \(.ebx) \(.ecx) \(.edx)"' | {
			read -r eax ebx ecx edx
			printf '%08x %08x %08x %08x\n' "$eax" "$ebx" "$ecx" "$edx"
		} | diff - "$tmp/got" || return
	done
}

# Of a file that is none: status 2, and its line.
names_line() { # PROGRAM...
	printf 'CPU 0: # kvmcaps-host 1\nnonsense\n' >"$tmp/bad"
	"$@" "$tmp/bad" 1 0 >"$tmp/out" 2>"$tmp/err"
	[[ $? == 2 && ! -s $tmp/out ]] && grep -F "$tmp/bad:2: " "$tmp/err"
}

# Nothing is seen from outside but what the header has.
shows_only() { # NM ARGUMENT...
	diff <(grep -o '\<libkvmcaps_[a-z_]*(' include/libkvmcaps.h | tr -d '(' | sort -u) \
		<(nm --defined-only "$@" | sed -n 's/.* [A-Z] \([a-z_]*\).*/\1/p' |
			grep -v '^$' | sort -u)
}

# Threads would meet in what can be written and is not each thread's own.
shares_no_data() { # ARCHIVE
	objdump -t "$1" | awk '$2 == "O" || $3 == "O"' >"$tmp/data"
	grep -q ' \.rodata' "$tmp/data" && ! grep -E ' (\.data|\.bss)(\.[^r][^ ]*)?[[:space:]]' "$tmp/data"
}

# These clash with the engine's, if any of its names are left in the archive.
clashes_not() { # DIRECTORY
	printf 'int kvmcaps_decide(void) { return 0; }\nint fail(void) { return 0; }\n' >"$tmp/own.c"
	# shellcheck disable=SC2046 # words
	gcc -static -Wno-builtin-declaration-mismatch -o "$tmp/own" "$tmp/own.c" \
		tests/library/value.c $(flags "$1" --static --cflags --libs) &&
		reads_host "$tmp/own"
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

dir=$tmp/site-functions
lib=$dir/usr/local/lib
check "a program builds with the shared library" builds "$dir" "$tmp/shared" gcc
check "... and needs it" grep -F 'libkvmcaps.so.0' <(readelf -d "$tmp/shared")
check "... and reads a saved host" reads_host env LD_LIBRARY_PATH="$lib" "$tmp/shared"
check "... and names the line of a bad one" names_line env LD_LIBRARY_PATH="$lib" "$tmp/shared"
check "a program builds with the static library" builds "$dir" "$tmp/static" gcc -static
check "... and reads a saved host" reads_host "$tmp/static"
check "the header is C++ as well" builds "$dir" "$tmp/cxx" g++ -x c++ -std=c++11
check "... and links" reads_host env LD_LIBRARY_PATH="$lib" "$tmp/cxx"
check "the header is C99" builds "$dir" "$tmp/c99" gcc -std=c99 -pedantic
check "the shared library shows what the header has" shows_only -D "$lib/libkvmcaps.so"
check "the static library too" shows_only -g "$lib/libkvmcaps.a"
check "... and no data that threads could meet in" shares_no_data "$lib/libkvmcaps.a"
check "... so that it clashes with no names of its user" clashes_not "$dir"
check "pkg-config has the tool's version" test "$(flags "$dir" --modversion)" = \
	"$("$dir/usr/local/bin/kvmcaps" --version | cut -d ' ' -f 2)"

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
