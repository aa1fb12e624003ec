// SPDX-License-Identifier: GPL-2.0
/*
 * The device's file operations on user memory: every error, every size of
 * buffer, and what a call leaves in memory that is not its answer. What the
 * answer has to be is the cache's word; that it is right, other suites show.
 */
#include <linux/anon_inodes.h>
#include <linux/capability.h>
#include <linux/cpumask.h>
#include <linux/cred.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kvm.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/processor.h>
#include <kunit/test.h>
#include <kvmcaps/answer.h>
#include "../kvmcaps/cache.h"
#include "../kvmcaps/chardev.h"
#include "../kvmcaps/host_live.h"

#define ENTRY		sizeof(struct kvm_cpuid_entry2)
#define HEAD		sizeof(struct kvm_cpuid2)
/* More than KVM ever looks at. */
#define MOST		300
#define BUFFER		(HEAD + MOST * ENTRY)
#define MAPPED		PAGE_ALIGN(BUFFER)

/**
 * struct trial - a caller
 * @user: its memory, of MAPPED bytes; behind it is nothing
 * @before: what the buffer is filled with
 * @after: what has become of it
 * @want: what it should be
 */
struct trial {
	unsigned long user;
	u8 before[BUFFER];
	u8 after[BUFFER];
	u8 want[BUFFER];
};

static long native(unsigned int cmd, unsigned long arg)
{
	return kvmcaps_fops.unlocked_ioctl(NULL, cmd, arg);
}

static long compat(unsigned int cmd, unsigned long arg)
{
	return kvmcaps_fops.compat_ioctl(NULL, cmd, arg);
}

/*
 * The page behind the buffer is taken away again. The last CPU is the one that
 * differs most from the first, whose table it shares.
 */
static int trial_init(struct kunit *test)
{
	struct trial *t = kunit_kzalloc(test, sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	test->priv = t;
	if (set_cpus_allowed_ptr(current, cpumask_of(cpumask_last(cpu_online_mask))))
		return -EBUSY;
	t->user = kunit_vm_mmap(test, NULL, 0, MAPPED + PAGE_SIZE, PROT_READ | PROT_WRITE,
				MAP_ANONYMOUS | MAP_PRIVATE, 0);
	if (!t->user || IS_ERR_VALUE(t->user))
		return -ENOMEM;
	return vm_munmap(t->user + MAPPED, PAGE_SIZE);
}

/* What differs between CPUs must not change while a test looks. */
static void run_on(struct kunit *test, unsigned int cpu)
{
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(cpu)), 0);
}

static void __user *user_at(const struct trial *t, size_t offset)
{
	return (void __user *)(t->user + offset);
}

/* A buffer of one byte everywhere, but for the header's nent. */
static void fill(struct kunit *test, u8 byte, u32 nent)
{
	struct trial *t = test->priv;

	memset(t->before, byte, sizeof(t->before));
	memcpy(t->before, &nent, sizeof(nent));
	KUNIT_ASSERT_EQ(test, copy_to_user(user_at(t, 0), t->before, BUFFER), 0);
}

static void fetch(struct kunit *test)
{
	struct trial *t = test->priv;

	KUNIT_ASSERT_EQ(test, copy_from_user(t->after, user_at(t, 0), BUFFER), 0);
}

static void check_untouched(struct kunit *test, u32 nent)
{
	struct trial *t = test->priv;

	fetch(test);
	KUNIT_ASSERT_MEMEQ_MSG(test, t->after, t->before, BUFFER, "nent %u", nent);
}

/* The list as this CPU answers it, where the call would write it. */
static void want_answer(struct trial *t, const struct kvmcaps_view *view)
{
	struct kvm_cpuid2 *table = (struct kvm_cpuid2 *)t->want;
	unsigned int i;

	memcpy(t->want, t->before, sizeof(t->want));
	table->nent = view->nent;
	memcpy(table->entries, view->entries, view->nent * ENTRY);
	for (i = 0; i < view->nr_patches; i++)
		(&table->entries[view->patches[i].entry - view->first].eax)[view->patches[i].reg] =
			view->patches[i].value;
}

struct ioctl_row {
	const char *desc;
	unsigned int cmd;
	unsigned long arg;
	long want;
};

/* Neither user space's nor the kernel's. */
#define NO_ADDRESS	0x8000000000000000ul

static const struct ioctl_row ioctl_rows[] = {
	{ "the version is 12", KVM_GET_API_VERSION, 0, 12 },
	{ "the version takes no argument", KVM_GET_API_VERSION, 1, -EINVAL },
	{ "KVM_CAP_EXT_CPUID is there", KVM_CHECK_EXTENSION, KVM_CAP_EXT_CPUID, 1 },
	{ "KVM_CAP_EXT_EMUL_CPUID is there", KVM_CHECK_EXTENSION, KVM_CAP_EXT_EMUL_CPUID, 1 },
	{ "no other extension is there", KVM_CHECK_EXTENSION, KVM_CAP_USER_MEMORY, 0 },
	{ "not even a high one", KVM_CHECK_EXTENSION, ~0ul, 0 },
	{ "no machine can be made", KVM_CREATE_VM, 0, -ENOTTY },
	{ "there is no list of MSRs", KVM_GET_MSR_INDEX_LIST, 0, -ENOTTY },
	{ "0 is no ioctl", 0, 0, -ENOTTY },
	{ "the highest number is no ioctl", ~0u, 0, -ENOTTY },
	{ "supported: no pointer", KVM_GET_SUPPORTED_CPUID, 0, -EFAULT },
	{ "supported: no address", KVM_GET_SUPPORTED_CPUID, NO_ADDRESS, -EFAULT },
	{ "supported: the kernel's address", KVM_GET_SUPPORTED_CPUID, ~0xffful, -EFAULT },
	{ "emulated: no pointer", KVM_GET_EMULATED_CPUID, 0, -EFAULT },
	{ "emulated: no address", KVM_GET_EMULATED_CPUID, NO_ADDRESS, -EFAULT },
	{ "emulated: the kernel's address", KVM_GET_EMULATED_CPUID, ~0xffful, -EFAULT },
	{ "host: no pointer", KVMCAPS_GET_HOST, 0, -EFAULT },
	{ "host: no address", KVMCAPS_GET_HOST, NO_ADDRESS, -EFAULT },
	{ "refresh takes no argument", KVMCAPS_REFRESH, 1, -EINVAL },
	{ "refresh", KVMCAPS_REFRESH, 0, 0 },
};

KUNIT_ARRAY_PARAM_DESC(ioctl, ioctl_rows, desc);

static void ioctls_return(struct kunit *test)
{
	const struct ioctl_row *row = test->param_value;

	KUNIT_EXPECT_EQ(test, native(row->cmd, row->arg), row->want);
	KUNIT_EXPECT_EQ(test, compat(row->cmd, row->arg), row->want);
}

struct table_row {
	const char *desc;
	unsigned int cmd;
	enum kvmcaps_list list;
	u8 byte;
	long (*call)(unsigned int cmd, unsigned long arg);
};

static const struct table_row table_rows[] = {
	{ "supported, in zeroes", KVM_GET_SUPPORTED_CPUID, KVMCAPS_LIST_SUPPORTED, 0, native },
	{ "supported, in 0xaa", KVM_GET_SUPPORTED_CPUID, KVMCAPS_LIST_SUPPORTED, 0xaa, native },
	{ "supported, in 0xff, by a 32-bit program",
	  KVM_GET_SUPPORTED_CPUID, KVMCAPS_LIST_SUPPORTED, 0xff, compat },
	{ "emulated, in zeroes", KVM_GET_EMULATED_CPUID, KVMCAPS_LIST_EMULATED, 0, native },
	{ "emulated, in zeroes, by a 32-bit program",
	  KVM_GET_EMULATED_CPUID, KVMCAPS_LIST_EMULATED, 0, compat },
};

KUNIT_ARRAY_PARAM_DESC(table, table_rows, desc);

static void check_size(struct kunit *test, const struct kvmcaps_view *view, u32 nent)
{
	const struct table_row *row = test->param_value;
	struct trial *t = test->priv;
	bool fits = nent && min_t(u32, nent, KVMCAPS_MAX_ENTRIES) >= view->room;
	long ret;

	fill(test, row->byte, nent);
	ret = row->call(row->cmd, t->user);
	KUNIT_ASSERT_EQ_MSG(test, ret, fits ? 0 : -E2BIG, "nent %u", nent);
	if (!fits)
		return check_untouched(test, nent);
	want_answer(t, view);
	fetch(test);
	KUNIT_ASSERT_MEMEQ_MSG(test, t->after, t->want, BUFFER, "nent %u", nent);
}

/* Every size of buffer, and sizes that no buffer has. */
static void sizes_are_kvms(struct kunit *test)
{
	static const u32 huge[] = { 0x7fffffff, 0x80000000, 0xffffffff };
	const struct table_row *row = test->param_value;
	struct kvmcaps_view view;
	unsigned int i;
	u32 nent;

	KUNIT_ASSERT_EQ(test, kvmcaps_view_get(&view, row->list), 0);
	for (nent = 0; nent <= MOST; nent++)
		check_size(test, &view, nent);
	for (i = 0; i < ARRAY_SIZE(huge); i++)
		check_size(test, &view, huge[i]);
	kvmcaps_view_put(&view);
}

/* Registers, of the size that a copy to user memory may end with. */
#define REGISTER	sizeof(u32)

/* A table at the end of memory, so that @size bytes of its entries can be written. */
static unsigned long at_the_end(const struct trial *t, size_t size)
{
	return t->user + MAPPED - HEAD - size;
}

/* KVM copies the table, and then the header: that stays as it was. */
static void check_beyond_memory(struct kunit *test, const struct kvmcaps_view *view, size_t size)
{
	struct trial *t = test->priv;
	struct kvm_cpuid2 *want = (struct kvm_cpuid2 *)t->want;
	unsigned long at = at_the_end(t, size);
	struct kvm_cpuid2 header = { .nent = MOST };

	fill(test, 0, 0);
	KUNIT_ASSERT_EQ(test, copy_to_user((void __user *)at, &header, sizeof(header)), 0);
	KUNIT_ASSERT_EQ_MSG(test, native(KVM_GET_SUPPORTED_CPUID, at), -EFAULT,
			    "room for %zu", size);
	want_answer(t, view);
	want->nent = MOST;
	KUNIT_ASSERT_EQ(test, copy_from_user(t->after, (void __user *)at, HEAD + size), 0);
	KUNIT_ASSERT_MEMEQ_MSG(test, t->after, t->want, HEAD + size, "room for %zu", size);
}

/* Memory that ends anywhere in the table. */
static void supported_beyond_memory(struct kunit *test)
{
	struct kvmcaps_view view;
	size_t size;

	KUNIT_ASSERT_EQ(test, kvmcaps_view_get(&view, KVMCAPS_LIST_SUPPORTED), 0);
	for (size = 0; size < view.nent * ENTRY; size += REGISTER)
		check_beyond_memory(test, &view, size);
	kvmcaps_view_put(&view);
}

/* With room for all of it, the end of memory does not matter. */
static void supported_up_to_the_end(struct kunit *test)
{
	struct trial *t = test->priv;
	struct kvmcaps_view view;
	unsigned long at;

	KUNIT_ASSERT_EQ(test, kvmcaps_view_get(&view, KVMCAPS_LIST_SUPPORTED), 0);
	at = at_the_end(t, view.nent * ENTRY);
	fill(test, 0, 0);
	KUNIT_ASSERT_EQ(test, put_user(view.room, (u32 __user *)at), 0);
	KUNIT_EXPECT_EQ(test, native(KVM_GET_SUPPORTED_CPUID, at), 0);
	want_answer(t, &view);
	KUNIT_ASSERT_EQ(test, copy_from_user(t->after, (void __user *)at,
					     HEAD + view.nent * ENTRY), 0);
	KUNIT_EXPECT_MEMEQ(test, t->after, t->want, HEAD + view.nent * ENTRY);
	kvmcaps_view_put(&view);
}

/* What is behind the table in memory that has to be waited for, all of it, stays zero. */
static void supported_into_absent_memory(struct kunit *test)
{
	struct trial *t = test->priv;
	unsigned long at = t->user + PAGE_SIZE - HEAD;
	const size_t size = min_t(size_t, BUFFER, HEAD + MAPPED - PAGE_SIZE);
	struct kvmcaps_view view;

	memset(t->before, 0, sizeof(t->before));
	KUNIT_ASSERT_EQ(test, put_user(MOST, (u32 __user *)at), 0);
	KUNIT_ASSERT_EQ(test, kvmcaps_view_get(&view, KVMCAPS_LIST_SUPPORTED), 0);
	/* It has patches, or nothing is copied but the table itself. */
	KUNIT_EXPECT_TRUE(test, view.nr_patches || num_online_cpus() == 1);
	KUNIT_EXPECT_EQ(test, native(KVM_GET_SUPPORTED_CPUID, at), 0);
	want_answer(t, &view);
	kvmcaps_view_put(&view);
	KUNIT_ASSERT_EQ(test, copy_from_user(t->after, (void __user *)at, size), 0);
	KUNIT_EXPECT_MEMEQ(test, t->after, t->want, size);
}

/* Nothing is written, not even what there is memory for, as copy_to_user() has it. */
static void supported_beyond_user_space(struct kunit *test)
{
	struct trial *t = test->priv;
	const size_t size = HEAD + 2 * ENTRY;
	unsigned long at = TASK_SIZE_MAX - size;
	unsigned long user = kunit_vm_mmap(test, NULL, TASK_SIZE_MAX - PAGE_SIZE, PAGE_SIZE,
					   PROT_READ | PROT_WRITE,
					   MAP_ANONYMOUS | MAP_PRIVATE | MAP_FIXED, 0);

	KUNIT_ASSERT_EQ(test, user, TASK_SIZE_MAX - PAGE_SIZE);
	if (access_ok((void __user *)at, BUFFER))
		kunit_skip(test, "this kernel looks at the sign of an address alone");
	memset(t->before, 0xaa, sizeof(t->before));
	*(u32 *)t->before = MOST;
	KUNIT_ASSERT_EQ(test, copy_to_user((void __user *)at, t->before, size), 0);
	KUNIT_EXPECT_EQ(test, native(KVM_GET_SUPPORTED_CPUID, at), -EFAULT);
	KUNIT_ASSERT_EQ(test, copy_from_user(t->after, (void __user *)at, size), 0);
	KUNIT_EXPECT_MEMEQ(test, t->after, t->before, size);
}

static void close_file(void *file)
{
	fput(file);
}

static int map_page(struct file *file, struct vm_area_struct *vma)
{
	return vm_insert_page(vma, vma->vm_start, virt_to_page(file->private_data));
}

static const struct file_operations page_fops = {
	.mmap = map_page,
};

/* Makes the caller's first page one that it can read, but not write. */
static void map_read_only(struct kunit *test, void *page)
{
	struct trial *t = test->priv;
	struct file *file = anon_inode_getfile("kvmcaps", &page_fops, page, O_RDONLY);

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, close_file, file), 0);
	KUNIT_ASSERT_EQ(test, kunit_vm_mmap(test, file, t->user, PAGE_SIZE, PROT_READ,
					    MAP_SHARED | MAP_FIXED, 0), t->user);
}

static void free_whole_page(void *page)
{
	free_page((unsigned long)page);
}

/* The table is there, and who asked does not learn how long it is. */
static void supported_behind_a_read_only_header(struct kunit *test)
{
	struct trial *t = test->priv;
	const size_t size = MAPPED - PAGE_SIZE;
	void *page = (void *)get_zeroed_page(GFP_KERNEL);
	unsigned long at = t->user + PAGE_SIZE - HEAD;
	struct kvmcaps_view view;

	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, free_whole_page, page), 0);
	map_read_only(test, page);
	((struct kvm_cpuid2 *)(page + PAGE_SIZE - HEAD))->nent = MOST;
	KUNIT_ASSERT_EQ(test, clear_user((void __user *)(at + HEAD), size), 0);
	memset(t->before, 0, sizeof(t->before));
	KUNIT_ASSERT_EQ(test, kvmcaps_view_get(&view, KVMCAPS_LIST_SUPPORTED), 0);
	want_answer(t, &view);
	kvmcaps_view_put(&view);
	((struct kvm_cpuid2 *)t->want)->nent = MOST;
	KUNIT_EXPECT_EQ(test, native(KVM_GET_SUPPORTED_CPUID, at), -EFAULT);
	KUNIT_ASSERT_EQ(test, copy_from_user(t->after, (void __user *)at, HEAD + size), 0);
	KUNIT_EXPECT_MEMEQ(test, t->after, t->want, HEAD + size);
}

static void check_list(struct kunit *test, enum kvmcaps_list list)
{
	struct trial *t = test->priv;
	struct kvmcaps_view view;

	KUNIT_ASSERT_EQ(test, kvmcaps_view_get(&view, list), 0);
	KUNIT_EXPECT_GT(test, view.nent, 3);
	fill(test, 0xaa, MOST);
	KUNIT_EXPECT_EQ(test, native(KVM_GET_SUPPORTED_CPUID, t->user), 0);
	want_answer(t, &view);
	kvmcaps_view_put(&view);
	fetch(test);
	KUNIT_EXPECT_MEMEQ(test, t->after, t->want, BUFFER);
}

/* With the process's permission to use AMX in guests, whether or not the CPU has it. */
static void supported_goes_by_permission(struct kunit *test)
{
	u64 *permission = &kvmcaps_task_fpu(current->group_leader)->guest_perm.__state_perm;
	u64 was = *permission;

	WRITE_ONCE(*permission, was | KVMCAPS_DYNAMIC_XCR0);
	check_list(test, KVMCAPS_LIST_SUPPORTED_XTILE);
	WRITE_ONCE(*permission, was & ~KVMCAPS_DYNAMIC_XCR0);
	check_list(test, KVMCAPS_LIST_SUPPORTED);
	WRITE_ONCE(*permission, was);
}

static const struct kvm_cpuid_entry2 *find(struct kunit *test, u32 function, u32 index)
{
	const struct trial *t = test->priv;
	const struct kvm_cpuid2 *table = (const struct kvm_cpuid2 *)t->after;
	u32 i;

	for (i = 0; i < table->nent; i++) {
		if (table->entries[i].function == function && table->entries[i].index == index)
			return &table->entries[i];
	}
	KUNIT_FAIL_AND_ABORT(test, "no entry %#x.%u", function, index);
	return NULL;
}

/* KVM passes on the APIC ids of the CPU that it runs on: 1.EBX and 0xb.EDX. */
static void each_cpu_has_its_own_ids(struct kunit *test)
{
	struct trial *t = test->priv;
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		run_on(test, cpu);
		fill(test, 0, MOST);
		KUNIT_ASSERT_EQ(test, native(KVM_GET_SUPPORTED_CPUID, t->user), 0);
		fetch(test);
		KUNIT_EXPECT_EQ_MSG(test, find(test, 1, 0)->ebx, cpuid_ebx(1), "CPU %u", cpu);
		if (cpuid_eax(0) >= 0xb)
			KUNIT_EXPECT_EQ_MSG(test, find(test, 0xb, 0)->edx, cpuid_edx(0xb),
					    "CPU %u", cpu);
	}
}

/**
 * struct engine - the answer by other means
 * @host: facts of the load, CPUID of one CPU
 * @caps: decided when the module loaded
 * @answer: of that CPU
 */
struct engine {
	struct kvmcaps_host host;
	struct kvmcaps_caps caps;
	struct kvmcaps_answer answer;
};

static void load_engine(struct engine *e)
{
	const struct kvmcaps_host *host = kvmcaps_cache_host_get();

	kvmcaps_decide(host, &e->caps);
	e->host.facts = host->facts;
	kvmcaps_cache_host_put(host);
}

/* CPUs may differ in more than their ids: what they share must not show. */
static void each_cpu_has_its_own_answer(struct kunit *test)
{
	struct engine *e = kunit_kzalloc(test, sizeof(*e), GFP_KERNEL);
	struct trial *t = test->priv;
	const struct kvm_cpuid2 *table = (const struct kvm_cpuid2 *)t->after;
	unsigned int cpu;

	KUNIT_ASSERT_NOT_NULL(test, e);
	load_engine(e);
	for_each_online_cpu(cpu) {
		run_on(test, cpu);
		kvmcaps_host_read_cpuid(&e->host);
		kvmcaps_answer_supported(&e->host, &e->caps,
					 kvmcaps_permitted_xcr0(&e->caps, ~KVMCAPS_DYNAMIC_XCR0),
					 &e->answer);
		fill(test, 0, MOST);
		KUNIT_ASSERT_EQ(test, native(KVM_GET_SUPPORTED_CPUID, t->user), 0);
		fetch(test);
		KUNIT_EXPECT_EQ_MSG(test, table->nent, e->answer.nent, "CPU %u", cpu);
		KUNIT_EXPECT_MEMEQ_MSG(test, table->entries, e->answer.entries,
				       e->answer.nent * ENTRY, "CPU %u", cpu);
	}
}

/* Every entry that the caller announces is looked at, 256 at most. */
static void emulated_wants_clean_padding(struct kunit *test)
{
	struct trial *t = test->priv;
	u32 entry, word, one = 1;
	size_t at;

	for (entry = 0; entry < MOST; entry += entry < 4 || entry >= 250 ? 1 : 41) {
		for (word = 0; word < 3; word++) {
			fill(test, 0, MOST);
			at = HEAD + entry * ENTRY +
			     offsetof(struct kvm_cpuid_entry2, padding[word]);
			memcpy(t->before + at, &one, sizeof(one));
			KUNIT_ASSERT_EQ(test, put_user(one, (u32 __user *)user_at(t, at)), 0);
			KUNIT_ASSERT_EQ_MSG(test, native(KVM_GET_EMULATED_CPUID, t->user),
					    entry < KVMCAPS_MAX_ENTRIES ? -EINVAL : 0,
					    "entry %u, word %u", entry, word);
			if (entry < KVMCAPS_MAX_ENTRIES)
				check_untouched(test, entry);
		}
	}
}

/* Without room for any answer, the padding of what there is counts all the same. */
static void emulated_looks_at_padding_first(struct kunit *test)
{
	struct trial *t = test->priv;

	fill(test, 0xaa, 1);
	KUNIT_EXPECT_EQ(test, native(KVM_GET_EMULATED_CPUID, t->user), -EINVAL);
	check_untouched(test, 1);
	fill(test, 0xaa, 0);
	KUNIT_EXPECT_EQ(test, native(KVM_GET_EMULATED_CPUID, t->user), -E2BIG);
	check_untouched(test, 0);
}

/* KVM looks for one entry more before it knows that there is none. */
static void emulated_wants_room_for_one_more(struct kunit *test)
{
	struct trial *t = test->priv;
	struct kvmcaps_view view;

	KUNIT_ASSERT_EQ(test, kvmcaps_view_get(&view, KVMCAPS_LIST_EMULATED), 0);
	fill(test, 0, view.nent);
	KUNIT_EXPECT_EQ(test, native(KVM_GET_EMULATED_CPUID, t->user), -E2BIG);
	fill(test, 0, view.nent + 1);
	KUNIT_EXPECT_EQ(test, native(KVM_GET_EMULATED_CPUID, t->user), 0);
	kvmcaps_view_put(&view);
}

static void emulated_cannot_read_padding(struct kunit *test)
{
	struct trial *t = test->priv;
	unsigned long at = at_the_end(t, 8 * ENTRY);

	fill(test, 0, 0);
	KUNIT_ASSERT_EQ(test, put_user(9, (u32 __user *)at), 0);
	KUNIT_EXPECT_EQ(test, native(KVM_GET_EMULATED_CPUID, at), -EINVAL);
	KUNIT_ASSERT_EQ(test, put_user(8, (u32 __user *)at), 0);
	KUNIT_EXPECT_EQ(test, native(KVM_GET_EMULATED_CPUID, at), 0);
}

/* KVMCAPS_GET_HOST's buffers, behind its structure. */
#define FACTS_AT	64
#define CPUID_AT	(FACTS_AT + KVMCAPS_MAX_FACTS)

static long get_host(struct kunit *test, struct kvmcaps_get_host *host)
{
	struct trial *t = test->priv;
	long ret;

	KUNIT_ASSERT_EQ(test, copy_to_user(user_at(t, 0), host, sizeof(*host)), 0);
	ret = native(KVMCAPS_GET_HOST, t->user);
	KUNIT_EXPECT_EQ(test, copy_from_user(host, user_at(t, 0), sizeof(*host)), 0);
	return ret;
}

static struct kvmcaps_get_host ask(const struct trial *t, u32 facts_size, u32 nr_cpuid)
{
	return (struct kvmcaps_get_host){
		.facts_size = facts_size, .nr_cpuid = nr_cpuid,
		.facts = t->user + FACTS_AT, .cpuid = t->user + CPUID_AT,
	};
}

static void host_says_what_it_needs(struct kunit *test)
{
	const struct kvmcaps_host *host = kvmcaps_cache_host_get();
	struct trial *t = test->priv;
	u32 nr = host->nr_cpuid;
	struct kvmcaps_get_host arg = ask(t, 0, nr - 1);

	kvmcaps_cache_host_put(host);
	fill(test, 0xaa, 0);
	KUNIT_EXPECT_EQ(test, get_host(test, &arg), -E2BIG);
	KUNIT_EXPECT_EQ(test, arg.facts_size, sizeof(struct kvmcaps_facts));
	KUNIT_EXPECT_EQ(test, arg.nr_cpuid, nr);
	fetch(test);
	KUNIT_EXPECT_MEMEQ(test, t->after + FACTS_AT, t->before + FACTS_AT, BUFFER - FACTS_AT);
}

/* An empty structure, which a page of zeroes is, cannot be told there. */
static void host_cannot_say_what_it_needs(struct kunit *test)
{
	unsigned long user = kunit_vm_mmap(test, NULL, 0, PAGE_SIZE, PROT_READ,
					   MAP_ANONYMOUS | MAP_PRIVATE, 0);

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(user));
	KUNIT_EXPECT_EQ(test, native(KVMCAPS_GET_HOST, user), -EFAULT);
}

/* An older or a newer program's structure: cut off, or with zeroes behind. */
static void host_is_the_cached_one(struct kunit *test)
{
	static const u32 sizes[] = {
		0, 1, 8, sizeof(struct kvmcaps_facts) - 1, sizeof(struct kvmcaps_facts),
		sizeof(struct kvmcaps_facts) + 1, KVMCAPS_MAX_FACTS,
	};
	const struct kvmcaps_host *host = kvmcaps_cache_host_get();
	struct trial *t = test->priv;
	struct kvmcaps_get_host arg;
	unsigned int i;
	u32 size;

	KUNIT_ASSERT_LE(test, CPUID_AT + host->nr_cpuid * sizeof(*host->cpuid), BUFFER);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		size = sizes[i];
		fill(test, 0xaa, 0);
		arg = ask(t, size, host->nr_cpuid);
		KUNIT_EXPECT_EQ_MSG(test, get_host(test, &arg), 0, "size %u", size);
		memcpy(t->want, t->before, BUFFER);
		memset(t->want + FACTS_AT, 0, size);
		memcpy(t->want + FACTS_AT, &host->facts,
		       min_t(u32, size, sizeof(host->facts)));
		memcpy(t->want + CPUID_AT, host->cpuid, host->nr_cpuid * sizeof(*host->cpuid));
		fetch(test);
		KUNIT_EXPECT_MEMEQ_MSG(test, t->after + FACTS_AT, t->want + FACTS_AT,
				       BUFFER - FACTS_AT, "size %u", size);
	}
	kvmcaps_cache_host_put(host);
}

static void host_refuses_the_impossible(struct kunit *test)
{
	struct trial *t = test->priv;
	struct kvmcaps_get_host arg = ask(t, KVMCAPS_MAX_FACTS + 1, KVMCAPS_MAX_CPUID);

	KUNIT_EXPECT_EQ(test, get_host(test, &arg), -EINVAL);
	arg = ask(t, sizeof(struct kvmcaps_facts), KVMCAPS_MAX_CPUID);
	arg.facts = 0;
	KUNIT_EXPECT_EQ(test, get_host(test, &arg), -EFAULT);
	arg = ask(t, sizeof(struct kvmcaps_facts), KVMCAPS_MAX_CPUID);
	arg.cpuid = t->user + MAPPED - 8;
	KUNIT_EXPECT_EQ(test, get_host(test, &arg), -EFAULT);
	/* Behind the known facts there is memory missing that wants zeroes. */
	arg = ask(t, KVMCAPS_MAX_FACTS, KVMCAPS_MAX_CPUID);
	arg.facts = t->user + MAPPED - sizeof(struct kvmcaps_facts);
	KUNIT_EXPECT_EQ(test, get_host(test, &arg), -EFAULT);
}

static void refresh_is_roots(struct kunit *test)
{
	struct cred *weak = prepare_creds();
	const struct cred *strong;

	KUNIT_ASSERT_NOT_NULL(test, weak);
	cap_lower(weak->cap_effective, CAP_SYS_ADMIN);
	strong = override_creds(weak);
	KUNIT_EXPECT_EQ(test, native(KVMCAPS_REFRESH, 0), -EPERM);
	/* Nor does it say more to who may not ask. */
	KUNIT_EXPECT_EQ(test, native(KVMCAPS_REFRESH, 1), -EPERM);
	revert_creds(strong);
	put_cred(weak);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(ioctls_return, ioctl_gen_params),
	KUNIT_CASE_PARAM(sizes_are_kvms, table_gen_params),
	KUNIT_CASE(supported_beyond_memory),
	KUNIT_CASE(supported_up_to_the_end),
	KUNIT_CASE(supported_into_absent_memory),
	KUNIT_CASE(supported_beyond_user_space),
	KUNIT_CASE(supported_behind_a_read_only_header),
	KUNIT_CASE(supported_goes_by_permission),
	KUNIT_CASE(each_cpu_has_its_own_ids),
	KUNIT_CASE(each_cpu_has_its_own_answer),
	KUNIT_CASE(emulated_wants_clean_padding),
	KUNIT_CASE(emulated_looks_at_padding_first),
	KUNIT_CASE(emulated_wants_room_for_one_more),
	KUNIT_CASE(emulated_cannot_read_padding),
	KUNIT_CASE(host_says_what_it_needs),
	KUNIT_CASE(host_cannot_say_what_it_needs),
	KUNIT_CASE(host_is_the_cached_one),
	KUNIT_CASE(host_refuses_the_impossible),
	KUNIT_CASE(refresh_is_roots),
	{}
};

static struct kunit_suite suite = {
	.name = "kvmcaps_chardev",
	.init = trial_init,
	.test_cases = cases,
};

kunit_test_suite(suite);
