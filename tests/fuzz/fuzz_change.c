// SPDX-License-Identifier: GPL-2.0
/* What --release and --set take: a release in the first line, the policy behind it. */
#include <stdlib.h>
#include <string.h>

#include "factline.h"
#include "fail.h"
#include "fuzz.h"
#include "simulate.h"

/* A CPU that has what --release asks CPUID for. */
static struct kvmcaps_host *new_host(u8 maker, u8 vendor)
{
	struct kvmcaps_host *host = calloc(1, sizeof(*host));

	fuzz_expect(host, "there is memory");
	factline_default(&host->facts);
	host->facts.release = KVMCAPS_RELEASE(6, 12);
	host->facts.kernel = 0x060c00;
	host->facts.maker = maker;
	host->facts.vendor = vendor;
	host->cpuid[0] = (struct kvmcaps_cpuid){ .function = 0, .eax = 7 };
	host->cpuid[1] = (struct kvmcaps_cpuid){ .function = 7, .ebx = ~0u, .ecx = ~0u };
	host->nr_cpuid = 2;
	return host;
}

static void change(const struct source_change *wanted, u8 maker, u8 vendor)
{
	struct kvmcaps_host *host = new_host(maker, vendor);
	int err = simulate_change(host, FUZZ_NAME, wanted);

	fuzz_expect_message(err, NULL);
	fuzz_expect(kvmcaps_release_near(host->facts.release) == host->facts.release,
		    "a release is one that is reproduced");
	free(host);
}

int fuzz_one_input(const u8 *data, size_t size)
{
	char *text = fuzz_text(data, size), *policy = text;
	const char *release = strsep(&policy, "\n");
	const struct source_change wanted = {
		.release = *release ? release : NULL,
		.policy = policy,
		.cpu = -1,
		.like = -1,
	};

	change(&wanted, KVMCAPS_MAKER_AMD, KVMCAPS_VENDOR_SVM);
	change(&wanted, KVMCAPS_MAKER_INTEL, KVMCAPS_VENDOR_VMX);
	free(text);
	return 0;
}
