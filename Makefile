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

guest: tools
	@scripts/setup build guest
	$(MAKE) -C tests/guest O='$(CURDIR)/build/guest'

qemu-guest:
	@scripts/setup build guest tools
	$(MAKE) -C tests/qemu O='$(CURDIR)/build/qemu'

run: module tools ##		load the module in a virtual machine and show its answer; SERIES=...
	scripts/run $(SERIES)

test: ##		everything: what CI runs
	scripts/test

check: ##		the engine's suites in user space, with ASan and UBSan
	@scripts/setup build check
	$(MAKE) -C tests/engine O='$(CURDIR)/build/engine' check

fuzz: ##		whatever reads files or queries, coverage-guided; FUZZ_SECONDS=10 for each reader
	scripts/fuzz -s $(or $(FUZZ_SECONDS),10)

kunit: ##		the KUnit suites in a kernel build; SERIES=7.3, KERNEL_SRC=... for another kernel
	scripts/kunit $(SERIES)

kunit-modules: ##		the KUnit suites as modules of a kernel with KASAN; builds that first
	scripts/kunit-modules -k kasan$(addprefix -,$(SERIES))

debug: ##		kernels with KASAN, failures on demand, KCSAN, docs/debug.md, not in "test"; SERIES=7.3
	scripts/debug $(SERIES)

mutants: ##		mistakes made on purpose, and whether the suites notice; DEVICE=y: KUnit's
	scripts/mutants $(if $(DEVICE),-d)

coverage: ##		what the KUnit suites execute of kvmcaps/, lines and branches
	scripts/coverage

check-build-errors: ##	what must not build does not
	scripts/prove tests/build-errors.t

parity: module guest ##		compare with the real kvm-amd: all models, command lines, parameters
	scripts/parity -a

parity-intel: module guest ##	the same with the real kvm-intel
	scripts/parity -i

parity-releases: tools guest ##	the real KVM of each release, by the module and from records
	scripts/parity-releases -o build/releases.md

parity-capture: module tools guest ##	hosts captured without the module, against the real KVM
	scripts/parity-capture
	scripts/parity-capture -i

parity-qemu: tools qemu-guest ##	the real QEMU 10 on the real KVM: models, expansions, vCPUs' tables, what guests read
	scripts/parity-qemu
	scripts/parity-qemu -i

bench: module guest tools ##	speed, against the real /dev/kvm; and bench-tool
	scripts/bench
	scripts/bench-tool

bench-tool: tools ##	speed of the tool: answers, dumps, 10,000 hosts, cpuid -f beside it
	scripts/bench-tool

# Another QEMU: scripts/qemu-registry /usr/bin/qemu-system-x86_64 >FILE, for models -g FILE.
registry: ##		tools/qemu/registry.json, by asking QEMU 10 for its CPU models
	scripts/qemu-registry >tools/qemu/registry.json.new
	mv tools/qemu/registry.json.new tools/qemu/registry.json

docs: tools ##		docs/releases.md, from the tables
	build/tools/kvmcaps releases >docs/releases.md

style: ##		checkpatch, sparse, layers, W=1 with gcc and clang, shellcheck
	scripts/prove tests/style.t

# DESTDIR is put before everything, prefix before all but modules and sources.
prefix ?= /usr/local
INSTALL ?= install
to = $(DESTDIR)$(prefix)
version = $(shell sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' dkms.conf)
sources = $(DESTDIR)/usr/src/kvmcaps-$(version)

install: tools ##		the tool, man pages, completions, header and docs, in prefix=/usr/local, DESTDIR=
	$(MAKE) -C tools O='$(CURDIR)/build/tools' install
	$(INSTALL) -D -m 644 include/uapi/linux/kvmcaps.h $(to)/include/linux/kvmcaps.h
	$(INSTALL) -d $(to)/share/doc/kvmcaps
	$(INSTALL) -m 644 README.md $(wildcard docs/*.md) $(to)/share/doc/kvmcaps
	$(INSTALL) -D -m 644 -t $(to)/share/doc/kvmcaps/schema docs/schema/*.json

modules_install: KDIR = $(RUNNING)
modules_install: ##	the module, for the running kernel or with KDIR=..., DESTDIR=
	$(MAKE) module KDIR='$(KDIR)'
	$(MAKE) -C '$(KDIR)' M='$(CURDIR)' INSTALL_MOD_PATH='$(DESTDIR)' modules_install

install-dkms: ##		the module's sources, for 'dkms install kvmcaps/0.1', DESTDIR=
	$(INSTALL) -d $(sources)
	cp -r dkms.conf COPYING Kbuild include $(sources)
	$(INSTALL) -D -m 644 -t $(sources)/kvmcaps kvmcaps/*.[ch] kvmcaps/engine.mk

uninstall: ##		remove what install and install-dkms have put there
	$(MAKE) -C tools O='$(CURDIR)/build/tools' uninstall
	rm -f $(to)/include/linux/kvmcaps.h
	rm -rf $(to)/share/doc/kvmcaps $(sources)

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
	@sed -n 's/^\([a-z_-]*\):.*##\t*/\1\t/p' Makefile | expand -t 20

.PHONY: all module tools guest qemu-guest run test check mutants coverage kunit kunit-modules debug fuzz check-build-errors parity parity-intel parity-releases parity-capture parity-qemu bench bench-tool registry docs style install modules_install install-dkms uninstall load unload clean help
