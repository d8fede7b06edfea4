; From the boot loader to C. One image serves both protocols: the multiboot 1 header has address
; fields, because with them QEMU's -kernel takes a 64-bit ELF file; GRUB reads the multiboot 2
; header and the ELF segments.
;
; Either way the loader jumps to boot_entry in 32-bit protected mode with a magic number in eax and
; the physical address of its information in ebx. The code here makes the first page tables: the
; first 4 GiB of physical memory at address 0 (this code runs there) and at DIRECT_BASE (not
; executable), the first 2 GiB at KERNEL_BASE. paging_init replaces them. Then it enters long mode,
; gives the CPU its stack and per-CPU block, and calls kernel_main(magic, information).
;
; The other CPUs come in through boot_trampoline, which CPU 0 has copied to a page below 1 MiB, one
; after the other (x86/smp.c). They share boot_long_mode and what follows, with what boot_cpu says
; for each.

KERNEL_BASE	equ 0xffffffff80000000
BOOT_STACK_SIZE	equ 16 * 1024

; Page-table entry bits, and where the tables stand in theirs.
PRESENT_WRITE	equ 3
LARGE_PAGE	equ 1 << 7
NX_HIGH		equ 1 << 31		; bit 63, in the upper half of an entry
DIRECT_SLOT	equ 256			; DIRECT_BASE >> 39 & 511
KERNEL_SLOT	equ 511
KERNEL_SLOT_GIB	equ 510			; KERNEL_BASE >> 30 & 511

MSR_EFER	equ 0xc0000080
EFER_LME	equ 1 << 8
EFER_NXE	equ 1 << 11
MSR_GS_BASE	equ 0xc0000101
CR0_PE		equ 1 << 0
CR0_WP		equ 1 << 16
CR0_PG		equ 1 << 31
CR4_PAE		equ 1 << 5
CPUID_LM	equ 1 << 29		; leaf 0x80000001, edx
CPUID_NX	equ 1 << 20

KERNEL_CS	equ 0x10		; x86/cpu.h
KERNEL_SS	equ 0x18
BOOT_CS32	equ 0x08
COM1		equ 0x3f8
COM2		equ 0x2f8
DEBUG_EXIT	equ 0xf4
STATUS_PANIC	equ 0x32		; x86/power.h

; The physical address of a symbol of the image.
%define PHYSICAL(symbol) (symbol - KERNEL_BASE)

extern kernel_main, percpu_boot
extern kernel_text_start, kernel_load_end, kernel_end
global boot_entry, boot_stack, boot_stack_top, boot_started
global boot_trampoline, boot_trampoline_end, boot_ticket, boot_cpu

section .multiboot progbits alloc noexec nowrite align=8

MULTIBOOT1_MAGIC equ 0x1badb002
; Modules on page boundaries, a memory map, and address fields.
MULTIBOOT1_FLAGS equ 1 << 0 | 1 << 1 | 1 << 16

multiboot1_header:
	dd MULTIBOOT1_MAGIC
	dd MULTIBOOT1_FLAGS
	dd -(MULTIBOOT1_MAGIC + MULTIBOOT1_FLAGS)
	dd PHYSICAL(multiboot1_header)
	dd PHYSICAL(kernel_text_start)
	dd PHYSICAL(kernel_load_end)
	dd PHYSICAL(kernel_end)
	dd PHYSICAL(boot_entry)

MULTIBOOT2_MAGIC equ 0xe85250d6
MULTIBOOT2_SIZE	equ multiboot2_end - multiboot2_header
TAG_OPTIONAL	equ 1

	align 8
multiboot2_header:
	dd MULTIBOOT2_MAGIC, 0, MULTIBOOT2_SIZE
	dd -(MULTIBOOT2_MAGIC + MULTIBOOT2_SIZE) & 0xffffffff
	dw 5, TAG_OPTIONAL		; a framebuffer of any size with 32 bits per pixel
	dd 20, 0, 0, 32
	align 8
	dw 6, 0				; modules on page boundaries
	dd 8
	dw 0, 0				; the end
	dd 8
multiboot2_end:

section .text
bits 32

; eax: magic, ebx: information.
boot_entry:
	cld
	mov esp, PHYSICAL(boot_stack_top)
	mov esi, eax
	mov edi, ebx
	rdtsc				; when the kernel began; main.c says how long the boot took
	mov [PHYSICAL(boot_started)], eax
	mov [PHYSICAL(boot_started) + 4], edx
	mov eax, 0x80000000
	cpuid
	cmp eax, 0x80000001
	jb boot_refuse
	mov eax, 0x80000001
	cpuid
	test edx, CPUID_LM
	jz boot_refuse
	mov ebp, edx
	call boot_map
	call boot_long_mode
	jmp KERNEL_CS:PHYSICAL(boot_low64)

; Fills the boot tables, which the loader has zeroed. ebp: leaf 0x80000001's edx. Uses eax, ecx,
; edx.
boot_map:
	mov ecx, 4 * 512
	mov eax, PRESENT_WRITE | LARGE_PAGE
	mov edx, PHYSICAL(boot_pages)
.large_page:
	mov [edx], eax
	add edx, 8
	add eax, 2 << 20
	loop .large_page		; the last addition wraps to 0 and is not used

	mov ecx, 4
	mov eax, PHYSICAL(boot_pages) + PRESENT_WRITE
	mov edx, PHYSICAL(boot_low_gibs)
.gib:
	mov [edx], eax
	add edx, 8
	add eax, 4096
	loop .gib
	mov edx, PHYSICAL(boot_high_gibs) + KERNEL_SLOT_GIB * 8
	mov dword [edx], PHYSICAL(boot_pages) + PRESENT_WRITE
	mov dword [edx + 8], PHYSICAL(boot_pages) + 4096 + PRESENT_WRITE

	mov dword [PHYSICAL(boot_root)], PHYSICAL(boot_low_gibs) + PRESENT_WRITE
	mov dword [PHYSICAL(boot_root) + DIRECT_SLOT * 8], PHYSICAL(boot_low_gibs) + PRESENT_WRITE
	mov dword [PHYSICAL(boot_root) + KERNEL_SLOT * 8], PHYSICAL(boot_high_gibs) + PRESENT_WRITE
	test ebp, CPUID_NX
	jz .done
	mov dword [PHYSICAL(boot_root) + DIRECT_SLOT * 8 + 4], NX_HIGH
.done:
	ret

; Turns paging and long mode on with the boot tables, in the compatibility mode of the caller's
; 32-bit segment, and loads the boot GDT. ebp: leaf 0x80000001's edx. Uses eax, ecx, edx.
boot_long_mode:
	mov eax, CR4_PAE
	mov cr4, eax
	mov eax, PHYSICAL(boot_root)
	mov cr3, eax
	mov ecx, MSR_EFER
	rdmsr
	or eax, EFER_LME
	test ebp, CPUID_NX
	jz .no_nx
	or eax, EFER_NXE
.no_nx:
	wrmsr
	mov eax, CR0_PE | CR0_WP | CR0_PG
	mov cr0, eax
	lgdt [PHYSICAL(boot_gdt_low)]
	ret

; Another CPU, in 32-bit protected mode without paging. Only one that finds a ticket goes on: it
; takes what boot_cpu says. One that comes so late that CPU 0 has given it up finds none.
boot_other32:
	mov eax, KERNEL_SS
	mov ds, eax
	mov ss, eax
	xor eax, eax
	xchg [PHYSICAL(boot_ticket)], eax
	test eax, eax
	jz .halt
	mov esp, PHYSICAL(boot_other_stack_top)
	mov eax, 0x80000001
	cpuid
	mov ebp, edx
	call boot_long_mode
	jmp KERNEL_CS:PHYSICAL(boot_low64)
.halt:
	cli
	hlt
	jmp .halt

; Says why on both serial ports and ends: by QEMU's debug exit if that is there, else by halting.
boot_refuse:
	mov edx, COM1
	call boot_say_refusal
	mov edx, COM2
	call boot_say_refusal
	mov eax, STATUS_PANIC
	out DEBUG_EXIT, eax
.halt:
	cli
	hlt
	jmp .halt

; dx: port, which the firmware has set up if anything is to be read there.
boot_say_refusal:
	mov esi, PHYSICAL(boot_refusal)
.next:
	lodsb
	test al, al
	jz .done
	out dx, al
	jmp .next
.done:
	ret

bits 64
default rel

boot_low64:
	mov rax, boot_high64
	jmp rax

boot_high64:
	lgdt [boot_gdt_high]
	mov eax, KERNEL_SS
	mov ss, eax
	xor eax, eax
	mov ds, eax
	mov es, eax
	mov fs, eax
	mov gs, eax
	mov rax, [boot_cpu.root]
	mov cr3, rax
	mov rsp, [boot_cpu.stack]
	mov rax, [boot_cpu.percpu]
	mov rdx, rax
	shr rdx, 32
	mov ecx, MSR_GS_BASE
	wrmsr
	xor ebp, ebp			; the end of every backtrace
	mov eax, esi
	mov esi, edi
	mov edi, eax
	call [boot_cpu.entry]		; (u32 magic, paddr_t information), does not return
	ud2

section .rodata align=8

; What another CPU does first, in real mode; it lies at the start of a page, whose address is in CS.
bits 16
boot_trampoline:
	cli
	mov ax, cs
	mov ds, ax
	o32 lgdt [.gdt - boot_trampoline]
	mov eax, cr0
	or al, CR0_PE
	mov cr0, eax
	jmp dword BOOT_CS32:PHYSICAL(boot_other32)
.gdt:
	dw boot_gdt_end - boot_gdt - 1
	dd PHYSICAL(boot_gdt)
boot_trampoline_end:
bits 64

	align 8
; The same selectors as in x86/descriptors.c, as far as they are needed until that runs.
boot_gdt:
	dq 0
	dq 0x00cf9a000000ffff		; code, 32 bits, privilege 0: the trampoline's
	dq 0x00af9a000000ffff		; code, 64 bits, privilege 0
	dq 0x00cf92000000ffff		; data, privilege 0
boot_gdt_end:

boot_gdt_low:
	dw boot_gdt_end - boot_gdt - 1
	dd PHYSICAL(boot_gdt)
boot_gdt_high:
	dw boot_gdt_end - boot_gdt - 1
	dq boot_gdt

boot_refusal:
	db "SynOS needs a 64-bit x86 processor.", 13, 10, 0

; The linker script puts this first among the data: below it lie constants, which are read-only, so
; a stack that overflows faults (with a double fault, which has a stack of its own).
section .boot_stack progbits alloc noexec write align=4096
boot_stack:
	times BOOT_STACK_SIZE db 0
boot_stack_top:

section .data

; What the CPU that comes in begins with: page tables, stack, per-CPU block, and the function that
; it calls. Of CPU 0 first, then of each other one (x86/smp.c).
	align 8
boot_cpu:
.root:		dq PHYSICAL(boot_root)
.stack:		dq boot_stack_top
.percpu:	dq percpu_boot
.entry:		dq kernel_main
boot_ticket:	dd 0			; 1: the next CPU to come may take it

section .bss nobits alloc noexec write align=4096
boot_root:	resb 4096
boot_low_gibs:	resb 4096
boot_high_gibs:	resb 4096
boot_pages:	resb 4 * 4096
boot_started:	resq 1
		resb 64
boot_other_stack_top:

section .note.GNU-stack noalloc noexec nowrite progbits
