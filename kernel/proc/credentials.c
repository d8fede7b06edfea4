/* The rules by which a process changes who it is (proc/credentials.h). Users and groups follow the
 * same ones, so they are applied to a struct ids and stored where they belong. */
#include "proc/credentials.h"

#include "lib/errno.h"
#include "mem/slab.h"
#include "proc/process.h"

struct ids {
	u32 real, effective, saved;
};

static struct fs_context *fs_current(void)
{
	return task_current()->thread.fs;
}

/* Others know the process by who its leader is; and who acts as another now keeps what it knows,
 * and is not its parent's to signal. process_lock held. */
static void tell_process_locked(bool changes)
{
	const struct task *task = task_current();
	struct process *self = task->process;

	if (self->leader == task) {
		self->uid = task->thread.fs->uid;
		self->suid = task->thread.fs->suid;
		self->gid = task->thread.fs->gid;
		self->sgid = task->thread.fs->sgid;
	}
	self->guarded |= changes;
	if (changes)
		task_current()->orphan_signal = 0;
}

static struct ids users_get(void)
{
	const struct fs_context *fs = fs_current();

	return (struct ids){ fs->uid, fs->euid, fs->suid };
}

static struct ids groups_get(void)
{
	const struct fs_context *fs = fs_current();

	return (struct ids){ fs->gid, fs->egid, fs->sgid };
}

static void users_put(const struct ids *ids)
{
	struct fs_context *fs = fs_current();

	spin_lock(&process_lock);
	bool changes = fs->euid != ids->effective;
	fs->uid = ids->real;
	fs->euid = ids->effective;
	fs->suid = ids->saved;
	tell_process_locked(changes);
	spin_unlock(&process_lock);
}

static void groups_put(const struct ids *ids)
{
	struct fs_context *fs = fs_current();

	spin_lock(&process_lock);
	bool changes = fs->egid != ids->effective;
	fs->gid = ids->real;
	fs->egid = ids->effective;
	fs->sgid = ids->saved;
	tell_process_locked(changes);
	spin_unlock(&process_lock);
}

/* Each new ID is one of the allowed three, or stays. */
static bool ids_allow(const struct ids *ids, u32 id, bool saved_too)
{
	return id == CREDENTIALS_KEEP || id == ids->real || id == ids->effective ||
		(saved_too && id == ids->saved);
}

static int ids_set(struct ids *ids, u32 id)
{
	if (id == CREDENTIALS_KEEP)
		return -EINVAL;
	if (credentials_privileged(fs_current()))
		ids->real = ids->saved = id;
	else if (id != ids->real && id != ids->saved)
		return -EPERM;
	ids->effective = id;
	return 0;
}

static int ids_set_two(struct ids *ids, u32 real, u32 effective)
{
	u32 old_real = ids->real;

	if (!credentials_privileged(fs_current()) &&
		(!ids_allow(ids, real, false) || !ids_allow(ids, effective, true)))
		return -EPERM;
	if (real != CREDENTIALS_KEEP)
		ids->real = real;
	if (effective != CREDENTIALS_KEEP)
		ids->effective = effective;
	if (real != CREDENTIALS_KEEP || (effective != CREDENTIALS_KEEP && effective != old_real))
		ids->saved = ids->effective;
	return 0;
}

static int ids_set_all(struct ids *ids, u32 real, u32 effective, u32 saved)
{
	if (!credentials_privileged(fs_current()) &&
		(!ids_allow(ids, real, true) || !ids_allow(ids, effective, true) ||
			!ids_allow(ids, saved, true)))
		return -EPERM;
	if (real != CREDENTIALS_KEEP)
		ids->real = real;
	if (effective != CREDENTIALS_KEEP)
		ids->effective = effective;
	if (saved != CREDENTIALS_KEEP)
		ids->saved = saved;
	return 0;
}

static int users_changed(const struct ids *ids, int error)
{
	if (!error)
		users_put(ids);
	return error;
}

static int groups_changed(const struct ids *ids, int error)
{
	if (!error)
		groups_put(ids);
	return error;
}

int credentials_set_user(u32 id)
{
	struct ids ids = users_get();
	return users_changed(&ids, ids_set(&ids, id));
}

int credentials_set_group(u32 id)
{
	struct ids ids = groups_get();
	return groups_changed(&ids, ids_set(&ids, id));
}

int credentials_set_users(u32 real, u32 effective)
{
	struct ids ids = users_get();
	return users_changed(&ids, ids_set_two(&ids, real, effective));
}

int credentials_set_groups(u32 real, u32 effective)
{
	struct ids ids = groups_get();
	return groups_changed(&ids, ids_set_two(&ids, real, effective));
}

int credentials_set_all_users(u32 real, u32 effective, u32 saved)
{
	struct ids ids = users_get();
	return users_changed(&ids, ids_set_all(&ids, real, effective, saved));
}

int credentials_set_all_groups(u32 real, u32 effective, u32 saved)
{
	struct ids ids = groups_get();
	return groups_changed(&ids, ids_set_all(&ids, real, effective, saved));
}

int credentials_get_groups(int size, struct user_ptr list)
{
	const struct fs_groups *groups = fs_current()->groups;
	int count = groups ? (int)groups->count : 0;

	if (size < 0 || (size > 0 && size < count))
		return -EINVAL;
	if (size > 0 && count > 0 &&
		user_write_bytes(list, groups->ids, count * sizeof(groups->ids[0])) < 0)
		return -EFAULT;
	return count;
}

int credentials_set_supplementary(int size, struct user_ptr list)
{
	struct fs_context *fs = fs_current();
	struct fs_groups *groups = NULL;

	if (!credentials_privileged(fs))
		return -EPERM;
	if (size < 0 || size > FS_GROUPS_MAX)
		return -EINVAL;
	if (size > 0) {
		groups = fs_groups_new(size);
		if (!groups)
			return -ENOMEM;
		if (user_read_bytes(groups->ids, list, size * sizeof(groups->ids[0])) < 0) {
			fs_groups_put(groups);
			return -EFAULT;
		}
	}
	fs_context_set_groups(fs, groups);
	return 0;
}

bool credentials_allow_signal_locked(
	const struct fs_context *whose, const struct process *process)
{
	return credentials_privileged(whose) || whose->euid == process->uid ||
		whose->euid == process->suid || whose->uid == process->uid ||
		whose->uid == process->suid;
}

bool credentials_may_signal_locked(const struct process *process)
{
	return credentials_allow_signal_locked(fs_current(), process);
}

bool credentials_are_raised(void)
{
	const struct fs_context *own = fs_current();

	return own->euid != own->uid || own->egid != own->gid;
}

bool credentials_match(const struct fs_context *its)
{
	const struct fs_context *own = fs_current();

	return its && own->uid == its->uid && own->uid == its->euid && own->uid == its->suid &&
		own->gid == its->gid && own->gid == its->egid && own->gid == its->sgid;
}

void credentials_exec(void)
{
	struct fs_context *fs = fs_current();
	bool raised = credentials_are_raised();

	if (raised)
		task_current()->orphan_signal = 0;
	spin_lock(&process_lock);
	fs->suid = fs->euid;
	fs->sgid = fs->egid;
	tell_process_locked(false);
	process_current()->guarded = raised;
	spin_unlock(&process_lock);
}
