# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# What the virtual machines of all emulators share: what is in them, how they run
# and what to make of their logs. Source it after lib.sh; it runs nothing.
#
# Whoever does so has here, the options kdir, payload, limit, log, warnings and
# live, and two functions: ports prints the part of init that makes /dev/output,
# /dev/log and /dev/status, each of which reaches a file of that name outside;
# "boot DIR" becomes the emulator, with DIR/initramfs, these three files, DIR/serial
# for the console, and DIR/emulator for what the emulator itself has to say.
# shellcheck disable=SC2154

LOST=125
# What a kernel says when it is in trouble, at whatever level.
TROUBLE='BUG:|WARNING:|Oops|panic|Call Trace|general protection|stall|blocked for more|KASAN|UBSAN'
# What it says of any module that it was not built with, and of a machine that
# is emulated on a busy one.
FOREIGN='loading out-of-tree module|module verification failed|hrtimer: interrupt took|clocksource: |TSC found unstable'
# init writes it to the kernel's log where the boot ends and the payload begins.
START='vm: payload starts'

# The payload writes to a pipe and not to the port itself: a port can be opened
# once only, so that /dev/stderr would not work. What it left running must not
# keep the pipe open.
init() {
	cat <<-'INIT'
	#!/bin/busybox sh
	/bin/busybox --install -s /bin
	export PATH=/bin:/modules HOME=/
	mount -t devtmpfs dev /dev
	mount -t proc proc /proc
	mount -t sysfs sys /sys
	mount -t debugfs debug /sys/kernel/debug
	mount -t tracefs trace /sys/kernel/tracing
	mount -t tmpfs tmp /tmp
	exec </dev/null >/dev/console 2>&1

	. /ports

	mkfifo /output
	cat /output >/dev/output &
	cat=$!
	echo "<5>$(cat /start)" >/dev/kmsg
	echo started >/dev/status
	cd /payload
	setsid ./run >/output 2>&1
	status=$?
	kill -9 $(ls /proc | grep -x '[0-9]*' | grep -vx -e 1 -e $cat) 2>/dev/null
	wait $cat

	dmesg -r -s 4194304 >/dev/log
	echo $status >/dev/status
	# The emulators end then, too; a kernel without ACPI cannot switch off.
	reboot -f
	INIT
}

load() {
	cat <<-'LOAD'
	#!/bin/busybox sh
	# load NAME [param=value]...: with the modules that NAME needs.
	name=$1
	shift
	order=$(sed -n "s/^$name: //p" /modules/order)
	[ "$order" ] || { echo "load: no module $name" >&2; exit 1; }
	for module in $order; do
	        params=
	        if [ $module = kvm ]; then params=$KVM_PARAMS; fi
	        if [ $module = $name ]; then
	                insmod /modules/$module.ko $params "$@" || exit
	        elif ! grep -q "^$(echo $module | tr - _) " /proc/modules; then
	                insmod /modules/$module.ko $params || exit
	        fi
	done
	LOAD
}

unload_kvm() {
	cat <<-'UNLOAD'
	#!/bin/busybox sh
	for module in kvm_amd kvm_intel kvm; do
	        ! grep -q "^$module " /proc/modules || rmmod $module || exit
	done
	UNLOAD
}

# Sorted and owned by root, so that equal inputs give equal archives.
archive() {
	LC_ALL=C sort -z | cpio --quiet -0 -o -H newc -R 0:0
}

# The archive that only depends on the scripts, busybox and the kernel.
base_archive() {
	local key root tmp=$1

	key=$({
		cat "$0" "${BASH_SOURCE[0]}" "$busybox"
		realpath "$kdir"
		stat -c '%n %s %Y' "$kdir"/modules/*
	} | sha256sum)
	base=$CACHE/base-${key%% *}.cpio
	[[ ! -e $base ]] || return 0

	root=$tmp/root
	mkdir -p "$root"/{bin,dev,proc,sys,tmp,payload,modules}
	cp "$busybox" "$root/bin/busybox"
	cp "$kdir"/modules/* "$root/modules/"
	init >"$root/init"
	ports >"$root/ports"
	load >"$root/modules/load"
	unload_kvm >"$root/modules/unload-kvm"
	printf '%s\n' "$START" >"$root/start"
	chmod 755 "$root"/init "$root"/modules/{load,unload-kvm}
	(cd "$root" && find . -print0 | archive) >"$tmp/base"

	mkdir -p "$CACHE"
	find "$CACHE" -maxdepth 1 -name 'base-*.cpio' -mtime +30 -delete
	mv "$tmp/base" "$base.$$"
	mv "$base.$$" "$base"
}

# The kernel unpacks archives that follow each other; cpio pads each to a
# multiple of 512.
initramfs() {
	cat "$base"
	ln -s "$(realpath "$payload")" "$1/payload"
	(cd "$1" && find payload/ -mindepth 1 -print0 | archive)
}

# Without what KCSAN has to say of the kernel alone: its reports stand between two
# lines of =, of which others have one. What an interrupt or a fault does is the
# kernel's own, whomever it interrupts.
own_races() {
	awk '
		inside {
			report = report "\n" $0
			if (/(read|write).* to 0x.* of .* by /)
				interrupt = 0
			else if (/ asm_(sysvec|exc|common_interrupt)/)
				interrupt = 1
			else if (/\[kvmcaps/ && !interrupt)
				own = 1
			if (/======$/) {
				if (own)
					print report
				inside = 0
			}
			next
		}
		/======$/ && !held { held = $0; next }
		/BUG: KCSAN/ {
			inside = 1
			interrupt = 0
			own = /\[kvmcaps/
			report = held "\n" $0
			held = ""
			next
		}
		held { print held; held = "" }
		{ print }
		END { if (inside) print report; else if (held) print held }' "$1"
}

# The payload's share of the log: what follows its start, if it is of level
# warning (4) or worse, whatever facility (8 and up) it has, or is trouble.
warnings() {
	own_races "$1" | awk -v start="$START" -v trouble="$TROUBLE" -v foreign="$FOREIGN" '
		index($0, start) { on = 1; next }
		!on || $0 ~ foreign { next }
		match($0, /^<[0-9]+>/) {
			if (substr($0, 2, RLENGTH - 2) % 8 <= 4 || $0 ~ trouble)
				print
		}'
}

# Sets kdir, if it is empty, and busybox.
find_kernel() {
	local found

	busybox=$(command -v busybox)
	if [[ ! $kdir ]]; then
		found=$("$here/kernel")
		eval "$found"
		kdir=${KDIR-}
	fi
	[[ -e $kdir/vmlinuz && -e $kdir/modules/order ]] ||
		die "not made by scripts/kernel: $kdir"
}

# shellcheck disable=SC2317 # shellcheck does not look into traps
cleanup() {
	for pid in $job $tail; do
		kill "$pid" 2>/dev/null ||:
	done
	wait
	rm -rf "$tmp"
}

# Makes tmp, with all that boot needs.
prepare() {
	job='' tail=''
	tmp=$(mktemp -d)
	trap cleanup EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP

	base_archive "$tmp"
	initramfs "$tmp" >"$tmp/initramfs"
	: >"$tmp/serial"
	if [[ $live ]]; then
		tail -n +1 -s 0.1 -F "$tmp/serial" >&2 2>/dev/null &
		tail=$!
	fi
}

# Sets ended to the emulator's exit status, started and status to what init
# reported.
attempt() {
	started='' status='' ended=0
	# In the background, for a signal must not wait until it ends.
	boot "$tmp" &
	job=$!
	wait "$job" || ended=$?
	job=''
	{ read -r started && read -r status; } <"$tmp/status" ||:
}

# Hands on what came of the last attempt, and exits.
report() { # EMULATOR
	[[ ! $tail ]] || sleep 0.2

	cat "$tmp/output"
	if [[ $status ]]; then
		cat "$tmp/log" >"$log"
		warnings "$tmp/log" >"$warnings"
		exit "$status"
	fi

	# All that is left of the kernel's log is what reached the console.
	tr -d '\r' <"$tmp/serial" >"$tmp/console"
	cat "$tmp/console" >"$log"
	grep -E "$TROUBLE" "$tmp/console" >"$warnings" ||:
	if ((ended == 124 || ended == 137)); then
		note "the machine ran longer than $limit s; the payload ${started:-had not started}"
	elif ((ended)); then
		note "$1 failed with status $ended"
	elif [[ $started ]]; then
		note "the machine ended before the payload did"
	else
		note "the machine ended before the payload began"
	fi
	cat "$tmp/emulator" >&2
	echo '--- last lines of its console' >&2
	tail -n 40 "$tmp/console" >&2
	exit $LOST
}
