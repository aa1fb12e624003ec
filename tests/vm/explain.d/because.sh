# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh
# What "kvmcaps explain" is tested by. Source it behind tap.sh.

words="1.EDX 1.ECX 6.EAX 7.0.EBX 7.0.ECX 7.0.EDX 7.1.EAX 7.1.EDX 7.2.EDX 0xd.1.EAX 0x12.0.EAX
	0x24.0.EBX 0x80000001.ECX 0x80000001.EDX 0x80000007.EBX 0x80000007.EDX 0x80000008.EBX
	0x8000000a.EDX 0x8000001f.EAX 0x80000021.EAX 0x80000021.ECX 0x80000022.EAX
	0x80860001.EDX 0xc0000001.EDX 7.1.ECX 0x1e.1.EAX 0x24.1.ECX"
nr_words=27

# because QUERY TEXT...: whether the explanation has each of the texts.
because() {
	query=$1
	shift
	COLUMNS=1000 ./kvmcaps explain "$query" >/tmp/because 2>&1
	got=$?
	cat /tmp/because
	[ $got = 0 ] || return
	for text; do
		echo "expected: $text"
		grep -qF -- "$text" /tmp/because || return
	done
}

# The verdicts of every bit of every word, as words: function, index, register, value.
verdicts() {
	# shellcheck disable=SC2086 # words
	./kvmcaps explain --json $words >/tmp/json || return
	grep -E '^ +"(function|index|register|bit|offered)":' /tmp/json | awk -F '[:, "]+' '
		function hex(value) {
			return sprintf("0x%04x%04x", int(value / 65536), value % 65536)
		}
		BEGIN {
			weight[0] = 1
			for (i = 0; i < 31; i++)
				weight[i + 1] = 2 * weight[i]
		}
		$2 == "function" { function_nr = $3 }
		$2 == "index" { index_nr = $3 }
		$2 == "register" { reg = $3 }
		$2 == "bit" { bit = $3 }
		$2 == "offered" {
			value += $3 == "true" ? weight[bit] : 0
			if (bit == 31) {
				print hex(function_nr), sprintf("0x%02x", index_nr), reg, hex(value)
				value = 0
			}
		}'
}

# Every register of the real answer, in the same form.
registers() {
	./kvmcaps show --raw --device /dev/kvm >/tmp/raw || return
	awk '/^ +0x/ {
		sub(":", "", $2)
		for (i = 3; i <= 6; i++) {
			split($i, pair, "=")
			print $1, $2, pair[1], pair[2]
		}
	}' /tmp/raw
}

# Whether all verdicts are the bits of /dev/kvm. What it does not answer is zero.
agrees() {
	verdicts >/tmp/verdicts && registers >/tmp/registers || return
	[ "$(wc -l </tmp/verdicts)" = $nr_words ] || return
	grep -v '0x00000000$' /tmp/verdicts >/tmp/set
	[ -s /tmp/set ] || return
	grep -vxFf /tmp/registers /tmp/set && return 1
	grep '0x00000000$' /tmp/verdicts | sed 's/0x00000000$//' >/tmp/clear
	! grep -Ff /tmp/clear /tmp/registers | grep -v '0x00000000$'
}

# both PARAMETER...: loads KVM and kvmcaps with the same parameters.
both() {
	unload-kvm 2>/dev/null
	rmmod kvmcaps 2>/dev/null
	load "$(grep -q GenuineIntel /proc/cpuinfo && echo kvm-intel || echo kvm-amd)" "$@" &&
		insmod kvmcaps.ko "$@"
}
