// SPDX-License-Identifier: GPL-2.0
/*
 * Most features have their name in lower case; the rows are the others. Source:
 * cpufeatures.h of Linux 6.1 to 7.3. No name has changed in these, but names
 * have come.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <linux/kernel.h>
#include <kvmcaps/feature.h>

#include "flagname.h"

#define KERNEL(major, minor)	((major) << 16 | (minor) << 8)

/**
 * struct special - a feature that is not simply called by its name
 * @feature: the feature
 * @name: its name; NULL for a hidden one, "" for the usual one
 * @since: first kernel that shows it; the earliest of the project's that does
 */
struct special {
	u16 feature;
	const char *name;
	u32 since;
};

#define CALLED(what, text)	{ KVMCAPS_F_##what, text, 0 }
#define HIDDEN(what)		{ KVMCAPS_F_##what, NULL, 0 }
#define FROM(what, since)	{ KVMCAPS_F_##what, "", since }

static const struct special specials[] = {
	CALLED(DS, "dts"), CALLED(XMM, "sse"), CALLED(XMM2, "sse2"),
	CALLED(SELFSNOOP, "ss"), CALLED(ACC, "tm"), CALLED(XMM3, "pni"),
	CALLED(MWAIT, "monitor"), CALLED(DSCPL, "ds_cpl"),
	CALLED(XMM4_1, "sse4_1"), CALLED(XMM4_2, "sse4_2"),
	CALLED(GBPAGES, "pdpe1gb"), CALLED(SVML, "svm_lock"),
	CALLED(NRIPS, "nrip_save"), CALLED(TSCRATEMSR, "tsc_scale"),
	CALLED(VMCBCLEAN, "vmcb_clean"), CALLED(XSTORE, "rng"),
	CALLED(XSTORE_EN, "rng_en"), CALLED(XCRYPT, "ace"), CALLED(XCRYPT_EN, "ace_en"),
	FROM(FRED, KERNEL(6, 12)), FROM(LAM, KERNEL(6, 12)),
	FROM(SEV_SNP, KERNEL(6, 12)), FROM(DEBUG_SWAP, KERNEL(6, 12)),
	FROM(SVSM, KERNEL(6, 12)), FROM(LASS, KERNEL(6, 19)),
	FROM(SM2, KERNEL(7, 3)), FROM(SM2_EN, KERNEL(7, 3)), FROM(CCS, KERNEL(7, 3)),
	FROM(CCS_EN, KERNEL(7, 3)), FROM(RNG2, KERNEL(7, 3)), FROM(RNG2_EN, KERNEL(7, 3)),
	FROM(PHE2, KERNEL(7, 3)), FROM(PHE2_EN, KERNEL(7, 3)), FROM(RSA, KERNEL(7, 3)),
	FROM(RSA_EN, KERNEL(7, 3)),
	HIDDEN(OSXSAVE), HIDDEN(HWP_HIGHEST_PERF_CHANGE),
	HIDDEN(FDP_EXCPTN_ONLY), HIDDEN(ZERO_FCS_FDS), HIDDEN(SHSTK),
	HIDDEN(SRBDS_CTRL), HIDDEN(RTM_ALWAYS_ABORT), HIDDEN(TSX_FORCE_ABORT),
	HIDDEN(HYBRID_CPU), HIDDEN(SPEC_CTRL), HIDDEN(INTEL_STIBP),
	HIDDEN(CORE_CAPABILITIES), HIDDEN(SPEC_CTRL_SSBD), HIDDEN(CMPCCXADD),
	HIDDEN(ARCH_PERFMON_EXT), HIDDEN(FZRM), HIDDEN(FSRS), HIDDEN(FSRC),
	HIDDEN(LKGS), HIDDEN(WRMSRNS), HIDDEN(AMX_FP16), HIDDEN(AVX_IFMA),
	HIDDEN(RRSBA_CTRL), HIDDEN(BHI_CTRL), HIDDEN(XFD),
	HIDDEN(SGX1), HIDDEN(SGX2), HIDDEN(SGX_EDECCSSA),
	HIDDEN(AMD_IBPB), HIDDEN(AMD_IBRS), HIDDEN(AMD_STIBP),
	HIDDEN(AMD_STIBP_ALWAYS_ON), HIDDEN(AMD_SSBD), HIDDEN(AMD_SSB_NO),
	HIDDEN(AMD_PSFD), HIDDEN(BTC_NO), HIDDEN(AMD_IBPB_RET),
	HIDDEN(SVME_ADDR_CHK), HIDDEN(VM_PAGE_FLUSH), HIDDEN(V_TSC_AUX),
	HIDDEN(SME_COHERENT), HIDDEN(HV_INUSE_WR_ALLOWED),
	HIDDEN(NO_NESTED_DATA_BP), HIDDEN(WRMSR_XX_BASE_NS), HIDDEN(LFENCE_RDTSC),
	HIDDEN(VERW_CLEAR), HIDDEN(NULL_SEL_CLR_BASE), HIDDEN(AUTOIBRS),
	HIDDEN(NO_SMM_CTL_MSR), HIDDEN(SBPB), HIDDEN(IBPB_BRTYPE), HIDDEN(SRSO_NO),
	HIDDEN(SRSO_USER_KERNEL_NO), HIDDEN(SRSO_BP_SPEC_REDUCE),
	HIDDEN(TSA_SQ_NO), HIDDEN(TSA_L1_NO), HIDDEN(TSA_FILL_NO),
	FROM(LASS, KERNEL(7, 0)),
	HIDDEN(SHA512), HIDDEN(SM3), HIDDEN(SM4), HIDDEN(MOVRS), HIDDEN(MSR_IMM),
	HIDDEN(INVLPGB), HIDDEN(AMD_IBRS_SAME_MODE), HIDDEN(EFER_LMSLE_MBZ),
	HIDDEN(GMET), HIDDEN(BUS_LOCK_THRESHOLD), HIDDEN(IDLE_HLT),
	HIDDEN(SNP_SECURE_TSC), HIDDEN(RMPREAD), HIDDEN(SEGMENTED_RMP),
	HIDDEN(ALLOWED_SEV_FEATURES), HIDDEN(TLBSYNC_SFW_NO), HIDDEN(GP_ON_USER_CPUID),
	HIDDEN(PREFETCHI), HIDDEN(AVX512_BMM), HIDDEN(ERAPS),
	HIDDEN(LS_CFG_SSBD), HIDDEN(MSR_IA32_FEAT_CTL),
	HIDDEN(SHA512), HIDDEN(SM3), HIDDEN(SM4), HIDDEN(MOVRS), HIDDEN(MSR_IMM),
	HIDDEN(INVLPGB), HIDDEN(AMD_IBRS_SAME_MODE), HIDDEN(EFER_LMSLE_MBZ), HIDDEN(GMET),
	HIDDEN(BUS_LOCK_THRESHOLD), HIDDEN(IDLE_HLT), HIDDEN(SNP_SECURE_TSC),
	HIDDEN(RMPREAD), HIDDEN(SEGMENTED_RMP), HIDDEN(ALLOWED_SEV_FEATURES),
	HIDDEN(TLBSYNC_SFW_NO), HIDDEN(GP_ON_USER_CPUID), HIDDEN(PREFETCHI),
	HIDDEN(AVX512_BMM), HIDDEN(ERAPS),
};

static const struct special *find(unsigned int feature)
{
	const struct special *row;

	for (row = specials; row < specials + ARRAY_SIZE(specials); row++) {
		if (row->feature == feature)
			return row;
	}
	return NULL;
}

static bool usual_name(unsigned int feature, char name[FLAGNAME_SIZE])
{
	const char *from = kvmcaps_feature_name(feature);
	unsigned int i;

	if (!from)
		return false;
	if (KVMCAPS_WORD(feature) == KVMCAPS_W_BUG)
		from += strlen("BUG_");
	for (i = 0; from[i] && i < FLAGNAME_SIZE - 1; i++)
		name[i] = tolower((unsigned char)from[i]);
	name[i] = '\0';
	return true;
}

bool flagname(unsigned int feature, u32 kernel, char name[FLAGNAME_SIZE])
{
	const struct special *row = find(feature);

	if (!row)
		return usual_name(feature, name);
	if (!row->name || kernel < row->since)
		return false;
	if (!*row->name)
		return usual_name(feature, name);
	snprintf(name, FLAGNAME_SIZE, "%s", row->name);
	return true;
}

bool flagname_in(const char *list, const char *name)
{
	size_t len = strlen(name);
	const char *at = list;

	while ((at = strstr(at, name))) {
		if ((at == list || at[-1] == ' ') && (!at[len] || at[len] == ' '))
			return true;
		at += len;
	}
	return false;
}
