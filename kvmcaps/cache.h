/* SPDX-License-Identifier: GPL-2.0 */
/* Answers in memory, by CPU. */
#ifndef _KVMCAPS_CACHE_H
#define _KVMCAPS_CACHE_H

#include <kvmcaps/patch.h>

struct kvmcaps_host;
struct kvmcaps_table;

/* Registers in which a CPU may differ and still share another's table. */
#define KVMCAPS_MAX_PATCHES	16

enum kvmcaps_list {
	KVMCAPS_LIST_EMULATED,
	KVMCAPS_LIST_SUPPORTED,
	KVMCAPS_LIST_SUPPORTED_XTILE,	/* for a process that may use AMX */
	KVMCAPS_NR_LISTS,
};

/**
 * struct kvmcaps_view - one table as one CPU answers it
 * @table: holds a reference
 * @entries: the table, to be read with @patches applied
 * @nent: entries
 * @room: entries KVM wants room for
 * @nr_patches: used ones of @patches
 * @patches: by place; entry counts from @entries
 */
struct kvmcaps_view {
	struct kvmcaps_table *table;
	const struct kvm_cpuid_entry2 *entries;
	u32 nent;
	u32 room;
	unsigned int nr_patches;
	struct kvmcaps_patch patches[KVMCAPS_MAX_PATCHES];
};

int kvmcaps_cache_init(void);
void kvmcaps_cache_exit(void);
int kvmcaps_cache_refresh(void);

int kvmcaps_view_get(struct kvmcaps_view *view, enum kvmcaps_list list);
void kvmcaps_view_put(struct kvmcaps_view *view);

const struct kvmcaps_host *kvmcaps_cache_host_get(void);
void kvmcaps_cache_host_put(const struct kvmcaps_host *host);

#endif /* _KVMCAPS_CACHE_H */
