/* Page faults, from the exception to the frame. */
#include "vm/fault.h"
#include "core/panic.h"
#include "core/stat.h"
#include "lib/atomic.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "sched/thread.h"
#include "vm/lock.h"
#include "vm/pages.h"
#include "vm/space.h"
#include "x86/insn.h"
#include "x86/tlb.h"
#include "x86/usercopy.h"

STAT_COUNTER(vm_faults_zero, "page faults that gave zeros: a frame, or the page that all share");
STAT_COUNTER(vm_faults_copy, "page faults that copied a page for its writer");
STAT_COUNTER(vm_faults_file, "page faults that mapped a page of a file");
STAT_COUNTER(vm_faults_spurious, "page faults that found the page, or had only to allow writing");
STAT_COUNTER(vm_faults_no_memory, "page faults that found no frame");

static SEALED struct space *(*current_space)(void);
static SEALED bool (*fault_relieve)(void);
static SEALED void (*fault_failed)(struct trap_frame *frame, u64 address, enum space_fault fault);

void space_register_current(struct space *(*current)(void))
{
	current_space = current;
}

void space_register_fault_failed(
	void (*failed)(struct trap_frame *frame, u64 address, enum space_fault fault))
{
	fault_failed = failed;
}

void space_register_relieve(bool (*relieve)(void))
{
	fault_relieve = relieve;
}

static enum space_fault no_memory(void)
{
	stat_add(&vm_faults_no_memory, 1);
	return SPACE_FAULT_NO_MEMORY;
}

/* A private copy of a frame, which the caller has a reference to; that is put. NULL if there is no
 * memory. */
static struct page *copy_page(struct space *space, struct page *page)
{
	struct page *copy = frame_alloc(0, FRAME_ANONYMOUS);

	if (copy) {
		page_copy(copy, page);
		space->faults_copy++;
		stat_add(&vm_faults_copy, 1);
	}
	page_put(page);
	return copy;
}

/* It is only read: the page of zeros serves. */
static enum space_fault fault_read_zeros(
	struct space *space, const struct area *area, pte_t *entry)
{
	space->faults_zero++;
	stat_add(&vm_faults_zero, 1);
	pages_map_zeros(entry, area);
	return SPACE_FAULT_OK;
}

static enum space_fault fault_zero(struct space *space, const struct area *area, pte_t *entry)
{
	struct page *page = frame_alloc_zeroed(FRAME_ANONYMOUS);

	if (!page)
		return no_memory();
	space->faults_zero++;
	stat_add(&vm_faults_zero, 1);
	pages_map(space, entry, area, page);
	return SPACE_FAULT_OK;
}

/* copy: the page is wanted to write to it privately. */
static enum space_fault fault_backing(
	struct space *space, const struct area *area, u64 address, pte_t *entry, bool copy)
{
	u64 index = (area->offset + (address - area->start)) >> PAGE_SHIFT;
	struct page *page = area->backing->ops->get_page(area->backing, index);

	if (IS_ERR(page))
		return PTR_ERR(page) == -ENOMEM ? no_memory() : SPACE_FAULT_BUS;
	if (copy) {
		page = copy_page(space, page);
		if (!page)
			return no_memory();
	} else {
		space->faults_file++;
		stat_add(&vm_faults_file, 1);
	}
	pages_map(space, entry, area, page);
	return SPACE_FAULT_OK;
}

/* What has been read only so far is written. */
static enum space_fault fault_own_zeros(
	struct space *space, const struct area *area, u64 address, pte_t *entry)
{
	enum space_fault fault = fault_zero(space, area, entry);

	if (fault == SPACE_FAULT_OK)
		tlb_flush(space->root, address, address + PAGE_SIZE);
	return fault;
}

/* A page that is mapped has to become the writer's own. The reference that the entry held is put
 * when the translation is gone. */
static enum space_fault fault_copy(
	struct space *space, const struct area *area, u64 address, pte_t *entry)
{
	struct page *page = page_of(pte_paddr(*entry)), *copy;

	if (*entry & PTE_NOBODYS)
		return fault_own_zeros(space, area, address, entry);
	page_get(page);
	copy = copy_page(space, page);
	if (!copy)
		return no_memory();
	atomic_store(entry, pages_entry(area, copy));
	tlb_flush(space->root, address, address + PAGE_SIZE);
	page_put(page);
	return SPACE_FAULT_OK;
}

static enum space_fault fault_spurious(struct space *space, const struct area *area, pte_t *entry)
{
	space->faults_spurious++;
	stat_add(&vm_faults_spurious, 1);
	atomic_store(entry,
		pages_entry(area, page_of(pte_paddr(*entry))) | (*entry & PTE_NOBODYS));
	return SPACE_FAULT_OK;
}

/* Makes the page at address, which is in the area, present; with own, it is also one that the space
 * may write to. Whether the area allows the access has been checked. The lock is held. */
static enum space_fault fault_page(
	struct space *space, const struct area *area, u64 address, bool own)
{
	pte_t *entry = paging_entry(space->root, address, true);
	bool copy = own && !(area->flags & AREA_SHARED);

	if (!entry)
		return no_memory();
	if (*entry == 0 && !area->backing)
		return own ? fault_zero(space, area, entry) : fault_read_zeros(space, area, entry);
	if (*entry == 0)
		return fault_backing(space, area, address, entry, copy);
	if (copy && !pages_exclusive(page_of(pte_paddr(*entry))))
		return fault_copy(space, area, address, entry);
	return fault_spurious(space, area, entry);
}

static bool area_allows(const struct area *area, u64 error)
{
	if (error & TRAP_PF_WRITE)
		return area->flags & AREA_WRITE;
	if (error & TRAP_PF_FETCH)
		return area->flags & AREA_EXEC;
	return area->flags & AREA_PROT;	/* x86 cannot forbid reading alone */
}

/* An area that grows down comes to reach the page at start, if its limit allows and it keeps its
 * distance to what is below; only to what nobody can touch it may come close, and to another
 * stack. */
static bool area_grow_down(struct space *space, struct area *area, u64 start)
{
	const struct area *below = areas_prev(area);

	if (!(area->flags & AREA_GROWSDOWN) || start < SPACE_MIN ||
		area->end - start > READ_ONCE(space->stack_limit) ||
		!space_has_room(space, area->flags, area->start - start) ||
		!space_may_lock(space, area->flags, area->start - start))
		return false;
	if (below && (below->flags & AREA_PROT) && !(below->flags & AREA_GROWSDOWN) &&
		start - below->end < AREA_GUARD)
		return false;
	space_account(space, area, area->start - start);
	areas_resize(&space->areas, area, start, area->end);
	return true;
}

static struct area *area_at(struct space *space, u64 address)
{
	struct area *area = areas_find(&space->areas, address);

	if (area && address < area->start && !area_grow_down(space, area, PAGE_DOWN(address)))
		return NULL;
	return area;
}

static enum space_fault fault_in_area(
	struct space *space, const struct area *area, u64 address, u64 error)
{
	if (!area)
		return SPACE_FAULT_SEGV;
	if (!area_allows(area, error))
		return SPACE_FAULT_ACCESS;
	return fault_page(space, area, PAGE_DOWN(address), error & TRAP_PF_WRITE);
}

enum space_fault space_fault_locked(struct space *space, u64 address, u64 error)
{
	return fault_in_area(space, area_at(space, address), address, error);
}

enum space_fault space_touch_locked(struct space *space, u64 address, bool write, pte_t *value)
{
	pte_t wanted = PTE_PRESENT | (write ? PTE_WRITE : 0);
	const pte_t *entry = paging_entry(space->root, address, false);

	if (!entry || (*entry & wanted) != wanted) {
		enum space_fault fault = space_fault_locked(
			space, address, TRAP_PF_USER | (write ? TRAP_PF_WRITE : 0));

		if (fault != SPACE_FAULT_OK)
			return fault;
		entry = paging_entry(space->root, address, false);
	}
	*value = *entry;
	return SPACE_FAULT_OK;
}

enum space_fault space_handle_fault(struct space *space, u64 address, u64 error)
{
	enum space_fault fault;

	mutex_lock(&space->lock);
	fault = space_fault_locked(space, address, error);
	mutex_unlock(&space->lock);
	return fault;
}

/* No area grows for it. */
static enum space_fault populate_page(struct space *space, u64 address, u64 error)
{
	mutex_lock(&space->lock);
	const struct area *area = areas_find(&space->areas, address);
	if (area && area->start > address)
		area = NULL;
	enum space_fault fault = fault_in_area(space, area, address, error);
	mutex_unlock(&space->lock);
	return fault;
}

int space_populate(struct space *space, u64 start, u64 length, bool write)
{
	u64 error = TRAP_PF_USER | (write ? TRAP_PF_WRITE : 0);

	for (u64 address = start; address < start + length; address += PAGE_SIZE) {
		switch (populate_page(space, address, error)) {
		case SPACE_FAULT_OK:
			break;
		case SPACE_FAULT_ACCESS:
			return -EINVAL;
		case SPACE_FAULT_BUS:
			return -EFAULT;
		default:
			return -ENOMEM;
		}
		if (sched_relax())
			return -EINTR;
	}
	return 0;
}

/* Within one page. */
static int write_page(struct space *space, u64 address, const void *from, size_t size)
{
	const struct area *area = areas_find(&space->areas, address);
	pte_t *entry = paging_entry(space->root, address, false);

	if (!area || area->start > address || (area->flags & AREA_SHARED))
		return -EFAULT;
	if (!entry || !(*entry & PTE_WRITE)) {
		enum space_fault fault = fault_page(space, area, PAGE_DOWN(address), true);

		if (fault != SPACE_FAULT_OK)
			return fault == SPACE_FAULT_NO_MEMORY ? -ENOMEM : -EFAULT;
		entry = paging_entry(space->root, address, false);
	}
	memcpy((char *)paging_direct(pte_paddr(*entry)) + (address & PAGE_MASK), from, size);
	return 0;
}

int space_write(struct space *space, u64 address, const void *from, size_t size)
{
	const char *bytes = from;
	int error = 0;

	mutex_lock(&space->lock);
	while (size > 0 && !error) {
		size_t part = MIN(size, PAGE_SIZE - (address & PAGE_MASK));

		error = write_page(space, address, bytes, part);
		address += part;
		bytes += part;
		size -= part;
	}
	mutex_unlock(&space->lock);
	return error;
}

/* Where the kernel goes on if the fault at rip cannot be served; 0 if rip is no instruction of a
 * user copy. */
static u64 fixup_of(u64 rip)
{
	for (const struct usercopy_fixup *fixup = fixups_start; fixup < fixups_end; fixup++)
		if (fixup->fault == rip)
			return fixup->resume;
	return 0;
}

static enum space_fault fault_current(u64 address, u64 error)
{
	struct space *space = current_space ? current_space() : NULL;
	enum space_fault fault = SPACE_FAULT_SEGV;

	if (space && address < USER_END) {
		insn_sti();
		fault = space_handle_fault(space, address, error);
		insn_cli();
	}
	return fault;
}

bool space_relieve(void)
{
	return fault_relieve && fault_relieve();
}

/* Whether a fault of the kernel that found no frame is to be tried again. */
static bool relieve(void)
{
	bool again;

	insn_sti();
	again = space_relieve();
	insn_cli();
	return again;
}

/* A fault of the kernel: part of its work in a user copy, else a mistake of its own. */
static bool kernel_fault(struct trap_frame *frame, u64 address)
{
	u64 resume = fixup_of(frame->rip);
	enum space_fault fault;

	if (!resume || address >= USER_END)
		return false;
	DEBUG_ASSERT(percpu_self()->preempt_count == 0);
	do {
		fault = fault_current(address, frame->error);
	} while (fault == SPACE_FAULT_NO_MEMORY && relieve());
	if (fault != SPACE_FAULT_OK)
		frame->rip = resume;
	return true;
}

/* An access that the CPU makes for a program by its own right is never to the program's pages, so
 * no page can serve it; QEMU's, without KVM, makes IRETQ's and far RET's so, and SMAP refuses
 * them. */
static bool user_fault(struct trap_frame *frame, u64 address)
{
	enum space_fault fault = frame->error & TRAP_PF_USER
		? fault_current(address, frame->error)
		: SPACE_FAULT_SEGV;

	if (fault == SPACE_FAULT_OK)
		return true;
	if (!fault_failed)
		return false;
	insn_sti();
	fault_failed(frame, address, fault);
	insn_cli();
	return true;
}

static bool page_fault(struct trap_frame *frame)
{
	u64 address = insn_read_cr2();

	if (frame->error & TRAP_PF_RESERVED)
		panic("page table of %#lx is damaged", address);
	return trap_from_user(frame) ? user_fault(frame, address) : kernel_fault(frame, address);
}

void space_init(void)
{
	pages_init();
	trap_register(TRAP_PF, page_fault);
}
