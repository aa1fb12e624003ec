/* SPDX-License-Identifier: GPL-2.0 */
/* What a host shows besides its features, and which of them its kernel lacks for that. */
#ifndef TOOLS_SYMPTOM_H
#define TOOLS_SYMPTOM_H

#include <kvmcaps/host.h>

#include "saved.h"

/**
 * struct symptom - a clause
 * @text: the cause it points to
 * @remedy: what undoes that; "" for nothing
 */
struct symptom {
	const char *text;
	const char *remedy;
};

/*
 * Of a feature that the CPU enumerates and the kernel does not have; NULL if
 * nothing points to a cause. @notes: may be NULL.
 */
const struct symptom *symptom_find(const struct kvmcaps_host *host,
				   const struct saved *notes, unsigned int feature);

/* Of one that the kernel itself has made the CPU not enumerate. */
const struct symptom *symptom_find_hidden(const struct kvmcaps_host *host,
					  const struct saved *notes, unsigned int feature);

/* Whether the kernel was built without an option, X86_SGX say. */
bool symptom_built_without(const struct saved *notes, const char *option);

#endif /* TOOLS_SYMPTOM_H */
