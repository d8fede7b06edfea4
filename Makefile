# The whole build of SynOS. Every source is found by its place (a new file needs no line here),
# everything made lies under build/, and `make help` says the targets and variables from the ##
# comments below.
#
# How it keeps itself right: compilers write the dependencies (.d) of what they read; the commands
# and lists of each class of outputs stand in build/flags/, which their outputs depend on and which
# are rewritten only when they change; every output is made beside its place and moved there, so
# that an interrupted build leaves nothing half made.

SMP ?= 1          ## processors of the machine
MEM ?= 256M       ## its memory
BOOT ?= kernel    ## how it boots: kernel (QEMU -kernel), iso (GRUB on BIOS) or uefi (GRUB on UEFI)
ACCEL ?= tcg      ## QEMU's accelerator: tcg or kvm
CPU ?= max        ## QEMU's CPU model
ICOUNT ?=         ## 1: every run of a command is the same to the instruction
TIMEOUT ?= 600    ## seconds that a run may take: of a command, or a prompt without a terminal
OVERLAY ?=        ## a directory whose tree is laid over the root file system of this run
QEMU_EXTRA ?=     ## more arguments for QEMU
SEED ?=           ## of make fuzz: the same calls again; of a debug build: where threads run
CALLS ?= 10000000 ## of make fuzz: how many
RUNS ?= 1000000   ## of make fuzz-heap: how many
DEBUG ?=          ## 1: builds the kernel with its debug checks
V ?=              ## 1: shows the commands of the build
#  CMD            ## a command line for the guest's shell, byte for byte, instead of a prompt

# make would expand a CMD that it exports; SYNOS_CMD is its text, untouched.
ifneq ($(origin CMD),undefined)
export SYNOS_CMD := $(value CMD)
else
unexport SYNOS_CMD
endif
unexport CMD
export SMP MEM BOOT ACCEL CPU ICOUNT TIMEOUT OVERLAY QEMU_EXTRA SEED CALLS
$(foreach v,SMP MEM BOOT ACCEL CPU TIMEOUT,$(eval override $v := $(strip $(value $v))))

ifeq ($(origin CC),default)
CC := gcc
endif
LD := ld
AR := ar
NM := nm
STRIP := strip
NASM := nasm
AWK := LC_ALL=C awk

MAKEFLAGS += -rR -j$(shell nproc)
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:
goals := $(or $(MAKECMDGOALS),all)
ifneq ($(filter-out help clean doctor,$(goals)),)
building := 1
endif
ifneq ($(and $(building),$(filter clean,$(goals))),)
$(if $(MAKE_RESTARTS),,$(shell rm -rf build))
endif
quiet := $(or $(V),$(findstring s,$(firstword -$(MAKEFLAGS))))
say = @$(if $(V),set -x;)$(if $(quiet),,printf '  %-6s %s\n' $1 $(or $2,$@);)
# What is being made has a name of this make's own, so that two may build at once.
new := .$(shell echo $$PPID)~
place = mv $@$(new) $@
define newline


endef

# The sources.
kernel_c := $(sort $(wildcard kernel/*.c kernel/*/*.c))
kernel_asm := $(sort $(wildcard boot/*.asm kernel/*.asm kernel/*/*.asm))
string_c := $(sort $(wildcard libc/string/*.c))
string_asm := $(sort $(wildcard libc/string/*.asm))
libc_c := $(sort $(wildcard libc/*/*.c))
libc_asm := $(filter-out libc/crt/crt0.asm,$(sort $(wildcard libc/*/*.asm)))
user_c := $(sort $(wildcard user/*.c user/*/*.c))
guest_c := $(sort $(wildcard tests/guest/*.c))
runner_c := $(sort $(wildcard tests/guest-run/*.c))
bench_c := $(sort $(wildcard tests/bench/*.c))
unit_c := $(sort $(wildcard tests/unit/*.c))
skeleton := $(if $(building),$(shell find iso/root -mindepth 1 2>/dev/null | LC_ALL=C sort))
stubs := $(if $(building),$(shell $(AWK) -f tools/syscalls.awk -v out=stubs abi/syscalls.def))

kernel_o := $(kernel_asm:%=build/%.o) $(kernel_c:%.c=build/%.o)
string_o := $(string_asm:%=build/kernel/%.o) $(string_c:%.c=build/kernel/%.o)
libc_o := $(libc_asm:%=build/%.o) $(libc_c:%.c=build/%.o)
stub_o := $(stubs:%=build/libc/stub/%.o)
user_o := $(user_c:%.c=build/%.o)
guest_o := $(guest_c:%.c=build/%.o) $(runner_c:%.c=build/%.o)

# The programs: user/NAME.c or all of user/NAME/, likewise tests/guest/NAME.c, and the runner of the
# guest tests.
user_names := $(sort $(foreach f,$(user_c:user/%=%),$(firstword $(subst /, ,$(basename $f)))))
user_bin := $(user_names:%=build/bin/%)
guest_bin := $(guest_c:%.c=build/%) $(if $(runner_c),build/tests/runner)
bench_bin := $(bench_c:%.c=build/%)
unit_bin := $(unit_c:%.c=build/%)
$(foreach n,$(user_names),$(eval build/bin/$n: $(filter build/user/$n.o build/user/$n/%,$(user_o))))
build/bin/kill: build/user/sh/kill_words.o
$(foreach n,$(guest_c:%.c=build/%),$(eval $n: $n.o))
build/tests/runner: $(runner_c:%.c=build/%.o)

# The compilers' flags.
ifdef building
cc_version := $(shell $(CC) --version | head -n 1)
cc_include := $(shell $(CC) -print-file-name=include)
libgcc := $(shell $(CC) --rtlib=libgcc -print-libgcc-file-name 2>/dev/null || \
	$(CC) -print-libgcc-file-name)
endif
common_flags := -std=gnu11 -O2 -g -Wall -Wextra -fno-pie -fno-asynchronous-unwind-tables \
	-ffile-prefix-map='$(CURDIR)'=. -nostdinc -isystem $(cc_include)
no_loop_calls := $(if $(findstring clang,$(cc_version)),,-fno-tree-loop-distribute-patterns)
machine_flags := -ffreestanding -mcmodel=kernel -mno-red-zone -mgeneral-regs-only \
	-fno-strict-aliasing -fno-delete-null-pointer-checks -fno-omit-frame-pointer \
	-fstack-protector-strong -mstack-protector-guard=global $(if $(filter-out 0,$(DEBUG)),-DDEBUG)
libc_include := -I libc/include -I build/gen/libc/include -I . -I build
libc_own := $(no_loop_calls) -I libc/internal $(libc_include)
kernel_cc := $(CC) $(common_flags) $(machine_flags) -I kernel -I . -I build
string_cc := $(CC) $(common_flags) $(machine_flags) $(libc_own)
libc_cc := $(CC) $(common_flags) -ffreestanding -fno-stack-protector -ffunction-sections $(libc_own)
user_cc := $(CC) $(common_flags) -fstack-protector-strong $(libc_include)
bench_cc := $(CC) $(common_flags) -ffreestanding -fno-stack-protector -mgeneral-regs-only \
	-mno-red-zone -static -no-pie -nostdlib \
	-Wl,--build-id=none,-z,noseparate-code,-z,noexecstack
tool_cc := $(CC) -std=gnu11 -O2 -g -Wall -Wextra
unit_cc := $(CC) -std=gnu11 -O1 -g -Wall -Wextra -fno-omit-frame-pointer \
	-fsanitize=address,undefined -fno-sanitize-recover=all -I tests/unit -I . -I build
nasm := $(NASM) -f elf64 --reproducible -w+all
kernel_nasm := $(nasm) -g -F dwarf -I kernel/ -I ./ -I build/
libc_nasm := $(nasm) -I libc/internal/ -I ./ -I build/
static_ld := $(LD) -nostdlib -static -z max-page-size=4096 -z noexecstack --build-id=none
kernel_ld := $(static_ld) -T linker/kernel.ld
user_ld := $(static_ld) --gc-sections -T linker/user.ld

# What goes into the archives.
archive_file = file $1/$(notdir $2) 755 build/strip/$(2:build/%=%)$(newline)
archive_files = $(foreach p,$2,$(call archive_file,$1,$p))
root_list := $(foreach d,bin dev etc proc root,dir $d 755$(newline)) dir tmp 1777$(newline) \
	$(call archive_files,bin,$(filter-out %/init,$(user_bin))) \
	$(call archive_files,,$(filter %/init,$(user_bin)))
tests_list := dir tests 755$(newline) $(call archive_files,tests,$(guest_bin))
bench_list := dir bench 755$(newline) $(call archive_files,bench,$(bench_bin))

# build/flags/NAME holds the variable NAME and is newer than what was made with another value.
define stamp
ifneq ($$(strip $$(file <build/flags/$1)),$$(strip $$($1)))
$$(file >build/flags/$1,$$($1))
endif
endef
ifdef building
skeleton_list := skeleton: $(skeleton)
program_links := $(user_ld) $(libgcc) $(user_o) $(guest_o)
kernel_link := $(kernel_ld) $(kernel_o) $(string_o)
libc_members := $(libc_o) $(stub_o)
ifneq ($(findstring ',$(CURDIR)),)
$(error The build cannot work in a folder whose path has an apostrophe: $(CURDIR))
endif
ifneq ($(shell mkdir -p build 2>&1 && test -w build || echo no),)
$(error Everything is made in build/, which cannot be written here)
endif
$(shell mkdir -p build/flags build/bin build/gen/libc/include/bits build/libc/stub $(sort $(dir \
	$(kernel_o) $(string_o) $(libc_o) $(user_o) $(guest_o) $(bench_bin) $(unit_bin) \
	$(patsubst build/%,build/strip/%,$(user_bin) $(guest_bin) $(bench_bin)))))
$(foreach s,kernel_cc string_cc libc_cc user_cc bench_cc tool_cc unit_cc kernel_nasm libc_nasm \
	kernel_link libc_members program_links skeleton_list root_list tests_list bench_list \
	cc_version,$(eval $(call stamp,$s)))
endif

.PHONY: all run test test-host fuzz test-unit test-all bench bench-heap fuzz-heap debug iso doctor docs compile_commands \
	clean help tools-check
everything := build/synos.elf build/root.cpio build/tests.cpio build/synos-cc
all: $(everything) ## builds the kernel, the programs and the tests

# Before anything is begun, what is needed is there, or is installed, or is said (tools/doctor).
running := $(filter run debug bench bench-heap fuzz,$(goals))
testing := $(filter test test-all,$(goals))
needs := build $(if $(running)$(testing),run) $(if $(testing),uefi test iso) \
	$(filter iso,$(goals)) $(if $(running),$(filter-out kernel,$(BOOT))) \
	$(if $(filter uefi,$(BOOT)),iso) $(filter debug,$(goals))
tools-check:
	@tools/doctor $(needs)

# Made headers.
from_calls := build/gen/abi_syscall_numbers.h build/gen/syscalls.h \
	build/gen/libc/include/bits/syscall.h
generated := $(from_calls) build/gen/syscall_sets.h build/gen/abi.h build/gen/libc/include/bits/errno.h
from_row = $(AWK) -f tools/syscalls.awk -v out=$1 abi/syscalls.def
$(generated) $(bench_bin) build/mkroot: | tools-check
$(kernel_o) $(string_o) $(libc_o) $(user_o) $(guest_o) $(unit_bin): build/flags/cc_version
$(kernel_o) $(string_o) $(libc_o) $(user_o) $(guest_o) $(unit_bin): | $(generated)
$(stub_o) build/crt0.o: | $(generated)
build/gen/abi_syscall_numbers.h: mode := numbers
build/gen/syscalls.h: mode := kernel
build/gen/libc/include/bits/syscall.h: mode := libc
$(from_calls): tools/syscalls.awk abi/syscalls.def
	$(call say,GEN) $(call from_row,$(mode)) >$@$(new) && $(place)
build/gen/syscall_sets.h: tools/syscalls.awk abi/syscalls.def $(wildcard abi/*.h)
	$(call say,GEN) $(call from_row,sets) $(sort $(wildcard abi/*.h)) >$@$(new) && $(place)
build/gen/abi.h: $(wildcard abi/*.h)
	$(call say,GEN) printf '#include <%s>\n' $(sort $^) >$@$(new) && $(place)
build/gen/libc/include/bits/errno.h: tools/errno.awk abi/errno.def
	$(call say,GEN) $(AWK) -f tools/errno.awk abi/errno.def >$@$(new) && $(place)
lock_ranks := kernel/core/spinlock.h kernel/sched/mutex.h
docs: ## rewrites docs/syscalls.md from abi/syscalls.def, and the tables of docs/locking.md
	$(call say,GEN,docs/syscalls.md) $(call from_row,docs) >build/syscalls.md && \
		mv build/syscalls.md docs/syscalls.md
	$(call say,GEN,docs/locking.md) $(AWK) -f tools/locks.awk docs/locking.md $(lock_ranks) \
		>build/locking.md && mv build/locking.md docs/locking.md

# Objects.
placed = mv $(@:.o=.d)$(new) $(@:.o=.d) && $(place)
compile = $(call say,CC,$<) $1 -MMD -MF $(@:.o=.d)$(new) -MP -MT $@ -c -o $@$(new) $< && $(placed)
assemble = $(call say,NASM,$<) $1 -MD $(@:.o=.d)$(new) -MP -MT $@ -o $@$(new) $< && $(placed)
build/kernel/%.o: kernel/%.c build/flags/kernel_cc
	$(call compile,$(kernel_cc))
build/kernel/%.asm.o: kernel/%.asm build/flags/kernel_nasm
	$(call assemble,$(kernel_nasm))
build/boot/%.asm.o: boot/%.asm build/flags/kernel_nasm
	$(call assemble,$(kernel_nasm))
build/kernel/libc/%.o: libc/%.c build/flags/string_cc
	$(call compile,$(string_cc))
build/kernel/libc/%.asm.o: libc/%.asm build/flags/libc_nasm
	$(call assemble,$(libc_nasm))
build/libc/stub/%.o: abi/syscalls.def tools/syscalls.awk build/flags/libc_nasm
	$(call say,STUB) $(call from_row,stub -v name=$*) >$(@:.o=.asm)$(new) && \
		$(libc_nasm) -o $@$(new) $(@:.o=.asm)$(new) && \
		mv $(@:.o=.asm)$(new) $(@:.o=.asm) && $(place)
build/crt0.o: libc/crt/crt0.asm build/flags/libc_nasm
	$(call assemble,$(libc_nasm))
build/libc/%.o: libc/%.c build/flags/libc_cc
	$(call compile,$(libc_cc))
build/libc/%.asm.o: libc/%.asm build/flags/libc_nasm
	$(call assemble,$(libc_nasm))
build/user/%.o: user/%.c build/flags/user_cc
	$(call compile,$(user_cc))
build/tests/%.o: tests/%.c build/flags/user_cc
	$(call compile,$(user_cc))

# The kernel is linked twice: it carries a table of its symbols, made from the first link.
build/kernel/string.a: $(string_o) build/flags/kernel_link
	$(call say,AR) rm -f $@$(new) && $(AR) rcD $@$(new) $(string_o) && $(place)
build/synos.elf: $(kernel_o) build/kernel/string.a linker/kernel.ld build/flags/kernel_link \
		tools/ksyms.awk tools/link-kernel
	$(call say,LINK) NM='$(NM)' STRIP='$(STRIP)' NASM='$(nasm)' tools/link-kernel $@ \
		$(kernel_ld) $(kernel_o) build/kernel/string.a

# The C library and the programs.
build/libc.a: $(libc_o) $(stub_o) build/flags/libc_members
	$(call say,AR) rm -f $@$(new) && $(AR) rcD $@$(new) $(libc_o) $(stub_o) && $(place)
$(user_bin) $(guest_bin): build/crt0.o build/libc.a linker/user.ld build/flags/program_links
	$(call say,LINK) $(user_ld) -o $@$(new) $(filter %.o,$^) \
		--start-group build/libc.a $(libgcc) --end-group && $(place)
$(bench_bin): build/%: %.c build/flags/bench_cc
	$(call say,CC,$<) $(bench_cc) -o $@$(new) $< && $(place)
build/strip/%: build/%
	@$(STRIP) -s -o $@$(new) $< && $(place)
build/synos-cc: tools/synos-cc.in build/crt0.o build/libc.a
	$(call say,GEN) cp $< $@$(new) && chmod 755 $@$(new) && $(place)

# Archives and images.
build/mkroot: tools/mkroot.c build/flags/tool_cc
	$(call say,CC,$<) $(tool_cc) -o $@$(new) $< && $(place)
build/root.cpio: build/mkroot build/flags/root_list build/flags/skeleton_list $(skeleton) \
		$(user_bin:build/%=build/strip/%)
	$(call say,CPIO) build/mkroot $@ $(if $(skeleton),-t iso/root) -l build/flags/root_list
build/tests.cpio: build/mkroot build/flags/tests_list $(guest_bin:build/%=build/strip/%)
	$(call say,CPIO) build/mkroot $@ -l build/flags/tests_list
build/bench.cpio: build/mkroot build/flags/bench_list $(bench_bin:build/%=build/strip/%)
	$(call say,CPIO) build/mkroot $@ -l build/flags/bench_list
build/synos.iso: build/synos.elf build/root.cpio iso/boot/grub/grub.cfg tools/mkiso
	$(call say,ISO) tools/mkiso $@
iso: build/synos.iso ## makes build/synos.iso, which boots on BIOS and UEFI

# Unit tests say in their first lines what else they are made of (tools/units.awk). One of those may
# be gone some day, which -MP minds only of headers.
build/gen/units.mk: tools/units.awk $(unit_c) build/flags/unit_cc
	@mkdir -p $(@D) && $(AWK) -f tools/units.awk $(unit_c) /dev/null >$@$(new) && $(place)
$(unit_bin): build/%: %.c build/flags/unit_cc build/gen/units.mk
	$(call say,CC,$<) \
		$(unit_cc) $(unit_flags) -MM -MP -MT $@ $< $(filter %.c,$(unit_sources)) >$@.d && \
		$(foreach s,$(filter %.c,$(unit_sources)),echo '$s:' >>$@.d &&) \
		$(unit_cc) $(unit_flags) -o $@$(new) $< $(unit_sources) $(unit_libs) && $(place)

# Running. The boot media follow BOOT.
media := build/synos.elf build/root.cpio $(if $(filter iso uefi,$(BOOT)),build/synos.iso)
run: $(media) build/mkroot build/synos-cc ## boots SynOS to a prompt; with CMD='...' runs that, with its status
	@tools/run
debug: $(media) build/mkroot ## boots SynOS halted and opens gdb, attached, with symbols
	@tools/run debug
bench: $(media) build/mkroot build/bench.cpio ## benchmarks the guest: instructions and time
	@tests/run-bench
# The heap's workloads: here with our heap over glibc, glibc's own, and one that only moves a pointer;
# with our libc for the guest.
heap_o := $(patsubst libc/malloc/%.c,build/bench-heap/%.o,$(wildcard libc/malloc/*.c))
heap_bench := build/bench-heap/mbench $(addprefix build/bench-heap/mbench-,ours bump guest)
host_cc := $(CC) -std=gnu11 -O2 -g -Wall -Wextra -fno-pie -D_GNU_SOURCE
heap_paths := -idirafter libc/include -idirafter . -iquote libc/internal -iquote .
heap_lock := libc/pthread/lock.c tests/bench/heap/lock.c
heap_cc := $(host_cc) -ffreestanding $(heap_paths) \
	$(foreach c,mmap munmap mremap madvise write,-D__$c=$c)
$(heap_o): build/bench-heap/%.o: libc/malloc/%.c $(wildcard libc/malloc/*.h) | tools-check
	@mkdir -p $(@D)
	$(call say,CC,$<) $(heap_cc) -c -o $@$(new) $< && $(place)
build/bench-heap/mbench-ours: extra := $(heap_o) tests/bench/heap/host.c $(heap_lock) $(heap_paths) \
	-Wl,--wrap=pthread_create
build/bench-heap/mbench-bump: extra := tests/bench/heap/bump.c -fno-builtin -DTLSM='"local-exec"'
$(filter-out %-guest,$(heap_bench)): $(wildcard tests/bench/heap/*.c) $(heap_lock) $(heap_o)
	$(call say,CC) $(host_cc) $(if $(extra),-static,-no-pie) -o $@$(new) tests/bench/heap/mbench.c \
		$(extra) && $(place)
build/bench-heap/mbench-guest: build/bench-heap/mbench.o build/crt0.o build/libc.a linker/user.ld
	$(call say,LINK) $(user_ld) -o $@$(new) $(filter %.o,$^) \
		--start-group build/libc.a $(libgcc) --end-group && $(place)
build/bench-heap/mbench.o: tests/bench/heap/mbench.c | $(generated)
	@mkdir -p $(@D)
	$(call say,CC,$<) $(user_cc) -c -o $@$(new) $< && $(place)
bench-heap: $(media) build/mkroot $(heap_bench) ## compares the heap with others, here and in the guest (ORDERS=)
	@tests/run-bench-heap
# The heap under libFuzzer, with names of its own.
heap_renamed := $(foreach n,malloc free calloc realloc reallocarray malloc_usable_size aligned_alloc \
	posix_memalign memalign malloc_stats malloc_trim mallinfo2,-D$n=heap_$n) \
	$(foreach c,mmap munmap mremap,-D__$c=hooked_$c) -D__write=write -D__madvise=madvise
build/fuzz/heap: tests/fuzz/heap.c $(heap_lock) $(wildcard libc/malloc/*)
	@mkdir -p $(@D)
	$(call say,CC,$<) clang -std=gnu11 -O1 -g -Wall -Wextra -D_GNU_SOURCE $(heap_renamed) \
		-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
		$(heap_paths) -o $@$(new) \
		$(filter %.c,$^) && $(place)
fuzz-heap: build/fuzz/heap ## the heap under libFuzzer: a million lists of calls (RUNS=)
	@mkdir -p build/fuzz/corpus && ASAN_OPTIONS=detect_leaks=0 build/fuzz/heap -runs=$(RUNS) \
		-max_len=2048 -timeout=20 build/fuzz/corpus
test_needs := $(everything) build/synos.iso $(unit_bin)
test: $(test_needs) ## runs the tests; ends with "N passed, N failed"
	@tests/run quick
test-all: $(test_needs) ## runs the tests that take long too
	@tests/run all
fuzz: $(everything) ## ten million system calls at random (CALLS=), of which SEED= says which
	@tests/run fuzz
test-unit: $(unit_bin) ## runs the unit tests alone (on this machine, with sanitizers)
	@tests/run unit
test-host: $(guest_bin) $(user_bin) ## runs the guest tests on this machine's Linux
	@tests/run host

doctor: ## names what is missing on this machine and the command that installs it
	@tools/doctor report
comma := ,
rows = $(foreach f,$2,{"directory": "$(CURDIR)"$(comma) "file": "$f"$(comma) "command": "$1 $f"})
all_rows = $(call rows,$(kernel_cc),$(kernel_c)) $(call rows,$(libc_cc),$(libc_c)) \
	$(call rows,$(user_cc),$(user_c) $(guest_c) $(runner_c)) $(call rows,$(unit_cc),$(unit_c))
compile_commands: ## writes build/compile_commands.json for editors
	$(call say,GEN,build/compile_commands.json) \
		$(file >build/compile_commands.json,[$(subst } {,}$(comma)$(newline){,$(all_rows))])
clean: ## removes build/
	@$(if $(building),:,rm -rf build)
help: ## prints this
	@$(AWK) -f tools/help.awk Makefile

ifdef building
-include build/gen/units.mk
-include $(patsubst %.o,%.d,$(kernel_o) $(string_o) $(libc_o) $(user_o) $(guest_o) build/crt0.o)
-include $(unit_bin:%=%.d)
endif
