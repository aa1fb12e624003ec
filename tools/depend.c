// SPDX-License-Identifier: GPL-2.0
/* Source: kernel/cpu/cpuid-deps.c, all releases; rows of later ones matter nowhere else. */
#include <linux/kernel.h>

#include "depend.h"

#define MOST	16

/**
 * struct depend - features that go with another
 * @on: that other
 * @features: they, up to a 0, which is FPU and goes with nothing
 */
struct depend {
	u16 on;
	u16 features[MOST];
};

#define F(name)		KVMCAPS_F_##name
#define ON(name, ...)	{ KVMCAPS_F_##name, { __VA_ARGS__ } }

static const struct depend rows[] = {
	ON(FPU, F(FXSR)),
	ON(FXSR, F(CMOV), F(MMX), F(FXSR_OPT), F(XSAVE), F(XMM)),
	ON(MMX, F(MMXEXT)),
	ON(XMM, F(XMM2)),
	ON(XMM2, F(XMM3), F(SSSE3), F(XMM4_1), F(XMM4_2), F(PCLMULQDQ), F(F16C), F(AES),
	   F(SHA_NI), F(GFNI)),
	ON(XSAVE, F(XSAVEOPT), F(XSAVEC), F(XSAVES), F(XGETBV1), F(OSXSAVE), F(AVX), F(PKU),
	   F(MPX)),
	ON(PKU, F(OSPKE)),
	ON(XSAVES, F(ENQCMD), F(XFD), F(SHSTK)),
	ON(XGETBV1, F(XFD)),
	ON(XFD, F(AMX_TILE)),
	ON(AMX_TILE, F(AMX_FP16), F(AMX_BF16), F(AMX_INT8)),
	ON(AVX, F(AVX2), F(FMA), F(AVX_VNNI), F(VAES), F(VPCLMULQDQ), F(AVX512F)),
	ON(AVX512F, F(AVX512IFMA), F(AVX512PF), F(AVX512ER), F(AVX512CD), F(AVX512DQ),
	   F(AVX512BW), F(AVX512VL), F(AVX512VBMI), F(AVX512_4VNNIW), F(AVX512_4FMAPS),
	   F(AVX512_VPOPCNTDQ)),
	ON(AVX512VL, F(AVX512_VBMI2), F(AVX512_VNNI), F(AVX512_BITALG), F(AVX512_BF16),
	   F(AVX512_VP2INTERSECT)),
	ON(AVX512BW, F(AVX512_FP16)),
	ON(SGX, F(SGX_LC), F(SGX1)),
	ON(SGX1, F(SGX2), F(SGX_EDECCSSA)),
	ON(LKGS, F(FRED)),
	ON(SPEC_CTRL, F(SPEC_CTRL_SSBD)),
	ON(SMAP, F(LASS)),
	ON(PCID, F(INVLPGB)),
};

static bool has_row(const struct depend *row, unsigned int feature)
{
	unsigned int i;

	for (i = 0; i < MOST && row->features[i]; i++) {
		if (row->features[i] == feature)
			return true;
	}
	return false;
}

int depend_on(unsigned int feature, unsigned int nr)
{
	const struct depend *row;

	for (row = rows; row < rows + ARRAY_SIZE(rows); row++) {
		if (has_row(row, feature) && !nr--)
			return row->on;
	}
	return -1;
}

/* The rows have no circle. The last in the chain is the cause of the others. */
int depend_unmet(const struct kvmcaps_host *host, unsigned int feature)
{
	unsigned int nr;
	int on, deeper;

	for (nr = 0; (on = depend_on(feature, nr)) >= 0; nr++) {
		deeper = depend_unmet(host, on);
		if (deeper >= 0)
			return deeper;
		if (!kvmcaps_host_has(host, on))
			return on;
	}
	return -1;
}
