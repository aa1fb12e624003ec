// SPDX-License-Identifier: GPL-2.0
/*
 * What the suites may use of kvmcaps.ko, whose own files export nothing. It is
 * linked into it only where the suites are built.
 */
#include <kunit/visibility.h>
#include <kvmcaps/answer.h>
#include <kvmcaps/leaf.h>
#include <kvmcaps/patch.h>
#include "../kvmcaps/cache.h"
#include "../kvmcaps/chardev.h"
#include "../kvmcaps/host_live.h"

/* Not next to their functions, whose files are user space's too. */
#define FOR_SUITES(symbol)	EXPORT_SYMBOL_IF_KUNIT(symbol)

/* The engine's functions ... */
FOR_SUITES(kvmcaps_answer_emulated);
FOR_SUITES(kvmcaps_answer_supported);
FOR_SUITES(kvmcaps_class_of);
FOR_SUITES(kvmcaps_conditions_init);
FOR_SUITES(kvmcaps_decide);
FOR_SUITES(kvmcaps_feature_name);
FOR_SUITES(kvmcaps_host_assume);
FOR_SUITES(kvmcaps_host_cpuid);
FOR_SUITES(kvmcaps_host_cpuid_near);
FOR_SUITES(kvmcaps_host_record);
FOR_SUITES(kvmcaps_host_word);
FOR_SUITES(kvmcaps_leaf_find);
FOR_SUITES(kvmcaps_leaf_seek);
FOR_SUITES(kvmcaps_patch_make);
FOR_SUITES(kvmcaps_permitted_xcr0);
FOR_SUITES(kvmcaps_release_nr);
FOR_SUITES(kvmcaps_verdict);

/* ... and tables. */
FOR_SUITES(kvmcaps_assumptions);
FOR_SUITES(kvmcaps_classes);
FOR_SUITES(kvmcaps_conditions);
FOR_SUITES(kvmcaps_decls);
FOR_SUITES(kvmcaps_leaves);
FOR_SUITES(kvmcaps_nr_conditions);
FOR_SUITES(kvmcaps_nr_leaves);
FOR_SUITES(kvmcaps_nr_other_decls);
FOR_SUITES(kvmcaps_other_decls);
FOR_SUITES(kvmcaps_releases);
FOR_SUITES(kvmcaps_rules_common);
FOR_SUITES(kvmcaps_rules_svm);
FOR_SUITES(kvmcaps_rules_vmx);
FOR_SUITES(kvmcaps_rules_xss);
FOR_SUITES(kvmcaps_vendor_of);
FOR_SUITES(kvmcaps_words);

/* The live host, its answers, the device. */
FOR_SUITES(kvmcaps_cache_host_get);
FOR_SUITES(kvmcaps_cache_host_put);
FOR_SUITES(kvmcaps_cache_refresh);
FOR_SUITES(kvmcaps_fops);
FOR_SUITES(kvmcaps_host_read_cpuid);
FOR_SUITES(kvmcaps_host_read_facts);
FOR_SUITES(kvmcaps_view_get);
FOR_SUITES(kvmcaps_view_put);
