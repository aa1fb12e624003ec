// SPDX-License-Identifier: GPL-2.0
#include <linux/atomic.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/string.h>
#include "shortage.h"

/**
 * struct shortage - which allocations fail
 * @task: whose; NULL if none
 * @first: number of the first one
 * @last: of the last
 * @count: so many there were
 */
static struct shortage {
	struct task_struct *task;
	unsigned int first;
	unsigned int last;
	atomic_t count;
} shortage;

static bool is_meant(void)
{
	struct task_struct *task = READ_ONCE(shortage.task);

	return task && (current == task ||
			((current->flags & PF_KTHREAD) && strstarts(current->comm, "cpuhp/")));
}

static gfp_t gfp_argument(struct pt_regs *regs, unsigned int number)
{
	return (__force gfp_t)regs_get_kernel_argument(regs, number);
}

/*
 * Those of an interrupt may not wait for a file system; GFP_KERNEL may. What
 * kmemleak takes for itself must not use reserves.
 */
static bool is_to_fail(gfp_t gfp)
{
	unsigned int number;

	if (!(gfp & __GFP_FS) || (gfp & (__GFP_NOFAIL | __GFP_NOMEMALLOC)) || !is_meant())
		return false;
	number = atomic_inc_return(&shortage.count);
	return number >= shortage.first && number <= shortage.last;
}

/* int should_failslab(struct kmem_cache *s, gfp_t gfpflags): else it is left alone. */
static int on_slab(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	return is_to_fail(gfp_argument(regs, 1)) ? 0 : 1;
}

static int fail_slab(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	regs_set_return_value(regs, -ENOMEM);
	return 0;
}

/* bool should_fail_alloc_page(gfp_t gfp_mask, unsigned int order) */
static int on_page(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	return is_to_fail(gfp_argument(regs, 0)) ? 0 : 1;
}

static int fail_page(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	regs_set_return_value(regs, true);
	return 0;
}

/* void warn_alloc(gfp_t gfp_mask, ...): what fails on purpose is not worth a warning. */
static int on_warning(struct kprobe *probe, struct pt_regs *regs)
{
	if (is_meant())
		regs->di |= (__force unsigned long)__GFP_NOWARN;
	return 0;
}

static struct kretprobe slab_probe, page_probe;
static struct kprobe warning_probe;

/* Anew each time: what is unregistered keeps the place that it had. */
int shortage_start(void)
{
	int err;

	slab_probe = (struct kretprobe){
		.kp.symbol_name = "should_failslab",
		.entry_handler = on_slab, .handler = fail_slab,
	};
	page_probe = (struct kretprobe){
		.kp.symbol_name = "should_fail_alloc_page",
		.entry_handler = on_page, .handler = fail_page,
	};
	warning_probe = (struct kprobe){
		.symbol_name = "warn_alloc", .pre_handler = on_warning,
	};
	err = register_kretprobe(&slab_probe);
	if (err)
		return err;
	err = register_kretprobe(&page_probe);
	if (err)
		goto no_page;
	err = register_kprobe(&warning_probe);
	if (!err)
		return 0;
	unregister_kretprobe(&page_probe);
no_page:
	unregister_kretprobe(&slab_probe);
	return err;
}

void shortage_stop(void)
{
	unregister_kprobe(&warning_probe);
	unregister_kretprobe(&page_probe);
	unregister_kretprobe(&slab_probe);
}

void shortage_begin(unsigned int first, unsigned int last)
{
	shortage.first = first;
	shortage.last = last;
	atomic_set(&shortage.count, 0);
	/* Who sees whose they are sees which, as well. */
	smp_store_release(&shortage.task, current);
}

bool shortage_end(void)
{
	WRITE_ONCE(shortage.task, NULL);
	return atomic_read(&shortage.count) >= shortage.first;
}
