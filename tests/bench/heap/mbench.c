/* mbench: 23 workloads for a heap.
 *
 *	mbench WORKLOAD|all|list [SCALE]	(in percent, 100 unless given)
 *	mbench order STEP SIZE COUNT		(blocks of SIZE bytes, COUNT of them live)
 *
 * One line for each, of fields key=value:
 *
 *	name, ops, ns_op		an op is one call of the heap
 *	base_kib, peak_kib, final_kib	resident before, when most bytes are live, after all is freed
 *	hwm_kib				the most there was, as the kernel says
 *	live				bytes asked for that are live at the peak
 *	ovh				(peak - base) / live
 *	top				(hwm - base) / most live, of one workload a process; h_touch's ovh
 *					is of its last call, when 0.4 of that is live
 *
 * The tables of the harness are static and touched before, so what is resident beyond base is the
 * heap's. Random numbers are integers with fixed seeds: every run makes the same calls. What is
 * measured of a workload is the function w_NAME, for callgrind's --toggle-collect='w_*'. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#ifndef NO_THREADS
#include <pthread.h>
#include <stdatomic.h>
#endif

typedef uint64_t u64;
typedef uint32_t u32;
#define NOINL __attribute__((noinline, noclone, used))

/* ---------- bookkeeping ---------- */
static u64 ops, live, live_peak, live_most, t_acc, t_start;
static long rss_base, rss_peak;
static unsigned scale = 100;
static u64 sc(u64 n)
{
	n = n * scale / 100;
	return n ? n : 1;
}

static u64 now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (u64)t.tv_sec * 1000000000u + (u64)t.tv_nsec;
}
static void t_go(void)
{
	t_start = now();
}
static void t_stop(void)
{
	t_acc += now() - t_start;
}

static long proc_field(const char *file, const char *key)
{
	static char b[4096];
	int fd = open(file, O_RDONLY);
	if (fd < 0)
		return -1;
	long n = 0, r;
	while (n < (long)sizeof b - 1 && (r = read(fd, b + n, sizeof b - 1 - (size_t)n)) > 0)
		n += r;
	close(fd);
	b[n > 0 ? n : 0] = 0;
	char *s = strstr(b, key);
	if (!s)
		return -1;
	for (s += strlen(key); *s && (*s < '0' || *s > '9'); s++)
		;
	long v = 0;
	for (; *s >= '0' && *s <= '9'; s++)
		v = v * 10 + (*s - '0');
	return v;
}
static long rss(void)
{
	long v = proc_field("/proc/self/smaps_rollup", "\nRss:");
	return v >= 0 ? v : proc_field("/proc/self/status", "\nVmRSS:");
}
static void peak_here(void)
{ /* call at the moment of most live bytes */
	t_stop();
	if (live > live_peak) {
		live_peak = live;
		rss_peak = rss();
	}
	t_go();
}
static void die(const char *m)
{
	fprintf(stderr, "mbench: %s\n", m);
	exit(2);
}

static u64 rs;
static inline u64 rnd(void)
{
	u64 x = rs;
	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return rs = x;
}
static inline u32 rn(u32 n)
{
	return (u32)(((rnd() >> 32) * n) >> 32);
}

/* lognormal-ish size 8..4096, median 48: 2^(5.58 + 1.6 z), z = Irwin-Hall(8) */
#define NSZ 8192
static uint16_t lsz[NSZ];
static void mk_sizes(void)
{
	rs = 88172645463325252ull;
	for (int i = 0; i < NSZ; i++) {
		int64_t z = 0; /* sum of 8 uniform 16 bit, sd = 65536*sqrt(8/12) */
		for (int k = 0; k < 8; k++)
			z += (int64_t)(rnd() >> 48);
		z -= 4 * 65535;
		int64_t e = 365691 + z * 196 / 100; /* log2 in 1/65536: 5.58 + 1.6 z/0.8165 */
		if (e < 3 << 16)
			e = 3 << 16;
		if (e > 12 << 16)
			e = 12 << 16;
		u64 s = ((1ull << 16) + (u64)(e & 65535)) << (e >> 16) >> 16;
		lsz[i] = (uint16_t)(s > 4096 ? 4096 : s);
	}
}
static inline size_t rsz(void)
{
	return lsz[rnd() >> 51];
}

/* touch: first word, last byte, and one byte per page */
static inline void touch(void *v, size_t n)
{
	volatile char *p = v;
	*p = 1;
	p[n - 1] = 1;
	for (size_t i = 4096; i < n; i += 4096)
		p[i] = 1;
}
static inline void *A(size_t n)
{
	void *p = malloc(n);
	if (!p)
		die("out of memory");
	ops++;
	touch(p, n);
	return p;
}
static inline void F(void *p)
{
	ops++;
	free(p);
}

/* ---------- tables (static: not on the heap under test) ---------- */
#define TAB (1u << 20)
static void *tab[TAB];
static u32 tsz[TAB];

/* ---------- a: tight pairs ---------- */
static void pairs(size_t s)
{
	for (u64 n = sc(10000000); n; n--) {
		volatile char *p = malloc(s);
		*p = 1;
		free((void *)p);
		ops += 2;
	}
	live = s;
}
static NOINL void w_a16(void)
{
	pairs(16);
}
static NOINL void w_a64(void)
{
	pairs(64);
}
static NOINL void w_a1024(void)
{
	pairs(1024);
}

/* ---------- b: batches of 1000 ---------- */
static const uint16_t bsz[8] = {16, 32, 24, 64, 48, 128, 40, 96};
static NOINL void w_b_lifo(void)
{
	for (u64 n = sc(5000); n; n--) {
		for (int i = 0; i < 1000; i++)
			tab[i] = A(bsz[i & 7]);
		for (int i = 1000; i-- > 0;)
			F(tab[i]);
	}
}
static NOINL void w_b_fifo(void)
{
	for (u64 n = sc(5000); n; n--) {
		for (int i = 0; i < 1000; i++)
			tab[i] = A(bsz[i & 7]);
		for (int i = 0; i < 1000; i++)
			F(tab[i]);
	}
}
static NOINL void w_b_rand(void)
{ /* freed in a scrambled order */
	for (u64 n = sc(5000); n; n--) {
		for (int i = 0; i < 1000; i++)
			tab[i] = A(bsz[i & 7]);
		for (int i = 0, k = 0; i < 1000; i++) {
			k += 387;
			if (k >= 1000)
				k -= 1000;
			F(tab[k]);
		}
	}
}

/* ---------- c: churn, 100k live, lognormal ---------- */
static NOINL void w_c_churn(void)
{
	u32 n = (u32)sc(100000);
	if (n > 100000)
		n = 100000;
	for (u32 i = 0; i < n; i++) {
		tsz[i] = (u32)rsz();
		live += tsz[i];
		tab[i] = A(tsz[i]);
	}
	for (u64 k = sc(4000000); k; k--) {
		u32 i = rn(n);
		F(tab[i]);
		live -= tsz[i];
		tsz[i] = (u32)rsz();
		live += tsz[i];
		tab[i] = A(tsz[i]);
	}
	peak_here();
	for (u32 i = 0; i < n; i++)
		F(tab[i]);
}

/* ---------- d: larson-like server churn ---------- */
typedef struct {
	void **slot;
	u64 seed, steps;
} Lar;
static void *larson(void *v)
{
	Lar *l = v;
	u64 x = l->seed;
	for (u64 k = l->steps; k; k--) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		u32 i = (u32)(x >> 54);
		if (i >= 1000)
			i -= 1000;
		size_t s = 8 + (size_t)((x >> 20) & 511);
		free(l->slot[i]);
		volatile char *p = malloc(s);
		*p = 1;
		p[s - 1] = 1;
		l->slot[i] = (void *)p;
	}
	return 0;
}
static NOINL void w_d1_larson(void)
{
	for (int r = 0; r < 40; r++) {
		Lar l = {tab, 0x9E3779B97F4A7C15ull + (u64)r, sc(100000)};
		larson(&l);
		ops += 2 * l.steps;
	}
	for (int i = 0; i < 1000; i++) {
		free(tab[i]);
		tab[i] = 0;
	}
}
#ifndef NO_THREADS
static NOINL void w_d2_larson(void)
{ /* 2 threads; new threads inherit the other's slots */
	for (int r = 0; r < 40; r++) {
		pthread_t t[2];
		Lar l[2];
		for (int j = 0; j < 2; j++) {
			l[j] = (Lar){tab + 1000 * ((j + r) & 1),
				0x9E3779B97F4A7C15ull + (u64)(2 * r + j), sc(100000)};
			if (pthread_create(&t[j], 0, larson, &l[j]))
				die("pthread_create");
			ops += 2 * l[j].steps;
		}
		for (int j = 0; j < 2; j++)
			pthread_join(t[j], 0);
	}
	for (int i = 0; i < 2000; i++) {
		free(tab[i]);
		tab[i] = 0;
	}
}
#endif

/* ---------- e: expression trees / refcounted small numbers (cfrac-like) ---------- */
typedef struct E {
	struct E *l, *r;
	u64 op;
	u64 extra[];
} E;
static E *mk(int d)
{
	u32 k = (u32)rn(8);
	if (d == 0 || k == 0) {
		E *e = A(24);
		e->l = e->r = 0;
		e->op = rnd() & 255;
		return e;
	}
	if (k < 3) {
		E *e = A(24);
		e->op = 1;
		e->r = 0;
		e->l = mk(d - 1);
		return e;
	}
	E *e = A(40); /* binary with a small payload */
	e->op = 2 + k;
	e->extra[0] = k;
	e->extra[1] = 1;
	e->l = mk(d - 1);
	e->r = mk(d - 1);
	return e;
}
static u64 ev(E *e)
{ /* evaluate and free as it goes, one temporary per inner node */
	u64 a = e->op;
	if (e->l) {
		u64 *t = A(8 + 8 * (a & 3));
		t[0] = ev(e->l);
		if (e->r)
			t[0] = t[0] * 31 + ev(e->r);
		a += t[0];
		F(t);
	}
	F(e);
	return a;
}
static volatile u64 sink;
static NOINL void w_e_expr(void)
{
	for (u64 n = sc(60000); n; n--)
		sink += ev(mk(7));
}
static NOINL void w_e_cfrac(void)
{ /* a small window of live bignums, nearly all die young */
	for (int i = 0; i < 64; i++)
		tab[i] = A(16);
	for (u64 n = sc(6000000); n; n--) {
		u64 r = rnd();
		u32 i = (u32)(r & 63);
		u32 *x = A(4 + 4 * ((r >> 8) & 7)), *y;
		*x = (u32)r;
		if (r & 0x10000) {
			y = A(8 + 4 * ((r >> 20) & 7));
			*y = *x + 1;
			F(x);
			x = y;
		}
		F(tab[i]);
		tab[i] = x;
	}
	for (int i = 0; i < 64; i++)
		F(tab[i]);
}

/* ---------- f: realloc growth ---------- */
static void *R(void *p, size_t n)
{
	p = realloc(p, n);
	if (!p)
		die("out of memory");
	ops++;
	return p;
}
static NOINL void w_f_vec(void)
{ /* push_back to 64 MiB, x1.5 growth, others interleaved */
	for (u64 n = sc(10); n; n--) {
		size_t cap = 16, max = 64u << 20;
		char *v = R(0, cap);
		for (int k = 0; cap < max; k++) {
			size_t o = cap;
			cap += cap / 2;
			if (cap > max)
				cap = max;
			v = R(v, cap);
			for (size_t i = o & ~(size_t)4095; i < cap; i += 4096)
				if (i >= o)
					v[i] = 1;
			v[cap - 1] = 1;
			if (k < 64)
				tab[k] = A(40);
		}
		live = cap;
		if (n == 1)
			peak_here();
		F(v);
		for (int k = 0; k < 64; k++)
			if (tab[k]) {
				F(tab[k]);
				tab[k] = 0;
			}
	}
}
static NOINL void w_f_str(void)
{ /* 4 string builders, exact realloc at each append */
	for (u64 n = sc(20); n; n--) {
		char *s[4] = {0};
		size_t l[4] = {0};
		for (int k = 0; k < 16000; k++) {
			u32 j = rn(4);
			size_t a = 16 + rn(48);
			s[j] = R(s[j], l[j] + a);
			memset(s[j] + l[j], 'x', a);
			l[j] += a;
			if ((k & 7) == 0) {
				void *p = A(32);
				F(p);
			}
		}
		live = l[0] + l[1] + l[2] + l[3];
		if (n == 1)
			peak_here();
		for (int j = 0; j < 4; j++)
			F(s[j]);
	}
}

/* ---------- g: fragmentation ---------- */
static NOINL void w_g_frag(void)
{ /* small; free every 2nd; refill with larger blocks */
	u32 n = (u32)sc(400000);
	if (n > 400000)
		n = 400000;
	u64 freed = 0;
	for (u32 i = 0; i < n; i++) {
		tsz[i] = 16 + rn(113);
		live += tsz[i];
		tab[i] = A(tsz[i]);
	}
	for (u32 i = 0; i < n; i += 2) {
		F(tab[i]);
		tab[i] = 0;
		live -= tsz[i];
		freed += tsz[i];
	}
	u32 m = n;
	while (freed > 512 && m < TAB) {
		u32 s = 256 + rn(257);
		tab[m] = A(s);
		tsz[m++] = s;
		live += s;
		freed -= s;
	}
	peak_here();
	for (u32 i = 0; i < m; i++)
		if (tab[i]) {
			F(tab[i]);
			tab[i] = 0;
		}
}
static NOINL void w_g_sparse(void)
{ /* 64 MiB of small; keep 1 of 64; final RSS is the figure */
	u32 n = (u32)sc(900000);
	if (n > TAB)
		n = TAB;
	for (u32 i = 0; i < n; i++) {
		tab[i] = A(16 + rn(113));
		tsz[i] = 0;
	}
	for (u32 i = 0; i < n; i++)
		if (i & 63)
			F(tab[i]);
	live = n / 64 * 72;
	peak_here(); /* RSS with 1/64 left */
	for (u32 i = 0; i < n; i += 64)
		F(tab[i]);
}

/* ---------- h: large blocks 128 KiB .. 8 MiB ---------- */
static void large(u64 n, int all)
{
	for (int i = 0; i < 16; i++) {
		tab[i] = 0;
		tsz[i] = 0;
	}
	for (u64 k = 0; k < n; k++) {
		u32 i = rn(16);
		if (tab[i])
			F(tab[i]);
		live -= tsz[i];
		size_t s = (size_t)(131072 + rn(131072)) << rn(6);
		if (s > 8u << 20)
			s = 8u << 20;
		tsz[i] = (u32)s;
		live += s;
		if (all && live > live_most)
			live_most = live;
		char *p = malloc(s);
		ops++;
		if (!p)
			die("out of memory");
		if (all)
			touch(p, s);
		else
			*p = 1;
		tab[i] = p;
	}
	if (all)
		peak_here();
	for (int i = 0; i < 16; i++)
		if (tab[i]) {
			F(tab[i]);
			tab[i] = 0;
		}
}
static NOINL void w_h_large(void)
{
	large(sc(50000), 0);
}
static NOINL void w_h_touch(void)
{
	large(sc(2000), 1);
}

/* ---------- i: binary trees ---------- */
typedef struct T {
	struct T *l, *r;
	u64 v;
} T;
static T *tb(int d)
{
	T *t = malloc(sizeof *t);
	if (!t)
		die("out of memory");
	ops++;
	t->v = (u64)d;
	t->l = t->r = 0;
	if (d) {
		t->l = tb(d - 1);
		t->r = tb(d - 1);
	}
	return t;
}
static void tf(T *t)
{
	if (t->l) {
		tf(t->l);
		tf(t->r);
	}
	F(t);
}
static NOINL void w_i_tree(void)
{ /* depth 20 (2M nodes of 24 bytes), then many of depth 10 */
	int d = 20;
	for (unsigned s = scale; s < 100; s *= 2)
		d--;
	T *t = tb(d);
	live = ((u64)2 << d) * sizeof(T);
	peak_here();
	T *big = t;
	for (u64 n = sc(1000); n; n--)
		tf(tb(10));
	tf(big);
}
static NOINL void w_i_list(void)
{ /* linked list / hash-map nodes + names, freed in order */
	u32 n = (u32)sc(500000);
	for (int r = 0; r < 2; r++) {
		T *h = 0;
		live = 0;
		for (u32 i = 0; i < n; i++) {
			T *t = A(sizeof *t);
			size_t k = 5 + rn(24);
			t->l = h;
			t->r = A(k);
			h = t;
			live += sizeof *t + k;
		}
		if (r == 0)
			peak_here();
		while (h) {
			T *x = h->l;
			F(h->r);
			F(h);
			h = x;
		}
	}
}

/* ---------- j: phased trace: grow, steady, shift, free-all; x2 ---------- */
static NOINL void w_j_phase(void)
{
	u32 n = (u32)sc(500000);
	if (n > TAB)
		n = TAB;
	for (int r = 0; r < 2; r++) {
		live = 0;
		for (u32 i = 0; i < n; i++) {
			tsz[i] = (u32)rsz() + 16u * (u32)r;
			live += tsz[i];
			tab[i] = A(tsz[i]);
		}
		for (u64 k = n; k; k--) { /* steady, sizes drift upward by 25 % */
			u32 i = rn(n);
			F(tab[i]);
			live -= tsz[i];
			tsz[i] = (u32)rsz() * 5 / 4;
			live += tsz[i];
			tab[i] = A(tsz[i]);
		}
		peak_here();
		for (u32 i = 0; i < n; i++)
			F(tab[i]);
	}
}

/* ---------- k: producer / consumer across threads ---------- */
#ifndef NO_THREADS
#define QN 1024
static _Atomic(void *) q[QN];
static void *consumer(void *v)
{
	u64 n = *(u64 *)v;
	for (u64 i = 0; i < n; i++) {
		void *p;
		int spin = 0;
		while (!(p = atomic_load_explicit(&q[i % QN], memory_order_acquire)))
			if (++spin > 200) {
				sched_yield();
				spin = 0;
			}
		atomic_store_explicit(&q[i % QN], 0, memory_order_release);
		free(p);
	}
	return 0;
}
static NOINL void w_k_xthread(void)
{
	u64 n = sc(3000000);
	pthread_t t;
	if (pthread_create(&t, 0, consumer, &n))
		die("pthread_create");
	for (u64 i = 0; i < n; i++) {
		void *p = A(bsz[i & 7]);
		int spin = 0;
		while (atomic_load_explicit(&q[i % QN], memory_order_acquire))
			if (++spin > 200) {
				sched_yield();
				spin = 0;
			}
		atomic_store_explicit(&q[i % QN], p, memory_order_release);
	}
	pthread_join(t, 0);
	ops += n;
}
#endif

/* ---------- l, m: calloc, aligned ---------- */
static NOINL void w_l_calloc(void)
{
	memset(tab, 0, 4096 * sizeof *tab);
	for (u64 n = sc(3000000); n; n--) {
		u32 i = rn(4096);
		if (tab[i])
			F(tab[i]);
		tab[i] = calloc(1, rsz());
		ops++;
		if (!tab[i])
			die("out of memory");
		*(char *)tab[i] = 1;
	}
	for (u32 i = 0; i < 4096; i++)
		if (tab[i]) {
			F(tab[i]);
			tab[i] = 0;
		}
}
static NOINL void w_m_align(void)
{
	memset(tab, 0, 4096 * sizeof *tab);
	for (u64 n = sc(1000000); n; n--) {
		u32 i = rn(4096);
		if (tab[i])
			F(tab[i]);
		size_t a = (size_t)16 << rn(6), s = (rsz() + a - 1) & ~(a - 1);
		tab[i] = aligned_alloc(a, s);
		ops++;
		if (!tab[i] || ((uintptr_t)tab[i] & (a - 1)))
			die("aligned_alloc");
		*(char *)tab[i] = 1;
	}
	for (u32 i = 0; i < 4096; i++)
		if (tab[i]) {
			F(tab[i]);
			tab[i] = 0;
		}
}

static const struct {
	const char *name;
	void (*f)(void);
} W[] = {
	{"a16", w_a16},
	{"a64", w_a64},
	{"a1024", w_a1024},
	{"b_lifo", w_b_lifo},
	{"b_fifo", w_b_fifo},
	{"b_rand", w_b_rand},
	{"c_churn", w_c_churn},
	{"d1_larson", w_d1_larson},
#ifndef NO_THREADS
	{"d2_larson", w_d2_larson},
#endif
	{"e_expr", w_e_expr},
	{"e_cfrac", w_e_cfrac},
	{"f_vec", w_f_vec},
	{"f_str", w_f_str},
	{"g_frag", w_g_frag},
	{"g_sparse", w_g_sparse},
	{"h_large", w_h_large},
	{"h_touch", w_h_touch},
	{"i_tree", w_i_tree},
	{"i_list", w_i_list},
	{"j_phase", w_j_phase},
#ifndef NO_THREADS
	{"k_xthread", w_k_xthread},
#endif
	{"l_calloc", w_l_calloc},
	{"m_align", w_m_align},
};
#define NW (sizeof W / sizeof *W)

/* What is resident beyond base, over live bytes. */
static double over(long kib, u64 bytes)
{
	return bytes ? (double)(kib - rss_base) * 1024.0 / (double)bytes : 0.0;
}

static void run(size_t i)
{
	ops = live = live_peak = live_most = t_acc = 0;
	rs = 0x2545F4914F6CDD1Dull + i;
	rss_peak = 0;
	memset(tab, 0, sizeof tab);
	memset(tsz, 0, sizeof tsz);
	rss_base = rss();
	t_go();
	W[i].f();
	t_stop();
	long fin = rss(), hwm = proc_field("/proc/self/status", "\nVmHWM:");
	if (!live_peak)
		rss_peak = fin;
	if (live_most < live_peak)
		live_most = live_peak;
	printf("name=%s ops=%llu ns_op=%.2f base_kib=%ld peak_kib=%ld hwm_kib=%ld final_kib=%ld live=%llu ovh=%.3f top=%.3f\n",
		W[i].name, (unsigned long long)ops, (double)t_acc / (double)ops, rss_base, rss_peak,
		hwm, fin, (unsigned long long)live_peak, over(rss_peak, live_peak), over(hwm, live_most));
}

/* ---------- order: does a call cost more when more blocks are live? ---------- */
/* All are allocated, each second one is freed, in steps that meet all (prime to count), and then
 * the others; twice. */
static NOINL void w_order(void **p, u64 step, size_t size, u64 count)
{
	for (int round = 0; round < 2; round++) {
		for (u64 i = 0; i < count; i++)
			if (!(p[i] = malloc(size)))
				die("out of memory");
		for (u64 odd = 0; odd < 2; odd++)
			for (u64 n = odd; n < count; n += 2)
				free(p[n * step % count]);
	}
	ops = 4 * count;
}

static void order(u64 step, size_t size, u64 count)
{
	void **p = mmap(0, count * sizeof *p, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
		-1, 0);

	if (p == MAP_FAILED)
		die("out of memory");
	w_order(p, step, size, count);
	printf("name=order ops=%llu\n", (unsigned long long)ops);
}

int main(int c, char **v)
{
	if (c < 2) {
		fprintf(stderr, "usage: %s workload|all|list [scale%%]\n", v[0]);
		return 1;
	}
	if (c == 5) {
		order(strtoull(v[2], 0, 10), strtoull(v[3], 0, 10), strtoull(v[4], 0, 10));
		return 0;
	}
	if (c > 2)
		scale = (unsigned)atoi(v[2]);
	if (!scale)
		scale = 1;
	if (!strcmp(v[1], "list")) {
		for (size_t i = 0; i < NW; i++)
			puts(W[i].name);
		return 0;
	}
	mk_sizes();
	memset(tab, 1, sizeof tab); /* pre-touch */
	memset(tab, 0, sizeof tab);
	memset(tsz, 1, sizeof tsz);
	memset(tsz, 0, sizeof tsz);
	for (size_t i = 0; i < NW; i++)
		if (!strcmp(v[1], "all") || !strcmp(v[1], W[i].name)) {
			run(i);
			if (strcmp(v[1], "all"))
				return 0;
		}
	if (strcmp(v[1], "all")) {
		fprintf(stderr, "no such workload\n");
		return 1;
	}
	return 0;
}
