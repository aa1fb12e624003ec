// SPDX-License-Identifier: GPL-2.0
/*
 * The specification: how KVM declares each feature, one line each, in KVM's
 * order and under KVM's macro names. No functions here, and no conditions:
 * what depends on anything but the class is a row in rule*.c.
 *
 * Source: kvm_set_cpu_caps(), release 6.12. That release masks words first
 * and sets single features afterwards; a feature it sets whatever the CPU
 * says is EMULATED_F here, one it sets because the kernel has it, in a word
 * that the kernel keeps, SYNTHESIZED_F.
 */
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
		"SYNTHESIZED_F", KVMCAPS_NEED_KERNEL,
		"the kernel vouches for it, whatever the CPU enumerates" },
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
	EMULATED_F(TSC_DEADLINE_TIMER, SINCE(6_14)),
	F(AES),
	F(XSAVE),
	RUNTIME_F(OSXSAVE),
	F(AVX),
	F(F16C),
	F(RDRAND),
	EMULATED_F(HYPERVISOR, SINCE(6_14)),

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
	F(FLUSH_L1D),

	/* CPUID.(EAX=7H,ECX=1):EAX */
	F(AVX_VNNI),
	F(AVX512_BF16),
	F(CMPCCXADD),
	F(FZRM),
	F(FSRS),
	F(FSRC),
	F(AMX_FP16),
	F(AVX_IFMA),
	F(LAM),

	/* CPUID.(EAX=7H,ECX=1):EDX */
	F(AVX_VNNI_INT8),
	F(AVX_NE_CONVERT),
	F(PREFETCHITI),
	F(AMX_COMPLEX),
	F(AVX10),

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
	SCATTERED_F(SGX_EDECCSSA),

	/* CPUID.(EAX=24H,ECX=0):EBX */
	F(AVX10_128),
	F(AVX10_256),
	F(AVX10_512),

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
	SCATTERED_F(CONSTANT_TSC),

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
	F(AMD_PSFD),

	/* CPUID.8000000AH:EDX: nested SVM, kvm-amd's word alone */
	VENDOR_F(NPT),
	VENDOR_F(LBRV),
	VENDOR_F(NRIPS),
	VENDOR_F(TSCRATEMSR),
	VENDOR_F(VMCBCLEAN),
	VENDOR_F(FLUSHBYASID),
	VENDOR_F(PAUSEFILTER),
	VENDOR_F(PFTHRESHOLD),
	VENDOR_F(V_VMSAVE_VMLOAD),
	VENDOR_F(VGIF),
	VENDOR_F(VNMI),
	VENDOR_F(SVME_ADDR_CHK),

	/* CPUID.8000001FH:EAX */
	/* SME */
	VENDOR_F(SEV),
	/* VM_PAGE_FLUSH */
	VENDOR_F(SEV_ES),
	VENDOR_F(SEV_SNP),
	F(SME_COHERENT),

	/* CPUID.80000021H:EAX */
	F(NO_NESTED_DATA_BP),
	/*
	 * A serializing LFENCE was a flag of Linux long before AMD gave it a
	 * CPUID bit; most CPUs have it without the bit.
	 */
	SYNTHESIZED_F(LFENCE_RDTSC),
	/* SmmPgCfgLock */
	SYNTHESIZED_F(VERW_CLEAR),
	F(NULL_SEL_CLR_BASE),
	F(AUTOIBRS),
	/* PrefetchCtlMsr */
	EMULATED_F(NO_SMM_CTL_MSR),
	F(WRMSR_XX_BASE_NS),
	SYNTHESIZED_F(SBPB),
	SYNTHESIZED_F(IBPB_BRTYPE),
	SYNTHESIZED_F(SRSO_NO),
	F(SRSO_USER_KERNEL_NO),

	/* CPUID.80000022H:EAX */
	F(PERFMON_V2),

	/* CPUID.80000021H:ECX */
	F(TSA_SQ_NO),
	F(TSA_L1_NO),
	F(TSA_FILL_NO),

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
