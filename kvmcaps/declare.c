// SPDX-License-Identifier: GPL-2.0
/*
 * The specification: how KVM declares each feature, one line each, in KVM's
 * order and under KVM's macro names. No functions here, and no conditions:
 * what depends on anything but the class is a row in rule*.c.
 *
 * Source: kvm_set_cpu_caps() and kvm_initialize_cpu_caps(), all releases. Up
 * to 6.12 words are masked first and single features set afterwards; a feature
 * set whatever the CPU says is EMULATED_F here, one set because the kernel has
 * it, in a word that the kernel keeps, SYNTHESIZED_F.
 */
#include <linux/kernel.h>
#include <kvmcaps/declare.h>

const struct kvmcaps_class_info kvmcaps_classes[NR_KVMCAPS_CLASSES] = {
	[KVMCAPS_UNDECLARED] = {
		"undeclared", KVMCAPS_NEED_DECL,
		"KVM does not know it" },
	[KVMCAPS_CLASS_F] = {
		"F", KVMCAPS_NEED_CPU | KVMCAPS_NEED_KERNEL,
		"the CPU enumerates it and the kernel has not masked it" },
	[KVMCAPS_CLASS_SCATTERED_F] = {
		"SCATTERED_F", KVMCAPS_NEED_CPU | KVMCAPS_NEED_KERNEL | KVMCAPS_NEED_FLAG,
		"the CPU enumerates it and the kernel has its own flag for it" },
	[KVMCAPS_CLASS_X86_64_F] = {
		"X86_64_F", KVMCAPS_NEED_CPU | KVMCAPS_NEED_KERNEL | KVMCAPS_NEED_64BIT,
		"as F, on a 64-bit kernel only" },
	[KVMCAPS_CLASS_EMULATED_F] = {
		"EMULATED_F", 0,
		"KVM emulates it on any CPU" },
	[KVMCAPS_CLASS_SYNTHESIZED_F] = {
		"SYNTHESIZED_F", KVMCAPS_NEED_FLAG,
		"the kernel vouches for it, whatever the CPU enumerates" },
	[KVMCAPS_CLASS_UNASKED_F] = {
		"SYNTHESIZED_F", 0,
		"the kernel would have to vouch for it, but KVM does not ask" },
	[KVMCAPS_CLASS_PASSTHROUGH_F] = {
		"PASSTHROUGH_F", KVMCAPS_NEED_CPU,
		"the CPU enumerates it, whatever the kernel uses" },
	[KVMCAPS_CLASS_ALIASED_1_EDX_F] = {
		"ALIASED_1_EDX_F", KVMCAPS_NEED_CPU | KVMCAPS_NEED_KERNEL,
		"AMD's copy of a feature of 1.EDX, otherwise as F" },
	[KVMCAPS_CLASS_VENDOR_F] = {
		"VENDOR_F", KVMCAPS_NEED_VENDOR,
		"only kvm-amd or kvm-intel may grant it" },
	[KVMCAPS_CLASS_RUNTIME_F] = {
		"RUNTIME_F", KVMCAPS_NEED_RUNTIME,
		"follows the state of a running vCPU and is never offered" },
};

const struct kvmcaps_decl kvmcaps_decls[NR_KVMCAPS_FEATURES] = {
	/* CPUID.1H:ECX */
	F(XMM3),
	F(PCLMULQDQ),
	VENDOR_F(DTES64),
	/* MONITOR and MWAIT run as NOPs in a guest, but are never advertised. */
	RUNTIME_F(MWAIT),
	/* DS-CPL */
	VENDOR_F(VMX),
	/* SMX, EST, TM2 */
	F(SSSE3),
	/* CNXT-ID */
	F(FMA),
	F(CX16),
	/* xTPR update */
	F(PDCM),
	F(PCID),
	/* DCA */
	F(XMM4_1),
	F(XMM4_2),
	EMULATED_F(X2APIC),
	F(MOVBE),
	F(POPCNT),
	EMULATED_F(TSC_DEADLINE_TIMER, SINCE(6_16)),
	F(AES),
	F(XSAVE),
	RUNTIME_F(OSXSAVE),
	F(AVX),
	F(F16C),
	F(RDRAND),
	EMULATED_F(HYPERVISOR, SINCE(6_16)),

	/* CPUID.1H:EDX */
	F(FPU),
	F(VME),
	F(DE),
	F(PSE),
	F(TSC),
	F(MSR),
	F(PAE),
	F(MCE),
	F(CX8),
	F(APIC),
	F(SEP),
	F(MTRR),
	F(PGE),
	F(MCA),
	F(CMOV),
	F(PAT),
	F(PSE36),
	/* PSN */
	F(CLFLUSH),
	VENDOR_F(DS),
	/* ACPI */
	F(MMX),
	F(FXSR),
	F(XMM),
	F(XMM2),
	F(SELFSNOOP),
	/* HTT, TM, PBE */

	/* CPUID.(EAX=7H,ECX=0):EBX */
	F(FSGSBASE),
	EMULATED_F(TSC_ADJUST),
	F(SGX),
	F(BMI1),
	F(HLE),
	F(AVX2),
	F(FDP_EXCPTN_ONLY),
	F(SMEP),
	F(BMI2),
	F(ERMS),
	F(INVPCID),
	F(RTM),
	F(ZERO_FCS_FDS),
	VENDOR_F(MPX),
	F(AVX512F),
	F(AVX512DQ),
	F(RDSEED),
	F(ADX),
	F(SMAP),
	F(AVX512IFMA),
	F(CLFLUSHOPT),
	F(CLWB),
	VENDOR_F(INTEL_PT),
	F(AVX512PF),
	F(AVX512ER),
	F(AVX512CD),
	F(SHA_NI),
	F(AVX512BW),
	F(AVX512VL),

	/* CPUID.(EAX=7H,ECX=0):ECX */
	F(AVX512VBMI),
	/* A guest may use five levels where the host was booted with no5lvl. */
	PASSTHROUGH_F(LA57),
	F(PKU),
	RUNTIME_F(OSPKE),
	F(RDPID),
	F(AVX512_VPOPCNTDQ),
	F(UMIP),
	F(AVX512_VBMI2),
	F(GFNI),
	F(VAES),
	F(VPCLMULQDQ),
	F(AVX512_VNNI),
	F(AVX512_BITALG),
	F(CLDEMOTE),
	F(MOVDIRI),
	F(MOVDIR64B),
	VENDOR_F(WAITPKG),
	F(SGX_LC),
	F(BUS_LOCK_DETECT),
	X86_64_F(SHSTK, SINCE(6_18)),

	/* CPUID.(EAX=7H,ECX=0):EDX */
	F(AVX512_4VNNIW),
	F(AVX512_4FMAPS),
	F(SPEC_CTRL),
	F(SPEC_CTRL_SSBD),
	EMULATED_F(ARCH_CAPABILITIES),
	F(INTEL_STIBP),
	F(MD_CLEAR),
	F(AVX512_VP2INTERSECT),
	F(FSRM),
	F(SERIALIZE),
	F(TSXLDTRK),
	F(AVX512_FP16),
	F(AMX_TILE),
	F(AMX_INT8),
	F(AMX_BF16),
	F(FLUSH_L1D, SINCE(6_12)),
	F(IBT, SINCE(6_18)),

	/* CPUID.(EAX=7H,ECX=1):EAX */
	F(SHA512, SINCE(6_16)),
	F(SM3, SINCE(6_16)),
	F(SM4, SINCE(6_16)),
	F(AVX_VNNI),
	F(AVX512_BF16),
	F(CMPCCXADD, SINCE(6_12)),
	F(FZRM, SINCE(6_12)),
	F(FSRS, SINCE(6_12)),
	F(FSRC, SINCE(6_12)),
	F(WRMSRNS, SINCE(6_16)),
	X86_64_F(LKGS, SINCE(6_17)),
	F(AMX_FP16, SINCE(6_12)),
	F(AVX_IFMA, SINCE(6_12)),
	F(LAM, SINCE(6_12)),
	F(MOVRS, SINCE(7_0)),

	/* CPUID.(EAX=7H,ECX=1):ECX */
	SCATTERED_F(MSR_IMM, SINCE(6_18)),

	/* CPUID.(EAX=7H,ECX=1):EDX */
	F(AVX_VNNI_INT8, SINCE(6_12)),
	F(AVX_NE_CONVERT, SINCE(6_12)),
	F(AMX_COMPLEX, SINCE(6_12)),
	F(AVX_VNNI_INT16, SINCE(6_16)),
	F(PREFETCHITI, SINCE(6_12)),
	F(AVX10, SINCE(6_12)),

	/* CPUID.(EAX=7H,ECX=2):EDX */
	F(INTEL_PSFD),
	F(IPRED_CTRL),
	F(RRSBA_CTRL),
	F(DDPD_U),
	F(BHI_CTRL),
	F(MCDT_NO),

	/* CPUID.(EAX=0DH,ECX=1):EAX */
	F(XSAVEOPT),
	F(XSAVEC),
	F(XGETBV1),
	F(XSAVES),
	X86_64_F(XFD),

	/* CPUID.(EAX=12H,ECX=0):EAX */
	SCATTERED_F(SGX1),
	SCATTERED_F(SGX2),
	SCATTERED_F(SGX_EDECCSSA, SINCE(6_12)),

	/* CPUID.(EAX=1EH,ECX=1):EAX */
	F(AMX_INT8_ALIAS, SINCE(7_0)),
	F(AMX_BF16_ALIAS, SINCE(7_0)),
	F(AMX_COMPLEX_ALIAS, SINCE(7_0)),
	F(AMX_FP16_ALIAS, SINCE(7_0)),
	F(AMX_FP8, SINCE(7_0)),
	F(AMX_TF32, SINCE(7_0)),
	F(AMX_AVX512, SINCE(7_0)),
	F(AMX_MOVRS, SINCE(7_0)),

	/* CPUID.(EAX=24H,ECX=0):EBX */
	F(AVX10_128, SINCE(6_12)),
	F(AVX10_256, SINCE(6_12)),
	F(AVX10_512, SINCE(6_12)),

	/* CPUID.(EAX=24H,ECX=1):ECX */
	F(AVX10_VNNI_INT, SINCE(7_0)),

	/* CPUID.80000001H:ECX */
	F(LAHF_LM),
	F(CMP_LEGACY),
	VENDOR_F(SVM),
	/* ExtApicSpace */
	F(CR8_LEGACY),
	F(ABM),
	F(SSE4A),
	F(MISALIGNSSE),
	F(3DNOWPREFETCH),
	F(OSVW),
	/* IBS */
	F(XOP),
	/* SKINIT, WDT, LWP */
	F(FMA4),
	F(TBM),
	F(TOPOEXT),
	VENDOR_F(PERFCTR_CORE),

	/* CPUID.80000001H:EDX */
	ALIASED_1_EDX_F(FPU),
	ALIASED_1_EDX_F(VME),
	ALIASED_1_EDX_F(DE),
	ALIASED_1_EDX_F(PSE),
	ALIASED_1_EDX_F(TSC),
	ALIASED_1_EDX_F(MSR),
	ALIASED_1_EDX_F(PAE),
	ALIASED_1_EDX_F(MCE),
	ALIASED_1_EDX_F(CX8),
	ALIASED_1_EDX_F(APIC),
	F(SYSCALL),
	ALIASED_1_EDX_F(MTRR),
	ALIASED_1_EDX_F(PGE),
	ALIASED_1_EDX_F(MCA),
	ALIASED_1_EDX_F(CMOV),
	ALIASED_1_EDX_F(PAT),
	ALIASED_1_EDX_F(PSE36),
	F(NX),
	F(MMXEXT),
	ALIASED_1_EDX_F(MMX),
	ALIASED_1_EDX_F(FXSR),
	F(FXSR_OPT),
	X86_64_F(GBPAGES),
	F(RDTSCP),
	X86_64_F(LM),
	F(3DNOWEXT),
	F(3DNOW),

	/* CPUID.80000007H:EDX */
	SCATTERED_F(CONSTANT_TSC, SINCE(6_12)),

	/* CPUID.80000008H:EBX */
	F(CLZERO),
	F(XSAVEERPTR),
	F(WBNOINVD),
	F(AMD_IBPB),
	F(AMD_IBRS),
	F(AMD_SSBD),
	F(VIRT_SSBD),
	F(AMD_SSB_NO),
	F(AMD_STIBP),
	F(AMD_STIBP_ALWAYS_ON),
	F(AMD_IBRS_SAME_MODE, SINCE(6_16)),
	PASSTHROUGH_F(EFER_LMSLE_MBZ, SINCE(6_19)),
	F(AMD_PSFD),
	F(AMD_IBPB_RET, SINCE(6_16)),

	/* CPUID.8000000AH:EDX: nested SVM, kvm-amd's word alone */
	VENDOR_F(NPT),
	VENDOR_F(LBRV),
	VENDOR_F(NRIPS),
	VENDOR_F(TSCRATEMSR),
	VENDOR_F(VMCBCLEAN),
	VENDOR_F(FLUSHBYASID, SINCE(6_12)),
	VENDOR_F(PAUSEFILTER),
	VENDOR_F(PFTHRESHOLD),
	VENDOR_F(V_VMSAVE_VMLOAD),
	VENDOR_F(VGIF),
	VENDOR_F(VNMI, SINCE(6_12)),
	VENDOR_F(SVME_ADDR_CHK),

	/* CPUID.8000001FH:EAX */
	VENDOR_F(SME, SINCE(6_16)),
	VENDOR_F(SEV, SINCE(6_12)),
	/* VM_PAGE_FLUSH */
	VENDOR_F(SEV_ES, SINCE(6_12)),
	/* SEV_SNP: no table declares it, kvm-amd grants it. */
	F(SME_COHERENT),

	/* CPUID.80000021H:EAX */
	F(NO_NESTED_DATA_BP),
	F(WRMSR_XX_BASE_NS, SINCE(6_12)),
	/*
	 * A serializing LFENCE was a flag of Linux long before AMD gave it a
	 * CPUID bit; most CPUs have it without the bit.
	 */
	SYNTHESIZED_F(LFENCE_RDTSC),
	/* SmmPgCfgLock */
	SYNTHESIZED_F(VERW_CLEAR),
	F(NULL_SEL_CLR_BASE),
	F(AUTOIBRS, SINCE(6_12)),
	EMULATED_F(NO_SMM_CTL_MSR),
	/* PrefetchCtlMsr */
	EMULATED_F(GP_ON_USER_CPUID, SINCE(7_2)),
	F(PREFETCHI, SINCE(6_16)),
	F(AVX512_BMM, SINCE(7_1)),
	F(ERAPS, SINCE(7_0)),
	SYNTHESIZED_F(SBPB, SINCE(6_12)),
	SYNTHESIZED_F(IBPB_BRTYPE, SINCE(6_12)),
	SYNTHESIZED_F(SRSO_NO),
	F(SRSO_USER_KERNEL_NO, SINCE(6_12)),

	/* CPUID.80000021H:ECX */
	SYNTHESIZED_F(TSA_SQ_NO, SINCE(7_0)),
	SYNTHESIZED_F(TSA_L1_NO, SINCE(7_0)),
	F(TSA_FILL_NO, ONLY(6_12)),

	/* CPUID.80000022H:EAX */
	F(PERFMON_V2, SINCE(6_12)),

	/* CPUID.C0000001H:EDX */
	F(XSTORE),
	F(XSTORE_EN),
	F(XCRYPT),
	F(XCRYPT_EN),
	F(ACE2),
	F(ACE2_EN),
	F(PHE),
	F(PHE_EN),
	F(PMM),
	F(PMM_EN),
};

#define OTHER(name, klass, ...) \
	{ KVMCAPS_F_##name, { .class = KVMCAPS_CLASS_##klass, ##__VA_ARGS__ } }

const struct kvmcaps_other_decl kvmcaps_other_decls[] = {
	OTHER(SEV, F, UNTIL(6_1)),
	OTHER(SEV_ES, F, UNTIL(6_1)),
	OTHER(TSA_SQ_NO, F, UNTIL(6_12)),
	OTHER(TSA_SQ_NO, UNASKED_F, BETWEEN(6_16, 6_19)),
	OTHER(TSA_L1_NO, F, UNTIL(6_12)),
	OTHER(TSA_L1_NO, UNASKED_F, BETWEEN(6_16, 6_19)),
};

const unsigned int kvmcaps_nr_other_decls = ARRAY_SIZE(kvmcaps_other_decls);
