// SPDX-License-Identifier: GPL-2.0
/*
 * What the suites may use of kvmcaps.ko, whose own files export nothing. It is
 * linked into it only where the suites are built.
 */
#include <linux/module.h>
#include <linux/string.h>
#include <kunit/visibility.h>
#include <kvmcaps/answer.h>
#include <kvmcaps/leaf.h>
#include <kvmcaps/patch.h>
#include "../kvmcaps/cache.h"
#include "../kvmcaps/chardev.h"
#include "../kvmcaps/host_live.h"
#include "../kvmcaps/param.h"
#include "export.h"

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
FOR_SUITES(kvmcaps_cache_drop);
FOR_SUITES(kvmcaps_cache_exit);
FOR_SUITES(kvmcaps_cache_host_get);
FOR_SUITES(kvmcaps_cache_host_put);
FOR_SUITES(kvmcaps_cache_init);
FOR_SUITES(kvmcaps_cache_refresh);
FOR_SUITES(kvmcaps_cache_serve);
FOR_SUITES(kvmcaps_fops);
FOR_SUITES(kvmcaps_host_read_cpuid);
FOR_SUITES(kvmcaps_host_read_facts);
FOR_SUITES(kvmcaps_host_shows);
FOR_SUITES(kvmcaps_param_assume);
FOR_SUITES(kvmcaps_param_check);
FOR_SUITES(kvmcaps_param_mode);
FOR_SUITES(kvmcaps_param_policy);
FOR_SUITES(kvmcaps_param_release);
FOR_SUITES(kvmcaps_view_get);
FOR_SUITES(kvmcaps_view_put);

const struct kernel_param *export_param(const char *name)
{
#ifdef MODULE
	const struct kernel_param *param = THIS_MODULE->kp;
	const struct kernel_param *end = param + THIS_MODULE->num_kp;
#else
	const struct kernel_param *param = __start___param;
	const struct kernel_param *end = __stop___param;
#endif
	/* Nothing, in a module. */
	static const char prefix[] = "" MODULE_PARAM_PREFIX;
	const size_t skip = sizeof(prefix) - 1;

	for (; param < end; param++) {
		if (!strncmp(param->name, prefix, skip) && !strcmp(param->name + skip, name))
			return param;
	}
	return NULL;
}

FOR_SUITES(export_param);
