# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# The modules that a virtual machine loads, out of all that a kernel has: what
# scripts/vm finds in KDIR/modules. Source it after lib.sh; it runs nothing.

decompress() { # FILE
	case $1 in
	*.ko) cat "$1" ;;
	*.xz) xz -dc "$1" ;;
	*.gz) gzip -dc "$1" ;;
	*.zst) need_pkgs zstd && zstd -dcq "$1" ;;
	*) die "unknown compression: $1" ;;
	esac
}

# The machine's own modprobe.d must have no say, hence -C.
choose_modules() { # KREL MODULE..., in the directory
	local krel=$1 module files file base

	depmod -b . "$krel"
	mkdir modules
	for module in "${@:2}"; do
		files=$(modprobe -d . -S "$krel" -C /dev/null --show-depends \
			"$module" 2>/dev/null | sed -n 's/^insmod \([^ ]*\).*/\1/p') ||:
		[[ $files ]] || continue
		printf '%s:' "$module"
		for file in $files; do
			base=${file##*/}
			base=${base%%.ko*}
			printf ' %s' "$base"
			[[ -e modules/$base.ko ]] || decompress "$file" >"modules/$base.ko"
		done
		printf '\n'
	done >modules/order
}
