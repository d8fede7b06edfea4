/* The generator's state is one key. A call makes a block from it, whose first half becomes the next
 * key; the second half is the key of the stream that the call hands out. So nobody who reads the
 * state later can find what was handed out. */
#include "core/random.h"

#include "core/spinlock.h"
#include "lib/string.h"
#include "x86/boot_info.h"
#include "x86/cpu.h"
#include "x86/insn.h"
#include "x86/percpu.h"

#define KEY_WORDS	8
#define KEY_SIZE	(KEY_WORDS * 4)
#define BLOCK_WORDS	16
#define BLOCK_SIZE	(BLOCK_WORDS * 4)
#define ROUNDS		20
#define SEED_WORDS	8	/* of 64 bits, from the CPU */
#define SEED_TRIES	16

struct block {
	union {
		u32 words[BLOCK_WORDS];
		struct {
			u32 next_key[KEY_WORDS];
			u32 stream_key[KEY_WORDS];
		};
		u8 bytes[BLOCK_SIZE];
	};
};

static struct spinlock random_lock = SPINLOCK_INIT("random", LOCK_RANDOM);
static u32 random_key[KEY_WORDS];	/* random_lock */
static u32 stir_position;		/* random_lock */

static u32 rotate(u32 value, u32 bits)
{
	return value << bits | value >> (32 - bits);
}

static void quarter_round(u32 *a, u32 *b, u32 *c, u32 *d)
{
	*a += *b;
	*d = rotate(*d ^ *a, 16);
	*c += *d;
	*b = rotate(*b ^ *c, 12);
	*a += *b;
	*d = rotate(*d ^ *a, 8);
	*c += *d;
	*b = rotate(*b ^ *c, 7);
}

static void chacha20_block(struct block *block, const u32 key[KEY_WORDS], u64 counter)
{
	u32 input[BLOCK_WORDS] = { 0x61707865, 0x3320646e, 0x79622d32, 0x6b206574 };
	u32 *x = block->words;
	memcpy(&input[4], key, KEY_SIZE);
	input[12] = counter;
	input[13] = counter >> 32;
	memcpy(x, input, sizeof(input));
	for (u32 round = 0; round < ROUNDS; round += 2) {
		for (u32 i = 0; i < 4; i++)
			quarter_round(&x[i], &x[4 + i], &x[8 + i], &x[12 + i]);
		for (u32 i = 0; i < 4; i++)
			quarter_round(&x[i], &x[4 + (i + 1) % 4], &x[8 + (i + 2) % 4],
				&x[12 + (i + 3) % 4]);
	}
	for (u32 i = 0; i < BLOCK_WORDS; i++)
		x[i] += input[i];
}

/* memset of what is not read again may be left out by the compiler; this may not. */
static void wipe(void *memory, size_t size)
{
	memset(memory, 0, size);
	__asm__ volatile("" : : "r"(memory) : "memory");
}

/* The key takes the value in; the next block spreads it over everything. */
static void stir_locked(u64 value)
{
	random_key[stir_position % KEY_WORDS] ^= value;
	random_key[(stir_position + 1) % KEY_WORDS] ^= value >> 32;
	stir_position += 2;
}

static void next_key_locked(struct block *block)
{
	chacha20_block(block, random_key, 0);
	memcpy(random_key, block->next_key, KEY_SIZE);
}

void random_stir(u64 value)
{
	bool irqs = spin_lock_irq(&random_lock);
	stir_locked(value);
	spin_unlock_irq(&random_lock, irqs);
}

static void stream_key_take(u32 key[KEY_WORDS])
{
	struct block block;
	bool irqs = spin_lock_irq(&random_lock);
	stir_locked(percpu_self()->irq_times);
	next_key_locked(&block);
	spin_unlock_irq(&random_lock, irqs);
	memcpy(key, block.stream_key, KEY_SIZE);
	wipe(&block, sizeof(block));
}

void random_bytes(void *buffer, size_t size)
{
	u32 key[KEY_WORDS];
	struct block block;
	u8 *to = buffer;
	stream_key_take(key);
	for (u64 counter = 0; size > 0; counter++) {
		size_t part = MIN(size, sizeof(block.bytes));
		chacha20_block(&block, key, counter);
		memcpy(to, block.bytes, part);
		to += part;
		size -= part;
	}
	wipe(&block, sizeof(block));
	wipe(key, sizeof(key));
}

/* Both instructions can fail for a while; then the time it took is what there is. */
static u64 cpu_random(void)
{
	u64 value = 0;
	bool done = false;
	for (u32 i = 0; i < SEED_TRIES && !done && cpu_features.rdseed; i++)
		__asm__ volatile("rdseed %0" : "=r"(value), "=@ccc"(done));
	for (u32 i = 0; i < SEED_TRIES && !done && cpu_features.rdrand; i++)
		__asm__ volatile("rdrand %0" : "=r"(value), "=@ccc"(done));
	return value ^ insn_rdtsc();
}

void random_init(void)
{
	char seed[256];
	struct block block;
	size_t length = boot_option("seed", seed, sizeof(seed)) ? strlen(seed) : 0;
	bool irqs = spin_lock_irq(&random_lock);
	for (u32 i = 0; i < SEED_WORDS; i++)
		stir_locked(cpu_random());
	next_key_locked(&block);
	for (size_t i = 0; i < length; i++) {
		stir_locked((u8)seed[i]);
		if (stir_position % KEY_WORDS == 0)
			next_key_locked(&block);
	}
	next_key_locked(&block);
	spin_unlock_irq(&random_lock, irqs);
	wipe(seed, sizeof(seed));
	wipe(&block, sizeof(block));
}
