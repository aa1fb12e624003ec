// SPDX-License-Identifier: GPL-2.0
/*
 * /dev/kvmcaps: check, copy, call, copy. Everything here is as /dev/kvm does
 * it, down to the order in which errors are found and to what a call that
 * fails half-way has written. No feature and no policy appears here.
 */
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/kvm.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/uaccess.h>
#include <kvmcaps/answer.h>
#include "cache.h"
#include "chardev.h"
#include "host_live.h"
#include "param.h"

static long get_api_version(unsigned long arg)
{
	return arg ? -EINVAL : KVM_API_VERSION;
}

static long check_extension(unsigned long arg)
{
	return arg == KVM_CAP_EXT_CPUID || arg == KVM_CAP_EXT_EMUL_CPUID;
}

static u32 table_size(const struct kvmcaps_view *view)
{
	return view->nent * sizeof(*view->entries);
}

/* The register that a patch replaces. Inline: user memory may be open. */
static __always_inline u32 __user *patch_place(struct kvm_cpuid_entry2 __user *entries,
					       const struct kvmcaps_view *view,
					       const struct kvmcaps_patch *patch)
{
	return &entries[patch->entry - view->first].eax + patch->reg;
}

#define WORDS_PER_ENTRY	5
static_assert(sizeof(struct kvm_cpuid_entry2) == WORDS_PER_ENTRY * sizeof(u64));

/*
 * The whole call, if it ends well or for want of room, and if all of @to can
 * be reached without waiting; else 1, with nothing but a part of the table
 * written. User memory is opened once, and its loop has nothing else to do.
 * The last word of an entry is padding. Aligned so that it lies within a page:
 * an emulator pays for each jump between two.
 */
static noinline __aligned(512)
int copy_at_once(struct kvm_cpuid2 __user *to, const struct kvmcaps_view *view)
{
	const struct kvmcaps_patch *patch = view->patches;
	const u64 *from = (const u64 *)view->entries;
	const u64 *end = from + view->nent * WORDS_PER_ENTRY;
	u64 __user *word = (u64 __user *)to->entries;
	int result = -E2BIG;
	u64 header;

	if (!user_access_begin(to, sizeof(*to) + table_size(view)))
		return 1;
	/* nent is its lower half; KVM reads the other one as well. */
	unsafe_get_user(header, (u64 __user *)to, fault);
	if (min_t(u32, header, KVMCAPS_MAX_ENTRIES) < view->room)
		goto out;
	result = 0;
	for (; from < end; from += WORDS_PER_ENTRY, word += WORDS_PER_ENTRY) {
		unsafe_put_user(from[0], word + 0, fault);
		unsafe_put_user(from[1], word + 1, fault);
		unsafe_put_user(from[2], word + 2, fault);
		unsafe_put_user(from[3], word + 3, fault);
		unsafe_put_user(0, word + 4, fault);
	}
	for (; patch < view->patches + view->nr_patches; patch++)
		unsafe_put_user(patch->value, patch_place(to->entries, view, patch), fault);
	unsafe_put_user(view->nent, &to->nent, fault);
out:
	user_access_end();
	return result;
fault:
	user_access_end();
	return 1;
}

/*
 * The table in ascending order as far as user memory goes: what one
 * copy_to_user() of it would leave there, or nothing if the whole would reach
 * beyond user space.
 */
static bool copy_in_order(struct kvm_cpuid_entry2 __user *to,
			  const struct kvmcaps_view *view)
{
	const struct kvmcaps_patch *patch = view->patches;
	const void *from = view->entries;
	u32 size = table_size(view);
	u32 done = 0, offset;
	u32 __user *place;
	unsigned int i;

	if (!access_ok(to, size))
		return false;
	for (i = 0; i < view->nr_patches; i++, patch++) {
		place = patch_place(to, view, patch);
		offset = (void __user *)place - (void __user *)to;
		if (copy_to_user((void __user *)to + done, from + done, offset - done) ||
		    copy_to_user(place, &patch->value, sizeof(patch->value)))
			return false;
		done = offset + sizeof(patch->value);
	}
	return !copy_to_user((void __user *)to + done, from + done, size - done);
}

static int copy_answer(struct kvm_cpuid2 __user *to, struct kvm_cpuid2 *header,
		       const struct kvmcaps_view *view)
{
	if (header->nent < view->room)
		return -E2BIG;
	header->nent = view->nent;
	if (!copy_in_order(to->entries, view) || copy_to_user(to, header, sizeof(*header)))
		return -EFAULT;
	return 0;
}

static noinline bool padding_is_clean(struct kvm_cpuid_entry2 __user *entries, u32 nent)
{
	u32 padding[ARRAY_SIZE(entries->padding)];
	u32 i;

	for (i = 0; i < nent; i++) {
		if (copy_from_user(padding, entries[i].padding, sizeof(padding)) ||
		    padding[0] || padding[1] || padding[2])
			return false;
	}
	return true;
}

/* Apart, so that its stack is not set up for every call. */
static noinline int wait_answer(struct kvm_cpuid2 __user *to, enum kvmcaps_list list)
{
	struct kvm_cpuid2 header;
	struct kvmcaps_view view;
	int err;

	if (copy_from_user(&header, to, sizeof(header)))
		return -EFAULT;
	if (!header.nent)
		return -E2BIG;
	header.nent = min_t(u32, header.nent, KVMCAPS_MAX_ENTRIES);
	if (list == KVMCAPS_LIST_EMULATED && !padding_is_clean(to->entries, header.nent))
		return -EINVAL;
	err = kvmcaps_view_get(&view, list);
	if (err)
		return err;
	err = copy_answer(to, &header, &view);
	kvmcaps_view_put(&view);
	return err;
}

/* Without waiting for user memory; 1 if it would have to, or has no answer. */
static int try_answer(struct kvm_cpuid2 __user *to, enum kvmcaps_list list)
{
	struct kvmcaps_view view;
	int result = 1;

	preempt_disable();
	pagefault_disable();
	if (!kvmcaps_view_peek(&view, list))
		result = copy_at_once(to, &view);
	pagefault_enable();
	preempt_enable();
	return result;
}

static enum kvmcaps_list supported_list(void)
{
	return kvmcaps_host_guest_permission() & KVMCAPS_DYNAMIC_XCR0 ?
	       KVMCAPS_LIST_SUPPORTED_XTILE : KVMCAPS_LIST_SUPPORTED;
}

static long get_supported(struct kvm_cpuid2 __user *to)
{
	enum kvmcaps_list list = supported_list();
	int result = try_answer(to, list);

	return result > 0 ? wait_answer(to, list) : result;
}

static int copy_host(struct kvmcaps_get_host *arg, const struct kvmcaps_host *host)
{
	u32 asked = arg->facts_size;
	u32 size = min_t(u32, asked, sizeof(host->facts));
	u32 room = arg->nr_cpuid;

	arg->facts_size = sizeof(host->facts);
	arg->nr_cpuid = host->nr_cpuid;
	if (room < host->nr_cpuid)
		return -E2BIG;
	if (copy_to_user(u64_to_user_ptr(arg->facts), &host->facts, size) ||
	    clear_user(u64_to_user_ptr(arg->facts) + size, asked - size) ||
	    copy_to_user(u64_to_user_ptr(arg->cpuid), host->cpuid,
			 host->nr_cpuid * sizeof(*host->cpuid)))
		return -EFAULT;
	return 0;
}

static long get_host(unsigned long arg)
{
	struct kvmcaps_get_host __user *user = (void __user *)arg;
	const struct kvmcaps_host *host;
	struct kvmcaps_get_host header;
	int err;

	if (copy_from_user(&header, user, sizeof(header)))
		return -EFAULT;
	if (header.facts_size > KVMCAPS_MAX_FACTS)
		return -EINVAL;

	host = kvmcaps_cache_host_get();
	err = copy_host(&header, host);
	kvmcaps_cache_host_put(host);

	if ((!err || err == -E2BIG) && copy_to_user(user, &header, sizeof(header)))
		return -EFAULT;
	return err;
}

static long refresh(unsigned long arg)
{
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	return arg ? -EINVAL : kvmcaps_cache_refresh();
}

static long kvmcaps_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case KVM_GET_API_VERSION:
		return get_api_version(arg);
	case KVM_CHECK_EXTENSION:
		return check_extension(arg);
	case KVM_GET_SUPPORTED_CPUID:
		return get_supported((void __user *)arg);
	case KVM_GET_EMULATED_CPUID:
		return wait_answer((void __user *)arg, KVMCAPS_LIST_EMULATED);
	case KVMCAPS_GET_HOST:
		return get_host(arg);
	case KVMCAPS_REFRESH:
		return refresh(arg);
	default:
		return -ENOTTY;
	}
}

/* Every structure looks alike to 32-bit programs. */
const struct file_operations kvmcaps_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = kvmcaps_ioctl,
	.compat_ioctl = kvmcaps_ioctl,
	.llseek = noop_llseek,
};

static struct miscdevice kvmcaps_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = KVMCAPS_DEVICE,
	.fops = &kvmcaps_fops,
};

/**
 * kvmcaps_chardev_init() - make the device, which is in use from then on
 *
 * Return: 0 or an error of misc_register().
 */
int kvmcaps_chardev_init(void)
{
	kvmcaps_misc.mode = kvmcaps_param_mode();
	return misc_register(&kvmcaps_misc);
}

/**
 * kvmcaps_chardev_exit() - remove the device; nobody has it open any more
 */
void kvmcaps_chardev_exit(void)
{
	misc_deregister(&kvmcaps_misc);
}
