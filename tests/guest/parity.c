// SPDX-License-Identifier: GPL-2.0
/*
 * parity [-d] [-q] A B: whether two devices behave alike, byte for byte, on
 * every CPU. The last line is for machines. Exit status: 0 alike, 1 not, 2
 * trouble. -d prints A's tables; -q is quick: the answers themselves, and sizes
 * around theirs.
 *
 * parity --self-test: whether it would notice.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cpu.h"
#include "matrix.h"
#include "selftest.h"

#define ARCH_REQ_XCOMP_GUEST_PERM	0x1025
#define XFEATURE_XTILEDATA		18

static int give_up(const char *what)
{
	printf("parity: trouble first=\"%s: %s\"\n", what, errno_name(errno));
	return 2;
}

/* How many entries A returns here; 0 and a difference if it returns too few. */
static __u32 measure(struct matrix *m, unsigned int cmd, __u32 least)
{
	static struct answer answer;
	struct reply r = answer_get(&m->a, cmd, &answer);
	char text[128];

	m->verdict->calls++;
	if (!r.ret && answer.nent >= least)
		return answer.nent;
	snprintf(text, sizeof(text), "cpu %d %s: %s answers %s, %u entries",
		 m->cpu, answer_kind(cmd), m->a.path, reply_name(r),
		 r.ret ? 0 : answer.nent);
	verdict_differ(m->verdict, text);
	return 0;
}

static bool start_cpu(struct matrix *m, int cpu)
{
	struct verdict *verdict = m->verdict;

	m->cpu = cpu;
	m->supported = measure(m, KVM_GET_SUPPORTED_CPUID, MIN_ENTRIES);
	m->emulated = measure(m, KVM_GET_EMULATED_CPUID, 1);
	if (m->supported > verdict->entries)
		verdict->entries = m->supported;
	if (m->emulated > verdict->emulated)
		verdict->emulated = m->emulated;
	verdict->cpus++;
	return m->supported && m->emulated;
}

static void dump(const struct matrix *m)
{
	static struct answer answer;

	if (!answer_get(&m->a, KVM_GET_SUPPORTED_CPUID, &answer).ret)
		answer_print(&answer, "supported");
	if (!answer_get(&m->a, KVM_GET_EMULATED_CPUID, &answer).ret)
		answer_print(&answer, "emulated");
}

/*
 * A process that may use AMX in its guests is offered more; there is no way
 * back, so this comes last.
 */
static void ask_with_amx(struct matrix *m)
{
	if (syscall(SYS_arch_prctl, ARCH_REQ_XCOMP_GUEST_PERM,
		    XFEATURE_XTILEDATA))
		return;
	printf("again, with permission for AMX\n");
	matrix_ask(m);
}

static int compare(struct matrix *m, bool quick)
{
	struct cpus cpus;

	if (cpus_online(&cpus))
		return give_up("sched_getaffinity");
	if (matrix_prepare(m))
		return give_up("mmap");
	for (int i = 0; i < cpus.nr; i++) {
		if (cpu_pin(cpus.id[i]))
			return give_up("sched_setaffinity");
		if (start_cpu(m, cpus.id[i]))
			(quick ? matrix_quick : matrix_run)(m);
	}
	ask_with_amx(m);
	verdict_print(m->verdict);
	return verdict_ok(m->verdict) ? 0 : 1;
}

static int misused(void)
{
	fprintf(stderr, "usage: parity [-d] [-q] A B\n       parity --self-test\n");
	return 2;
}

int main(int argc, char **argv)
{
	static struct verdict verdict = { .loud = true };
	static struct matrix m = { .verdict = &verdict };
	bool dumps = false, quick = false;
	int opt;

	setlinebuf(stdout);
	if (argc == 2 && !strcmp(argv[1], "--self-test"))
		return selftest() ? 1 : 0;
	while ((opt = getopt(argc, argv, "dq")) != -1) {
		if (opt == '?')
			return misused();
		dumps |= opt == 'd';
		quick |= opt == 'q';
	}
	if (argc - optind != 2)
		return misused();
	if (device_open(&m.a, argv[optind]))
		return give_up(argv[optind]);
	if (device_open(&m.b, argv[optind + 1]))
		return give_up(argv[optind + 1]);
	if (dumps)
		dump(&m);
	return compare(&m, quick);
}
