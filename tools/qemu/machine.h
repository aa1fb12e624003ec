/* SPDX-License-Identifier: GPL-2.0 */
/* The options of QEMU besides -cpu that the CPUID of its guest depends on. */
#ifndef TOOLS_QEMU_MACHINE_H
#define TOOLS_QEMU_MACHINE_H

#include <stdbool.h>

enum qemu_irqchip {
	QEMU_IRQCHIP_ON,
	QEMU_IRQCHIP_SPLIT,
	QEMU_IRQCHIP_OFF,
};

/**
 * struct qemu_machine - a machine
 * @irqchip: -machine kernel-irqchip=
 * @cpu_pm: -overcommit cpu-pm=on
 * @sev_snp: -machine confidential-guest-support= an object of type sev-snp-guest
 * @sockets: -smp; these five multiply to the most CPUs that it can have
 * @dies: in a socket
 * @modules: in a die
 * @cores: in a module
 * @threads: in a core
 * @cpus: how many it starts with
 */
struct qemu_machine {
	enum qemu_irqchip irqchip;
	bool cpu_pm;
	bool sev_snp;
	unsigned int sockets;
	unsigned int dies;
	unsigned int modules;
	unsigned int cores;
	unsigned int threads;
	unsigned int cpus;
};

/* One CPU, as without any option. */
void qemu_machine_init(struct qemu_machine *machine);

/*
 * Takes in what follows -smp, as QEMU of today does: what is not given is one,
 * but for the level that takes up the rest. Returns 0, or STATUS_TROUBLE after a message.
 */
int qemu_machine_smp(struct qemu_machine *machine, const char *text);

/* Prints the names of its parts that PCs have, each behind a blank, with '='. */
void qemu_machine_print_smp(void);

#endif /* TOOLS_QEMU_MACHINE_H */
