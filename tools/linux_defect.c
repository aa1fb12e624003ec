// SPDX-License-Identifier: GPL-2.0
/*
 * Defects that Linux finds by the part and by IA32_ARCH_CAPABILITIES, for hosts
 * whose kernel does not list them. Rows are of Intel's family 6.
 *
 * Source: cpu_set_bug_bits(), with cpu_vuln_whitelist[] and cpu_vuln_blacklist[].
 */
#include <linux/bits.h>
#include <linux/kernel.h>

#include "linux_caps.h"
#include "linux_defect.h"

#define MSR_ARCH_CAPABILITIES	0x10a

#define RDCL_NO		BIT_ULL(0)
#define MDS_NO		BIT_ULL(5)
#define TSX_CTRL	BIT_ULL(7)
#define TAA_NO		BIT_ULL(8)
#define GDS_NO		BIT_ULL(26)
#define RFDS_NO		BIT_ULL(27)
#define RFDS_CLEAR	BIT_ULL(28)
#define ITS_NO		BIT_ULL(62)

/* What is special about a part. */
#define NO_MELTDOWN	BIT(0)
#define NO_L1TF		BIT(1)
#define NO_MDS		BIT(2)
#define GDS		BIT(3)
#define ITS		BIT(4)
#define RFDS		BIT(5)
#define RFDS_HYBRID	BIT(6)	/* only where there are small cores beside the large ones */

#define IN_ORDER	(NO_MELTDOWN | NO_L1TF | NO_MDS)

/**
 * struct part_row - parts of one model
 * @model: Linux's number
 * @stepping: the first that is so
 * @traits: see above
 */
struct part_row {
	u8 model;
	u8 stepping;
	u8 traits;
};

static const struct part_row parts[] = {
	{ 0x1c, 0, IN_ORDER }, { 0x26, 0, IN_ORDER }, { 0x27, 0, IN_ORDER },
	{ 0x35, 0, IN_ORDER }, { 0x36, 0, IN_ORDER },
	{ 0x37, 0, NO_L1TF }, { 0x4a, 0, NO_L1TF }, { 0x4c, 0, NO_L1TF }, { 0x4d, 0, NO_L1TF },
	{ 0x57, 0, NO_L1TF }, { 0x5a, 0, NO_L1TF }, { 0x75, 0, NO_L1TF }, { 0x85, 0, NO_L1TF },
	{ 0x5c, 0, NO_MDS | NO_L1TF | RFDS }, { 0x5f, 0, NO_MDS | NO_L1TF | RFDS },
	{ 0x7a, 0, NO_MDS | NO_L1TF | RFDS },
	{ 0x86, 0, RFDS }, { 0x96, 0, RFDS }, { 0x9c, 0, RFDS },
	{ 0x4e, 0, GDS }, { 0x5e, 0, GDS },
	{ 0x55, 0, GDS }, { 0x55, 6, ITS },
	{ 0x8e, 0, GDS }, { 0x8e, 0xc, ITS }, { 0x9e, 0, GDS }, { 0x9e, 0xd, ITS },
	{ 0xa5, 0, GDS | ITS }, { 0xa6, 0, ITS }, { 0xa6, 1, GDS },
	{ 0x6a, 0, GDS | ITS }, { 0x6c, 0, GDS | ITS }, { 0x7e, 0, GDS | ITS },
	{ 0x8c, 0, GDS | ITS }, { 0x8d, 0, GDS | ITS }, { 0xa7, 0, GDS | ITS },
	{ 0x97, 0, RFDS_HYBRID }, { 0xb7, 0, RFDS_HYBRID },
	{ 0x9a, 0, RFDS }, { 0xba, 0, RFDS }, { 0xbe, 0, RFDS }, { 0xbf, 0, RFDS },
};

/* What the rows look at: the part, and what the CPU says of itself. */
struct look {
	const struct kvmcaps_host *host;
	u64 says;
	u8 traits;
};

static u8 traits(const struct kvmcaps_host *host)
{
	u32 stepping = kvmcaps_host_cpuid(host, 0x1, 0).eax & 0xf;
	struct linux_part part = linux_part(host);
	const struct part_row *row = parts;
	u8 all = 0;

	if (host->facts.maker == KVMCAPS_MAKER_AMD || host->facts.maker == KVMCAPS_MAKER_HYGON)
		return NO_MELTDOWN | NO_L1TF | NO_MDS;
	if (host->facts.maker != KVMCAPS_MAKER_INTEL || part.family != 6)
		return 0;
	for (; row < parts + ARRAY_SIZE(parts); row++) {
		if (row->model == part.model && row->stepping <= stepping)
			all |= row->traits;
	}
	return all;
}

static bool has(const struct look *look, unsigned int feature)
{
	return kvmcaps_host_has(look->host, feature);
}

static bool has_meltdown(const struct look *look)
{
	return !(look->traits & NO_MELTDOWN) && !(look->says & RDCL_NO);
}

static bool has_l1tf(const struct look *look)
{
	return has_meltdown(look) && !(look->traits & NO_L1TF);
}

static bool has_mds(const struct look *look)
{
	return !(look->traits & NO_MDS) && !(look->says & MDS_NO);
}

static bool has_taa(const struct look *look)
{
	return !(look->says & TAA_NO) &&
	       (has(look, KVMCAPS_F_RTM) || (look->says & TSX_CTRL));
}

static bool has_gds(const struct look *look)
{
	return (look->traits & GDS) && !(look->says & GDS_NO) && has(look, KVMCAPS_F_AVX);
}

static bool has_rfds(const struct look *look)
{
	if (look->says & (RFDS_NO | RFDS_CLEAR))
		return !(look->says & RFDS_NO);
	return (look->traits & RFDS) ||
	       ((look->traits & RFDS_HYBRID) && has(look, KVMCAPS_F_HYBRID_CPU));
}

/* A guest of whom nobody says so may move to a CPU that has it. */
static bool has_its(const struct look *look)
{
	if ((look->says & ITS_NO) || look->host->facts.maker != KVMCAPS_MAKER_INTEL ||
	    has(look, KVMCAPS_F_BHI_CTRL))
		return false;
	return has(look, KVMCAPS_F_HYPERVISOR) || (look->traits & ITS);
}

struct defect {
	u16 feature;
	bool (*has)(const struct look *look);
};

static const struct defect defects[] = {
	{ KVMCAPS_F_BUG_CPU_MELTDOWN, has_meltdown },
	{ KVMCAPS_F_BUG_L1TF, has_l1tf },
	{ KVMCAPS_F_BUG_MDS, has_mds },
	{ KVMCAPS_F_BUG_TAA, has_taa },
	{ KVMCAPS_F_BUG_GDS, has_gds },
	{ KVMCAPS_F_BUG_RFDS, has_rfds },
	{ KVMCAPS_F_BUG_ITS, has_its },
};

u32 linux_defects(const struct kvmcaps_host *host, const struct linux_evidence *seen)
{
	struct look look = { .host = host, .traits = traits(host) };
	u32 found = 0;
	unsigned int i;

	if (has(&look, KVMCAPS_F_ARCH_CAPABILITIES) &&
	    !linux_read_msr(seen, MSR_ARCH_CAPABILITIES, &look.says))
		look.says = 0;
	for (i = 0; i < ARRAY_SIZE(defects); i++) {
		if (defects[i].has(&look))
			found |= KVMCAPS_BIT(defects[i].feature);
	}
	return found;
}
