// SPDX-License-Identifier: GPL-2.0
/*
 * Source: libvirt's cpu_map/x86_features.xml, as of 9.0, so that no libvirt
 * since then meets a name that it does not know.
 *
 * Left out is what a domain has to ask for elsewhere (SGX, the PMU, the
 * topology), what follows the state of the guest, and what libvirt does not
 * migrate.
 */
#include <linux/kernel.h>
#include <kvmcaps/feature.h>

#include "libvirt_name.h"

const struct bitname_reg libvirt_names[] = {
	{ 0x1, 0, KVMCAPS_ECX, {
		[0] = "pni", [1] = "pclmuldq", [5] = "vmx", [9] = "ssse3", [12] = "fma",
		[13] = "cx16", [17] = "pcid", [19] = "sse4.1", [20] = "sse4.2", [21] = "x2apic",
		[22] = "movbe", [23] = "popcnt", [24] = "tsc-deadline", [25] = "aes",
		[26] = "xsave", [28] = "avx", [29] = "f16c", [30] = "rdrand",
		[31] = "hypervisor",
	} },
	{ 0x1, 0, KVMCAPS_EDX, {
		[0] = "fpu", [1] = "vme", [2] = "de", [3] = "pse", [4] = "tsc", [5] = "msr",
		[6] = "pae", [7] = "mce", [8] = "cx8", [9] = "apic", [11] = "sep",
		[12] = "mtrr", [13] = "pge", [14] = "mca", [15] = "cmov", [16] = "pat",
		[17] = "pse36", [19] = "clflush", [23] = "mmx", [24] = "fxsr", [25] = "sse",
		[26] = "sse2", [27] = "ss",
	} },
	{ 0x6, 0, KVMCAPS_EAX, {
		[2] = "arat",
	} },
	{ 0x7, 0, KVMCAPS_EBX, {
		[0] = "fsgsbase", [1] = "tsc_adjust", [3] = "bmi1", [4] = "hle", [5] = "avx2",
		[7] = "smep", [8] = "bmi2", [9] = "erms", [10] = "invpcid", [11] = "rtm",
		[16] = "avx512f", [17] = "avx512dq", [18] = "rdseed", [19] = "adx",
		[20] = "smap", [21] = "avx512ifma", [23] = "clflushopt", [24] = "clwb",
		[26] = "avx512pf", [27] = "avx512er", [28] = "avx512cd", [29] = "sha-ni",
		[30] = "avx512bw", [31] = "avx512vl",
	} },
	{ 0x7, 0, KVMCAPS_ECX, {
		[1] = "avx512vbmi", [2] = "umip", [3] = "pku", [5] = "waitpkg",
		[6] = "avx512vbmi2", [8] = "gfni", [9] = "vaes", [10] = "vpclmulqdq",
		[11] = "avx512vnni", [12] = "avx512bitalg", [14] = "avx512-vpopcntdq",
		[16] = "la57", [22] = "rdpid", [24] = "bus-lock-detect", [25] = "cldemote",
		[27] = "movdiri", [28] = "movdir64b",
	} },
	{ 0x7, 0, KVMCAPS_EDX, {
		[2] = "avx512-4vnniw", [3] = "avx512-4fmaps", [4] = "fsrm",
		[8] = "avx512-vp2intersect", [10] = "md-clear", [14] = "serialize",
		[16] = "tsx-ldtrk", [22] = "amx-bf16", [23] = "avx512-fp16", [24] = "amx-tile",
		[25] = "amx-int8", [26] = "spec-ctrl", [27] = "stibp",
		[29] = "arch-capabilities", [31] = "ssbd",
	} },
	{ 0x7, 1, KVMCAPS_EAX, {
		[4] = "avx-vnni", [5] = "avx512-bf16",
	} },
	{ 0xd, 1, KVMCAPS_EAX, {
		[0] = "xsaveopt", [1] = "xsavec", [2] = "xgetbv1", [4] = "xfd",
	} },
	{ 0x80000001, 0, KVMCAPS_ECX, {
		[0] = "lahf_lm", [1] = "cmp_legacy", [2] = "svm", [4] = "cr8legacy",
		[5] = "abm", [6] = "sse4a", [7] = "misalignsse", [8] = "3dnowprefetch",
		[9] = "osvw", [11] = "xop", [16] = "fma4", [21] = "tbm", [22] = "topoext",
	} },
	{ 0x80000001, 0, KVMCAPS_EDX, {
		[11] = "syscall", [20] = "nx", [22] = "mmxext", [25] = "fxsr_opt",
		[26] = "pdpe1gb", [27] = "rdtscp", [29] = "lm", [30] = "3dnowext",
		[31] = "3dnow",
	} },
	{ 0x80000008, 0, KVMCAPS_EBX, {
		[0] = "clzero", [2] = "xsaveerptr", [9] = "wbnoinvd", [12] = "ibpb",
		[14] = "ibrs", [15] = "amd-stibp", [24] = "amd-ssbd", [25] = "virt-ssbd",
		[26] = "amd-no-ssb",
	} },
	{ 0x8000000a, 0, KVMCAPS_EDX, {
		[0] = "npt", [1] = "lbrv", [3] = "nrip-save", [4] = "tsc-scale",
		[5] = "vmcb-clean", [6] = "flushbyasid", [10] = "pause-filter",
		[12] = "pfthreshold", [15] = "v-vmsave-vmload", [16] = "vgif",
		[28] = "svme-addr-chk",
	} },
};

const unsigned int nr_libvirt_names = ARRAY_SIZE(libvirt_names);

const char *const libvirt_base[] = {
	"apic", "clflush", "cmov", "cx16", "cx8", "de", "fpu", "fxsr", "lm", "mca", "mce", "mmx",
	"msr", "mtrr", "nx", "pae", "pat", "pge", "pni", "pse", "pse36", "sep", "sse", "sse2",
	"svm", "syscall", "tsc",
};

const unsigned int nr_libvirt_base = ARRAY_SIZE(libvirt_base);
