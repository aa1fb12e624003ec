/* SPDX-License-Identifier: GPL-2.0 */
/* The forms in which an answer is shown. */
#ifndef TOOLS_SHOW_H
#define TOOLS_SHOW_H

#include <jansson.h>

#include "bitname.h"
#include "source.h"
#include "text.h"

/* For people. */
int show_text(const struct source *show);

/* For programs. */
int show_json(const struct source *show);

/* As "cpuid -r" prints it. */
int show_raw(const struct kvm_cpuid2 *table);

/* KVM's feature MSRs, of which a device that tells no facts gives none. */
int show_msrs(const struct source *show);
json_t *show_msrs_json(const struct source *show);

/* Whose answer it is. */
void show_text_header(struct text *text, const struct source *show);

/* Their parts for one table; that of JSON is NULL if there is no memory. */
void show_text_table(struct text *text, const char *title, const struct kvm_cpuid2 *table);
json_t *show_json_table(const struct kvm_cpuid2 *table);

/* And for the bits of one register, those without a name as numbers or not at all. */
void show_text_bits(struct text *text, u32 value, const struct bitname_reg *names);
json_t *show_json_bits(u32 value, const struct bitname_reg *names);

#endif /* TOOLS_SHOW_H */
