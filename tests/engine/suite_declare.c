// SPDX-License-Identifier: GPL-2.0
/* Places of words, classes and their meaning, completeness of declarations. */
#include <kvmcaps/declare.h>
#include <kvmcaps/decide.h>
#include "hosts.h"
#include "oracle.h"
#include "suite.h"

static struct kvmcaps_host host;
static struct kvmcaps_caps caps;

static void words_are_where_kvm_looks(void **state)
{
	const struct kvmcaps_word_info *ours = kvmcaps_words;
	const struct oracle_word *kvm;
	unsigned int word;

	(void)state;
	for (word = 0; word < KVMCAPS_NR_WORDS; word++, ours++) {
		kvm = oracle_word(KVMCAPS_RELEASE(6, 12), word);
		check(ours->function == kvm->function, "%s: leaf", kvm->name);
		check(ours->index == kvm->index, "%s: index", kvm->name);
		check(ours->reg == kvm->reg, "%s: register", kvm->name);
		check(ours->kept == kvm->kept, "%s: who keeps it", kvm->name);
	}
}

/* Features of a word whose class, in a release, is among @classes. */
static u32 of_classes(unsigned int word, enum kvmcaps_release_nr release, u32 classes)
{
	unsigned int bit;
	u32 mask = 0;

	for (bit = 0; bit < 32; bit++) {
		if (classes >> kvmcaps_class_of(word * 32 + bit, 1u << release) & 1)
			mask |= 1u << bit;
	}
	return mask;
}

#define CLASS(name)	(1u << KVMCAPS_CLASS_##name)

static void check_declarations(enum kvmcaps_release_nr release, const struct oracle_word *w)
{
	/* What KVM sets afterwards has a class that says so, and F no more. */
	u32 later = w->passthrough | w->synthesized | w->emulated;
	const struct {
		const char *desc;
		u32 classes;
		u32 mask;
	} sets[] = {
		{ "F", CLASS(F) | CLASS(ALIASED_1_EDX_F), w->f & ~later },
		{ "SCATTERED_F", CLASS(SCATTERED_F), w->scattered },
		{ "X86_64_F", CLASS(X86_64_F), w->x86_64 },
		{ "PASSTHROUGH_F", CLASS(PASSTHROUGH_F), w->passthrough },
		{ "SYNTHESIZED_F", CLASS(SYNTHESIZED_F) | CLASS(UNASKED_F), w->synthesized },
		{ "EMULATED_F", CLASS(EMULATED_F), w->emulated },
	};
	unsigned int i;

	for (i = 0; i < ROWS(sets); i++) {
		u32 ours = of_classes(w->word, release, sets[i].classes);

		check(ours == sets[i].mask, "%#x: %s: %s: ours %#x, KVM %#x",
		      kvmcaps_releases[release], w->name, sets[i].desc, ours, sets[i].mask);
	}
}

static void declarations_are_complete(void **state)
{
	unsigned int release, word;

	(void)state;
	for (release = 0; release < KVMCAPS_NR_RELEASES; release++) {
		for (word = 0; word < KVMCAPS_NR_WORDS; word++)
			check_declarations(release, oracle_word(kvmcaps_releases[release], word));
	}
}

/* A feature has one declaration in each release, or none. */
static void no_release_has_two(void **state)
{
	const struct kvmcaps_other_decl *other = kvmcaps_other_decls;
	const struct kvmcaps_other_decl *end = other + kvmcaps_nr_other_decls;
	u32 seen[NR_KVMCAPS_FEATURES] = { 0 };
	const u32 all = (1u << KVMCAPS_NR_RELEASES) - 1;
	unsigned int i;

	(void)state;
	for (i = 0; i < NR_KVMCAPS_FEATURES; i++) {
		if (kvmcaps_decls[i].class)
			seen[i] = kvmcaps_decls[i].in ?: all;
	}
	for (; other < end; other++) {
		check(!(seen[other->feature] & other->decl.in), "%s: two declarations",
		      kvmcaps_feature_name(other->feature));
		assert_true(other->decl.in);
		seen[other->feature] |= other->decl.in;
	}
}

/* AMD's copies: bits 0-9, 12-17, 23, 24 of 0x80000001.EDX, nowhere else. */
static void aliases_are_amds_copies(void **state)
{
	unsigned int release, word;

	(void)state;
	for (release = 0; release < KVMCAPS_NR_RELEASES; release++) {
		for (word = 0; word < KVMCAPS_NR_WORDS; word++) {
			u32 want = word == KVMCAPS_W_80000001_EDX ? 0x0183f3ff : 0;

			assert_int_equal(of_classes(word, release, CLASS(ALIASED_1_EDX_F)), want);
		}
	}
}

#define CPU	1
#define KERNEL	2
#define WIDE	4

/* One feature of each class, in words of both kinds, that no rule touches. */
struct class_row {
	const char *desc;
	u8 class;
	unsigned int feature;
	u8 needs;
};

static const struct class_row class_rows[] = {
	{ "F asks CPU and kernel", KVMCAPS_CLASS_F, KVMCAPS_F_AES, CPU | KERNEL },
	{ "F of KVM's own word asks the CPU alone",
	  KVMCAPS_CLASS_F, KVMCAPS_F_AVX_VNNI_INT8, CPU },
	{ "F of KVM's own word ignores the kernel's number",
	  KVMCAPS_CLASS_F, KVMCAPS_F_RRSBA_CTRL, CPU },
	{ "SCATTERED_F asks the CPU and the kernel's number",
	  KVMCAPS_CLASS_SCATTERED_F, KVMCAPS_F_SGX1, CPU | KERNEL },
	{ "CONSTANT_TSC is one of them",
	  KVMCAPS_CLASS_SCATTERED_F, KVMCAPS_F_CONSTANT_TSC, CPU | KERNEL },
	{ "X86_64_F asks for a 64-bit kernel as well",
	  KVMCAPS_CLASS_X86_64_F, KVMCAPS_F_LM, CPU | KERNEL | WIDE },
	{ "XFD is one of them", KVMCAPS_CLASS_X86_64_F, KVMCAPS_F_XFD, CPU | KERNEL | WIDE },
	{ "EMULATED_F asks nobody", KVMCAPS_CLASS_EMULATED_F, KVMCAPS_F_X2APIC, 0 },
	{ "SYNTHESIZED_F asks the kernel alone",
	  KVMCAPS_CLASS_SYNTHESIZED_F, KVMCAPS_F_LFENCE_RDTSC, KERNEL },
	{ "PASSTHROUGH_F asks the CPU alone",
	  KVMCAPS_CLASS_PASSTHROUGH_F, KVMCAPS_F_LA57, CPU },
	{ "ALIASED_1_EDX_F asks CPU and kernel", KVMCAPS_CLASS_ALIASED_1_EDX_F,
	  KVMCAPS_ALIAS(KVMCAPS_F_FPU), CPU | KERNEL },
	{ "VENDOR_F is never enough", KVMCAPS_CLASS_VENDOR_F, KVMCAPS_F_WAITPKG, 0xff },
	{ "RUNTIME_F is never enough", KVMCAPS_CLASS_RUNTIME_F, KVMCAPS_F_OSXSAVE, 0xff },
	{ "what KVM does not declare is never offered",
	  KVMCAPS_UNDECLARED, KVMCAPS_F_EST, 0xff },
};

static void classes_need_their_witnesses(void **state)
{
	const struct class_row *row;
	unsigned int has;

	(void)state;
	for (row = class_rows; row < class_rows + ROWS(class_rows); row++) {
		for (has = 0; has < 8; has++) {
			host_init(&host);
			host_cpu(&host, row->feature, has & CPU);
			host_kernel(&host, row->feature, has & KERNEL);
			host_fact(&host, KVMCAPS_FACT_X86_64, has & WIDE);
			kvmcaps_decide(&host, &caps);
			check(kvmcaps_caps_has(&caps, row->feature) == !(row->needs & ~has),
			      "%s: with %u", row->desc, has);
			check(kvmcaps_verdict(&host, &caps, row->feature).class == row->class,
			      "%s: class", row->desc);
		}
	}
}

struct place_row {
	const char *name;
	unsigned int feature;
	u8 word;
	u8 bit;
};

#define AT(name, word, bit) { #name, KVMCAPS_F_##name, KVMCAPS_W_##word, bit }

/* Bits that rules, leaves and the oracle know by name: reverse_cpuid.h, cpufeatures.h. */
static const struct place_row place_rows[] = {
	AT(SGX1, 12_0_EAX, 0), AT(SGX2, 12_0_EAX, 1), AT(SGX_EDECCSSA, 12_0_EAX, 11),
	AT(AVX_VNNI_INT8, 7_1_EDX, 4), AT(AVX_NE_CONVERT, 7_1_EDX, 5),
	AT(AMX_COMPLEX, 7_1_EDX, 8), AT(PREFETCHITI, 7_1_EDX, 14), AT(AVX10, 7_1_EDX, 19),
	AT(INTEL_PSFD, 7_2_EDX, 0), AT(IPRED_CTRL, 7_2_EDX, 1), AT(RRSBA_CTRL, 7_2_EDX, 2),
	AT(DDPD_U, 7_2_EDX, 3), AT(BHI_CTRL, 7_2_EDX, 4), AT(MCDT_NO, 7_2_EDX, 5),
	AT(AVX10_128, 24_0_EBX, 16), AT(AVX10_256, 24_0_EBX, 17), AT(AVX10_512, 24_0_EBX, 18),
	AT(CONSTANT_TSC, 80000007_EDX, 8), AT(PERFMON_V2, 80000022_EAX, 0),
	AT(TSA_SQ_NO, 80000021_ECX, 1), AT(TSA_L1_NO, 80000021_ECX, 2),
	AT(TSA_FILL_NO, 80000021_ECX, 7), AT(PKU, 7_0_ECX, 3), AT(OSPKE, 7_0_ECX, 4),
	AT(LA57, 7_0_ECX, 16), AT(RDPID, 7_0_ECX, 22), AT(BUS_LOCK_DETECT, 7_0_ECX, 24),
	AT(HYBRID_CPU, 7_0_EDX, 15), AT(AMX_TILE, 7_0_EDX, 24), AT(SPEC_CTRL, 7_0_EDX, 26),
	AT(INTEL_STIBP, 7_0_EDX, 27), AT(ARCH_CAPABILITIES, 7_0_EDX, 29),
	AT(SPEC_CTRL_SSBD, 7_0_EDX, 31), AT(SGX, 7_0_EBX, 2), AT(TSC_ADJUST, 7_0_EBX, 1),
	AT(INTEL_PT, 7_0_EBX, 25), AT(XSAVEC, D_1_EAX, 1), AT(XSAVES, D_1_EAX, 3),
	AT(XFD, D_1_EAX, 4), AT(SVM, 80000001_ECX, 2), AT(PERFCTR_CORE, 80000001_ECX, 23),
	AT(GBPAGES, 80000001_EDX, 26), AT(RDTSCP, 80000001_EDX, 27), AT(NX, 80000001_EDX, 20),
	AT(AMD_IBPB, 80000008_EBX, 12), AT(AMD_IBRS, 80000008_EBX, 14),
	AT(AMD_STIBP, 80000008_EBX, 15), AT(AMD_SSBD, 80000008_EBX, 24),
	AT(VIRT_SSBD, 80000008_EBX, 25), AT(AMD_SSB_NO, 80000008_EBX, 26),
	AT(NPT, 8000000A_EDX, 0), AT(LBRV, 8000000A_EDX, 1), AT(NRIPS, 8000000A_EDX, 3),
	AT(TSCRATEMSR, 8000000A_EDX, 4), AT(VMCBCLEAN, 8000000A_EDX, 5),
	AT(FLUSHBYASID, 8000000A_EDX, 6), AT(DECODEASSISTS, 8000000A_EDX, 7),
	AT(PAUSEFILTER, 8000000A_EDX, 10), AT(PFTHRESHOLD, 8000000A_EDX, 12),
	AT(V_VMSAVE_VMLOAD, 8000000A_EDX, 15), AT(VGIF, 8000000A_EDX, 16),
	AT(VNMI, 8000000A_EDX, 25), AT(SVME_ADDR_CHK, 8000000A_EDX, 28),
	AT(SEV, 8000001F_EAX, 1), AT(SEV_ES, 8000001F_EAX, 3), AT(SEV_SNP, 8000001F_EAX, 4),
	AT(LFENCE_RDTSC, 80000021_EAX, 2), AT(VERW_CLEAR, 80000021_EAX, 5),
	AT(NULL_SEL_CLR_BASE, 80000021_EAX, 6), AT(NO_SMM_CTL_MSR, 80000021_EAX, 9),
	AT(SBPB, 80000021_EAX, 27), AT(IBPB_BRTYPE, 80000021_EAX, 28),
	AT(SRSO_NO, 80000021_EAX, 29), AT(X2APIC, 1_ECX, 21), AT(MOVBE, 1_ECX, 22),
	AT(TSC_DEADLINE_TIMER, 1_ECX, 24), AT(HYPERVISOR, 1_ECX, 31), AT(VMX, 1_ECX, 5),
	AT(FPU, 1_EDX, 0), AT(FXSR, 1_EDX, 24),
};

static void features_are_where_hardware_has_them(void **state)
{
	const struct place_row *row;

	(void)state;
	for (row = place_rows; row < place_rows + ROWS(place_rows); row++) {
		check(row->feature == row->word * 32u + row->bit, "%s: %u", row->name,
		      row->feature);
		assert_string_equal(kvmcaps_feature_name(row->feature), row->name);
	}
}

static const struct cmocka_test tests[] = {
	cmocka_unit_test(words_are_where_kvm_looks),
	cmocka_unit_test(declarations_are_complete),
	cmocka_unit_test(aliases_are_amds_copies),
	cmocka_unit_test(no_release_has_two),
	cmocka_unit_test(classes_need_their_witnesses),
	cmocka_unit_test(features_are_where_hardware_has_them),
};

int main(void)
{
	return cmocka_run_group_tests_name("declare", tests, NULL, NULL);
}
