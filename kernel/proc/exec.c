/* execve(2) (proc/exec.h): finds the program, copies the arguments, builds the new address space
 * beside the old one, and only when all of that has succeeded takes it into use; from there on
 * nothing can fail.
 *
 * Where things are, from the top of user memory down: the stack below a random gap, then what mmap
 * places, far below the program, and the break behind that. */
#include "proc/exec.h"

#include "core/panic.h"
#include "core/random.h"
#include "lib/errno.h"
#include "lib/string.h"
#include "mem/kmalloc.h"
#include "proc/args.h"
#include "proc/command_line.h"
#include "proc/credentials.h"
#include "proc/elf.h"
#include "proc/exit.h"
#include "proc/exec_stack.h"
#include "proc/limits.h"
#include "proc/fork.h"
#include "proc/script.h"
#include "proc/signal.h"
#include "proc/task.h"
#include "proc/trace.h"
#include "x86/cpu.h"
#include <abi/mman.h>
#include <abi/stat.h>

#define SCRIPTS_MAX		4	/* an interpreter may be a script itself */
#define PIE_BASE		0x555555554000ul
#define STACK_AT_ONCE		(128ul << 10)	/* area below what is written to the stack */
#define MMAP_GAP		(128ul << 20)	/* at least so much is left to the stack */
#define USER_RFLAGS		0x202ul	/* interrupts on */

struct exec {
	struct file *file;
	struct args args;
	struct elf_image image;
	struct space *space;
	struct file_table *files;	/* its own, if the caller shares its table */
	struct command_line *command;
	struct exec_stack stack;
	union {
		struct abi_elf_header header;
		char head[SCRIPT_LINE_MAX + 1];
	};
	char interpreter[SCRIPT_LINE_MAX];	/* of the last script */
};

static u64 random_pages(unsigned bits)
{
	u64 value;

	random_bytes(&value, sizeof(value));
	return (value & ((1ul << bits) - 1)) << PAGE_SHIFT;
}

/* A mapping can write to it although no open file can any more; no further ones come then. */
static struct file *open_to_run(struct inode *inode)
{
	int error = inode_get_run(inode);
	if (error)
		return ERR_PTR(error);
	bool is_written = inode->backing && backing_has_writers(inode->backing);
	struct file *file = is_written ? ERR_PTR(-ETXTBSY) : file_open(inode, ABI_O_RDONLY);
	if (IS_ERR(file))
		inode_put_run(inode);
	return file;
}

/* Opens a file that may be executed; nobody can write to it until program_put. -ETXTBSY. */
static struct file *open_program(const char *path)
{
	struct inode *inode = path_lookup(task_current()->thread.fs, NULL, path, true);
	if (IS_ERR(inode))
		return ERR_PTR(PTR_ERR(inode));
	struct file *file = ERR_PTR(-EACCES);
	if ((inode->mode & ABI_S_IFMT) == ABI_S_IFREG &&
		path_permission(task_current()->thread.fs, inode, PATH_EXEC) == 0)
		file = open_to_run(inode);
	inode_put(inode);
	return file;
}

static void program_put(struct file *file)
{
	inode_put_run(file->inode);
	file_put(file);
}

/* Reads exactly size bytes; -ENOEXEC if they are not there. */
static int read_exactly(struct file *file, void *to, size_t size, u64 position)
{
	struct io io;

	io_init_kernel(&io, to, size);
	while (io.left > 0) {
		long count = file_read_at(file, &io, position + size - io.left);
		if (count < 0)
			return count;
		if (count == 0)
			return -ENOEXEC;
	}
	return 0;
}

static int read_head(struct exec *exec)
{
	size_t size = MIN(exec->file->inode->size, SCRIPT_LINE_MAX);

	memset(exec->head, 0, sizeof(exec->head));
	return read_exactly(exec->file, exec->head, size, 0);
}

/* The script at path is an argument to its interpreter. */
static int become_interpreter(struct exec *exec, const char *path)
{
	char *interpreter, *argument;

	args_drop_first(&exec->args);
	int error = args_put_first(&exec->args, path);
	if (!error)
		error = script_read_line(exec->head, &interpreter, &argument);
	if (!error && argument)
		error = args_put_first(&exec->args, argument);
	if (!error)
		error = args_put_first(&exec->args, interpreter);
	if (!error)
		strlcpy(exec->interpreter, interpreter, sizeof(exec->interpreter));
	return error;
}

/* Opens the program, or, if that is a script, the program that runs it. */
static int find_program(struct exec *exec, const char *path)
{
	for (int scripts = 0;; scripts++) {
		int error = read_head(exec);
		if (error || !script_is(exec->head))
			return error;
		if (scripts == SCRIPTS_MAX)
			return -ELOOP;
		error = become_interpreter(exec, path);
		if (error)
			return error;
		path = exec->interpreter;
		struct file *file = open_program(path);
		if (IS_ERR(file))
			return PTR_ERR(file);
		program_put(exec->file);
		exec->file = file;
	}
}

static int read_image(struct exec *exec)
{
	u64 file_size = exec->file->inode->size;

	int error = elf_check_header(&exec->header, file_size);
	if (error)
		return error;
	size_t size = exec->header.e_phnum * sizeof(struct abi_elf_segment);
	struct abi_elf_segment *segments = kmalloc(size);
	if (!segments)
		return -ENOMEM;
	error = read_exactly(exec->file, segments, size, exec->header.e_phoff);
	if (!error)
		error = elf_read_image(
			&exec->header, segments, file_size, SPACE_MIN, USER_END, &exec->image);
	kfree(segments);
	return error;
}

/* Where a position-independent program goes. */
static u64 choose_base(const struct elf_image *image)
{
	if (!image->anywhere)
		return 0;
	return ALIGN_DOWN(PIE_BASE + random_pages(28), image->alignment);
}

/* The bytes between the end of the file's and the end of its last page. */
static int zero_tail(struct space *space, u64 from, u64 to)
{
	static const char zeros[256];

	for (u64 size; from < to; from += size) {
		size = MIN(to - from, sizeof(zeros));
		int error = space_write(space, from, zeros, size);
		if (error)
			return error;
	}
	return 0;
}

static int map_load(struct exec *exec, const struct elf_load *load, u64 base)
{
	struct backing *backing = exec->file->inode->backing;
	int error = 0;

	if (load->file_end > load->start)
		error = space_map_area(exec->space, base + load->start, base + load->file_end,
			load->rights, backing, load->offset);
	if (!error && load->end > load->file_end)
		error = space_map_area(exec->space, base + load->file_end, base + load->end,
			load->rights, NULL, 0);
	if (!error)
		error = zero_tail(exec->space, base + load->zero, base + load->file_end);
	return error;
}

static int map_image(struct exec *exec, u64 base)
{
	if (!exec->file->inode->backing)
		return -ENOEXEC;
	for (u32 i = 0; i < exec->image.load_count; i++) {
		int error = map_load(exec, &exec->image.loads[i], base);
		if (error)
			return error;
	}
	u64 brk = MIN(base + exec->image.end + random_pages(13), USER_END);
	exec->space->brk_start = exec->space->brk = brk;
	return 0;
}

static int map_stack(struct exec *exec)
{
	u64 top = USER_END - random_pages(22);
	u64 size = PAGE_UP(exec_stack_size(&exec->stack, &exec->args)) + STACK_AT_ONCE;

	exec->stack.top = top;
	exec->space->mmap_top = top - MMAP_GAP - random_pages(28);
	return space_map_area(exec->space, top - size, top,
			      AREA_READ | AREA_WRITE | AREA_GROWSDOWN | AREA_STACK, NULL, 0);
}

static int build_space(struct exec *exec, const char *path)
{
	u64 base = choose_base(&exec->image);

	exec->space = space_new();
	if (!exec->space)
		return -ENOMEM;
	limits_give_space(process_current(), exec->space);
	exec->stack.path = path;
	exec->stack.entry = base + exec->image.entry;
	exec->stack.segments = exec->image.segments_address;
	if (exec->stack.segments)
		exec->stack.segments += base;
	exec->stack.segment_count = exec->image.segment_count;
	int error = map_image(exec, base);
	if (!error)
		error = map_stack(exec);
	if (!error)
		error = exec_stack_build(
			&exec->stack, exec->space, &exec->args, task_current()->thread.fs);
	/* Where the program wants to be there is no room, or the stack. */
	if (error == -EINVAL || error == -EEXIST)
		error = -ENOEXEC;
	return error;
}

static void set_name_locked(struct task *task, const char *path)
{
	const char *slash = strrchr(path, '/');

	task_set_name_locked(task, slash ? slash + 1 : path);
}

/* The process changes hands. */
static void take_over(struct exec *exec, const char *path)
{
	struct task *task = task_current();
	struct process *self = task->process;
	struct space *old_space = self->space;
	struct inode *old_executable = self->executable;
	struct command_line *old_command = self->command;
	struct file_table *old_files = task->files;

	task_leave_space();
	executable_get(exec->file->inode);
	spin_lock(&process_lock);
	process_set_space_locked(self, exec->space);
	self->executable = exec->file->inode;
	self->command = exec->command;
	self->has_execed = true;
	self->exit_signal = ABI_SIGCHLD;
	task->files = exec->files;
	set_name_locked(task, path);
	spin_unlock(&process_lock);
	exec->space = NULL;
	exec->files = old_files;
	exec->command = old_command;

	task->thread.page_root = self->space->root;
	task->thread.fs_base = task->thread.gs_base = 0;
	thread_registers_reset();
	thread_reload();
	if (old_space)
		space_put(old_space);
	if (old_executable)
		executable_put(old_executable);
	task_vfork_done(task);
	file_table_close_on_exec(task->files);
	credentials_exec();
	signal_exec();
}

static void set_frame(struct trap_frame *frame, const struct exec_stack *stack)
{
	memset(frame, 0, sizeof(*frame));
	frame->rip = stack->entry;
	frame->cs = CPU_USER_CS;
	frame->rflags = USER_RFLAGS;
	frame->rsp = stack->pointer;
	frame->ss = CPU_USER_SS;
}

/* Everything that can fail while the caller lives. The file is open, the arguments are there. */
static int exec_prepare(struct exec *exec, const char *path)
{
	int error = find_program(exec, path);
	if (!error)
		error = read_image(exec);
	if (!error)
		error = build_space(exec, path);
	if (!error && !(exec->command = command_line_new(&exec->args)))
		error = -ENOMEM;
	if (!error && !(exec->files = file_table_unshare(task_current()->files)))
		error = -ENOMEM;
	return error;
}

static struct exec *exec_new(const char *path)
{
	struct exec *exec = kmalloc_zeroed(sizeof(*exec));
	if (!exec)
		return ERR_PTR(-ENOMEM);
	exec->file = open_program(path);
	if (IS_ERR(exec->file)) {
		long error = PTR_ERR(exec->file);
		kfree(exec);
		return ERR_PTR(error);
	}
	return exec;
}

static void exec_free(struct exec *exec)
{
	if (exec->space)
		space_put(exec->space);
	args_free(&exec->args);
	if (exec->files)
		file_table_put(exec->files);
	if (exec->command)
		command_line_put(exec->command);
	program_put(exec->file);
	kfree(exec);
}

/* The table was copied while other threads of the process could change it. If they were the only
 * ones it was shared with, it is the caller's alone now, with what they did last. */
static void settle_files(struct exec *exec)
{
	struct file_table *own = task_current()->files;

	if (exec->files == own || file_table_is_shared(own))
		return;
	file_table_put(exec->files);
	file_table_get(own);
	exec->files = own;
}

static int exec_run(struct exec *exec, struct trap_frame *frame, const char *path)
{
	int error = exec_prepare(exec, path);
	if (!error)
		error = task_exit_others();
	if (error)
		return error;
	settle_files(exec);
	trace_call(frame, 0);
	take_over(exec, path);
	set_frame(frame, &exec->stack);
	return 0;
}

long process_exec(
	struct trap_frame *frame, const char *path, struct user_ptr argv, struct user_ptr envp)
{
	struct exec *exec = exec_new(path);
	if (IS_ERR(exec))
		return PTR_ERR(exec);
	int error = args_copy(&exec->args, argv, envp);
	if (!error)
		error = exec_run(exec, frame, path);
	exec_free(exec);
	return error;
}

void exec_init(struct trap_frame *frame, const char *path)
{
	struct exec *exec = exec_new(path);
	if (IS_ERR(exec))
		panic("cannot open %s: error %ld", path, -PTR_ERR(exec));
	int error = args_add(&exec->args, path, false);
	if (!error)
		error = args_add(&exec->args, "HOME=/root", true);
	if (!error)
		error = args_add(&exec->args, "PATH=/bin", true);
	if (!error)
		error = args_add(&exec->args, "TERM=vt100", true);
	if (!error)
		error = exec_run(exec, frame, path);
	if (error)
		panic("cannot run %s: error %d", path, -error);
	exec_free(exec);
}
