#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# "kvmcaps supported" on saved hosts: what QEMU makes of a register, for people and
# for programs, and what it makes of a command line. tests/tool/suite_supported.c
# has the steps.
cd "$(dirname "$0")/.." || exit
. tests/vm/tap.sh
scripts/setup test tools
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
top=$PWD
PATH=$top/build/tools:$top/tests/tool:$PATH
wide=tests/tool/hosts/wide

! gives 0 "" false >/dev/null && ! gives 0 missing echo present >/dev/null
point $? "the checks of this script can fail"

# For people.
check "what QEMU adds, and status 1" gives 1 "+     HYPERVISOR added: a guest runs on a hypervisor" \
	kvmcaps supported -H $wide 1 0 ECX
check "what it takes away" gives 1 "-     X2APIC taken away: without KVM's local APIC" \
	kvmcaps supported -H $wide --kernel-irqchip off 1 0 ecx
check "what it leaves, and status 0" gives 0 "KVM:  0x" kvmcaps supported -H $wide 0xd 1 EAX
check "a register in one argument" gives 0 "CPUID.(EAX=7H,ECX=0):ECX" \
	kvmcaps supported -H $wide 7.0.ECX
check "a leaf that KVM does not have" gives 0 "QEMU: 0x00000000" \
	kvmcaps supported -H $wide 0x12345678 0 EAX
check "split, and KVM's bit for it" gives 1 "+     MSI_EXT_DEST_ID added: " \
	kvmcaps supported -H $wide -k split 0x40000001 0 EAX
check "a guest of SEV-SNP" gives 1 "-     TSC_ADJUST taken away: the firmware" \
	kvmcaps supported -H $wide -S 7 0 EBX
sed 's/^CPU 0: # word.0x7.0.ECX PKU/CPU 0: # word.0x6.0.EAX ARAT\n&/
	s/word.0x1.0.ECX POPCNT/& MWAIT/' $wide >"$tmp/mwait"
check "cpu-pm" gives 1 "+     MWAIT added: with cpu-pm=on" kvmcaps supported -H "$tmp/mwait" -p 1 0 ECX
check "... not where KVM cannot" sh -c "! kvmcaps supported -H $wide -p 1 0 ECX | grep MWAIT"
check "80 columns" sh -c "COLUMNS=80 kvmcaps supported -H $wide 0x80000001 0 EDX |
	awk 'length > 80 { exit 1 }'"

# The same question in another release, and with another policy.
check "--release and --set" gives 1 "KVM:  0x76f83203" \
	kvmcaps supported -H $wide -R 6.12 -s nested=0 1 0 ECX

# Command lines.
check "a register is missing" gives 2 "a register is missing" kvmcaps supported -H $wide 1 0
check "a bit is no register" gives 2 "no register is called so" \
	kvmcaps supported -H $wide '7.0.EBX[3]'
check "a name is none" gives 2 "no register is called so" kvmcaps supported -H $wide avx2
check "nor is this" gives 2 "no register is called so" kvmcaps supported -H $wide 7 0 EFX
check "no such irqchip" gives 2 "--kernel-irqchip is on, split or off, not 'yes'" \
	kvmcaps supported -H $wide -k yes 7 0 EBX
check "help tells the statuses" gives 0 "  1  QEMU changes it" kvmcaps supported --help

# For programs.
kvmcaps supported --json -H $wide -k split -p 1.0.ECX >"$tmp/one.json"
kvmcaps supported --json -H $wide 0x80000001 0 EDX >"$tmp/two.json"
check-schema docs/schema/supported.schema.json "$tmp/one.json" "$tmp/two.json" >"$tmp/tap"
takes_in "$tmp/tap"
check "changes are what differs" jq -e '(.value | tostring) != "0" and .register == "ecx" and
	.machine == {kernel_irqchip: "split", cpu_pm: true, sev_snp: false} and
	([.changes[] | if .qemu_has_it then 1 else -1 end * pow(2; .bit)] | add) == .value - .kvm' \
	"$tmp/one.json"
check "nothing changes" sh -c "kvmcaps supported -j -H $wide 0xd 1 EAX |
	jq -e '.changes == [] and .value == .kvm'"
check "output to a full disk" gives 2 "cannot write the output: No space left" \
	sh -c "kvmcaps supported -H $wide 7 0 EBX >/dev/full"
plan
