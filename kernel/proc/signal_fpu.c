/* FPU registers in signal frames (proc/signal_fpu.h). What comes from a program is trusted in
 * nothing. */
#include "proc/signal_fpu.h"

#include "lib/errno.h"
#include "lib/string.h"
#include "sched/thread.h"
#include <abi/signal.h>

#define HEADER_END (FPU_LEGACY_SIZE + FPU_HEADER_SIZE)

_Static_assert(ABI_FPX_SW_BYTES_OFFSET + sizeof(struct abi_fpx_sw_bytes) == FPU_LEGACY_SIZE,
	"XSAVE leaves these bytes alone");

u64 signal_fpu_size(void)
{
	return fpu_state_size + (fpu_features ? sizeof(u32) : 0);
}

u64 signal_fpu_flags(void)
{
	return fpu_features ? ABI_UC_FP_XSTATE : 0;
}

/* What tells that there is more than FXSAVE writes. Programs that know nothing of the header write
 * to x87 and SSE registers as if they were there: so they are. */
static int push_extension(struct user_ptr to, u64 present)
{
	const u32 magic2 = ABI_FP_XSTATE_MAGIC2;
	const struct abi_fpx_sw_bytes bytes = {
		.magic1 = ABI_FP_XSTATE_MAGIC1,
		.extended_size = signal_fpu_size(),
		.xfeatures = fpu_features,
		.xstate_size = fpu_state_size,
	};

	present |= FPU_FEATURES_LEGACY;
	if (user_put(user_ptr_add(to, ABI_FPX_SW_BYTES_OFFSET), &bytes) < 0 ||
		user_put(user_ptr_add(to, FPU_LEGACY_SIZE), &present) < 0)
		return -EFAULT;
	return user_put(user_ptr_add(to, fpu_state_size), &magic2);
}

/* The thread's area is out of use while it runs; whoever runs while the copy sleeps finds the same
 * registers to save there. */
int signal_fpu_push(struct user_ptr to)
{
	void *state = thread_current()->fpu;

	fpu_save_all(state);
	u64 present = fpu_features ? fpu_state_features(state) : 0;
	if (user_write_bytes(to, state, fpu_state_size) < 0)
		return -EFAULT;
	return fpu_features ? push_extension(to, present) : 0;
}

/* Whether there is more than an FXSAVE area, and which features the program wants of it. What says
 * so in a wrong way says it not. -EFAULT. */
static int read_extension(const u8 *state, struct user_ptr from, bool *is_extended, u64 *features)
{
	struct abi_fpx_sw_bytes bytes;
	u32 magic2;

	memcpy(&bytes, state + ABI_FPX_SW_BYTES_OFFSET, sizeof(bytes));
	*is_extended = false;
	*features = bytes.xfeatures;
	if (!fpu_features || bytes.magic1 != ABI_FP_XSTATE_MAGIC1 ||
		bytes.xstate_size < HEADER_END || bytes.xstate_size > fpu_state_size ||
		bytes.xstate_size > bytes.extended_size)
		return 0;
	if (user_get(&magic2, user_ptr_add(from, bytes.xstate_size)) < 0)
		return -EFAULT;
	*is_extended = magic2 == ABI_FP_XSTATE_MAGIC2;
	return 0;
}

/* Reads header and registers behind the legacy part. */
static int read_rest(u8 *state, struct user_ptr from, u64 features)
{
	if (user_read_bytes(state + FPU_LEGACY_SIZE, user_ptr_add(from, FPU_LEGACY_SIZE),
		    FPU_HEADER_SIZE) < 0)
		return -EFAULT;
	return user_read_bytes(state + HEADER_END, user_ptr_add(from, HEADER_END),
		fpu_state_used(state, features) - HEADER_END);
}

int signal_fpu_restore(struct user_ptr from)
{
	u8 state[FPU_STATE_SIZE_MAX] ALIGNED(FPU_STATE_ALIGNMENT);
	bool is_extended;
	u64 features;

	if (user_ptr_is_null(from)) {
		fpu_reset();
		return 0;
	}
	if (user_read_bytes(state, from, FPU_LEGACY_SIZE) < 0 ||
		read_extension(state, from, &is_extended, &features) < 0)
		return -EFAULT;
	if (is_extended) {
		if (read_rest(state, from, features) < 0)
			return -EFAULT;
	} else {
		features = FPU_FEATURES_LEGACY;
		fpu_state_set_features(state, features);
	}
	if (!fpu_state_accept(state, features))
		return -EFAULT;
	fpu_restore(state);
	return 0;
}
