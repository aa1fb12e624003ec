# SPDX-License-Identifier: GPL-2.0
# What a person types. Objects of the module are Kbuild's, those of the tool
# tools/Makefile's.

# KDIR=... builds the module against other headers than those of the stock
# kernel that the virtual machines boot; SERIES=..., in build/SERIES, for the
# stock kernel of another series.
KDIR ?= $(shell scripts/kernel | sed -n 's/^KBUILD=//p')
RUNNING = /lib/modules/$(shell uname -r)/build

all: module tools ##		the module and the tool

module: ##		kvmcaps.ko for the stock 6.12, or with KDIR=..., SERIES=7.3 for another
ifdef SERIES
	scripts/module $(SERIES)
else
	@scripts/setup build
	@dir='$(KDIR)'; test -n "$$dir" && $(MAKE) -C "$$dir" M='$(CURDIR)' W=1 modules
endif

tools: ##		build/tools/kvmcaps
	@scripts/setup build tools
	$(MAKE) -C tools O='$(CURDIR)/build/tools'

guest:
	@scripts/setup build guest
	$(MAKE) -C tests/guest O='$(CURDIR)/build/guest'

run: module tools ##		load the module in a virtual machine and show its answer; SERIES=...
	scripts/run $(SERIES)

test: ##		everything: what CI runs
	scripts/test

check: ##		the engine's suites in user space, with ASan and UBSan
	@scripts/setup build check
	$(MAKE) -C tests/engine O='$(CURDIR)/build/engine' check

check-build-errors: ##	what must not build does not
	scripts/prove tests/build-errors.t

parity: module guest ##		compare with the real kvm-amd: all models, command lines, parameters
	scripts/parity -a

parity-intel: module guest ##	the same with the real kvm-intel
	scripts/parity -i

parity-releases: tools guest ##	the real KVM of each release, by the module and from records
	scripts/parity-releases -o build/releases.md

parity-capture: module tools ##	hosts captured without the module, against the real KVM
	scripts/parity-capture
	scripts/parity-capture -i

bench: module guest ##		speed, against the real /dev/kvm
	scripts/bench

docs: tools ##		docs/releases.md, from the tables
	build/tools/kvmcaps releases >docs/releases.md

style: ##		checkpatch, sparse, layers, W=1 with gcc and clang, shellcheck
	scripts/prove tests/style.t

load: ##		load the module into the running kernel
	$(MAKE) module KDIR='$(RUNNING)'
	insmod kvmcaps.ko

unload: ##		remove it
	rmmod kvmcaps

clean: ##		remove what was built; the cache of kernels and machines stays
	rm -rf build
	rm -f *.ko *.mod *.mod.c *.o .*.cmd kvmcaps/*.o kvmcaps/.*.cmd
	rm -f Module.symvers modules.order .Module.symvers.cmd .modules.order.cmd

help: ##		this list
	@sed -n 's/^\([a-z-]*\):.*##\t*/\1\t/p' Makefile | expand -t 20

.PHONY: all module tools guest run test check check-build-errors parity parity-intel parity-releases parity-capture bench docs style load unload clean help
