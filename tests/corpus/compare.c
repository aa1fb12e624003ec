// SPDX-License-Identifier: GPL-2.0
/*
 * compare CORPUS DIR: compares what real KVM offered on real servers with the
 * engine's answer for hosts that are reconstructed from dumps, as DIR/hosts
 * says. Prints TAP; every difference is a diagnostic line with its cause, of
 * which DIR/causes has the list.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/kernel.h>
#include <kvmcaps/answer.h>

#include "bitname.h"
#include "causes.h"
#include "fingerprint.h"
#include "model.h"
#include "rows.h"

enum field {
	FIELD_FINGERPRINT,
	FIELD_DUMP,
	FIELD_CHANGES,
	FIELD_KNOBS,
	FIELD_LEAST,
	NR_FIELDS,
};

/* Firecracker's guest and the engine's answer, and how they compare. */
struct comparison {
	char *name;
	struct kvmcaps_answer theirs;
	struct kvmcaps_answer ours;
	unsigned int equal;
	unsigned int explained;
	unsigned int unexplained;
};

static unsigned int points;
static bool failed;

static void point(bool passed, const char *name, const char *what)
{
	printf("%sok %u - %s: %s\n", passed ? "" : "not ", ++points, name, what);
	failed |= !passed;
}

static const struct kvm_cpuid_entry2 *find(const struct kvmcaps_answer *table,
					   u32 function, u32 index)
{
	static const struct kvm_cpuid_entry2 none;
	u32 i;

	for (i = 0; i < table->nent; i++) {
		if (table->entries[i].function == function && table->entries[i].index == index)
			return &table->entries[i];
	}
	return &none;
}

static bool is_there(const struct kvmcaps_answer *table, const struct kvm_cpuid_entry2 *entry)
{
	return entry >= table->entries && entry < table->entries + table->nent;
}

static void print_bits(const struct difference *difference)
{
	struct bitname_reg names;
	bool named = bitname_find(difference->function, difference->index,
				  difference->part, &names);
	unsigned int bit;

	if (!named || difference->part >= KVMCAPS_NR_REGS)
		return;
	for (bit = 0; bit < 32; bit++) {
		if (!(difference->bits & BIT(bit)))
			continue;
		if (names.names[bit])
			printf(" %s", names.names[bit]);
		else
			printf(" [%u]", bit);
	}
}

static void print_difference(const struct difference *difference, u32 theirs, u32 ours,
			     const char *cause)
{
	printf("# %x.%x.%s: fingerprint %08x, ours %08x, bits %08x", difference->function,
	       difference->index, part_names[difference->part], theirs, ours,
	       difference->bits);
	print_bits(difference);
	printf(": %s\n", cause);
}

static void compare_part(struct comparison *c, struct difference left, u32 theirs, u32 ours)
{
	struct difference now = left;
	const char *cause;

	left.bits = theirs ^ ours;
	if (!left.bits) {
		c->equal += left.part < KVMCAPS_NR_REGS;
		return;
	}
	while (left.bits) {
		cause = causes_explain(c->name, &left, &now.bits);
		if (!cause)
			break;
		print_difference(&now, theirs, ours, cause);
		c->explained++;
	}
	if (!left.bits)
		return;
	print_difference(&left, theirs, ours, "NO CAUSE IS KNOWN");
	c->unexplained++;
}

static void compare_entry(struct comparison *c, u32 function, u32 index)
{
	const struct kvm_cpuid_entry2 *theirs = find(&c->theirs, function, index);
	const struct kvm_cpuid_entry2 *ours = find(&c->ours, function, index);
	struct difference left = { .function = function, .index = index, .part = PART_ENTRY };
	bool both = is_there(&c->theirs, theirs) && is_there(&c->ours, ours);

	/* An entry that only one table has counts as a difference, whatever it says. */
	if (!both) {
		compare_part(c, left, is_there(&c->theirs, theirs), is_there(&c->ours, ours));
		return;
	}
	left.part = PART_FLAGS;
	compare_part(c, left, theirs->flags, ours->flags);
	left.part = KVMCAPS_EAX;
	compare_part(c, left, theirs->eax, ours->eax);
	left.part = KVMCAPS_EBX;
	compare_part(c, left, theirs->ebx, ours->ebx);
	left.part = KVMCAPS_ECX;
	compare_part(c, left, theirs->ecx, ours->ecx);
	left.part = KVMCAPS_EDX;
	compare_part(c, left, theirs->edx, ours->edx);
}

static void compare_tables(struct comparison *c)
{
	const struct kvm_cpuid_entry2 *entry;

	for (entry = c->theirs.entries; entry < c->theirs.entries + c->theirs.nent; entry++)
		compare_entry(c, entry->function, entry->index);
	for (entry = c->ours.entries; entry < c->ours.entries + c->ours.nent; entry++) {
		if (!is_there(&c->theirs, find(&c->theirs, entry->function, entry->index)))
			compare_entry(c, entry->function, entry->index);
	}
}

static u32 register_of(const struct kvm_cpuid_entry2 *entry, unsigned int reg)
{
	return (&entry->eax)[reg];
}

/* The kernel's is at the end of a fingerprint's name: INTEL_CASCADELAKE_6.18host. */
static u16 release_of(const char *name)
{
	const char *end = strrchr(name, '_');
	unsigned int major, minor;
	u16 release;

	if (!end || sscanf(end, "_%u.%uhost", &major, &minor) != 2)
		bail_out("%s: no kernel in the name of a fingerprint", name);
	release = KVMCAPS_RELEASE(major, minor);
	if (kvmcaps_release_near(release) != release)
		bail_out("%s: that release is not reproduced", name);
	return release;
}

static void answer(const char *dump, const char *changes, const char *knobs, u16 release,
		   struct kvmcaps_answer *answer)
{
	struct kvmcaps_host *host = calloc(1, sizeof(*host));
	struct kvmcaps_caps *caps = calloc(1, sizeof(*caps));
	u64 permission = strstr(knobs, "amx") ? ~0ull : ~KVMCAPS_DYNAMIC_XCR0;

	if (!host || !caps)
		bail_out("no memory");
	model_host(host, dump, changes, knobs, release);
	kvmcaps_decide(host, caps);
	kvmcaps_answer_supported(host, caps, kvmcaps_permitted_xcr0(caps, permission), answer);
	free(caps);
	free(host);
}

/*
 * What a kernel's upgrade changed for a guest, entries that came or went
 * included, against what the engine says it would: bits that changed there must
 * have changed here.
 */
static unsigned int missed_changes(const struct comparison *old, const struct comparison *new,
				   u32 function, u32 index, unsigned int *seen)
{
	const struct kvm_cpuid_entry2 *theirs[] = {
		find(&old->theirs, function, index), find(&new->theirs, function, index),
	};
	const struct kvm_cpuid_entry2 *ours[] = {
		find(&old->ours, function, index), find(&new->ours, function, index),
	};
	unsigned int reg, missed = 0;
	struct difference change;

	for (reg = 0; reg < KVMCAPS_NR_REGS; reg++) {
		change = (struct difference){ function, index, reg,
					      register_of(theirs[0], reg) ^
					      register_of(theirs[1], reg) };
		if (!change.bits)
			continue;
		++*seen;
		if (!(change.bits & ~(register_of(ours[0], reg) ^ register_of(ours[1], reg))))
			continue;
		missed++;
		print_difference(&change, register_of(theirs[1], reg), register_of(ours[1], reg),
				 "A CHANGE THAT IS NOT PREDICTED");
	}
	return missed;
}

static void compare_changes(const struct comparison *old, const struct comparison *new)
{
	const struct kvm_cpuid_entry2 *entry;
	unsigned int missed = 0, seen = 0;

	for (entry = new->theirs.entries; entry < new->theirs.entries + new->theirs.nent; entry++)
		missed += missed_changes(old, new, entry->function, entry->index, &seen);
	for (entry = old->theirs.entries; entry < old->theirs.entries + old->theirs.nent; entry++) {
		if (!is_there(&new->theirs, find(&new->theirs, entry->function, entry->index)))
			missed += missed_changes(old, new, entry->function, entry->index, &seen);
	}
	printf("# from %s to %s: %u registers changed, %u not as predicted\n", old->name,
	       new->name, seen, missed);
	point(seen && !missed, new->name, "what the kernel's upgrade changed is predicted");
}

/* All of a name but the kernel, which comes last. */
static bool is_same_server(const char *a, const char *b)
{
	size_t len = strrchr(a, '_') - a;

	return len == (size_t)(strrchr(b, '_') - b) && !strncmp(a, b, len);
}

static struct comparison *compare(const char *corpus, const char *dir, char **fields)
{
	struct comparison *c = calloc(1, sizeof(*c));
	unsigned int least = strtoul(fields[FIELD_LEAST], NULL, 10);
	char path[PATH_MAX];
	char changes[PATH_MAX];
	char what[64];

	if (!c)
		bail_out("no memory");
	c->name = strdup(fields[FIELD_FINGERPRINT]);
	printf("# %s: %s with the changes of %s, %s\n", c->name, fields[FIELD_DUMP],
	       fields[FIELD_CHANGES], fields[FIELD_KNOBS]);
	snprintf(path, sizeof(path), "%s/firecracker/fingerprint_%s.json", corpus, c->name);
	fingerprint_read(path, &c->theirs);
	snprintf(path, sizeof(path), "%s/instlatx64/%s", corpus, fields[FIELD_DUMP]);
	snprintf(changes, sizeof(changes), "%s/%s", dir, fields[FIELD_CHANGES]);
	answer(path, strcmp(fields[FIELD_CHANGES], "none") ? changes : NULL,
	       fields[FIELD_KNOBS], release_of(c->name), &c->ours);

	causes_reset();
	compare_tables(c);
	printf("# %s: %u registers equal, %u differences explained, %u not\n",
	       c->name, c->equal, c->explained, c->unexplained);
	point(!c->unexplained, c->name, "every difference is explained");
	point(!causes_idle(c->name), c->name, "every known cause still explains something");
	snprintf(what, sizeof(what), "at least %u registers are equal", least);
	point(least && c->equal >= least, c->name, what);
	return c;
}

static void comparison_free(struct comparison *c)
{
	if (c)
		free(c->name);
	free(c);
}

int main(int argc, char **argv)
{
	char *fields[NR_FIELDS];
	char path[PATH_MAX];
	char line[1024];
	struct comparison *before = NULL, *now;
	FILE *hosts;

	if (argc != 3) {
		fprintf(stderr, "usage: compare CORPUS DIR\n");
		return 2;
	}
	snprintf(path, sizeof(path), "%s/causes", argv[2]);
	causes_read(path);
	snprintf(path, sizeof(path), "%s/hosts", argv[2]);
	hosts = rows_open(path);
	while (rows_next(hosts, line, sizeof(line), fields, NR_FIELDS)) {
		now = compare(argv[1], argv[2], fields);
		if (before && is_same_server(before->name, now->name))
			compare_changes(before, now);
		comparison_free(before);
		before = now;
	}
	comparison_free(before);
	fclose(hosts);
	printf("1..%u\n", points);
	return failed;
}
