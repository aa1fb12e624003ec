# SPDX-License-Identifier: GPL-2.0
# The engine's objects: the one list, read by Kbuild, tools/ and tests/.
kvmcaps-engine := answer.o condition.o decide.o declare.o enumerate.o feature.o \
		  host_assume.o host_record.o leaf.o patch.o pmu.o release.o \
		  rule.o rule_svm.o rule_vmx.o xstate.o

# A feature declared twice must not build.
kvmcaps-engine-cflags := -Werror=override-init
