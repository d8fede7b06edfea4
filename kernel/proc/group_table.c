/* See group_table.h. */
#include "proc/group_table.h"

#include "mem/slab.h"
#include "proc/process.h"

static SLAB_CACHE(session_cache, struct session);
static SLAB_CACHE(group_cache, struct group);
static struct rb_tree sessions, groups;

static struct session *session_of(struct rb_node *node)
{
	return node ? container_of(node, struct session, node) : NULL;
}

static struct group *group_of(struct rb_node *node)
{
	return node ? container_of(node, struct group, node) : NULL;
}

struct session *session_new(void)
{
	return slab_alloc_zeroed(&session_cache);
}

void session_free(struct session *session)
{
	if (session)
		slab_free(&session_cache, session);
}

struct group *group_new(void)
{
	struct group *group = slab_alloc_zeroed(&group_cache);

	if (group)
		list_init(&group->members);
	return group;
}

void group_free(struct group *group)
{
	if (group)
		slab_free(&group_cache, group);
}

struct session *session_find_locked(int id)
{
	struct rb_node *node = sessions.root;

	while (node && session_of(node)->id != id)
		node = id < session_of(node)->id ? node->left : node->right;
	return session_of(node);
}

struct group *group_find_locked(int id)
{
	struct rb_node *node = groups.root;

	while (node && group_of(node)->id != id)
		node = id < group_of(node)->id ? node->left : node->right;
	return group_of(node);
}

static void session_name(struct session *session, int id)
{
	struct rb_node **link = &sessions.root, *parent = NULL;

	session->id = id;
	while (*link) {
		parent = *link;
		link = id < session_of(parent)->id ? &parent->left : &parent->right;
	}
	rb_insert(&sessions, &session->node, parent, link);
}

static void group_name(struct group *group, int id)
{
	struct rb_node **link = &groups.root, *parent = NULL;

	group->id = id;
	while (*link) {
		parent = *link;
		link = id < group_of(parent)->id ? &parent->left : &parent->right;
	}
	rb_insert(&groups, &group->node, parent, link);
}

static void session_put(struct session *session)
{
	if (--session->processes > 0)
		return;
	rb_remove(&sessions, &session->node);
	session_free(session);
}

static void group_put(struct group *group)
{
	if (!list_empty(&group->members))
		return;
	rb_remove(&groups, &group->node);
	group_free(group);
}

void group_leave_locked(struct process *process)
{
	struct group *group = process->in_group;
	struct session *session = process->session;

	group->guards -= process->guards;
	process->guards = false;
	process->in_group = NULL;
	process->session = NULL;
	list_remove(&process->group_node);
	group_put(group);
	session_put(session);
}

/* What it joins may be what it leaves. */
void group_join_locked(struct process *process, struct group *group, struct session *session)
{
	if (session->processes++ == 0)
		session_name(session, process->pid);
	if (list_empty(&group->members)) {
		group_name(group, process->pid);
		group->session = session;
	}
	if (process->in_group == group) {
		session_put(session);
		return;
	}
	if (process->in_group)
		group_leave_locked(process);
	list_push_back(&group->members, &process->group_node);
	process->in_group = group;
	process->group = group->id;
	process->session = session;
}

static bool is_guard(const struct process *process)
{
	const struct process *parent = process->parent;

	return process->state != PROCESS_ZOMBIE && parent && parent->pid != PID_INIT &&
		parent->in_group != process->in_group && parent->session == process->session;
}

void group_update_locked(struct process *process)
{
	bool guards = is_guard(process);

	process->in_group->guards += guards - process->guards;
	process->guards = guards;
}

void group_update_family_locked(struct process *process)
{
	struct process *child;

	group_update_locked(process);
	list_for_each(child, &process->children, sibling)
		group_update_locked(child);
}
